"""A whole cohort: every published number that the form can place, one patient after the other, with what was assumed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.rebuild.body import place_body
from cordside.appraisal.rebuild.categories import Counted, deal
from cordside.appraisal.rebuild.cells import cannot, limits_of, step_of, text_of, wanted_of
from cordside.appraisal.rebuild.changed import Changed, changed_of, changed_rows, rebuild_row, verdict_on
from cordside.appraisal.rebuild.dates import event_dates, first_days, place_events, rebuilt_courses
from cordside.appraisal.rebuild.days import Span
from cordside.appraisal.rebuild.infusions import check_derived, infusions_of, place_infusions
from cordside.appraisal.rebuild.measured import draw_measured, is_measured, place_value
from cordside.appraisal.rebuild.outcomes import Outcome
from cordside.appraisal.rebuild.placing import place_counted
from cordside.appraisal.rebuild.records import Records
from cordside.appraisal.rebuild.setting import AFTER, BEFORE, Setting
from cordside.appraisal.rebuild.subjects import place_subjects
from cordside.appraisal.rebuild.swabs import draw_clearance, last_swab, place_swabs
from cordside.errors import CannotDo

if TYPE_CHECKING:
    # Loading the protocol takes longer than a rebuild, and most are made without one.
    from cordside.protocol.protocol import Protocol

Numbers = dict[str, tuple[PaperRow, dict[int, str]]]
_JOINT = (
    "Beyond the counts, partitions, parts of a parent row, pairs and days that are printed, nothing is known of what belongs together: "
    "rows are dealt out independently of one another."
)


@dataclass(frozen=True)
class Cohort:
    """One rebuild: how it was made and what was assumed, its rows, and what became of each printed number."""

    setting: Setting
    records: Records
    outcomes: tuple[Outcome, ...]

    @property
    def kept(self) -> tuple[Outcome, ...]:
        """The printed numbers that the rows print."""
        return tuple(one for one in self.outcomes if one.is_held)

    @property
    def missed(self) -> tuple[Outcome, ...]:
        """The printed numbers that they do not."""
        return tuple(one for one in self.outcomes if not one.is_held)


def rebuild(paper: Paper, *, seed: int, definition: str, protocol: "Protocol | None" = None) -> Cohort:
    """Rebuild the patients of a paper.

    definition: type-1 to type-9, of every quartile; protocol: names visits, arm, site and regimen, where one is given.
    The same paper, seed and definition give the same rows. Raises CannotDo where the paper prints no summary.
    """
    if not any(row.data.row is not None and row.table for row in paper.rows):
        raise CannotDo(f"{paper.file}: no table of summaries to rebuild; patients that a paper prints one by one are entered as records.")
    setting = Setting(paper, seed, definition, protocol, [_JOINT])
    records = Records(setting)
    dealt, outcomes = deal(paper, paper.study, definition, seed)
    numbers, found = _measured(setting)
    outcomes += found
    place_subjects(records, setting, dealt, numbers)
    for counted in dealt.values():
        place_counted(records, setting, counted)
    for row, texts in numbers.values():
        if not (row.data.target and row.data.target.domain == "DM"):
            for patient, text in texts.items():
                place_value(records, row, patient, text)
    outcomes += _place_courses(records, setting, dealt)
    outcomes += _place_changes(records, setting)
    place_body(records, setting)
    return Cohort(setting, records, tuple(outcomes))


def _measured(setting: Setting) -> tuple[Numbers, list[Outcome]]:
    numbers: Numbers = {}
    outcomes: list[Outcome] = []
    for row in setting.paper.rows:
        if row.table and is_measured(row) and row.name not in numbers:
            texts, found = draw_measured(setting, row)
            numbers[row.name] = (row, texts)
            outcomes += found
    return numbers, outcomes


def _place_courses(records: Records, setting: Setting, dealt: dict[str, Counted]) -> list[Outcome]:
    """Infusions, dated events and swabs of each patient, on one calendar."""
    spans, outcomes = _spans(setting)
    courses, found = rebuilt_courses(setting, spans, setting.definition)
    infusions = infusions_of(setting, dealt.values())
    days, cleared = draw_clearance(setting, dealt)
    follow_up = [max(infusions.last_day(patient), last_swab(days, patient)) for patient in range(setting.n)]
    first = first_days(setting, courses, follow_up)
    if first is not None:
        setting.assume("Only differences of days are published: the day of each first infusion is spread over the period of the study.")
        place_events(records, setting, spans, event_dates(courses, first))
    place_infusions(records, setting, infusions, first)
    place_swabs(records, setting, dealt, days, first)
    derived = [one for row in setting.paper.rows if (one := check_derived(setting, row, infusions)) is not None]
    return [*outcomes, *found, *cleared, *derived]


def _spans(setting: Setting) -> tuple[list[Span], list[Outcome]]:
    spans: list[Span] = []
    outcomes: list[Outcome] = []
    for row in setting.paper.rows:
        target, cell = row.data.target, row.cell("value")
        if target is None or not (target.days_from and target.days_to) or cell is None:
            continue
        wanted = wanted_of(row, cell, step_of(row, [cell]), limits_of(row, [cell]))
        if wanted is None or cell.n != setting.n or wanted.step != 1:
            outcomes.append(cannot(row, cell))
        else:
            spans.append(Span(row, target.days_from, target.days_to, wanted))
    return spans, outcomes


def _place_changes(records: Records, setting: Setting) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for row in changed_rows(setting.paper):
        one = changed_of(setting.paper, row)
        if isinstance(one, Outcome):
            outcomes.append(one)
            continue
        found = rebuild_row(setting.paper.study, one, setting.definition, setting.seed)
        outcomes.append(verdict_on(one, found, setting.definition))
        _note(setting, one)
        if found is not None:
            order = np.argsort(setting.rng(f"patients of {row.name}").random(setting.n), kind="stable")
            for visit, values in ((BEFORE, found.before), (AFTER, found.after)):
                for patient, value in zip(order, values, strict=False):
                    place_value(records, row, int(patient), text_of(int(value), one.step), visit)
    return outcomes


def _note(setting: Setting, changed: Changed) -> None:
    floor = changed.wanted[0].floor
    if floor is not None:
        text = text_of(floor, changed.step)
        setting.assume(f"{changed.row.name}: {text}, printed as Q1 and median, is taken for the floor of the assay.")
    if changed.p is None:
        setting.assume(f"{changed.row.name}: no P of a paired t test is printed, so the correlation of before and after is any.")
    setting.assume("The days of the values before and after are not published: they have visits (BEFORE, AFTER) and no dates.")
