"""Blank pages for a ward that works on paper, drawn from the protocol: visit forms, infusion checklists, a visit card."""

from collections.abc import Iterator
from dataclasses import replace

from cordside.protocol.protocol import Protocol
from cordside.protocol.schedule import PlannedVisit
from cordside.report.asking import blocks_of
from cordside.report.checklist import checklist, vital_signs
from cordside.report.layouts.activities import UNPUBLISHED, draw_activities
from cordside.report.pages import paged
from cordside.results import Block, Field, Grid, Sheet

_BY = {"clinic": "in the clinic", "ward": "on the ward", "phone": "by phone"}
_EVENT_COLUMNS = ("Event", "Start (date, time)", "End", "Grade 1–5", "Serious", "Related")
_CORRECT = "Correct with a single line through the error; write the date and your initials beside it."


def forms(protocol: Protocol) -> list[Sheet]:
    """Every blank page of a study: a form a planned visit, a checklist a regimen, the subject's visit card.

    What does not fit on one page of A4 goes on as a second sheet.
    """
    sheets = [*(_visit_form(protocol, visit) for visit in protocol.planned_visits()), *_checklists(protocol), _visit_card(protocol)]
    return [page for sheet in sheets for page in paged(sheet)]


def _visit_form(protocol: Protocol, visit: PlannedVisit) -> Sheet:
    where = _BY[visit.visit.by]
    subtitle = f"{protocol.study} · {_when(protocol, visit)} · {where}"
    panels = [block for name in visit.visit.ask if name in protocol.panels for block in blocks_of(name, protocol.panels[name])]
    infusion = [_vital_signs_block()] if visit.visit.infusion else []
    if visit.visit.infusion:
        subtitle += f" · infusion {visit.visit.infusion}"
    blocks = (_head(), *panels, *infusion, _events(), Block("Remarks", fields=(Field("Written here: what no other field holds"),)))
    return Sheet(f"visit-{visit.name}", f"Visit form: {visit.label}", subtitle, blocks, ("Filled in by", "Checked by"), (_CORRECT,))


def _when(protocol: Protocol, visit: PlannedVisit) -> str:
    """Planned day and window of a visit, as the schedule of activities prints them."""
    if visit.visit.unscheduled:
        return "unscheduled"
    printed = {(row, column): cell.text for row, column, cell in draw_activities(protocol).cells()}
    day, window = printed["day", visit.name], printed["window", visit.name]
    if day == UNPUBLISHED:
        return "day not published"
    return f"day {day}" + (f" ({window})" if window not in ("–", "exact day", UNPUBLISHED) else "")


def _head() -> Block:
    fields = (
        Field("Subject number"),
        Field("Initials"),
        Field("Date", hint="year-month-day"),
        Field("Time"),
        Field("Visit held", choices=("Yes", "No")),
    )
    return Block("Subject", fields=(*fields, Field("If not, why")))


def _vital_signs_block() -> Block:
    rows = tuple((sign, "", "", "") for sign in vital_signs())
    return Block("Vital signs around the infusion", grid=Grid("", ("Sign", "Before", "During", "After"), (("Time", "", "", ""), *rows)))


def _events() -> Block:
    return Block(
        "Adverse events since the last visit",
        fields=(Field("Any", choices=("Yes", "No")),),
        grid=Grid("", _EVENT_COLUMNS, (("",) * 6,) * 2),
    )


def _checklists(protocol: Protocol) -> Iterator[Sheet]:
    arms = {code: arm for code, arm in (protocol.arms or {}).items() if arm.treated}
    own = {code: arm for code, arm in arms.items() if arm.regimen}
    if protocol.regimen is not None and (len(own) < len(arms) or not arms):
        yield checklist(protocol, protocol.regimen, "")
    for code, arm in own.items():
        if arm.regimen:
            yield replace(checklist(protocol, arm.regimen, arm.label), id=f"infusion-checklist-{code}")


def _visit_card(protocol: Protocol) -> Sheet:
    rows = tuple(
        (visit.label, _when(protocol, visit), _BY[visit.visit.by], "", "")
        for visit in protocol.planned_visits()
        if not visit.visit.unscheduled
    )
    contact = (Field("Name"), Field("Subject number"), Field("Doctor of the study"), Field("Telephone, day and night"))
    visits = Grid("", ("Visit", "Planned (days allowed)", "Where", "Your date", "Time"), rows)
    notes = (
        "Day 1 is the day of the first infusion.",
        "Call at once with fever, shortness of breath, chest pain, a swollen leg, a rash, or anything that worries you.",
        "Show this card to every doctor or nurse who treats you.",
    )
    return Sheet(
        "visit-card",
        "Visit card",
        f"You take part in the study {protocol.study}.",
        (Block("You", fields=contact), Block("Your visits", grid=visits)),
        (),
        notes,
    )
