"""The verdict of a marker panel. Limits are data; ISCT's are one such list.

Percentages are compared unrounded. A row that names two markers accepts either of them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cordside.product.limits import FAIL, PASS, UNKNOWN, compare, limit_words


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a panel: `CD14 or CD11b`, an operator and its limits in percent; an informative row never blocks."""

    marker: str
    operator: str
    limit: tuple[Decimal, ...] = ()
    blocking: bool = True


ISCT = (
    *(Row(marker, ">=", (Decimal(95),)) for marker in ("CD73", "CD90", "CD105")),
    *(Row(marker, "<=", (Decimal(2),)) for marker in ("CD45", "CD34", "CD14 or CD11b", "CD79a or CD19", "HLA-DR")),
)
"""Minimal criteria of the ISCT for multipotent mesenchymal stromal cells: Dominici 2006, Cytotherapy 8(4):315–317."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the marker that decided it. measured: the percentage, None where no marker of the row was counted."""

    row: Row
    marker: str | None
    measured: Fraction | None
    shown: str
    verdict: str
    remark: str = ""

    @property
    def limit(self) -> str:
        """The limit as people read it."""
        return limit_words(self.row.operator, list(self.row.limit), "%")


def judge(rows: Sequence[Row], percentages: Mapping[str, Fraction | None]) -> list[Judged]:
    """Judge each row by the percentages of the markers that were counted (None: the gate held no events)."""
    return [_judged(row, percentages) for row in rows]


def verdict_of(judged: Sequence[Judged]) -> str:
    """fail when a blocking row fails, unknown when one is not known, else pass."""
    verdicts = [one.verdict for one in judged if one.row.blocking]
    return FAIL if FAIL in verdicts else UNKNOWN if UNKNOWN in verdicts or not verdicts else PASS


def alternatives(marker: str) -> list[str]:
    """The markers of a row: `CD14 or CD11b` are two."""
    return [word.strip() for word in re.split(r"\s+or\s+", marker.strip())]


def same_marker(one: str, other: str) -> bool:
    """Whether two names mean one marker: HLA-DR and HLADR, CD79α and cd79a."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return re.sub(r"[\s\-_]", "", name.casefold().replace("α", "a"))


def _judged(row: Row, percentages: Mapping[str, Fraction | None]) -> Judged:
    names = alternatives(row.marker)
    counted = [(name, percent) for name, percent in percentages.items() if any(same_marker(name, one) for one in names)]
    if not counted:
        return Judged(row, None, None, "", UNKNOWN, f"{row.marker} was not counted")
    found = [_one(row, name, percent) for name, percent in counted]
    # Either marker is accepted, so the best verdict decides; the other is told.
    found.sort(key=lambda one: (PASS, UNKNOWN, FAIL).index(one.verdict))
    best, others = found[0], [one for one in found[1:] if one.verdict != found[0].verdict]
    told = "; ".join(f"{one.marker} with {one.shown} % alone would give {one.verdict}" for one in others)
    return Judged(row, best.marker, best.measured, best.shown, best.verdict, "; ".join(part for part in (best.remark, told) if part))


def _one(row: Row, name: str, percent: Fraction | None) -> Judged:
    if percent is None:
        return Judged(row, name, None, "", UNKNOWN, f"no event to count {name} in")
    compared = compare(percent, row.operator, list(row.limit) or None, "%")
    return Judged(row, name, percent, compared.shown, compared.verdict, compared.remark)
