"""Wilcoxon's signed-rank test by every convention in use, and the sign test.

Nothing here has a default: how p is found and what becomes of zeros change the answer, so the caller names both, or a
program whose convention is meant. Differences are ranked as they are: take them at recorded precision (differences.py).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import normal_above, normal_two_sided, sign_p, t_two_sided
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.permutation import subset_sums
from cordside.analysis.statistics.sample import Sample, Values, tallied

P = ("exact", "normal", "normal_cc", "sas")
ZEROS = ("drop", "pratt")
ALTERNATIVES = ("two-sided", "less", "greater")
_SAS_EXACT = 20
_R_EXACT = 50


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """Doubled midranks (whole numbers) of the differences that are not zero, by size: rank, how many up, how many down."""

    groups: tuple[tuple[int, int, int], ...]
    zeros: int

    @property
    def weights(self) -> list[int]:
        """The doubled midrank of each difference that is not zero."""
        return [rank for rank, up, down in self.groups for _ in range(up + down)]

    @property
    def n(self) -> int:
        """Differences that are not zero."""
        return sum(up + down for _, up, down in self.groups)

    @property
    def positive(self) -> int:
        """Doubled rank sum of the positive differences."""
        return sum(rank * up for rank, up, _ in self.groups)

    @property
    def total(self) -> int:
        """Doubled rank sum of all."""
        return sum(rank * (up + down) for rank, up, down in self.groups)

    @property
    def squares(self) -> int:
        """Sum of the squared doubled ranks."""
        return sum(rank * rank * (up + down) for rank, up, down in self.groups)

    @property
    def has_ties(self) -> bool:
        """True when two differences have one size."""
        return any(up + down > 1 for _, up, down in self.groups)


def doubled_midranks(counts: Iterable[int]) -> list[int]:
    """Twice the midrank of each group of equal values, the groups in rising order: [2, 5, 8] for counts 1, 2, 1."""
    ranks, below = [], 0
    for count in counts:
        ranks.append(2 * below + count + 1)
        below += count
    return ranks


def signed_rank(changes: Values, *, p: str, zeros: str, alternative: str = "two-sided") -> Answer:
    """Wilcoxon's signed-rank test of differences.

    p: exact (all sign patterns of the midranks), normal, normal_cc (correction 0.5), sas (exact to n 20, then t).
    zeros: drop (before ranking) or pratt (ranked, then dropped). alternative: greater means differences above zero.
    Gives statistic V (rank sum of the positive differences), p, n (differences that are not zero); extra S = V - n(n+1)/4, zeros, ties.
    No difference but zero gives p 1 with a warning. Source: Wilcoxon 1945; Pratt 1959.
    -3 -2 -2 0 1 -5 -4 0 -6 -1 -7 2: p 0.0254 exact drop, 0.0293 exact pratt.
    """
    check_name(p, P, "way to find p of the signed-rank test")
    check_name(zeros, ZEROS, "rule for zero differences")
    check_name(alternative, ALTERNATIVES, "alternative")
    sample = tallied(changes)
    if sample.fault or not sample.n:
        return Answer(error=sample.fault or "no pairs", n=0, n_missing=sample.n_missing, method="Wilcoxon signed-rank test")
    if p == "sas" and zeros == "pratt":
        return Answer(error="SAS drops zeros", n_missing=sample.n_missing, method="Wilcoxon signed-rank test")
    ranks = _ranked(sample, with_zeros=zeros == "pratt")
    return _described(_tested(ranks, p, alternative), ranks, sample.n_missing, zeros)


def signed_rank_as(changes: Values, *, program: str) -> Answer:
    """The two-sided signed-rank test as a program does it by itself: one of PROGRAMS.

    R-4.5 stands for every R before 4.6, which changed its answer to ties and zeros: "R" alone is not a convention.
    """
    check_name(program, PROGRAMS, "program with a signed-rank test")
    sample = tallied(changes)
    ranks = _ranked(sample, with_zeros=False)
    p, zeros = _program_rule(program, ranks)
    found = signed_rank(changes, p=p, zeros=zeros)
    return replace(found, convention=f"{program}: {found.convention}") if found.convention else found


PROGRAMS = ("R-4.5", "R-4.6", "SAS", "coin", "exactRankTests")
"""R before 4.6, R 4.6 and later, SAS PROC UNIVARIATE, the R packages coin (exact on request) and exactRankTests."""


def _program_rule(program: str, ranks: SignedRanks) -> tuple[str, str]:
    small = ranks.n < _R_EXACT
    if program == "R-4.5":
        return ("exact" if small and not ranks.zeros and not ranks.has_ties else "normal_cc"), "drop"
    if program == "R-4.6":
        # Zeros take part in the exact test, so they count towards the 50.
        return ("exact", "pratt") if ranks.n + ranks.zeros < _R_EXACT else ("normal_cc", "drop")
    if program == "exactRankTests":
        return ("exact" if small else "normal"), "drop"
    return ("sas", "drop") if program == "SAS" else ("exact", "pratt")


def sign_test(changes: Values) -> Answer:
    """Exact sign test: are as many differences above zero as below?

    Zeros are dropped. Gives statistic (differences above zero), n (those not zero), p; extra M as SAS prints it, zeros.
    Source: Arbuthnott 1710; Conover 1999, section 3.4. Five pairs, all up: p 0.0625.
    """
    sample = tallied(changes)
    if sample.fault or not sample.n:
        return Answer(error=sample.fault or "no pairs", n=0, n_missing=sample.n_missing, method="sign test")
    up = sum(count for value, count in sample.counts if value > 0)
    down = sum(count for value, count in sample.counts if value < 0)
    return Answer(
        statistic=up,
        p=sign_p(up, up + down),
        n=up + down,
        n_missing=sample.n_missing,
        method="sign test",
        convention="exact, zeros dropped",
        extra={"M": (up - down) / 2, "zeros": sample.n - up - down},
        warning="" if up + down else ALL_ZERO,
    )


ALL_ZERO = "every difference is zero"


def _ranked(sample: Sample, *, with_zeros: bool) -> SignedRanks:
    sizes: dict[Fraction, list[int]] = {}
    zeros = 0
    for value, count in sample.counts:
        if value == 0:
            zeros = count
        else:
            sizes.setdefault(abs(value), [0, 0])[value < 0] += count
    groups = [sizes[size] for size in sorted(sizes)]
    # Pratt gives the zeros the lowest ranks, so that every other rank moves up by their number.
    moved = 2 * zeros if with_zeros else 0
    ranks = doubled_midranks(up + down for up, down in groups)
    return SignedRanks(tuple((rank + moved, up, down) for rank, (up, down) in zip(ranks, groups, strict=True)), zeros)


def _tested(ranks: SignedRanks, p: str, alternative: str) -> Answer:
    """p and how it was found; the rest of the answer is the same for all."""
    if ranks.n == 0:
        return Answer(p=1.0, convention=p, warning=ALL_ZERO)
    if p == "sas" and ranks.n > _SAS_EXACT:
        return _sas_t(ranks, alternative)
    if p in ("exact", "sas"):
        share = _exact(ranks, alternative)
        if share is None:
            found = _normal(ranks, 0.0, alternative)
            return replace(found, convention="normal", warning=f"{ranks.n} differences are too many for the exact p; normal p given")
        return Answer(p=share, convention=p)
    return replace(_normal(ranks, 0.5 if p == "normal_cc" else 0.0, alternative), convention=p)


def _exact(ranks: SignedRanks, alternative: str) -> float | None:
    """Share of the sign patterns at least as far out; the distribution is symmetric about half the total. None: too many."""
    positive, total, weights = ranks.positive, ranks.total, ranks.weights
    extreme = {"two-sided": min(positive, total - positive), "less": positive, "greater": total - positive}[alternative]
    if alternative == "two-sided" and 2 * extreme == total:
        return 1.0
    step = math.gcd(*weights)
    sums = subset_sums([weight // step for weight in weights])
    return None if sums is None else min(1.0, float((2 if alternative == "two-sided" else 1) * sums.share(0, extreme // step)))


def _normal(ranks: SignedRanks, correction: float, alternative: str) -> Answer:
    """Normal approximation; variance = sum of squared ranks / 4."""
    away = (ranks.positive - ranks.total / 2) / 2
    sd = math.sqrt(ranks.squares / 16)
    if alternative == "two-sided":
        return Answer(p=normal_two_sided(max(0.0, abs(away) - correction) / sd))
    up = away if alternative == "greater" else -away
    return Answer(p=normal_above((up - correction) / sd))


def _sas_t(ranks: SignedRanks, alternative: str) -> Answer:
    """SAS's t = S sqrt((n - 1) / (nV - S^2)) with V = n(n+1)(2n+1)/24 - sum(t^3 - t)/48."""
    n, s = ranks.n, Fraction(2 * ranks.positive - ranks.total, 4)
    ties = sum((up + down) ** 3 - (up + down) for _, up, down in ranks.groups)
    rest = n * (Fraction(n * (n + 1) * (2 * n + 1), 24) - Fraction(ties, 48)) - s * s
    if rest <= 0:
        return Answer(convention="sas", error="all differences are equal, so that the t of SAS does not exist")
    t = float(s) * math.sqrt((n - 1) / rest)
    two_sided = t_two_sided(t, n - 1)
    p = {"two-sided": two_sided, "greater": two_sided / 2 if t > 0 else 1 - two_sided / 2}.get(alternative)
    return Answer(convention="sas", p=p if p is not None else two_sided / 2 if t < 0 else 1 - two_sided / 2, df=n - 1, extra={"t": t})


def _described(found: Answer, ranks: SignedRanks, n_missing: int, zeros: str) -> Answer:
    s = ranks.positive / 2 - ranks.n * (ranks.n + 1) / 4
    return replace(
        found,
        statistic=ranks.positive / 2,
        n=ranks.n,
        n_missing=n_missing,
        method="Wilcoxon signed-rank test",
        convention=f"{found.convention}, zeros {'dropped' if zeros == 'drop' else 'ranked, then dropped (Pratt)'}",
        extra={**found.extra, "S": s, "zeros": ranks.zeros, "ties": float(ranks.has_ties)},
    )
