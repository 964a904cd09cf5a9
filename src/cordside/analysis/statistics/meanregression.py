"""What regression to the mean alone would make of a before/after change: read beside the change of a study with one arm.

Patients are enrolled when they are at their worst; some of what follows would have come without any treatment.
"""

import math

from scipy.special import erfcx

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.eventtimes import is_finite
from cordside.analysis.statistics.named import check_name
from cordside.words import Number, rounded

SIDES = ("below", "above")

# Standard deviations beyond which a normal distribution has nobody left.
_NOBODY = 30
METHOD = "expected change by regression to the mean alone"
"""As footnotes print it."""


def change_after_cutoff(mean: Number, sd: Number, reliability: Number, cutoff: Number, *, side: str) -> Answer:
    """The mean change to expect without any effect in subjects chosen for one measurement below (or above) a cut-off.

    mean, sd: of all who were measured (sd as measured, between and within subjects); reliability: the correlation of two
    measurements of a subject, 0 to 1; side: below or above. Normal distribution; the choice rests on one measurement, which
    is the one before. extra holds the share of subjects who are chosen.
    Source: Gardner and Heady 1973; Barnett, van der Pols and Dobson, Int J Epidemiol 2005;34:215, equation 1:
    (1 - reliability) x sd x C(z), C(z) = density(z) / tail(z). Mean 60, sd 15, cut-off 40, reliability 0.5: + 13.49.
    """
    check_name(side, SIDES, "side of a cut-off")
    numbers = (mean, sd, reliability, cutoff)
    if error := _refused(reliability, *numbers) or ("" if float(sd) > 0 else "the standard deviation is not above zero"):
        return Answer(method=METHOD, error=error)
    above = side == "above"
    z = (float(cutoff) - float(mean)) / float(sd) * (1 if above else -1)
    if z > _NOBODY:
        return Answer(method=METHOD, error=f"the cut-off lies {z:.3g} standard deviations {side} the mean: nobody would be chosen")
    rise = (1 - float(reliability)) * float(sd) * math.sqrt(2 / math.pi) / float(erfcx(z / math.sqrt(2)))
    return Answer(
        estimate=-rise if above else rise,
        method=METHOD,
        convention=f"normal distribution, chosen {side} {float(cutoff):g}, reliability {float(reliability):g}",
        extra={"share_chosen": math.erfc(z / math.sqrt(2)) / 2},
    )


def change_from_baseline_mean(baseline_mean: Number, population_mean: Number, reliability: Number) -> Answer:
    """The mean change to expect without any effect, from the baseline mean seen and the mean of those they were drawn from.

    reliability: the correlation of two measurements of a subject, 0 to 1. Needs no cut-off and no normal distribution, but a
    straight line of the second measurement on the first.
    Source: Galton 1886; Davis, Am J Epidemiol 1976;104:493: (1 - reliability) x (population mean - baseline mean).
    Baseline 33, population 60, reliability 0.5: + 13.5.
    """
    if error := _refused(reliability, baseline_mean, population_mean, reliability):
        return Answer(method=METHOD, error=error)
    change = (1 - float(reliability)) * (float(population_mean) - float(baseline_mean))
    return Answer(estimate=change, method=METHOD, convention=f"linear regression, reliability {float(reliability):g}")


def mean_regression_statement(expected: Answer, observed_change: Number, unit: str, decimals: int = 1) -> str:
    """One sentence that sets the change seen beside the one expected; says what is missing when it cannot be computed."""
    if expected.estimate is None or not is_finite(observed_change):
        return f"Regression to the mean was not estimated: {expected.error or expected.warning or 'no change was observed'}."
    alone, seen = (_signed(number, decimals) for number in (expected.estimate, observed_change))
    expectation = f"Regression to the mean alone would be expected to give a mean change of {alone} {unit} ({expected.convention})"
    return f"{expectation}; {seen} {unit} was seen."


def _signed(number: Number, decimals: int) -> str:
    text = rounded(number, decimals)
    return text if text.startswith("-") or not text.strip("0.") else f"+{text}"


def _refused(reliability: Number, *numbers: Number) -> str:
    if not all(is_finite(number) for number in numbers):
        return "a number is missing or not finite"
    return "" if 0 <= reliability <= 1 else f"a reliability lies from 0 to 1, not {reliability}"
