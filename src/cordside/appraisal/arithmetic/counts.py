"""P from counts: which of the usual tests prints the reported P, and whether the choice of the test decides about 0.05."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.fisher import fisher
from cordside.analysis.statistics.proportiondifference import MCNEMAR, mcnemar
from cordside.analysis.statistics.tables import chi_square
from cordside.appraisal.printed import Printed

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class PFromCounts:
    """ps: P by test, without those that the counts do not allow; prints_as_reported: the tests whose P prints as the reported one.

    crosses_005: some of the tests give a P below 0.05 and some do not.
    """

    table: tuple[tuple[int, ...], ...]
    p: Printed | None
    ps: Mapping[str, float]
    prints_as_reported: tuple[str, ...]
    crosses_005: bool


def p_from_counts(table: Sequence[Sequence[int]], p: Printed | None) -> PFromCounts:
    """P of Fisher's exact test, of chi-square and, of a 2 x 2 table, of chi-square with Yates's correction.

    table: counts, a row a group; p: the reported one. 10, 10 / 4, 16: 0.0958, 0.0467, 0.0974.
    """
    answers = {"fisher": fisher(table), "chi2": chi_square(table, yates=False)}
    if len(table) == 2 and all(len(row) == 2 for row in table):
        answers["chi2_corrected"] = chi_square(table, yates=True)
    return _compared(tuple(tuple(row) for row in table), p, answers)


def mcnemar_from_counts(b: int, c: int, p: Printed | None) -> PFromCounts:
    """P of McNemar's test of pairs, b of which changed one way and c the other: exact, chi-square, corrected chi-square."""
    return _compared(((b, c),), p, {name: mcnemar(b, c, p=name) for name in MCNEMAR})


def _compared(table: tuple[tuple[int, ...], ...], p: Printed | None, answers: Mapping[str, Answer]) -> PFromCounts:
    ps = {name: answer.p for name, answer in answers.items() if answer.p is not None}
    prints = tuple(name for name, found in ps.items() if p is not None and p.holds_float(found))
    below = {found < ALPHA for found in ps.values()}
    return PFromCounts(table, p, ps, prints, len(below) == 2)
