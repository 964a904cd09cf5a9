"""Eligibility of each subject, criterion by criterion: met, not met or unknown, with the value, its row and its date."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from cordside.protocol.eligibility import Condition, Criterion, Truth, all_of, any_of
from cordside.record.items import values_of
from cordside.record.record import Record
from cordside.terms.units import analyte, convert

MET, NOT_MET, UNKNOWN = "met", "not met", "unknown"


@dataclass(frozen=True)
class Part:
    """What is known of one condition: in words, its verdict, and the value that decided, with source row and date."""

    text: str
    verdict: str
    value: str | None = None
    date: str | None = None
    source: str | None = None
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Screened:
    """One criterion of one subject; `met` is always the good answer."""

    id: str
    text: str
    kind: str
    verdict: str
    value: str | None
    date: str | None
    source: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class SubjectScreen:
    """One subject: not met when any criterion is, else unknown when any is, else met."""

    subject: str
    verdict: str
    criteria: tuple[Screened, ...]

    def as_dict(self) -> dict[str, Any]:
        """The subject as a JSON object."""
        return asdict(self)


def screen(record: Record, subject: str | None = None) -> list[SubjectScreen]:
    """Judge every criterion of the population for every subject, or for one (USUBJID)."""
    population = record.protocol.population
    lists = {
        "inclusion": (population.inclusion or []) if population else [],
        "exclusion": (population.exclusion or []) if population else [],
    }
    judge = Judge(record)
    found = []
    for usubjid in record.frame("DM")["USUBJID"]:
        if subject in (None, usubjid):
            criteria = tuple(_screened(judge, criterion, kind, usubjid) for kind, criteria in lists.items() for criterion in criteria)
            found.append(SubjectScreen(usubjid, _overall([criterion.verdict for criterion in criteria]), criteria))
    return found


def _overall(verdicts: list[str]) -> str:
    if NOT_MET in verdicts:
        return NOT_MET
    return UNKNOWN if UNKNOWN in verdicts else MET


def _screened(judge: "Judge", criterion: Criterion, kind: str, usubjid: str) -> Screened:
    truth, part = judge.condition(criterion, usubjid)
    good = truth if kind == "inclusion" else truth.negated()
    return Screened(criterion.id, criterion.words(), kind, _verdict(good), part.value, part.date, part.source, part.parts)


def _verdict(truth: Truth) -> str:
    return {Truth.TRUE: MET, Truth.FALSE: NOT_MET}.get(truth, UNKNOWN)


class Judge:
    """Judges conditions on a record; the rows of an item are looked up once."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._rows: dict[str, dict[str, list[dict[str, Any]]]] = {}

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
        return truth, Part(condition.words(), _verdict(truth), said.value, said.date, said.source, tuple(part for _, part in judged))

    def _comparison(self, condition: Condition, usubjid: str) -> tuple[Truth, Part]:
        rows = self._candidates(condition, usubjid)
        judged = [(_holds(condition, row), row) for row in rows]
        if condition.recorded is not None:
            # One row that tells it happened is enough, whatever the others say.
            judged = [entry for entry in judged if entry[1]["TEXT"] == "Y"] or judged
        truth, row = _decided(condition, judged)
        if row is None:
            return truth, Part(condition.words(), _verdict(truth))
        return truth, Part(condition.words(), _verdict(truth), _shown(row), row["DTC"], row["SOURCE"])

    def _candidates(self, condition: Condition, usubjid: str) -> list[dict[str, Any]]:
        rows = [row for row in self._of(condition.item or "").get(usubjid, []) if row["TEXT"] is not None and row["STAT"] is None]
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


def _decided(condition: Condition, judged: list[tuple[Truth, dict[str, Any]]]) -> tuple[Truth, dict[str, Any] | None]:
    """The verdict over several rows, and the row that decided it."""
    if not judged:
        return Truth.UNKNOWN, None
    if condition.take == "last":
        return judged[-1]
    if condition.take == "first":
        return judged[0]
    truths = [truth for truth, _ in judged]
    truth = any_of(truths) if condition.take == "any" else all_of(truths)
    return truth, next(row for found, row in judged if found is truth)


def _holds(condition: Condition, row: dict[str, Any]) -> Truth:
    if condition.recorded is not None:
        return _truth((row["TEXT"] == "Y") is condition.recorded) if row["TEXT"] in ("Y", "N") else _truth(condition.recorded)
    if condition.equals is not None:
        return _truth(row["TEXT"].strip().casefold() == condition.equals.casefold())
    if condition.one_of is not None:
        return _truth(row["TEXT"].strip().casefold() in {text.casefold() for text in condition.one_of})
    if condition.grade_at_least is not None:
        return Truth.UNKNOWN if row["TOXGR"] is None else _truth(row["TOXGR"] >= condition.grade_at_least)
    return _compared(condition, row)


def _truth(holds: bool) -> Truth:
    return Truth.TRUE if holds else Truth.FALSE


def _compared(condition: Condition, row: dict[str, Any]) -> Truth:
    if row["NUMBER"] is None:
        return Truth.UNKNOWN
    value = Decimal(repr(row["NUMBER"]))
    limits = _limits(condition, row)
    if limits is None:
        return Truth.UNKNOWN
    low, low_counts, high, high_counts = limits
    holds = (low is None or value > low or (low_counts and value == low)) and (
        high is None or value < high or (high_counts and value == high)
    )
    if condition.on == "room air" and not holds and row["SUPPORT"] != "ROOM AIR":
        # Above the limit on oxygen says nothing about room air; at or below it, room air would be lower still.
        return Truth.UNKNOWN
    return _truth(holds)


def _limits(condition: Condition, row: dict[str, Any]) -> tuple[Decimal | None, bool, Decimal | None, bool] | None:
    """Lower limit, whether it counts, upper limit, whether it counts; None when the unit does not convert."""
    low, high = condition.between or (condition.at_least if condition.at_least is not None else condition.above, None)
    if condition.between is None:
        high = condition.at_most if condition.at_most is not None else condition.below
    try:
        low, high = (None if limit is None else _in_unit(limit, condition, row) for limit in (low, high))
    except ValueError:
        return None
    return low, condition.above is None, high, condition.below is None


def _in_unit(limit: Decimal, condition: Condition, row: dict[str, Any]) -> Decimal:
    domain, _, testcd = (condition.item or "").partition(".")
    known = analyte(domain, testcd, row["SPEC"])
    if condition.unit is None or known is None or known.unit == condition.unit:
        return limit
    return convert(limit, condition.unit, known.unit, domain, testcd)


def _shown(row: dict[str, Any]) -> str:
    unit = row["COLLECTED_UNIT"] or ""
    support = f", support {row['SUPPORT'].lower()}" if row["SUPPORT"] else ""
    return f"{row['TEXT']} {unit}".strip() + support
