"""Swabs: who became negative, and on which day after the first infusion."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.rebuild.categories import Counted
from cordside.appraisal.rebuild.cells import Limits, cannot, wanted_of
from cordside.appraisal.rebuild.change import draw_shuffled
from cordside.appraisal.rebuild.outcomes import Outcome, held, not_found
from cordside.appraisal.rebuild.prints import prints
from cordside.appraisal.rebuild.records import Records
from cordside.appraisal.rebuild.setting import AFTER, BEFORE, Setting

_OPPOSITE = {"NEGATIVE": "POSITIVE", "POSITIVE": "NEGATIVE"}


def is_clearance(row: PaperRow) -> bool:
    """Is the row, printed beside the tables, the number of days to negativity?"""
    name = row.name.casefold()
    return not row.table and "day" in name and ("clear" in name or "negativ" in name) and row.cell("value") is not None


def clearance_row(paper: Paper) -> PaperRow | None:
    """The days to negativity, where the paper prints them."""
    return next((row for row in paper.rows if is_clearance(row)), None)


def swab_rows(dealt: dict[str, Counted]) -> list[Counted]:
    """The counted rows that are results of swabs."""
    return [one for one in dealt.values() if one.row.data.target and one.row.data.target.domain == "MB" and one.row.data.target.testcd]


def draw_clearance(setting: Setting, dealt: dict[str, Counted]) -> tuple[dict[int, int], list[Outcome]]:
    """Days from the first infusion to negativity of each patient who became negative, and what became of the printed summary."""
    row = clearance_row(setting.paper)
    cell = row.cell("value") if row else None
    if row is None or cell is None:
        return {}, []
    negative = [one for one in swab_rows(dealt) if one.row.data.target and one.row.data.target.value == "NEGATIVE"]
    cleared = sorted(negative[0].members) if negative else None
    wanted = wanted_of(row, cell, Fraction(row.data.grid or 1), Limits(least=Fraction(1)))
    if wanted is None or not cell.n:
        return {}, [cannot(row, cell)]
    if cleared is None or len(cleared) != cell.n:
        return {}, [not_found(cell.spot, f"{cell.n} patients became negative, but no row counts so many")]
    values = draw_shuffled(wanted, cell.n, setting.definition, setting.rng(row.name))
    if values is None or not prints(values, wanted, setting.definition):
        return {}, [not_found(cell.spot, f"no {cell.n} numbers of whole days were found")]
    return {patient: int(day) for patient, day in zip(cleared, values, strict=True)}, [held(cell.spot, f"{cell.n} numbers of whole days")]


def last_swab(days: dict[int, int], patient: int) -> int:
    """Days from the first infusion to the last swab."""
    return (days[patient] + 1 if patient in days else max(days.values())) if days else 0


def place_swabs(records: Records, setting: Setting, dealt: dict[str, Counted], days: dict[int, int], first: Sequence[date] | None) -> None:
    """Add the swabs: positive before, then negative twice, a day apart; those never negative stay positive until the last."""
    for counted in swab_rows(dealt):
        target = counted.row.data.target
        if target is None or target.value not in _OPPOSITE:
            continue
        setting.assume(
            "Everybody whose swabs are counted was positive before the first infusion; negative swabs were repeated a day later."
        )
        for patient in counted.known:
            result = target.value if patient in counted.members else _OPPOSITE[target.value]
            dated = days if target.value == "NEGATIVE" and first else {}
            _place(records, counted.row, patient, result, _moments(patient, result, dated, first))


def _moments(patient: int, result: str, days: dict[int, int], first: Sequence[date] | None) -> list[date | None]:
    """The days of the swabs after the infusion, the one before it first; None where no date is known."""
    if not days or first is None:
        return [None, None]
    start = first[patient]
    if result == "NEGATIVE":
        return [start - timedelta(days=1), start + timedelta(days=days[patient]), start + timedelta(days=days[patient] + 1)]
    return [start - timedelta(days=1), start + timedelta(days=max(days.values()))]


def _place(records: Records, row: PaperRow, patient: int, result: str, moments: list[date | None]) -> None:
    target = row.data.target
    if target is None:
        return
    for turn, day in enumerate(moments):
        values = {"TESTCD": target.testcd, "TSTDTL": "DETECTION", "ORRES": result if turn else "POSITIVE", "SPEC": target.specimen}
        dated = {"VISIT": AFTER if turn else BEFORE, "DTC": day.isoformat() if day else None}
        records.add("MB", patient, row.name, **values, METHOD=target.method, **dated)
