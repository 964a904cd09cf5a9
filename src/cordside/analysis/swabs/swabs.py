"""Every swab by date and place, beside the last positive before treatment and the first dose."""

from datetime import date
from typing import Any

from cordside.analysis.rows import ABSENT, NOT_RECORDED, Subject, joined, named, nothing, printed_date, proof, subjects_of, word_of
from cordside.analysis.safety.doses import Infusion, infusions_of
from cordside.analysis.swabs.swabresults import NEGATIVE, POSITIVE, Swab, read_swabs
from cordside.protocol.plans.swabs import SwabPlace, Swabs
from cordside.record.record import Record
from cordside.results import Result

NOT_DONE = "NA"
_NUMBERS = {POSITIVE: 1.0, NEGATIVE: 0.0}


def summarise(record: Record, planned: Swabs) -> list[Result]:
    """`value` rows: the positive before treatment, the first dose, then each date and place."""
    swabs = read_swabs(record, planned.item)
    if not swabs:
        return nothing(planned, f"no swabs ({planned.item}) are recorded")
    doses, dates = infusions_of(record), record.protocol.conventions.dates
    return [
        row
        for subject in subjects_of(record, planned.subject)
        for row in _of_subject(planned, subject, swabs.get(subject.id, []), doses.get(subject.id, []), dates)
    ]


def _of_subject(planned: Swabs, subject: Subject, swabs: list[Swab], doses: list[Infusion], dates: str) -> list[Result]:
    columns: dict[str, Any] = {**named(planned), **subject.columns, "variable": planned.item}
    before = _last_positive(subject, swabs)
    places = {place.location.casefold() for place in planned.places}
    shown = [swab for swab in swabs if swab.day and swab.place.casefold() in places]
    days = sorted({swab.day for swab in shown if swab.day})
    return [
        _positive(planned, subject, before, columns, dates),
        _first_dose(planned, subject, doses, columns, dates),
        *(_swab(columns, place, day, shown) for day in days for place in planned.places),
        *_not_shown(columns, [swab for swab in swabs if swab not in shown and swab is not before]),
    ]


def _last_positive(subject: Subject, swabs: list[Swab]) -> Swab | None:
    positive = [swab for swab in swabs if swab.is_positive and swab.day and subject.first and swab.day < subject.first]
    return positive[-1] if positive else None


def _positive(planned: Swabs, subject: Subject, swab: Swab | None, columns: dict[str, Any], dates: str) -> Result:
    if swab is None:
        warning = f"{NOT_RECORDED}: a positive swab before treatment" if subject.first else "no first infusion is recorded"
        return Result(
            **columns, label=planned.positive, level="positive", statistic="value", text=ABSENT, n=0, n_missing=1, warning=warning
        )
    text = f"Positive {printed_date(swab.day, dates)}"
    return Result(
        **columns, label=planned.positive, level="positive", statistic="value", value=1, text=text, n=1, n_missing=0, **proof([swab.row])
    )


def _first_dose(planned: Swabs, subject: Subject, doses: list[Infusion], columns: dict[str, Any], dates: str) -> Result:
    given = [dose.row for dose in doses if subject.first and dose.day == subject.first]
    return Result(
        **columns,
        label=planned.first_dose,
        level="first dose",
        statistic="value",
        text=printed_date(subject.first, dates),
        n=int(subject.first is not None),
        n_missing=int(subject.first is None),
        warning="" if subject.first else "no first infusion is recorded",
        **proof(given),
    )


def _swab(columns: dict[str, Any], place: SwabPlace, day: date, shown: list[Swab]) -> Result:
    here = [swab for swab in shown if swab.day == day and swab.place.casefold() == place.location.casefold()]
    done = [swab for swab in here if swab.result]
    result = next((swab.result for swab in done if swab.is_positive), done[-1].result if done else "")
    several = f"{len(done)} swabs: {', '.join(word_of(swab.result) for swab in done)}" if len(done) > 1 else ""
    return Result(
        **columns,
        label=place.label,
        level=place.label,
        visit=day.isoformat(),
        statistic="value",
        value=_NUMBERS.get(result),
        text=word_of(result) if result else NOT_DONE,
        n=len(done),
        n_missing=0 if done else 1,
        warning=several,
        **proof(swab.row for swab in here),
    )


def _not_shown(columns: dict[str, Any], swabs: list[Swab]) -> list[Result]:
    if not swabs:
        return []
    undated = sum(swab.day is None for swab in swabs)
    words = [f"{undated} swabs without a full date are not shown" if undated else ""]
    words.append(f"{len(swabs) - undated} swabs at other places are not shown" if len(swabs) > undated else "")
    missing = Result(
        **columns, statistic="n", value=0, text="0", n=0, n_missing=len(swabs), warning=joined(words), **proof(s.row for s in swabs)
    )
    return [missing]
