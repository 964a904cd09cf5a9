"""Arms compared on a time to an event: the log-rank test, Gray's test of cumulative incidences, hazard ratios by Cox's model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cordside.analysis.courses.timed import EVENT, Timed, Waiting
from cordside.analysis.members import label_of
from cordside.analysis.rows import ABSENT, TOTAL, proof
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.cox import hazard_ratios
from cordside.analysis.statistics.gray import gray
from cordside.analysis.statistics.logrank import logrank
from cordside.analysis.subjects.grouptests import answer_columns, rows_of_test
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import p_text, rounded

TEST, GRAY, HAZARD = "test", "gray", "hazard ratio"
VARIABLE = "time"
_TIES = {"R": "efron", "SAS": "breslow"}


@dataclass(frozen=True, slots=True)
class _Arms:
    """The arms of a study, and the subjects of all who have a time, each with the arm's label."""

    labels: tuple[str, ...]
    used: tuple[tuple[Timed, str], ...]
    size: int

    @property
    def days(self) -> list[int | None]:
        """Days of each subject used."""
        return [entry.days for entry, _ in self.used]

    @property
    def had_it(self) -> list[int]:
        """1 for the event; whatever comes in its way is a censoring."""
        return [int(entry.status == EVENT) for entry, _ in self.used]

    @property
    def empty(self) -> str:
        """Why arms cannot be compared; empty where everybody has somebody with a time."""
        missing = [label for label in self.labels if label not in {own for _, own in self.used}]
        return f"nobody of {', '.join(missing)} has a time" if missing else ""


def _arms(waiting: Waiting) -> _Arms:
    arms = [(label, timed) for label, timed in waiting.groups if label != TOTAL]
    used = tuple((entry, label) for label, timed in arms for entry in timed if entry.days is not None)
    return _Arms(tuple(label for label, _ in arms), used, sum(len(timed) for _, timed in arms))


def compare_arms(record: Record, waiting: Waiting, columns: dict[str, Any]) -> list[Result]:
    """The planned tests of the arms: log-rank at level `test`, Gray's at level `gray`; none where there is one group."""
    arms, rows = _arms(waiting), []
    if len(arms.labels) < 2:
        return []
    if "log-rank" in waiting.planned.tests:
        answer = logrank(arms.days, arms.had_it, [label for _, label in arms.used])
        # With competing events only the rates of the event are compared: whoever died first leaves those at risk.
        method = answer.method + (" of the cause-specific hazards" if waiting.competing else "")
        rows += _tested(record, arms, columns, "Log-rank test", TEST, replace(answer, method=method))
    if "gray" in waiting.planned.tests:
        statuses = [entry.status for entry, _ in arms.used]
        answer = gray(arms.days, statuses, [label for _, label in arms.used], causes=1 + len(waiting.competing))
        rows += _tested(record, arms, columns, "Gray's test", GRAY, answer)
    return rows


def _tested(record: Record, arms: _Arms, columns: dict[str, Any], label: str, level: str, answer: Answer) -> list[Result]:
    error = answer.error or arms.empty
    place = {**columns, "variable": VARIABLE, "label": label, "level": level, **_proof(arms)}
    shared = {**answer_columns(place, answer), "n_missing": arms.size - len(arms.used), "error": error}
    numbers = {} if error else {"statistic": answer.statistic, "df": answer.df, "p": answer.p}
    style, policy = record.protocol.conventions.printing.p_style, record.protocol.conventions.rounding
    texts = {"p": p_text(numbers.get("p"), style, policy), "df": str(answer.df)}
    return [
        Result(
            **shared,
            statistic=name,
            value=(value := numbers.get(name)),
            text=ABSENT if value is None else texts.get(name) or rounded(value, 2, policy),
        )
        for name in ("statistic", "df", "p")
    ]


def _proof(arms: _Arms) -> dict[str, Any]:
    return proof(row for entry, _ in arms.used for row in entry.rows)


def compare_hazards(record: Record, waiting: Waiting, columns: dict[str, Any]) -> Iterator[Result]:
    """`estimate`, limits, `statistic` and `p` of each arm's hazard against the reference's, where the plan asks for it."""
    arms = _arms(waiting)
    if len(arms.labels) < 2 or not waiting.planned.hazard_ratio:
        return
    reference = label_of(record, waiting.planned.reference, arms.labels)
    others = [label for label in arms.labels if label != reference]
    found = _ratios(waiting, arms, reference, others)
    what = "cause-specific hazard" if waiting.competing else "hazard"
    for label in others:
        place = {**columns, "group": "arm", "group_level": label, "variable": VARIABLE, "label": "Hazard ratio", **_proof(arms)}
        answer = replace(found[label], n_missing=arms.size - len(arms.used))
        yield from _ratio_rows(record, {**place, "level": HAZARD}, answer, f"{what}, against {reference}")


def _ratios(waiting: Waiting, arms: _Arms, reference: str, others: Sequence[str]) -> dict[str, Answer]:
    present = {label for _, label in arms.used}
    inside = [label for label in others if label in present]
    if reference not in present:
        error = f"nobody of {reference} has a time" if reference in arms.labels else f"{reference} is no arm of the study"
        return dict.fromkeys(others, Answer(method="Cox proportional hazards", error=error))
    columns = {label: [int(own == label) for _, own in arms.used] for label in inside}
    found = hazard_ratios(arms.days, arms.had_it, columns, ties=_TIES[waiting.planned.convention]) if inside else {}
    absent = {label: Answer(method="Cox proportional hazards", error=f"nobody of {label} has a time") for label in others}
    return absent | found


def _ratio_rows(record: Record, columns: dict[str, Any], answer: Answer, what: str) -> Iterator[Result]:
    policy = record.protocol.conventions.rounding
    convention = f"{what}; {answer.convention}" if answer.convention else what
    shared = {**answer_columns(columns, answer), "convention": convention}
    for name, value in {"estimate": answer.estimate, "conf_low": answer.low, "conf_high": answer.high}.items():
        words = f"{convention}; interval 95 %" if name != "estimate" else convention
        text = ABSENT if value is None else rounded(value, 2, policy)
        yield Result(**{**shared, "convention": words}, statistic=name, value=value, text=text, unit="ratio")
    style = record.protocol.conventions.printing.p_style
    yield from rows_of_test(columns, replace(answer, convention=convention), style, policy)
