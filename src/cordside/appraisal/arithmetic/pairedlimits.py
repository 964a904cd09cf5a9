"""What the P of a paired t says about single patients."""

from dataclasses import dataclass
from math import ceil, inf, sqrt

from cordside.appraisal.arithmetic.student import t_of_p


@dataclass(frozen=True, slots=True)
class PairedLimits:
    """P <= p_at_most means (sum d)^2 >= kappa x sum d^2.

    changed_same_way_at_least: patients who changed in the direction of the mean; largest_share: of the total change that one
    patient can carry (it can be above 1 when P is large); times_the_others: by how much a lone one can exceed the others if they
    all changed alike, None without a limit.
    """

    n: int
    p_at_most: float
    t: float
    kappa: float
    changed_same_way_at_least: int
    largest_share: float | None
    times_the_others: float | None


def paired_t_limits(n: int, p_at_most: float) -> PairedLimits:
    """The limits that a paired t of n pairs with P <= p_at_most sets to single patients; n from 2, P above 0 and up to 1.

    kappa = n t^2 / (n - 1 + t^2) by Cauchy's inequality; the share x solves n x^2 - 2 x + 1 - (n - 1) / kappa = 0.
    31 pairs, P .001: kappa 9.52, at least 10 patients, at most 29.8 % of the change in one.
    """
    t = t_of_p(p_at_most, n - 1)
    kappa = n * t * t / (n - 1 + t * t) if t < inf else float(n)
    share = (1 + sqrt(max(0.0, 1 - n * (1 - (n - 1) / kappa)))) / n if kappa > 0 else None
    times = share * (n - 1) / (1 - share) if share is not None and share < 1 else None
    return PairedLimits(n, p_at_most, t, kappa, ceil(kappa), share, times)
