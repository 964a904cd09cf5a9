"""The first lines of a report: counts as they stand in the result rows, without a judgement."""

from collections.abc import Sequence
from dataclasses import dataclass

from cordside.protocol.protocol import Protocol
from cordside.results import Result, find

_TOTAL = "Total"
_UNPLANNED = "no planned table counts them"


@dataclass(frozen=True, slots=True)
class Fact:
    """One count: what it counts, the number as printed, what must be said beside it, and the results that it prints."""

    label: str
    text: str
    note: str = ""
    results: tuple[Result, ...] = ()


def facts(results: Sequence[Result], protocol: Protocol) -> list[Fact]:
    """Subjects, treated, infusions, discharges, deaths, adverse events: each as recorded, or that it is not."""
    flow = find(results, analysis="flow", group_level=_TOTAL)
    infusions = _of_kind("infusions", results, protocol)
    events = _of_kind("adverse_events", results, protocol)
    given = [row for row in find(infusions, statistic="count") if not row.subject]
    seen = find(events, level="any", statistic="count") or [row for row in events if row.error]
    return [
        _fact("Subjects recorded", find(flow, variable="recorded", statistic="count")),
        _fact("Subjects treated", find(flow, variable="treated", statistic="count")),
        _fact("Infusions", given, "not recorded" if infusions else _UNPLANNED),
        _fact("Discharges", find(flow, variable="discharged", statistic="count")),
        _fact("Deaths", find(flow, variable="died", statistic="count")),
        _fact("Adverse events", seen, "not recorded" if events else _UNPLANNED),
    ]


def _of_kind(kind: str, results: Sequence[Result], protocol: Protocol) -> list[Result]:
    """Rows of all subjects together of the first planned item of a kind, and the row that says that there are none."""
    planned = next((item.id for item in protocol.analyses if item.kind == kind), "")
    return [row for row in find(results, analysis=planned) if row.group_level in (_TOTAL, "")]


def _fact(label: str, rows: list[Result], none: str = "not recorded") -> Fact:
    """The count of the first row; none: what is said where there is no row."""
    if not rows:
        return Fact(label, "–", none)
    reason = rows[0].error or rows[0].warning
    return Fact(label, "–" if reason else rows[0].text, reason, (rows[0],))
