"""Random patients and what a paper would print of them: true pages, in which nothing may be found impossible."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from random import Random

from cordside.analysis.conventions import TYPES, quantile
from cordside.analysis.statistics.distributions import t_two_sided
from cordside.words import percent, rounded

SYMPTOMS = 3


@dataclass(frozen=True)
class Printing:
    """How a paper prints: decimals, rounding, definition of quartiles."""

    decimals: int
    policy: str
    definition: str

    def text(self, value: Fraction | float) -> str:
        """A number as printed."""
        return f'"{rounded(value, self.decimals, self.policy)}"'


def a_true_page(seed: int) -> str:
    """The published form of random patients."""
    draw = Random(seed)
    n = draw.choice([draw.randint(2, 20), draw.randint(21, 60)])
    how = Printing(draw.randint(0, 3), draw.choice(["half_up", "printf"]), draw.choice(TYPES))
    groups = [_counts(draw, n, how), _scores(draw, n, how), _measured(draw, n, how)]
    partitions, statements = groups[0][1], [one for rows, _, said in groups for one in said]
    lines = [line for rows, _, _ in groups for line in rows]
    return "\n".join(
        [
            "study: T",
            f"n: {n}",
            "test: paired t",
            "control_group: true",
            "n_per_cell: published",
            "table1:",
            *(f"  - {{{line}}}" for line in lines),
            f"partitions: [[{', '.join(partitions)}]]",
            f"statements: [{', '.join(statements)}]",
        ]
    )


Group = tuple[list[str], list[str], list[str]]


def _counts(draw: Random, n: int, how: Printing) -> Group:
    """Classes that exclude one another, and symptoms that overlap, some of them parts of another."""
    classes = [draw.randrange(3) for _ in range(n)]
    counts = [classes.count(one) for one in range(3)]
    rows = [f"row: Class {one}, {_count(counts[one], n, how)}" for one in range(3)]
    whole = draw.randint(0, n)
    rows.append(f"row: Any drug, {_count(whole, n, how)}")
    rows += [f"row: Drug {one}, parent: Any drug, {_count(draw.randint(0, whole), n, how)}" for one in range(SYMPTOMS)]
    told = f"{{id: c, kind: quantity, quote: q, about: Class 0, value: {{{_count(counts[0], n, how)}}}}}"
    return rows, [f"Class {one}" for one in range(3)], [told]


def _count(count: int, n: int, how: Printing) -> str:
    return f'n: {count}, pct: "{percent(count, n, how.decimals, how.policy)}"'


def _scores(draw: Random, n: int, how: Printing) -> Group:
    """Whole numbers on a scale: means with SD, medians with quartiles, a 0/1 item, days that share their events."""
    # The exact search through all samples of a long scale is slow, and is tested where it stands.
    top = draw.choice([1, 4]) if n > 20 else draw.choice([1, 4, 10]) if n > 8 else 30
    values = [draw.randint(0, top) for _ in range(n)]
    onset = [draw.randint(0, 60) for _ in range(n)]
    wait = [draw.randint(0, 40) for _ in range(n)]
    both = [one + other for one, other in zip(onset, wait, strict=True)]
    bits = [draw.randrange(2) for _ in range(n)]
    days = "grid: 1, as: {domain: HO, days_from: %s, days_to: %s}"
    ends = f"range: [{min(values)}, {max(values)}]"
    rows = [
        f"row: Score, {_mean(values, how)}, grid: 1, min: 0, max: {top}, median: {how.text(_median(values))}, {ends}",
        f"row: Score in quartiles, {_quartiles(values, how)}, grid: 1, min: 0, max: {top}, mean: {how.text(_average(values))}",
        f"row: Item, {_mean(bits, how)}, grid: 1, min: 0, max: 1",
        f"row: To admission, {_mean(onset, how)}, {days % ('onset', 'admission')}",
        f"row: To therapy, {_mean(both, how)}, {days % ('onset', 'therapy')}",
        f"row: Wait, {_quartiles(wait, how)}, {days % ('admission', 'therapy')}",
        f"row: Wait in means, {_mean(wait, how)}, {days % ('admission', 'therapy')}",
    ]
    listed = f"{{id: d, kind: quantity, quote: q, about: Score, value: {{mean: {how.text(_average(values))}}}}}"
    return rows, [], [listed]


def _measured(draw: Random, n: int, how: Printing) -> Group:
    """Values before and after with the P of a paired t test, as means or as medians."""
    before = [Fraction(round(100 * draw.lognormvariate(1, 0.8)), 100) for _ in range(n)]
    share = draw.uniform(-1, 1)
    after = [Fraction(round(100 * abs(float(one) * share + draw.gauss(0, 2))), 100) for one in before]
    changes = [two - one for one, two in zip(before, after, strict=True)]
    p = _paired_p(changes)
    tested = f', p: "{p}"' if p else ""
    pair = f"before: {_moments(before, how)}, after: {_moments(after, how)}, change: {_moments(changes, how)}"
    medians = f"before: {_three(before, how)}, after: {_three(after, how)}"
    rows = [
        f"row: White cells, kind: mean_sd, {pair}, pairs: complete{tested}",
        f"row: Lymphocytes, kind: median_iqr, {medians}{tested}",
    ]
    told = f"{{id: w, kind: quantity, quote: q, about: White cells, value: {{before: {_moments(before, how)}}}}}"
    return rows, [], [told]


def _paired_p(changes: Sequence[Fraction]) -> str:
    sd = _sd(changes)
    if sd == 0:
        return ""
    p = t_two_sided(float(_average(changes)) / (sd / sqrt(len(changes))), len(changes) - 1)
    return "< 0.001" if p < 0.001 else rounded(p, 3)


def _mean(values: Sequence[Fraction | int], how: Printing) -> str:
    return f"kind: mean_sd, value: {_moments(values, how)}"


def _moments(values: Sequence[Fraction | int], how: Printing) -> str:
    return f"[{how.text(_average(values))}, {how.text(_sd(values))}]"


def _quartiles(values: Sequence[Fraction | int], how: Printing) -> str:
    return f"kind: median_iqr, value: {_three(values, how)}"


def _three(values: Sequence[Fraction | int], how: Printing) -> str:
    """Median and quartiles by one definition, or the usual median beside them, as every program prints it beside type-4."""
    counted = [(Fraction(value), 1) for value in sorted(values)]
    median = quantile(counted, "0.5", how.definition) if how.decimals % 2 and how.definition != "type-4" else _median(values)
    ends = [quantile(counted, share, how.definition) for share in ("0.25", "0.75")]
    return f"[{', '.join(how.text(one) for one in (median, *ends) if one is not None)}]"


def _median(values: Sequence[Fraction | int]) -> Fraction:
    ordered = sorted(Fraction(value) for value in values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _average(values: Sequence[Fraction | int]) -> Fraction:
    return Fraction(sum(values)) / len(values)


def _sd(values: Sequence[Fraction | int]) -> float:
    mean = _average(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
