"""Toxicity grades by CTCAE v5.0: of a laboratory value or vital sign, as far as numbers decide, and the texts of all terms.

The criteria are rows of `toxicity.csv`. Versions differ, so a grade is stored with its version.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from cordside.terms.analytes import kinds_of
from cordside.terms.tables import rows_of

VERSION = "5.0"

_OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@dataclass(frozen=True)
class Grade:
    """A term of CTCAE, its grade from 1 to 5, and the version that says so."""

    term: str
    grade: int
    version: str


@dataclass(frozen=True)
class Criterion:
    """One condition: `value operator limit`, where the limit may be a multiple of LLN, ULN or the baseline.

    of: "" the limit stands alone; "LLN", "ULN", "BASE" it is multiplied; "ULN+", "BASE+" it is added. when: "normal" or
    "abnormal", the baseline for which the condition is meant; "" for both. unit: the standard unit of the analyte.
    """

    term: str
    grade: int
    operator: str
    limit: Decimal
    of: str
    when: str
    unit: str


@dataclass(frozen=True)
class _Subject:
    """What the limits refer to."""

    lln: Decimal | None
    uln: Decimal | None
    baseline: Decimal | None
    baseline_abnormal: bool | None

    def is_abnormal(self, criterion: Criterion) -> bool:
        """Was the baseline abnormal on the side that the criterion is about?"""
        if self.baseline_abnormal is not None:
            return self.baseline_abnormal
        if self.baseline is None:
            return False
        if criterion.operator.startswith("<"):
            return self.lln is not None and self.baseline < self.lln
        return self.uln is not None and self.baseline > self.uln

    def limit(self, criterion: Criterion) -> Decimal | None:
        if not criterion.of:
            return criterion.limit
        reference = {"LLN": self.lln, "ULN": self.uln, "BASE": self.baseline}[criterion.of.rstrip("+")]
        if reference is None:
            return None
        return reference + criterion.limit if criterion.of.endswith("+") else reference * criterion.limit


def lab_terms(domain: str, testcd: str) -> tuple[str, ...]:
    """The terms that this test can be graded for; empty for D-dimer, CRP and the like, which have none."""
    return tuple(dict.fromkeys(criterion.term for criterion in lab_criteria(domain, testcd)))


def lab_criteria(domain: str, testcd: str) -> tuple[Criterion, ...]:
    """The numeric criteria of a test."""
    return _criteria().get((domain, testcd), ())


def grade(
    domain: str,
    testcd: str,
    value: Decimal,
    lln: Decimal | None,
    uln: Decimal | None,
    baseline: Decimal | None = None,
    baseline_abnormal: bool | None = None,
    specimen: str | None = None,
) -> tuple[Grade, ...]:
    """The grades of a value, one for each term that it fulfils; a term of grade 0 is not among them.

    value, lln, uln, baseline: in the standard unit of the analyte; lln, uln: the laboratory's limits, None where unknown:
    what needs them is then not graded, the rest is. baseline_abnormal: on the side of the term (high for liver enzymes);
    None lets the baseline be compared with the limits, as far as both are there, and no baseline counts as normal.
    specimen: None means the usual one; white cells of urine have no grade.
    Source: CTCAE v5.0. White cells of exactly 3.0 with a lower limit of 3.5 are grade 1: "<3.0 - 2.0" begins below 3.0.
    """
    if not kinds_of(domain, testcd, specimen):
        return ()
    subject = _Subject(lln, uln, baseline, baseline_abnormal)
    grades: dict[str, int] = {}
    for criterion in lab_criteria(domain, testcd):
        if _holds(criterion, value, subject):
            grades[criterion.term] = max(criterion.grade, grades.get(criterion.term, 0))
    return tuple(Grade(term, highest, VERSION) for term, highest in grades.items())


def term_exists(term: str) -> bool:
    """Is this a term of CTCAE, spelt exactly so?"""
    return term in _texts()


def criteria(term: str) -> dict[int, str]:
    """The text of each grade that a term has; KeyError when there is no such term."""
    row = _texts()[term]
    return {number: row[f"g{number}"] for number in range(1, 6) if row[f"g{number}"]}


def _holds(criterion: Criterion, value: Decimal, subject: _Subject) -> bool:
    if criterion.when and (criterion.when == "abnormal") != subject.is_abnormal(criterion):
        return False
    limit = subject.limit(criterion)
    return limit is not None and _OPERATORS[criterion.operator](value, limit)


@cache
def _criteria() -> dict[tuple[str, str], tuple[Criterion, ...]]:
    found: dict[tuple[str, str], tuple[Criterion, ...]] = {}
    for row in rows_of("toxicity.csv"):
        key, limit = (row["domain"], row["testcd"]), Decimal(row["limit"])
        criterion = Criterion(row["term"], int(row["grade"]), row["operator"], limit, row["of"], row["when"], row["unit"])
        found[key] = (*found.get(key, ()), criterion)
    return found


@cache
def _texts() -> dict[str, dict[str, str]]:
    return {row["term"]: row for row in rows_of("_ctcae.csv")}
