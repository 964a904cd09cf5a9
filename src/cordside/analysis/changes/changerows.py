"""Result rows of a change: values summed up, the size of the change with its interval, its test, the ranks beside a t test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from cordside.analysis.conventions import quantile
from cordside.analysis.picking import printed
from cordside.analysis.primitives import COUNT, count_values
from cordside.analysis.rows import joined
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.differences import Pairs as Numbers
from cordside.analysis.statistics.hodgeslehmann import hodges_lehmann
from cordside.analysis.statistics.location import mean_interval, median_interval, paired_ratio, paired_t
from cordside.analysis.statistics.ranks import PROGRAMS, sign_test, signed_rank, signed_rank_as
from cordside.analysis.statistics.shape import is_skewed, skewness
from cordside.analysis.summaries import moments
from cordside.analysis.tally import Table
from cordside.protocol.plans.changes import Changes
from cordside.protocol.protocol import Conventions
from cordside.results import Result
from cordside.words import Number, p_text, rounded

CHANGE, BY_RANKS = "change", "by ranks"
SHOWN = {"mean_sd": ("mean", "sd"), "median_iqr": ("median", "q1", "q3")}
_QUANTILES = {"q1": Fraction(1, 4), "median": Fraction(1, 2), "q3": Fraction(3, 4)}
_SIZE = ("estimate", "conf_low", "conf_high")
_DROPS_ZEROS = ("R-4.5", "exactRankTests")
"""Programs whose estimate leaves zeros out; elsewhere they belong to it."""
_PLACES, _RATIO_PLACES = 3, 2
_UNNAMED = "the protocol names no convention of the signed-rank test"


@dataclass(frozen=True, slots=True)
class Look:
    """How numbers of one marker are printed: decimals of its values, conventions of the protocol."""

    decimals: int
    conventions: Conventions

    def number(self, value: Number | None, decimals: int | None = None) -> str:
        """A number of the marker, or with other decimals."""
        return printed(value, self.decimals if decimals is None else decimals, self.conventions.rounding)

    def p(self, value: float | None) -> str:
        """A p value in the theme's style."""
        return p_text(value, self.conventions.printing.p_style, self.conventions.rounding)


def summary_rows(columns: Mapping[str, Any], numbers: Sequence[Decimal], show: str, look: Look, wrong: str) -> list[Result]:
    """`n`, then mean and SD, or median and quartiles, of values; wrong: why there is nothing to sum up."""
    table = _counted(numbers)
    wrong = wrong or ("" if numbers else "no value")
    size = Result(
        **{**columns, "n": len(numbers)}, statistic="n", value=len(numbers), text=str(len(numbers)), error="" if numbers else wrong
    )
    return [size, *(_summary(columns, name, table, len(numbers), look, wrong) for name in SHOWN[show])]


def _counted(numbers: Sequence[Decimal]) -> Table:
    frame = pl.DataFrame({"NUMBER": [str(number) for number in numbers]}, schema={"NUMBER": pl.String})
    return [(Decimal(row["NUMBER"]), row[COUNT]) for row in count_values(frame, [], "NUMBER")]


def _summary(columns: Mapping[str, Any], name: str, table: Table, n: int, look: Look, wrong: str) -> Result:
    found = moments(table)
    known: dict[str, Number | None] = {"mean": found.mean, "sd": found.sd}
    number = None if wrong else quantile(table, _QUANTILES[name], look.conventions.quantiles) if name in _QUANTILES else known[name]
    alone = "one value has no spread" if number is None and not wrong else ""
    return Result(
        **{**columns, "n": n, "warning": joined([columns.get("warning", ""), alone])},
        statistic=name,
        value=None if number is None else float(number),
        text=look.number(number),
        method="SD, divisor n - 1" if name == "sd" else "",
        convention=look.conventions.quantiles if name in _QUANTILES else "",
        error=wrong,
    )


def change_rows(
    columns: Mapping[str, Any], numbers: Numbers, planned: Changes, look: Look, *, show: str, ratio: bool = False, wrong: str = ""
) -> list[Result]:
    """The change at level `change`, and at level `by ranks` what stands beside a t test.

    numbers: complete pairs; show: how the values are summed up, which chooses the size where no test does; wrong: why there
    is no answer.
    """
    changes = list(numbers.changes)
    size, test = (Answer(error=wrong, n=len(changes)),) * 2 if wrong else _chosen(numbers, planned, look, show, ratio)
    unit = "ratio" if ratio else columns.get("unit", "")
    # A ratio has no decimals of its own values: 0.62 of a D-dimer in whole numbers is not 1.
    look = Look(_RATIO_PLACES, look.conventions) if ratio else look
    own = {**columns, "level": CHANGE, "unit": unit}
    rows = [*_size_rows(own, size, planned, look), *(_test_rows(own, test, look) if planned.test != "none" else [])]
    if planned.test != "paired_t" or ratio or planned.beside == "never" or wrong:
        return rows
    shape = skewness(changes)
    rows.append(_row(own, shape, "skewness", shape.estimate, look.number(shape.estimate, 2), unit=""))
    if planned.beside == "always" or is_skewed(shape):
        beside = {**columns, "level": BY_RANKS, "unit": unit}
        rows += [*_size_rows(beside, _middle(changes, planned), planned, look), *_test_rows(beside, _ranked(changes, planned), look)]
    return rows


def _chosen(numbers: Numbers, planned: Changes, look: Look, show: str, ratio: bool) -> tuple[Answer, Answer]:
    """The size with its interval, and the test, that the plan asks for."""
    changes = list(numbers.changes)
    if planned.test == "signed_rank":
        return _middle(changes, planned), _ranked(changes, planned)
    if planned.test == "sign":
        return median_interval(changes, level=planned.level, definition=look.conventions.quantiles), sign_test(changes)
    if ratio:
        found = paired_ratio(numbers, level=planned.level)
        return found, found
    if planned.test == "none":
        return (mean_interval(changes, level=planned.level) if show == "mean_sd" else _middle(changes, planned)), Answer()
    found = paired_t(changes, level=planned.level)
    return found, found


def _middle(changes: Sequence[Decimal], planned: Changes) -> Answer:
    return hodges_lehmann(changes, zeros="drop" if planned.ranks in _DROPS_ZEROS else "keep", level=planned.level)


def _ranked(changes: Sequence[Decimal], planned: Changes) -> Answer:
    if planned.ranks is None:
        return Answer(error=_UNNAMED, n=len(changes), method="Wilcoxon signed-rank test")
    if planned.ranks in PROGRAMS:
        return signed_rank_as(changes, program=planned.ranks)
    p, _, zeros = planned.ranks.partition("-")
    return signed_rank(changes, p=p, zeros=zeros)


def _size_rows(columns: Mapping[str, Any], found: Answer, planned: Changes, look: Look) -> list[Result]:
    level = f"{rounded(100 * planned.level, 1).removesuffix('.0')} %"
    numbers = {"estimate": found.estimate, "conf_low": found.low, "conf_high": found.high}
    rows = []
    for name in _SIZE:
        words = joined([found.convention, "" if name == "estimate" else f"interval {level}"])
        rows.append(_row(columns, found, name, numbers[name], look.number(numbers[name]), convention=words))
    attained = found.extra.get("attained")
    if attained is not None:
        rows.append(_row(columns, found, "attained", 100 * attained, look.number(100 * attained, 1), unit="%"))
    return rows


def _test_rows(columns: Mapping[str, Any], found: Answer, look: Look) -> list[Result]:
    own = {**columns, "unit": ""}
    rows = [_row(own, found, "statistic", found.statistic, look.number(found.statistic, _PLACES))]
    if found.df is not None:
        rows.append(_row(own, found, "df", found.df, look.number(found.df, 0)))
    rows.append(_row(own, found, "p", found.p, look.p(found.p)))
    if (zeros := found.extra.get("zeros")) is not None:
        rows.append(_row(own, found, "zeros", zeros, look.number(zeros, 0)))
    return rows


def _row(columns: Mapping[str, Any], found: Answer, name: str, value: float | None, text: str, **more: str) -> Result:
    """One row of an answer; a number that an answer lacks says why."""
    silent = "" if value is not None or found.warning or found.error else "there is no such number"
    words = {"method": found.method, "convention": found.convention, **more}
    warning = joined([found.warning, silent])
    n = columns.get("n") if found.n is None else found.n
    return Result(**{**columns, **words, "n": n, "warning": warning}, statistic=name, value=value, text=text, error=found.error)
