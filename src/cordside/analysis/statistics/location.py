"""Where values lie, and how surely: the mean with its standard error and interval, the t tests, the median with its interval."""

import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

from cordside.analysis.conventions import quantile, quantile_type
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.differences import Pairs
from cordside.analysis.statistics.distributions import fair_coin_at_most, t_two_sided, two_sided_t
from cordside.analysis.statistics.sample import NO_LEVEL, Sample, Values, logarithm, logarithms, real, root, share, tallied
from cordside.analysis.tally import exact
from cordside.words import Number

NO_VALUE = "no value"


def mean_interval(values: Values, *, level: Number = 0.95) -> Answer:
    """The mean with its t interval; extra holds sd and se.

    One value, or values all equal, give the mean with a warning and no interval.
    Source: Student 1908. 1, 2, 3, 4 give 2.5 (0.446 to 4.554).
    """
    return _t_interval(tallied(values), level, "mean with t interval")


def one_sample_t(values: Values, *, mu: Number = 0, level: Number = 0.95, scale: str = "linear") -> Answer:
    """t test of a mean (scale linear) or of a geometric mean (scale log) against mu, with the interval of the mean.

    values: numbers, or a mapping of value to count. Gives estimate, low, high, statistic t, df, p (two-sided), n; extra sd, se.
    Source: Student 1908. Student's sleep data (0.7 ... 3.4): mean 2.33, t 3.680, p 0.0051.
    """
    if scale == "log":
        return _exponentiated(_t_test(logarithms(values), _log_of(mu), level, "one-sample t test of logarithms"))
    return _t_test(tallied(values), _finite(mu), level, "one-sample t test")


def paired_t(changes: Values, *, level: Number = 0.95) -> Answer:
    """Paired t test: the mean of the differences with its interval. differences.paired gives them at recorded precision.

    n is the number of pairs. Source: Student 1908. 1, 2, 4, 5 give 3 (0.095 to 5.905), t 3.286, p 0.046.
    """
    return _t_test(tallied(changes), Fraction(0), level, "paired t test")


def paired_ratio(pairs: Pairs, *, level: Number = 0.95) -> Answer:
    """The geometric mean of after / before with its interval, by a paired t test of logarithms; every value must be above zero.

    Source: Bland and Altman, BMJ 1996;312:1153. Doubling in every pair gives the ratio 2, and no interval.
    """
    if not all(value.is_finite() for value in (*pairs.before, *pairs.after)):
        return Answer(error="a value is infinite", n_missing=pairs.n_missing)
    if any(value <= 0 for value in (*pairs.before, *pairs.after)):
        return Answer(error="a value is not above zero, so that it has no logarithm", n_missing=pairs.n_missing)
    ratios = tallied([logarithm(Fraction(after) / Fraction(before)) for before, after in zip(pairs.before, pairs.after, strict=True)])
    found = Sample(ratios.counts, ratios.n, pairs.n_missing)
    return _exponentiated(_t_test(found, Fraction(0), level, "paired t test of logarithms"))


def median_interval(values: Values, *, level: Number = 0.95, definition: str) -> Answer:
    """The median with the order-statistic interval that a sign test does not reject; extra holds the attained level.

    definition: of the median, a name that quantile_type knows. Few values cannot reach the level: the widest interval is
    given with a warning. Source: Conover 1999, section 3.2. 1, 2, 3, 4, 5 give 3 (1 to 5) at 93.75 %.
    """
    found, asked = tallied(values), share(level)
    method, convention = "median with order-statistic interval", f"{quantile_type(definition)}, exact binomial"
    if fault := _fault(found, level):
        return Answer(error=fault, n=found.n, n_missing=found.n_missing, method=method, convention=convention)
    k, attained = _median_ranks(found.n, asked or Fraction(0))
    return Answer(
        estimate=real(quantile(found.counts, "0.5", definition) or Fraction(0)),
        low=real(found.ordered(k)) if found.n > 1 else None,
        high=real(found.ordered(found.n + 1 - k)) if found.n > 1 else None,
        level=float(level),
        n=found.n,
        n_missing=found.n_missing,
        method=method,
        convention=convention,
        extra={"attained": float(attained)},
        warning="" if attained >= (asked or 0) else below_level(attained, found.n),
    )


def below_level(attained: Fraction | float, n: int) -> str:
    """The warning of an interval that few values cannot make wide enough."""
    return f"{n} values reach only {100 * float(attained):.4g} %"


def _median_ranks(n: int, level: Fraction) -> tuple[int, Fraction | float]:
    """The largest rank k >= 1 with P(B <= k - 1) at most half of 1 - level, and the level that it attains."""
    tail = (1 - level) / 2
    low, high = 1, max(1, n // 2)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fair_coin_at_most(middle - 1, n) <= tail else (low, middle - 1)
    return low, 1 - 2 * fair_coin_at_most(low - 1, n)


def _t_interval(values: Sample, level: Number, method: str) -> Answer:
    common: dict[str, Any] = {"n": values.n, "n_missing": values.n_missing, "method": method}
    if fault := _fault(values, level):
        return Answer(error=fault, **common)
    mean = real(values.mean)
    if values.n < 2:
        return Answer(estimate=mean, warning="one value has no standard deviation, so no interval and no test", **common)
    sd, se = root(values.variance), root(values.variance / values.n)
    common["extra"] = {"sd": sd, "se": se}
    if values.is_constant:
        return Answer(estimate=mean, warning="all values are equal, so no interval and no test", **common)
    half = two_sided_t(float(level), values.n - 1) * se
    return Answer(estimate=mean, low=mean - half, high=mean + half, level=float(level), df=values.n - 1, **common)


def _t_test(values: Sample, mu: Fraction | None, level: Number, method: str) -> Answer:
    """The interval, and the test where there is one."""
    if mu is None:
        return Answer(error="the mean to test against is no possible number", n=values.n, n_missing=values.n_missing, method=method)
    found = _t_interval(values, level, method)
    if found.df is None:
        return found
    t = math.copysign(root((values.mean - mu) ** 2 * values.n / values.variance), values.mean - mu)
    return replace(found, statistic=t, p=t_two_sided(t, found.df))


def _fault(values: Sample, level: Number) -> str:
    return values.fault or ("" if values.n else NO_VALUE) or ("" if share(level) else NO_LEVEL)


def _finite(mu: Number) -> Fraction | None:
    return None if tallied([mu]).fault or mu != mu else exact(mu)


def _log_of(mu: Number) -> Fraction | None:
    found = _finite(mu)
    return Fraction(logarithm(found)) if found is not None and found > 0 else None


def _exponentiated(found: Answer) -> Answer:
    """Estimate and limits back from the scale of logarithms; extra keeps the mean and SD there."""
    extra = {f"log_{name}": value for name, value in {"mean": found.estimate, **found.extra}.items() if value is not None}
    return replace(found, estimate=_exp(found.estimate), low=_exp(found.low), high=_exp(found.high), extra=extra)


def _exp(value: float | None) -> float | None:
    if value is None:
        return None
    return math.exp(value) if value < 709 else math.inf
