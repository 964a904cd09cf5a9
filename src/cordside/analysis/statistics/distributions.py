"""Tails and quantiles of the distributions that tests need; scipy.special, which loads in a third of the time of scipy.stats."""

from fractions import Fraction
from math import comb, erfc, sqrt

from scipy import special

from cordside.analysis.statistics.sample import real

_EXACT_BINOMIAL = 2000


def normal_two_sided(z: float) -> float:
    """P(|Z| >= |z|)."""
    return erfc(abs(z) / sqrt(2))


def normal_above(z: float) -> float:
    """P(Z >= z)."""
    return erfc(z / sqrt(2)) / 2


def normal_quantile(p: float) -> float:
    """z with P(Z <= z) = p."""
    return float(special.ndtri(p))


def two_sided_z(level: float) -> float:
    """z of a two-sided interval: 1.959964 for 0.95."""
    return -normal_quantile((1 - level) / 2)


def t_two_sided(t: float, df: float) -> float:
    """P(|T| >= |t|) with df degrees of freedom."""
    return float(special.betainc(df / 2, 0.5, df / (df + t * t)))


def two_sided_t(level: float, df: float) -> float:
    """t of a two-sided interval: 2.2010 for 0.95 and 11 degrees of freedom."""
    return -float(special.stdtrit(df, (1 - level) / 2))


def chi_square_above(chi2: float, df: float) -> float:
    """P(X >= chi2) with df degrees of freedom."""
    return float(special.chdtrc(df, chi2))


def f_above(f: float, df1: float, df2: float) -> float:
    """P(F >= f)."""
    return float(special.fdtrc(df1, df2, f))


def beta_quantile(p: float, a: float, b: float) -> float:
    """x with P(B <= x) = p for a beta distribution."""
    return float(special.betaincinv(a, b, p))


def fair_coin_at_most(k: int, n: int) -> Fraction | float:
    """P(B <= k) for n throws of a fair coin; an exact fraction up to 2000 throws."""
    if k < 0:
        return Fraction(0)
    if n > _EXACT_BINOMIAL:
        return float(special.bdtr(min(k, n), n, 0.5))
    return Fraction(sum(comb(n, i) for i in range(min(k, n) + 1)), 2**n)


def sign_p(k: int, n: int) -> float:
    """Two-sided exact p of k heads in n throws of a fair coin: the share of throws at least as far from n / 2."""
    fewer = min(k, n - k)
    return min(1.0, 2 * real(Fraction(fair_coin_at_most(fewer, n)))) if 2 * fewer < n else 1.0
