"""A linear combination of coefficients as an answer: estimate, interval and t test from its variance and degrees of freedom."""

import math
from dataclasses import replace

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import t_two_sided, two_sided_t


def t_answer(estimate: float, variance: float, df: float, common: Answer) -> Answer:
    """The estimate with its interval and two-sided t test; extra holds se besides what common has.

    common: level, n, n_missing, method, convention and warning of the model. Without variance there is no interval and no test.
    Estimate 2, variance 1, 10 degrees of freedom: -0.228 to 4.228, p 0.0734.
    """
    se = math.sqrt(variance) if variance > 0 and math.isfinite(variance) else 0.0
    if not se or not df > 0:
        return replace(common, estimate=estimate, warning=common.warning or "no interval: there is no variation left to judge by")
    margin, t = two_sided_t(common.level or 0.95, df) * se, estimate / se
    extra, low, high = {**common.extra, "se": se}, estimate - margin, estimate + margin
    return replace(common, estimate=estimate, low=low, high=high, statistic=t, df=df, p=t_two_sided(t, df), extra=extra)
