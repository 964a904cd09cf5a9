"""Limits of the time by which a share has had an event, from the limits of its cumulative incidence."""

from dataclasses import replace

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.competing import Incidence, incidence_at, incidence_quantile
from cordside.words import Number

# A limit that equals the share in exact arithmetic may miss it by the noise of a logarithm.
_NOISE = 1e-12


def incidence_quantile_limits(curves: Incidence, cause: int, p: Number, *, level: float = 0.95) -> Answer:
    """The first time by which the share p has had the cause, with limits: the first times at which the upper and lower limits reach p.

    The test of Brookmeyer and Crowley, Biometrics 1982;38:29, turned round on the log-log limits of the incidence; a limit that the
    curve does not reach is None. Ten subjects with the cause at 1, 2, ..., 10: 5, from 3, and no upper limit.
    """
    found = incidence_quantile(curves, cause, p)
    if found.error:
        return found
    limits = [(step.time, incidence_at(curves, cause, step.time, beyond_last="carry", level=level)) for step in curves.steps]
    low = next((float(time) for time, at in limits if at.high is not None and at.high >= float(p) - _NOISE), None)
    high = next((float(time) for time, at in limits if at.low is not None and at.low >= float(p) - _NOISE), None)
    return replace(found, low=low, high=high, level=level, convention="limits by inverting the log-log limits of the incidence")
