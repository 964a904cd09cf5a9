"""Abnormal or not, before and after: the difference of the two shares of the same subjects, with McNemar's test."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cordside.analysis.changes.categories import GRADES, MISSING, NORMAL, UNKNOWN
from cordside.analysis.rows import ABSENT
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.proportiondifference import mcnemar, paired_difference
from cordside.analysis.subjects.grouptests import answer_columns, rows_of_test
from cordside.protocol.plans.changes import Shift
from cordside.protocol.protocol import Conventions
from cordside.results import Result
from cordside.words import rounded

ABNORMAL = "abnormal"
_SOUND = (NORMAL, GRADES[0], UNKNOWN, MISSING)
_NOBODY = "nobody has a known category before and after"


@dataclass(frozen=True, slots=True)
class Crossed:
    """Subjects of a group whose category is known both times, as abnormal or not before and after; the others are missing."""

    known: tuple[tuple[bool, bool], ...]
    missing: int
    abnormal: tuple[str, ...]

    def finished(self, answer: Answer) -> Answer:
        """An answer with the counts of the table, and the categories that count as abnormal beside its convention."""
        convention = f"{answer.convention}; abnormal: {', '.join(self.abnormal)}"
        error = answer.error if self.known else _NOBODY
        kept = Answer(method=answer.method, error=error) if error else answer
        return replace(kept, convention=convention, n=len(self.known), n_missing=self.missing)


def crossed(planned: Shift, categories: Iterable[tuple[str, str]], order: Iterable[str]) -> Crossed:
    """The fourfold table of a group; categories: of each subject before and after; order: all that there are."""
    everybody = list(categories)
    abnormal = tuple(planned.abnormal or [name for name in order if name not in _SOUND])
    known = [(before in abnormal, after in abnormal) for before, after in everybody if not {UNKNOWN, MISSING} & {before, after}]
    return Crossed(tuple(known), len(everybody) - len(known), abnormal)


def tested(columns: Mapping[str, Any], planned: Shift, found: Crossed, look: Conventions) -> Iterator[Result]:
    """`count` of those abnormal before and after; the difference after - before in per cent with its limits; McNemar's test."""
    if planned.mcnemar == "none":
        return
    own = {**columns, "level": ABNORMAL}
    counted = {**own, "n": len(found.known), "n_missing": found.missing, "error": "" if found.known else _NOBODY}
    for place, moment in enumerate(("before", "after")):
        count = sum(pair[place] for pair in found.known)
        text = str(count) if found.known else ABSENT
        value = count if found.known else None
        yield Result(**{**counted, "level": f"{ABNORMAL} {moment}"}, statistic="count", value=value, text=text)
    both, gained, lost, neither = (found.known.count(pair) for pair in ((True, True), (False, True), (True, False), (False, False)))
    yield from _difference(own, found.finished(paired_difference(both, gained, lost, neither, interval=planned.interval)), look)
    yield from rows_of_test(own, found.finished(mcnemar(lost, gained, p=planned.mcnemar)), look.printing.p_style, look.rounding)


def _difference(own: Mapping[str, Any], answer: Answer, look: Conventions) -> Iterator[Result]:
    shared = {**answer_columns(own, answer), "unit": "%"}
    decimals = look.printing.percent_decimals(answer.n or 0)
    for name, share in {"estimate": answer.estimate, "conf_low": answer.low, "conf_high": answer.high}.items():
        value = None if share is None else 100 * share
        yield Result(**shared, statistic=name, value=value, text=ABSENT if value is None else rounded(value, decimals, look.rounding))
