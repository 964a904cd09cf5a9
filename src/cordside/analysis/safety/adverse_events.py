"""Adverse events: an overview of each kind, or subjects and events side by side by arm; then event by event."""

from cordside.analysis.adjusting import with_adjusted
from cordside.analysis.members import Members, label_of, members_of
from cordside.analysis.rows import ABSENT, TOTAL, Row, Subject, grouped, named, proof, subjects_of, word_of
from cordside.analysis.safety.aekinds import exposed, grade_of, term_of
from cordside.analysis.safety.aelines import UNKNOWN, events_of, incidence_of
from cordside.analysis.safety.aeoverview import hours_text, overview
from cordside.analysis.safety.aeunseen import NONE_RECORDED, upper_limit
from cordside.analysis.safety.incidence import ANY, OF_TERM, SPECIAL, Incidence, Key, Style, line_rows
from cordside.protocol.plans.safety import AdverseEvents
from cordside.record.record import Record
from cordside.results import Result


def summarise(record: Record, planned: AdverseEvents) -> list[Result]:
    """The planned table, then, where the events are the record's, a row an event."""
    rows = overview(record, planned) if planned.show == "overview" else side_by_side(record, planned)
    own = {} if planned.data else grouped(record.frame("AE").iter_rows(named=True))
    return rows + [_event(planned, subject, row) for subject in subjects_of(record) for row in own.get(subject.id, [])]


def side_by_side(record: Record, planned: AdverseEvents) -> list[Result]:
    """Subjects at risk by group, then every line with subjects, percentage and events, and P where a test is planned."""
    members = _at_risk(record, planned)
    events = events_of(record, planned, members)
    incidence = incidence_of(record, planned, members, events)
    conventions = record.protocol.conventions
    style = Style(
        {**named(planned), "group": "arm"},
        "AE",
        "Any adverse event",
        "events",
        conventions,
        planned.p_style or conventions.printing.p_style,
        label_of(record, planned.reference, members.arms) if planned.test and members.arms else "",
    )
    rows = [_size(planned, members, group, events.left_out) for group in members.groups]
    if not events.frame.height and not planned.data:
        nothing = {**style.columns, "group_level": TOTAL, "variable": "AE", "label": "Any adverse event", "level": ANY}
        rows.append(Result(**nothing, statistic="n", value=0, text="0", n=members.size(TOTAL), error=NONE_RECORDED))
    for key in _keys(record, planned, incidence):
        found = list(line_rows(incidence, key, style))
        limits = [
            row
            for line in found
            if key[0] == SPECIAL and line.statistic == "count"
            for row in upper_limit(planned, line, line.n or 0, conventions.rounding)
        ]
        rows += [*found, *limits]
    if planned.family == "none":
        return rows
    return with_adjusted(rows, _family, planned.adjust, lambda row: f"terms, {row.group_level}", conventions, style.p_style)


def _family(row: Result) -> str | None:
    """The terms of an arm; a line above them, or a part of one, is no test of its own."""
    return row.group_level if row.level == OF_TERM else None


def _at_risk(record: Record, planned: AdverseEvents) -> Members:
    """The planned population, else all who were treated or are of an arm planned without treatment."""
    if planned.population:
        return members_of(record, planned.population, total=planned.total)
    everybody = members_of(record, None, total=planned.total)
    own = [subject.id for subject in exposed(record, subjects_of(record))]
    return Members(everybody.frame.filter(everybody.frame["USUBJID"].is_in(own)), everybody.arms, planned.total)


def _size(planned: AdverseEvents, members: Members, group: str, left_out: int) -> Result:
    size = members.size(group)
    columns = {**named(planned), "group": "arm", "group_level": group, "variable": "AE", "label": "Subjects at risk", "level": "exposed"}
    left = left_out if group == members.groups[-1] else 0
    warning = f"events of {left} subjects who are not of this population are not counted" if left else ""
    error = "" if size else "nobody is at risk"
    return Result(
        **columns,
        statistic="n",
        value=size,
        text=str(size),
        n=size,
        n_missing=left,
        warning=warning,
        error=error,
        **members.proof(members.of(members.frame, group)),
    )


def _keys(record: Record, planned: AdverseEvents, incidence: Incidence) -> list[Key]:
    """Lines in their order; categories of special interest as the protocol names them, also those not seen."""
    wanted = [(SPECIAL, "", interest.category, "") for interest in record.protocol.events_of_special_interest or []]
    found = incidence.lines()
    first = [key for key in found if key[0] == ANY]
    rest = [key for key in found if key[0] not in (ANY, SPECIAL)]
    return [*first, *wanted, *rest] if planned.show not in UNKNOWN or wanted else found


def _event(planned: AdverseEvents, subject: Subject, row: Row) -> Result:
    grade = grade_of(row)
    after = "" if row["AELATH"] is None else f"{hours_text(row['AELATH'])} h after the start of the infusion"
    known = [
        f"grade {grade}" if grade else "",
        word_of(row["AESEV"]).lower() if row["AESEV"] else "",
        {"Y": "serious", "N": "not serious"}.get(row["AESER"] or "", ""),
        word_of(row["AEREL"]).lower() if row["AEREL"] else "",
        after,
        word_of(row["AEOUT"]).lower() if row["AEOUT"] else "",
    ]
    columns = {
        **named(planned),
        **subject.columns,
        "variable": "AE",
        "label": term_of(row),
        "level": "event",
        "visit": row["AESTDTC"] or "",
    }
    text = ", ".join(filter(None, known))
    warning = "" if text else "nothing more is recorded of it"
    value = None if grade is None else float(grade)
    return Result(**columns, statistic="value", value=value, text=text or ABSENT, warning=warning, **proof([row]))
