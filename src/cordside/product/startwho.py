"""Whether this subject may be infused now: consent, eligibility, go or no-go, holds on study and arm, the visit's window."""

from collections.abc import Iterator
from datetime import date, datetime

import polars as pl

from cordside.product.acts import Act
from cordside.product.cellrows import Cells
from cordside.product.go import go_refusals
from cordside.product.holds import study_holds
from cordside.product.refusals import Refusal
from cordside.product.times import EVER, Span, shown, span_of
from cordside.record.judge import MET, NOT_MET
from cordside.record.screen import SubjectScreen, screen
from cordside.record.windows import Window, windows_of

_WITHDRAWN = (
    *("WITHDRAWAL BY SUBJECT", "WITHDRAWAL OF CONSENT", "WITHDRAWAL BY PARENT/GUARDIAN", "WITHDRAWAL OF ASSENT"),
    "CONSENT WITHDRAWN",
)


def consent(act: Act) -> Iterator[Refusal]:
    """Consent was given, and not withdrawn, before the start."""
    given, withdrawn = _consents(act.cells).get(act.subject, (EVER, None))
    remedy = "ask for consent before the infusion, and enter it in ds.csv"
    if given is EVER:
        if act.fact is None or (act.keeps("MATERIAL", "LOT", "ORDER") and "DS" in act.cells.record.rows):
            yield Refusal("consent_not_active", f"{act.subject}: no consent is recorded", "consent before the infusion", remedy)
    elif given.first > act.at:
        why = f"{act.subject}: consent is given at {shown(given.first)}, after the start at {shown(act.at)}"
        yield Refusal("consent_not_active", why, "consent before the infusion", remedy)
    if withdrawn is not None and withdrawn is not EVER and (withdrawn.first if act.fact is None else withdrawn.last) <= act.at:
        why = f"{act.subject}: consent was withdrawn at {shown(withdrawn.first)}"
        yield Refusal("consent_not_active", why, "consent that stands", "do not infuse")


def _consents(cells: Cells) -> dict[str, tuple[Span, Span | None]]:
    """Consent and withdrawal of each subject."""

    def found() -> dict[str, tuple[Span, Span | None]]:
        given = dict(cells.record.subjects.select("USUBJID", "RFICDTC").iter_rows())
        gone = cells.record.frame("DS").filter(pl.col("DSDECOD").is_in(_WITHDRAWN)).select("USUBJID", "DSSTDTC").rows()
        ended: dict[str, Span] = {}
        for subject, text in gone:
            ended.setdefault(subject, span_of(text, cells.zone(subject)))
        return {subject: (span_of(text, cells.zone(subject)), ended.get(subject)) for subject, text in given.items()}

    consents: dict[str, tuple[Span, Span | None]] = cells.once("consents", found)
    return consents


def eligible(act: Act) -> Iterator[Refusal]:
    """The subject is known to meet every criterion."""
    judged: dict[str, SubjectScreen] = act.cells.once("screens", lambda: {one.subject: one for one in screen(act.cells.record)})
    found = judged.get(act.subject)
    if found is not None and (found.verdict == MET or _asks_nothing(act)):
        return
    if found is None or found.verdict == NOT_MET or act.is_bedside:
        open_ = [f"{one.id} {one.verdict}" for one in found.criteria if one.verdict != MET] if found else []
        said = ", ".join(open_) or ("nothing was judged" if found else "not a subject of this study")
        why = f"{act.subject}: eligibility is {found.verdict if found else 'unknown'} ({said})"
        yield Refusal("not_eligible", why, "subjects who meet every criterion", "complete the screening, or do not infuse")


def _asks_nothing(act: Act) -> bool:
    population = act.cells.protocol.population
    return population is not None and population.inclusion == [] and population.exclusion == []


def go_or_no_go(act: Act) -> Iterator[Refusal]:
    """Every criterion before an infusion is met."""
    asked = act.is_bedside or (act.fact is not None and act.keeps("MATERIAL", "LOT", "ORDER"))
    yield from go_refusals(act.cells, act.subject, act.at, unknown_too=asked)


def study_runs(act: Act) -> Iterator[Refusal]:
    """Neither the study nor the arm is on hold."""
    for hold in study_holds(act.cells, act.cells.arm(act.subject), act.at):
        if act.fact is None or hold.opened is not None:
            yield Refusal("study_on_hold", f"{act.subject}: {hold.words()}", "no open hold on study and arm", "wait until it is closed")


def in_window(act: Act) -> Iterator[Refusal]:
    """The start lies in the window of the order, and in that of the planned day."""
    begins, ends = (act.order["WINFROM"], act.order["WINTO"]) if act.order is not None else (None, None)
    if (begins is not None and act.at < begins) or (ends is not None and act.at > ends):
        allowed = " to ".join(shown(moment) if moment else "any time" for moment in (begins, ends))
        why = f"{act.where}: {shown(act.at)} is outside the window of order {act.order_id}"
        yield Refusal("out_of_window", why, allowed, "infuse within the window, or write another order")
    if act.fact is None:
        yield from _planned(act)


def _planned(act: Act) -> Iterator[Refusal]:
    """Windows of the planned days; of an infusion that took place the record itself tells (record/deviations.py)."""
    cells, regimen = act.cells, act.cells.protocol.regimen_of(act.cells.arm(act.subject))
    if regimen is None:
        yield Refusal("out_of_window", f"{act.subject}: no infusion is planned", "arms that are treated", "check the arm")
        return
    given = [row for row in cells.infusions_of(act.subject) if row["START"].first <= act.at]
    number, today, first = len(given) + 1, _day(cells, act.subject, act.at), _first_day(cells, act.subject)
    if regimen.maximum is not None and number > regimen.maximum:
        why = f"{act.subject}: this would be infusion {number}"
        yield Refusal("out_of_window", why, f"at most {regimen.maximum}", "give no further infusion")
        return
    windows = windows_of(number, regimen, first)
    if windows is not None and not any(begin <= today <= end for begin, end in windows):
        why = f"{act.subject}: infusion {number} on {today}"
        yield Refusal("out_of_window", why, _allowed(windows), _late_words(windows, today))


def _allowed(windows: list[Window]) -> str:
    return " or ".join(f"{begin} to {end}" for begin, end in windows)


def _late_words(windows: list[Window], today: date) -> str:
    late = all(end < today for _, end in windows)
    return "the dose is missed: follow the protocol's rule for it" if late else "wait for the window"


def _first_day(cells: Cells, subject: str) -> date | None:
    days: dict[str, date | None] = cells.once("first days", lambda: dict(cells.record.subjects.select("USUBJID", "FIRST").iter_rows()))
    return days.get(subject)


def _day(cells: Cells, subject: str, at: datetime) -> date:
    zone = cells.zone(subject)
    return (at.astimezone(zone) if zone else at).date()
