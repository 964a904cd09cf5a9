"""Shares of two arms compared: their difference, the odds ratio, Fisher's test; among the subjects whose outcome is known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cordside.analysis.courses.outcome import Outcome
from cordside.analysis.rows import ABSENT, TOTAL, proof
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.fisher import fisher
from cordside.analysis.statistics.oddsratio import odds_ratio
from cordside.analysis.statistics.proportiondifference import proportion_difference
from cordside.analysis.subjects.grouptests import answer_columns, rows_of_test
from cordside.protocol.plans.outcomes import Outcomes
from cordside.protocol.protocol import Conventions
from cordside.results import Result
from cordside.words import rounded

DIFFERENCE, ODDS_RATIO, CONDITIONAL, FISHER = "difference", "odds ratio", "odds ratio, conditional", "Fisher"
_RATIOS = {"odds_ratio": (ODDS_RATIO, "sample"), "odds_ratio_conditional": (CONDITIONAL, "conditional")}
_NOBODY = "an arm has nobody whose outcome is known"
_CONSTANT = "nobody, or everybody, had it in both arms"


@dataclass(frozen=True, slots=True)
class _Both:
    """Two arms: with the outcome and without it among those known, who is unknown, the columns that all rows share."""

    arm: tuple[int, int]
    reference: tuple[int, int]
    name: str
    missing: int
    columns: Mapping[str, Any]
    look: Conventions

    @property
    def n(self) -> int:
        """Subjects known in both."""
        return sum(self.arm) + sum(self.reference)

    def finished(self, answer: Answer) -> Answer:
        """The answer with the counts of both arms, the arm it is against, and why there is none in the words of a table."""
        convention = ", ".join(filter(None, [answer.convention, f"against {self.name}"]))
        empty = not sum(self.arm) or not sum(self.reference)
        error = _NOBODY if empty else _CONSTANT if answer.error else ""
        kept = Answer(method=answer.method, error=error) if error else answer
        return replace(kept, convention=convention, n=self.n, n_missing=self.missing)

    def sizes(self, level: str, answer: Answer, times: int, decimals: int, unit: str) -> Iterator[Result]:
        """`estimate`, `conf_low` and `conf_high` of an answer, so many times as large."""
        found = self.finished(answer)
        shared = {**answer_columns({**self.columns, "level": level}, found), "unit": unit}
        for name, number in {"estimate": found.estimate, "conf_low": found.low, "conf_high": found.high}.items():
            value = None if number is None else times * number
            text = ABSENT if value is None else rounded(value, decimals, self.look.rounding)
            yield Result(**shared, statistic=name, value=value, text=text)


def compared(
    columns: Mapping[str, Any], planned: Outcomes, groups: Sequence[tuple[str, Sequence[Outcome]]], reference: str, look: Conventions
) -> Iterator[Result]:
    """Rows of each arm against the reference: `estimate` and limits of the planned sizes, `p` of Fisher's test.

    groups: outcomes of each group by label; reference: the label of the arm that others are compared with.
    """
    arms = {label: outcomes for label, outcomes in groups if label != TOTAL}
    of_reference = arms.get(reference, ())
    for label in (arm for arm in arms if arm != reference and len(arms) > 1):
        both = [*arms[label], *of_reference]
        rows = proof(row for outcome in both if outcome.value is not None for row in outcome.rows)
        own = {**columns, "group": "arm", "group_level": label, **rows}
        missing = sum(outcome.value is None for outcome in both)
        yield from _against(planned, _Both(_counted(arms[label]), _counted(of_reference), reference, missing, own, look))


def _counted(outcomes: Sequence[Outcome]) -> tuple[int, int]:
    known = [outcome.value for outcome in outcomes if outcome.value is not None]
    yes = sum(value == 1 for value in known)
    return yes, len(known) - yes


def _against(planned: Outcomes, both: _Both) -> Iterator[Result]:
    if "difference" in planned.compare:
        answer = proportion_difference(both.arm[0], sum(both.arm), both.reference[0], sum(both.reference))
        yield from both.sizes(DIFFERENCE, answer, 100, both.look.printing.percent_decimals(both.n), "%")
    for kind in (kind for kind in planned.compare if kind in _RATIOS):
        level, estimate = _RATIOS[kind]
        yield from both.sizes(level, odds_ratio([both.arm, both.reference], estimate=estimate), 1, 2, "ratio")
    if "fisher" in planned.compare:
        answer = both.finished(fisher([both.arm, both.reference]))
        yield from rows_of_test({**both.columns, "level": FISHER}, answer, both.look.printing.p_style, both.look.rounding)
