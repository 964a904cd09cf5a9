"""A lot's results against the specification, row by row: passed, failed, outstanding or overdue. Compared unrounded."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from cordside.product.cellrows import Cells, Row
from cordside.product.changed import results_of, standing
from cordside.product.limits import FAIL, PASS, Compared, compare, limit_words
from cordside.product.lots import PRODUCT_LEVEL, containers_of, infusions_from, is_made, level_of, materials_of
from cordside.product.quantities import grown
from cordside.product.times import EVER, instant, span_of, zone_of
from cordside.protocol.specification import Specification, SpecificationTest

_PASSAGE = frozenset({"passage", "passage number"})
_DOUBLINGS = frozenset({"cumpd", "cum_pd", "cumulative pd", "cumulative population doublings", "population doublings"})


@dataclass(frozen=True, slots=True)
class Tested:
    """One row of the specification and what a lot shows for it.

    results: the results that stand, worst first; compared: one a result. passed: None while it is not known.
    reviewed: every result was reviewed by someone; several: one target has more than one result that stands.
    due: when a result that comes after use is due; overdue: it was due before the time asked about. computed: what follows from the
    genealogy where nobody tests it, worst first.
    """

    row: SpecificationTest
    results: tuple[Row, ...]
    compared: tuple[Compared, ...]
    passed: bool | None
    reviewed: bool
    several: bool
    due: datetime | None = None
    overdue: bool = False
    computed: tuple[str, ...] = ()

    @property
    def is_computed(self) -> bool:
        """Passage and doublings follow from the genealogy; nobody enters them as results."""
        return computed_kind(self.row.test) is not None and not self.results

    @property
    def value(self) -> str | None:
        """The result that decides, as reported."""
        return self.results[0]["ORRES"] if self.results else next(iter(self.computed), None)

    @property
    def blocks(self) -> bool:
        """Informative rows never block; a row that does not say is taken to block."""
        return self.row.blocking is not False

    @property
    def is_late(self) -> bool:
        """Due after use."""
        return self.row.due == "after"

    def words(self) -> str:
        """The row as people read it: Viability (7-AAD) ≥ 70 %."""
        method = f" ({self.row.method})" if self.row.method else ""
        return f"{self.row.test}{method} {limit_words(self.row.operator, self.row.limit, self.row.unit or '')}"


def computed_kind(test: str) -> str | None:
    """PASSAGE or CUMPD for a row of the specification that the genealogy answers."""
    word = " ".join(test.split()).casefold()
    return "PASSAGE" if word in _PASSAGE else "CUMPD" if word in _DOUBLINGS else None


def effective_specification(cells: Cells, lot: str, at: datetime) -> Specification | None:
    """The specification that holds for a lot at a time; None when there is none, or the lot names another id or version."""
    product = cells.protocol.product
    specification = product.specification if product else None
    if specification is None or not _holds(specification.effective, specification.retired, at):
        return None
    named = cells.lots.get(lot) or Row()
    pairs = ((named["SPECID"], specification.id), (named["SPECVER"], specification.version))
    return None if any(said and wanted and said != wanted for said, wanted in pairs) else specification


def _holds(first: str | None, last: str | None, at: datetime) -> bool:
    begins, ends = instant(first), instant(last)
    return (begins is None or begins <= at) and (ends is None or at < ends)


def rows_for(specification: Specification, level: str, at: datetime) -> list[SpecificationTest]:
    """Rows that hold for a lot of a level at a time: stages that name a bank are for banks, all others for the product."""
    found = []
    for row in specification.tests or []:
        stage = (row.stage or "").casefold()
        is_bank = level != PRODUCT_LEVEL
        fits = ((is_bank and stage in (level, "bank")) if "bank" in stage else not is_bank) and _holds(row.effective, None, at)
        if fits:
            found.append(row)
    return found


def decision_at(cells: Cells, lot: str, at: datetime) -> Row | None:
    """The last decision on a lot that was made up to a time."""
    return next((row for row in reversed(cells.releases.get(lot, [])) if row["RELDTC"] is None or row["RELDTC"] <= at), None)


def tested(cells: Cells, lot: str, at: datetime) -> list[Tested]:
    """Every row of the specification for a lot, with the results that stand at a time; empty when none is effective.

    A lot that was decided on is judged by the specification that was effective then, whatever came after.
    """
    found: list[Tested] = cells.once(f"tested {lot} {at}", lambda: _judged(cells, lot, at))
    return found


def late_tested(cells: Cells, lot: str, at: datetime) -> list[Tested]:
    """Only the blocking rows due after use: every infusion asks for them at its own time."""
    found: list[Tested] = cells.once(f"late {lot} {at}", lambda: _judged(cells, lot, at, _is_late_and_blocks))
    return found


def _is_late_and_blocks(row: SpecificationTest) -> bool:
    return row.due == "after" and row.blocking is not False


def _judged(cells: Cells, lot: str, at: datetime, asks: Callable[[SpecificationTest], bool] = lambda row: True) -> list[Tested]:
    decision = decision_at(cells, lot, at)
    ruled = decision["RELDTC"] if decision is not None and decision["RELDTC"] is not None else at
    specification = effective_specification(cells, lot, ruled)
    if specification is None:
        return []
    results = standing(results_of(cells, lot), at)
    return [_tested(cells, lot, row, results, at) for row in rows_for(specification, level_of(cells, lot), ruled) if asks(row)]


def failed_late(cells: Cells, lot: str, at: datetime) -> list[Tested]:
    """Blocking tests due after use that have failed, reviewed or not: bad news is not made to wait."""
    return [one for one in late_tested(cells, lot, at) if one.passed is False]


def _tested(cells: Cells, lot: str, row: SpecificationTest, results: Sequence[Row], at: datetime) -> Tested:
    found = [result for result in results if is_result_of(result, row)]
    # A result of the lot as a whole goes before those of its single containers.
    whole = [result for result in found if result["TRGTYPE"] == "lot"]
    found = whole or found
    kind = computed_kind(row.test)
    if not found and kind is not None:
        values = [(compare(value, row.operator, row.limit, row.unit or ""), value) for value in _computed(cells, lot, kind, at)]
        ordered = sorted(values, key=lambda pair: _worst(pair[0]))
        words = tuple(f"{value:.12f}".rstrip("0").rstrip(".") for _, value in ordered if value is not None)
        judged = tuple(compared for compared, _ in ordered)
        return Tested(row, (), judged, _all_pass(judged), True, False, computed=words)
    known: dict[tuple[int, int], Compared] = cells.once("compared", dict)
    for result in found:
        if (result["_ROW"], id(row)) not in known:
            known[result["_ROW"], id(row)] = result_against(result, row)
    pairs = sorted(((known[result["_ROW"], id(row)], result) for result in found), key=lambda pair: _worst(pair[0]))
    reviewed = bool(found) and all(is_reviewed(result, at) for result in found)
    due = due_date(cells, lot, row, at) if row.due == "after" else None
    passed = _all_pass([one for one, _ in pairs])
    overdue = due is not None and at > due and (passed is None or not reviewed)
    several = len({result["TRGID"] for result in found}) < len(found)
    return Tested(row, tuple(result for _, result in pairs), tuple(one for one, _ in pairs), passed, reviewed, several, due, overdue)


def _computed(cells: Cells, lot: str, kind: str, at: datetime) -> list[Decimal | int | None]:
    """Passage or doublings of the lot's units that were made by a time; of all its materials where it has no container."""
    units = containers_of(cells, lot) or materials_of(cells, lot)
    units = [matid for matid in units if is_made(cells, matid, at)] or units
    became = [grown(cells, matid) for matid in units]
    return list(dict.fromkeys(one.passage if kind == "PASSAGE" else one.cum_pd for one in became))


def is_result_of(result: Row, row: SpecificationTest) -> bool:
    """Whether a result answers a row: its test ("A or B" takes either), and method, version and stage where both name them."""
    if _word(result["TSTCD"]) not in {_word(name) for name in re.split(r"\s+or\s+", row.test, flags=re.IGNORECASE)}:
        return False
    pairs = ((result["METHOD"], row.method), (result["METHVER"], row.version), (result["STAGE"], row.stage))
    return all(not said or not wanted or _word(said) == _word(wanted) for said, wanted in pairs)


def _word(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def result_against(result: Row, row: SpecificationTest) -> Compared:
    """A result compared with a row that it answers; unknown where it was reported in another unit."""
    said, wanted = _word(result["ORRESU"]), _word(row.unit)
    if said and wanted and said != wanted and row.limit:
        return Compared("unknown", str(result["ORRES"] or ""), "unknown", f"reported in {result['ORRESU']}, the limit is in {row.unit}")
    return compare(result["ORRES"], row.operator, row.limit, row.unit or "")


def _worst(compared: Compared) -> int:
    return {FAIL: 0, PASS: 2}.get(compared.verdict, 1)


def _all_pass(compared: Iterable[Compared]) -> bool | None:
    verdicts = {one.verdict for one in compared}
    return False if FAIL in verdicts else True if verdicts == {PASS} else None


def is_reviewed(result: Row, at: datetime) -> bool:
    """Whether a result was reviewed by a time."""
    return result["RESSTAT"] == "reviewed" and bool(result["REVBY"]) and (result["REVDTC"] is None or result["REVDTC"] <= at)


def outstanding_of(release: Row) -> dict[str, str]:
    """Outstanding tests of a decision with their due dates, as it lists them: test=date; test=date."""
    parts = [part.partition("=") for part in (release["OUTSTND"] or "").split(";") if part.strip()]
    found: dict[str, str] = defaultdict(str)
    for test, _, date in parts:
        found[test.strip()] = date.strip()
    return dict(found)


def due_date(cells: Cells, lot: str, row: SpecificationTest, at: datetime) -> datetime | None:
    """When a later result is due: the date of the decision, else the first use of the lot (or its release) and the days allowed."""
    decision = decision_at(cells, lot, at)
    if decision is None or decision["VERDICT"] == "rejected":
        return None
    listed = {_word(test): date for test, date in outstanding_of(decision).items()}
    if listed.get(_word(row.test)):
        return span_of(listed[_word(row.test)], zone_of("UTC")).last
    uses = [use["START"].last for use in infusions_from(cells, lot) if use["START"] is not EVER]
    first = min(uses, default=decision["RELDTC"])
    return first + timedelta(days=row.due_days) if first is not None and row.due_days is not None else None
