"""Several groups, or several times of the same subjects: analysis of variance, Kruskal-Wallis, Friedman."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import chi_square_above, f_above
from cordside.analysis.statistics.ranks import doubled_midranks
from cordside.analysis.statistics.sample import Sample, Values, real, tallied
from cordside.analysis.tally import counted
from cordside.words import Number

FEW_GROUPS = "fewer than two groups hold a value"
LEFT_OUT = "a group without values is left out"


def anova(groups: Sequence[Values]) -> Answer:
    """One-way analysis of variance: do the groups have one mean?

    Gives statistic F, df (between), p; extra df2 (within). Groups without values are left out with a warning; groups that do
    not vary have no F. Source: Fisher 1925. NIST SiRstv: F 1.18046 on 4 and 20, p 0.3494.
    """
    samples = [tallied(group) for group in groups]
    common = _common(samples, "one-way analysis of variance")
    used = [sample for sample in samples if sample.n]
    if fault := _fault(samples, used):
        return Answer(error=fault, **common)
    n, df = common["n"], len(used) - 1
    within = sum((sample.squares for sample in used), Fraction(0))
    if n - len(used) < 1 or within == 0:
        return Answer(error="the values of no group vary, so that there is no F", **common)
    mean = sum((sample.total for sample in used), Fraction(0)) / n
    between = sum((sample.n * (sample.mean - mean) ** 2 for sample in used), Fraction(0))
    f = real(between / df / (within / (n - len(used))))
    warning = LEFT_OUT if len(used) < len(samples) else ""
    return Answer(statistic=f, df=df, p=f_above(f, df, n - len(used)), extra={"df2": n - len(used)}, warning=warning, **common)


def kruskal_wallis(groups: Sequence[Values]) -> Answer:
    """Kruskal-Wallis test of two groups or more, corrected for ties.

    Gives statistic H, df, p from chi-square. All values equal: p 1 with a warning. With two groups it is the rank-sum test
    without continuity correction. Source: Kruskal and Wallis 1952. 1 2 3, 4 5 6, 7 8 9: H 7.2, p 0.0273.
    """
    samples = [tallied(group) for group in groups]
    common = _common(samples, "Kruskal-Wallis test")
    used = [sample for sample in samples if sample.n]
    if fault := _fault(samples, used):
        return Answer(error=fault, **common)
    both = counted(pair for sample in used for pair in sample.counts)
    ties = sum(count**3 - count for _, count in both)
    n = common["n"]
    if len(both) == 1:
        return Answer(p=1.0, df=len(used) - 1, warning="all values are equal", **common)
    ranks = dict(zip((value for value, _ in both), doubled_midranks(count for _, count in both), strict=True))
    sums = [Fraction(sum(ranks[value] * count for value, count in sample.counts), 2) for sample in used]
    h = Fraction(12, n * (n + 1)) * sum(total**2 / sample.n for total, sample in zip(sums, used, strict=True)) - 3 * (n + 1)
    chi2 = real(h / (1 - Fraction(ties, n**3 - n)))
    warning = LEFT_OUT if len(used) < len(samples) else ""
    return Answer(statistic=chi2, df=len(used) - 1, p=chi_square_above(chi2, len(used) - 1), warning=warning, **common)


def friedman(blocks: Sequence[Sequence[Number | None]]) -> Answer:
    """Friedman's test: does a column tend to be higher within its row?

    blocks: one row a subject, one column a time or treatment; a row with a missing value is left out and counted.
    Gives statistic (corrected for ties), df, p from chi-square. Rows that do not vary at all: p 1 with a warning.
    Source: Friedman 1937; Conover 1999, 5.8. Rows 1 2 3 and 1 2 3: 4 on 2 df, p 0.135.
    """
    common: dict[str, Any] = {"method": "Friedman test"}
    width = len(blocks[0]) if len(blocks) else 0
    if width < 2 or any(len(block) != width for block in blocks):
        return Answer(error="every row needs the same two columns or more", n=0, **common)
    samples = [tallied(block) for block in blocks]
    rows = [block for block, sample in zip(blocks, samples, strict=True) if not sample.n_missing]
    common |= {"n": len(rows), "n_missing": len(blocks) - len(rows)}
    if fault := next((sample.fault for sample in samples if sample.fault), "") or ("" if rows else "no complete row"):
        return Answer(error=fault, **common)
    ranks = [_row_ranks(row) for row in rows]
    spread = sum((2 * rank - width - 1) ** 2 for row in ranks for rank in row)
    if spread == 0:
        return Answer(p=1.0, df=width - 1, warning="no row varies", **common)
    sums = [sum(column) for column in zip(*ranks, strict=True)]
    chi2 = real((width - 1) * sum((2 * total - len(rows) * (width + 1)) ** 2 for total in sums) / Fraction(spread))
    return Answer(statistic=chi2, df=width - 1, p=chi_square_above(chi2, width - 1), **common)


def _row_ranks(row: Sequence[Number | None]) -> list[Fraction]:
    counts = tallied(row).counts
    ranks = dict(zip((value for value, _ in counts), doubled_midranks(count for _, count in counts), strict=True))
    return [Fraction(ranks[tallied([value]).counts[0][0]], 2) for value in row]


def _common(samples: list[Sample], method: str) -> dict[str, Any]:
    n, missing = sum(sample.n for sample in samples), sum(sample.n_missing for sample in samples)
    return {"n": n, "n_missing": missing, "method": method}


def _fault(samples: list[Sample], used: list[Sample]) -> str:
    return next((sample.fault for sample in samples if sample.fault), "") or ("" if len(used) > 1 else FEW_GROUPS)
