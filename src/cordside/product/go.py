"""Go or no-go before an infusion: the protocol's criteria as the record tells them up to that moment. `met` is the good answer.

Of what happens (events, interventions) only what was recorded since the last infusion counts, so that an answer of day 1 does not
answer for day 4. Of what is measured the last value counts, whenever it was taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cordside.domains.all import domain_of
from cordside.domains.classes import Event, Intervention
from cordside.product.cellrows import Cells
from cordside.product.refusals import Refusal
from cordside.product.times import EVER, Span, shown, span_of
from cordside.record.judge import MET, NOT_MET, Judge, verdict_of


@dataclass(frozen=True, slots=True)
class Go:
    """One criterion before one infusion, with the value that decided, its row and its date."""

    id: str
    text: str
    verdict: str
    value: str | None
    date: str | None
    source: str | None


def go(cells: Cells, usubjid: str, at: datetime) -> list[Go]:
    """Every criterion of `before_each_infusion` for a subject at a time."""
    criteria = cells.protocol.before_each_infusion or []
    if not criteria:
        return []
    judge: Judge = cells.once("judge", lambda: Judge(cells.record))
    judge = judge.counting(_counts(cells, usubjid, at))
    found = []
    for criterion in criteria:
        truth, part = judge.condition(criterion, usubjid)
        found.append(Go(criterion.id, criterion.words(), verdict_of(truth), part.value, part.date, part.source))
    return found


def _counts(cells: Cells, usubjid: str, at: datetime) -> Callable[[dict[str, Any]], bool]:
    zone, since = cells.zone(usubjid), last_infusion(cells, usubjid, at)

    def counts(row: dict[str, Any]) -> bool:
        when = span_of(row["DTC"], zone)
        if when.first > at:
            return False
        happened = issubclass(domain_of(row["ITEM"].partition(".")[0]), Event | Intervention)
        return not happened or since is None or when is EVER or when.last > since.last

    return counts


def last_infusion(cells: Cells, usubjid: str, at: datetime) -> Span | None:
    """The last infusion of a subject that is known to have begun before a time."""
    begun = [row["START"] for row in cells.infusions_of(usubjid) if row["START"].last < at]
    return max(begun, key=lambda span: span.last, default=None)


def go_refusals(cells: Cells, usubjid: str, at: datetime, *, unknown_too: bool = True) -> list[Refusal]:
    """no_go for each criterion that is not met, go_unknown for each that nobody has answered."""
    found = []
    for one in go(cells, usubjid, at):
        if one.verdict == NOT_MET:
            proof = " ".join(word for word in (one.value, one.date and f"on {one.date}", one.source and f"({one.source})") if word)
            why = f"{usubjid}: {one.id} is not met at {shown(at)}: {one.text}" + (f": {proof}" if proof else "")
            found.append(Refusal("no_go", why, "every criterion before an infusion is met", "wait, and judge it again"))
        elif one.verdict != MET and unknown_too:
            why = f"{usubjid}: {one.id} is not known at {shown(at)}: {one.text}"
            found.append(Refusal("go_unknown", why, "every criterion before an infusion is answered", "answer it in the record"))
    return found
