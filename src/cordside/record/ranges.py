"""Which normal range belongs to a result: the row's own, its laboratory's at that date, else the protocol's fallback."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cordside.domains.kinds import PartialDate
from cordside.protocol.protocol import Protocol
from cordside.protocol.schedule import ReferenceRange
from cordside.record.dates import read_date


@dataclass(frozen=True)
class Who:
    """What decides a range besides the test: laboratory, specimen, method, sex, age in years, day."""

    laboratory: str | None = None
    specimen: str | None = None
    method: str | None = None
    sex: str | None = None
    age: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class FoundRange:
    """A range and where it comes from: `laboratory NAME`, or `protocol (fallback)`."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    source: str


def range_of(protocol: Protocol, item: str, who: Who) -> FoundRange | None:
    """The normal range of an item for a subject at a laboratory on a day; None when nobody gives one."""
    laboratory = protocol.laboratories.get(who.laboratory or "")
    for reference in laboratory.ranges if laboratory else []:
        if _fits(reference, item, who):
            return FoundRange(reference.low, reference.high, reference.unit, f"laboratory {who.laboratory}")
    for reference in protocol.ranges:
        if _fits(reference, item, who):
            return FoundRange(reference.low, reference.high, reference.unit, "protocol (fallback)")
    return None


def _fits(reference: ReferenceRange, item: str, who: Who) -> bool:
    """True when nothing in the range speaks against it; what the range asks and the record lacks does."""
    return (
        reference.item == item
        and (reference.specimen is None or reference.specimen == who.specimen)
        and (reference.method is None or reference.method == who.method)
        and (reference.sex is None or reference.sex == who.sex)
        and _age_fits(reference, who.age)
        and _day_fits(reference, who.day)
    )


def _age_fits(reference: ReferenceRange, age: int | None) -> bool:
    if reference.age_from is None and reference.age_to is None:
        return True
    return age is not None and (reference.age_from or 0) <= age <= (reference.age_to if reference.age_to is not None else age)


def _day_fits(reference: ReferenceRange, day: date | None) -> bool:
    if reference.valid_from is None and reference.valid_to is None:
        return True
    if day is None:
        return False
    here = PartialDate(day.year, day.month, day.day)
    starts = read_date(reference.valid_from) if reference.valid_from else here
    ends = read_date(reference.valid_to) if reference.valid_to else here
    return not here.is_before(starts) and not ends.is_before(here)
