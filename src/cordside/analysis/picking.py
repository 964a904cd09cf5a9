"""One value a subject: which one where there are several, and what a reader must know about the choice."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from cordside.analysis.rows import ABSENT, Row, answered, grouped
from cordside.analysis.tally import exact
from cordside.words import Number, decimals_of, rounded

_DIGITS = ".10g"


def by_subject(rows: Iterable[Row], visit: str | None = None) -> dict[str, list[Row]]:
    """Answered rows by subject, in their order; only those of a visit where one is named."""
    return grouped(row for row in rows if answered(row) and (visit is None or row["VISIT"] == visit))


def last_of(rows: list[Row]) -> tuple[Row, str]:
    """The last of several values of a visit, and the warning that there were several."""
    return rows[-1], "" if len(rows) == 1 else f"{len(rows)} values; the last is used"


def baseline_of(rows: list[Row]) -> tuple[Row, str]:
    """The value flagged as baseline, else the first, with a warning where there are several and none is flagged."""
    flagged = [row for row in rows if row["BLFL"] == "Y"]
    if flagged:
        return flagged[0], ""
    return rows[0], "" if len(rows) == 1 else f"{len(rows)} values and no baseline; the first is used"


def without_number(rows: Iterable[Row]) -> str:
    """A warning that names results which are words, such as <0.50; empty when all are numbers."""
    words = sorted({row["TEXT"] for row in rows if row["NUMBER"] is None})
    return f"without a number: {', '.join(words)}" if words else ""


def one_unit(rows: Iterable[Row]) -> str:
    """What is wrong with the units of values to be summarised together; empty when they are all the same."""
    units = sorted({row["UNIT"] or "no unit" for row in rows if row["NUMBER"] is not None})
    return f"units differ ({', '.join(units)}) and are not converted" if len(units) > 1 else ""


def unit_of(rows: Iterable[Row]) -> str:
    """The unit of values to be printed together; empty where there is none."""
    return next((row["UNIT"] for row in rows if row["UNIT"]), "")


def recorded_decimals(rows: Iterable[Row]) -> int:
    """Decimals at which values were recorded; of a converted value those that its number needs."""
    return max((_decimals(row) for row in rows if row["NUMBER"] is not None), default=0)


def _decimals(row: Row) -> int:
    if is_as_collected(row):
        return decimals_of([row["TEXT"]])
    exponent = Decimal(format(row["NUMBER"], _DIGITS)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_as_collected(row: Row) -> bool:
    """Is the number of a row the one that was written down, in the same unit?"""
    try:
        same = row["NUMBER"] is not None and Fraction(row["TEXT"].strip()) == exact(row["NUMBER"])
    except (ValueError, ZeroDivisionError):
        return False
    return same and row["COLLECTED_UNIT"] in (None, row["UNIT"])


def printed_value(row: Row, decimals: int | None, policy: str) -> str:
    """The value of one row: with so many decimals where they are planned, else as collected, in the standard unit."""
    if row["NUMBER"] is None:
        return row["TEXT"] or ABSENT
    if decimals is None and is_as_collected(row):
        return str(row["TEXT"])
    return printed(row["NUMBER"], recorded_decimals([row]) if decimals is None else decimals, policy)


def printed(value: Number | None, decimals: int, policy: str) -> str:
    """A statistic with so many decimals; a dash where there is none."""
    return ABSENT if value is None else rounded(value, decimals, policy)
