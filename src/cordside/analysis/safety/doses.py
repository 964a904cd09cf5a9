"""Infusions as tables and timelines read them: numbered by subject in the order of their dates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from cordside.analysis.rows import Row, day_of, grouped
from cordside.record.record import Record


@dataclass(frozen=True, slots=True)
class Infusion:
    """One infusion that took place: its number, its day (None while not fully known), its row of EX."""

    subject: str
    number: int
    day: date | None
    row: Row

    @property
    def is_day_derived(self) -> bool:
        """Was the date computed by whoever entered the row, not found in the source?"""
        return "EXSTDTC" in (self.row["DERIVED"] or "").split()


def infusions_of(record: Record) -> dict[str, list[Infusion]]:
    """Infusions by subject, numbered from 1 by date; those without a full date come last, in the order of the file."""
    return {subject: _numbered(subject, own) for subject, own in grouped(record.frame("EX").iter_rows(named=True)).items()}


def volume_ml(row: Row) -> Decimal | None:
    """What was given in an infusion (a row of EX) in mL, else what was prepared; None where neither is recorded."""
    given = decimal_of(row["EXVGIVEN"])
    prepared = decimal_of(row["EXVAMT"]) if (row["EXVAMTU"] or "mL") == "mL" else None
    return prepared if given is None else given


def decimal_of(text: str | None) -> Decimal | None:
    """A number as recorded; None where there is none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _numbered(subject: str, rows: list[Row]) -> list[Infusion]:
    in_order = sorted(rows, key=lambda row: (day_of(row["EXSTDTC"]) or date.max, row["EXSTDTC"] or ""))
    return [Infusion(subject, number, day_of(row["EXSTDTC"]), row) for number, row in enumerate(in_order, 1)]
