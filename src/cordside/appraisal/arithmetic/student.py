"""P of a t and t of a P, with their ends: an infinite t has P 0."""

from math import inf, isinf

from scipy import special

from cordside.analysis.statistics.distributions import t_two_sided


def p_of_t(t: float, df: int) -> float:
    """Two-sided P of t, which may be infinite."""
    return 0.0 if isinf(t) else t_two_sided(t, df)


def t_of_p(p: float, df: int) -> float:
    """The t, from 0, whose two-sided P this is; infinite for 0. P 0.001 with 30 degrees of freedom: 3.646."""
    # Straight from the tail: 1 - p would lose the digits of a small P.
    return inf if p <= 0 else max(0.0, -float(special.stdtrit(df, p / 2)))


def quotient(above: float, below: float) -> float:
    """above / below for numbers that are not negative; infinite over 0, and 0 over 0 as well, for then anything is possible."""
    return above / below if below else inf
