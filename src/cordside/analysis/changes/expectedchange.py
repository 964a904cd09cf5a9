"""What regression to the mean alone would give, beside the change that was seen; the reason where it cannot be said.

Subjects are treated when they are at their worst, so that some of what follows would come without treatment. How much
depends on numbers that the study does not have: the plan names them and their source, and nothing is assumed for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cordside.analysis.changes.changerows import Look
from cordside.analysis.rows import ABSENT
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.meanregression import METHOD, change_after_cutoff, change_from_baseline_mean
from cordside.analysis.statistics.sample import real, tallied
from cordside.protocol.eligibility import Condition
from cordside.protocol.plans.changes import ChangeMarker
from cordside.protocol.plans.meanregression import MeanRegression
from cordside.protocol.protocol import Protocol
from cordside.results import Result
from cordside.terms.units import convert

MEAN_REGRESSION, EXPECTED = "regression to the mean", "expected_change"
_NOT_PLANNED = "the plan names neither the population from which subjects were chosen nor the reliability of the measurement"
_SIDES = {"at_most": "below", "below": "below", "at_least": "above", "above": "above"}
Cut = tuple[Decimal, str]
"""A cut-off in the unit of the table, and the side on which those chosen lie."""


def expected_rows(
    columns: Mapping[str, Any], before: Sequence[Decimal], marker: ChangeMarker, protocol: Protocol, look: Look, *, ratio: bool, wrong: str
) -> list[Result]:
    """The row `expected_change`; before: the values before of the pairs that are used; wrong: why there is no change at all."""
    found = _expected(before, marker, protocol, str(columns.get("unit") or ""), ratio, wrong)
    error = f"cannot be computed because {found.error}" if found.error else ""
    return [
        Result(
            **{**columns, "level": MEAN_REGRESSION, "n": len(before)},
            statistic=EXPECTED,
            value=found.estimate,
            text=ABSENT if found.estimate is None else look.number(found.estimate),
            method=found.method,
            convention=found.convention,
            warning=found.warning,
            error=error,
        )
    ]


def _expected(before: Sequence[Decimal], marker: ChangeMarker, protocol: Protocol, unit: str, ratio: bool, wrong: str) -> Answer:
    assumed = marker.regression_to_the_mean
    if error := wrong or ("the change is a ratio" if ratio else "") or _unknown(assumed):
        return Answer(method=METHOD, error=error)
    assert assumed is not None and assumed.reliability is not None and assumed.population_mean is not None
    if assumed.population_sd is None:
        sample = tallied(before)
        if sample.fault:
            return Answer(method=METHOD, error=sample.fault)
        found = change_from_baseline_mean(real(sample.mean), assumed.population_mean, assumed.reliability)
        return _with_assumptions(found, f"population mean {assumed.population_mean}", assumed)
    cut = _cut_of(assumed, marker, protocol, unit)
    if isinstance(cut, str):
        return Answer(method=METHOD, error=cut)
    found = change_after_cutoff(assumed.population_mean, assumed.population_sd, assumed.reliability, cut[0], side=cut[1])
    return _with_assumptions(found, f"population mean {assumed.population_mean}, SD {assumed.population_sd}", assumed)


def _unknown(assumed: MeanRegression | None) -> str:
    if assumed is None:
        return _NOT_PLANNED
    unknown = {"mean of the population": assumed.population_mean, "reliability": assumed.reliability}
    missing = [name for name, value in unknown.items() if value is None]
    if not assumed.is_published("population_sd"):
        missing.append("standard deviation of the population")
    return f"the {' and the '.join(missing)} {'is' if len(missing) == 1 else 'are'} not published" if missing else ""


def _with_assumptions(found: Answer, words: str, assumed: MeanRegression) -> Answer:
    return found if found.error else replace(found, convention=f"{found.convention}; assumed: {words} ({assumed.source})")


def _cut_of(assumed: MeanRegression, marker: ChangeMarker, protocol: Protocol, unit: str) -> Cut | str:
    """The cut-off of the plan, else that of the one inclusion criterion on the item; why there is none."""
    if assumed.cutoff is not None and assumed.side is not None:
        return assumed.cutoff, assumed.side
    population = protocol.population
    cuts = [cut for criterion in (population.inclusion if population else None) or [] for cut in _cuts(criterion, marker.item)]
    if len(cuts) != 1:
        return f"the plan names no cut-off, and {len(cuts)} inclusion criteria choose by {marker.label}"
    limit, side, own = cuts[0]
    domain, _, name = marker.item.partition(".")
    try:
        return (convert(limit, own, unit, domain, name) if own and own != unit else limit), side
    except ValueError as fault:
        return f"the cut-off of the criterion is in another unit: {fault}"


def _cuts(condition: Condition, item: str) -> list[tuple[Decimal, str, str]]:
    """Limits with side and unit by which a condition, or every part of it that must hold, chooses on an item."""
    if condition.all:
        return [cut for part in condition.all for cut in _cuts(part, item)]
    if condition.item != item:
        return []
    limits = {name: getattr(condition, name) for name in _SIDES}
    return [(limit, _SIDES[name], condition.unit or "") for name, limit in limits.items() if limit is not None]
