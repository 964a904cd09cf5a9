"""What is known of a condition for a subject: three-valued, with the value that decided, its row and its date."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cordside.domains.all import domain_of
from cordside.domains.classes import Finding
from cordside.protocol.eligibility import Condition, Truth, all_of, any_of
from cordside.record.dates import day_of
from cordside.record.items import values_of
from cordside.record.record import Record
from cordside.terms.units import convert

MET, NOT_MET, UNKNOWN = "met", "not met", "unknown"
_TELLS_NOTHING = frozenset({"U", "UNKNOWN", "NA", "INDETERMINATE", "INVALID", "NOT STATED"})
_TELLS_NO = frozenset({"N", "NEGATIVE", "NOT DETECTED", "ABSENT", "NONE"})
_Judged = tuple[Truth, dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """What is known of one condition: in words, its verdict, and the value that decided, with source row and date."""

    text: str
    verdict: str
    value: str | None = None
    date: str | None = None
    source: str | None = None
    parts: tuple["Part", ...] = ()


def verdict_of(truth: Truth) -> str:
    """The word for what is known."""
    return {Truth.TRUE: MET, Truth.FALSE: NOT_MET}.get(truth, UNKNOWN)


class Judge:
    """Judges conditions on a record; the rows of an item are looked up once."""

    def __init__(self, record: Record, counts: Callable[[dict[str, Any]], bool] | None = None) -> None:
        self._record, self._counts = record, counts
        self._rows: dict[str, dict[str, list[dict[str, Any]]]] = {}

    def counting(self, counts: Callable[[dict[str, Any]], bool]) -> "Judge":
        """A judge that shares the rows looked up so far and counts only some of them: those up to a moment, for instance."""
        judge = Judge(self._record, counts)
        judge._rows = self._rows
        return judge

    def condition(self, condition: Condition, usubjid: str) -> tuple[Truth, Part]:
        """What is known of a condition for a subject; a part's verdict says whether the condition itself holds."""
        if condition.item is not None:
            return self._comparison(condition, usubjid)
        judged = [self.condition(part, usubjid) for part in condition.parts()]
        truths = [truth for truth, _ in judged]
        truth = all_of(truths) if condition.all is not None else any_of(truths)
        deciding = [part for found, part in judged if found is truth] or [part for _, part in judged]
        said = next((part for part in deciding if part.value is not None), Part("", ""))
        truth = truth.negated() if condition.none is not None else truth
        return truth, Part(condition.words(), verdict_of(truth), said.value, said.date, said.source, tuple(part for _, part in judged))

    def rows(self, condition: Condition, usubjid: str) -> list[_Judged]:
        """Every answered row of a comparison's item, earliest first, with what it alone tells of the condition."""
        return [(_holds(condition, row), row) for row in self._candidates(condition, usubjid)]

    def _comparison(self, condition: Condition, usubjid: str) -> tuple[Truth, Part]:
        rows = self._candidates(condition, usubjid)
        judged = _outstanding(condition, [(_holds(condition, row), row) for row in rows])
        truth, row = _decided(condition, judged)
        if row is None:
            return truth, Part(condition.words(), verdict_of(truth))
        return truth, Part(condition.words(), verdict_of(truth), _shown(row), row["DTC"], row["SOURCE"])

    def _candidates(self, condition: Condition, usubjid: str) -> list[dict[str, Any]]:
        rows = [row for row in self._of(condition.item or "").get(usubjid, []) if row["TEXT"] is not None and row["STAT"] is None]
        if self._counts is not None:
            rows = [row for row in rows if self._counts(row | {"ITEM": condition.item})]
        if condition.visit:
            rows = [row for row in rows if row["VISIT"] == condition.visit]
        if condition.within:
            first, last = condition.within
            rows = [row for row in rows if row["DAY"] is not None and first <= row["DAY"] <= last]
        return rows

    def _of(self, item: str) -> dict[str, list[dict[str, Any]]]:
        if item not in self._rows:
            found: dict[str, list[dict[str, Any]]] = {}
            for row in values_of(self._record, item).iter_rows(named=True):
                found.setdefault(row["USUBJID"], []).append(row)
            self._rows[item] = found
        return self._rows[item]


def _outstanding(condition: Condition, judged: list[_Judged]) -> list[_Judged]:
    """Of what happened, the rows that settle the question: one that tells it happened is enough, whatever later ones say."""
    if condition.recorded is not None:
        return [entry for entry in judged if _happened(entry[1]) is Truth.TRUE] or judged
    domain, _, _ = (condition.item or "").partition(".")
    if condition.grade_at_least is None or issubclass(domain_of(domain), Finding):
        return judged
    reached, open_ = ([entry for entry in judged if entry[0] is truth] for truth in (Truth.TRUE, Truth.UNKNOWN))
    return reached or open_ or judged


def _decided(condition: Condition, judged: list[_Judged]) -> tuple[Truth, dict[str, Any] | None]:
    """The verdict over several rows, and the row that decided it."""
    if not judged:
        return Truth.UNKNOWN, None
    if condition.take in ("first", "last"):
        return _at_the_end(judged, -1 if condition.take == "last" else 0)
    truths = [truth for truth, _ in judged]
    truth = any_of(truths) if condition.take == "any" else all_of(truths)
    return truth, next(row for found, row in judged if found is truth)


def _at_the_end(judged: list[_Judged], end: int) -> _Judged:
    """The first or last value; unknown where one without a day, which may lie before or after it, says something else."""
    dated = [entry for entry in judged if day_of(entry[1]["DTC"] or "")]
    if not dated or len(dated) == len(judged):
        return judged[end]
    truth, row = dated[end]
    others = [found for found, other in judged if not day_of(other["DTC"] or "")]
    return (truth if all(found is truth for found in others) else Truth.UNKNOWN), row


def _happened(row: dict[str, Any]) -> Truth:
    """Did what the row is about happen: Y or N, or any result but one that tells nothing."""
    if row["TEXT"].strip().upper() in _TELLS_NOTHING:
        return Truth.UNKNOWN
    return _truth(row["TEXT"].strip().upper() not in _TELLS_NO)


def _holds(condition: Condition, row: dict[str, Any]) -> Truth:
    if condition.recorded is not None:
        return _happened(row) if condition.recorded else _happened(row).negated()
    if condition.equals is not None or condition.one_of is not None:
        return _is_one_of([condition.equals] if condition.equals is not None else condition.one_of or [], row["TEXT"])
    if condition.grade_at_least is not None:
        return Truth.UNKNOWN if row["TOXGR"] is None else _truth(row["TOXGR"] >= condition.grade_at_least)
    return _compared(condition, row)


def _is_one_of(wanted: list[str], text: str) -> Truth:
    found = text.strip().casefold()
    if found in {word.strip().casefold() for word in wanted}:
        return Truth.TRUE
    return Truth.UNKNOWN if found.upper() in _TELLS_NOTHING else Truth.FALSE


def _truth(holds: bool) -> Truth:
    return Truth.TRUE if holds else Truth.FALSE


def _compared(condition: Condition, row: dict[str, Any]) -> Truth:
    limits = _limits(condition, row)
    if row["NUMBER"] is None or limits is None:
        return Truth.UNKNOWN
    value = Decimal(repr(row["NUMBER"]))
    low, high = limits
    too_low = low is not None and (value <= low if condition.above is not None else value < low)
    too_high = high is not None and (value >= high if condition.below is not None else value > high)
    if condition.on == "room air" and row["SUPPORT"] != "ROOM AIR":
        # On oxygen the value on room air is not known, only that it would not be higher.
        return _at_most(value_is_low=too_low, has_low=low is not None, value_is_high=too_high)
    return _truth(not too_low and not too_high)


def _at_most(*, value_is_low: bool, has_low: bool, value_is_high: bool) -> Truth:
    """What a value says that can only be lower in truth: too low is known, within an upper limit is known, nothing else."""
    if value_is_low:
        return Truth.FALSE
    return Truth.UNKNOWN if has_low or value_is_high else Truth.TRUE


def _limits(condition: Condition, row: dict[str, Any]) -> tuple[Decimal | None, Decimal | None] | None:
    """Lower and upper limit in the unit of the row's number; None when the unit does not convert."""
    if condition.between is not None:
        low, high = condition.between[0], condition.between[1]
    else:
        low = condition.at_least if condition.at_least is not None else condition.above  # type: ignore[assignment]
        high = condition.at_most if condition.at_most is not None else condition.below  # type: ignore[assignment]
    try:
        return tuple(None if limit is None else _in_unit(limit, condition, row) for limit in (low, high))  # type: ignore[return-value]
    except ValueError:
        return None


def _in_unit(limit: Decimal, condition: Condition, row: dict[str, Any]) -> Decimal:
    if condition.unit is None or condition.unit == row["UNIT"]:
        return limit
    domain, _, testcd = (condition.item or "").partition(".")
    return convert(limit, condition.unit, row["UNIT"] or "", domain, testcd)


def _shown(row: dict[str, Any]) -> str:
    unit = row["COLLECTED_UNIT"] or ""
    support = f", support {row['SUPPORT'].lower()}" if row["SUPPORT"] else ""
    return f"{row['TEXT']} {unit}".strip() + support
