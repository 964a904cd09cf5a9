"""Findings as collected → standard results, normal ranges, indicators and toxicity grades.

All of it is asked once per distinct combination of test, specimen, result, unit and range, and spread over the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import polars as pl

from cordside.domains.domain import Domain
from cordside.errors import Problem
from cordside.record.csvfile import ROW
from cordside.record.distinct import COMPACT, Coded, Combinations
from cordside.record.numbers import read_number
from cordside.terms.codelists import decode
from cordside.terms.toxicity import VERSION, Grade, grade
from cordside.terms.units import convert, standardise

_SCHEMA = {
    "TEST": pl.String,
    "STRESC": pl.String,
    "STRESN": pl.Float64,
    "STRESU": pl.String,
    "STNRLO": pl.Float64,
    "STNRHI": pl.Float64,
    "NRIND": pl.String,
    "TOX": pl.String,
    "TOXGR": pl.Int32,
    "TOXVER": pl.String,
}


@dataclass(frozen=True)
class _Answer:
    """What one distinct combination gives: values in the order of _SCHEMA, and what looks wrong."""

    values: tuple[object, ...]
    problem: tuple[str, str, str] | None = None


def derive_standard(domain: type[Domain], coded: Coded, limits: tuple[str, str], file: str) -> tuple[pl.DataFrame, list[Problem]]:
    """Standard results of a findings domain.

    limits: the columns that hold the limits of normal, in the reported unit.
    Returns the frame with the derived variables of the domain added, and soft problems (units, plausibility).
    """
    frame, prefix = coded.frame, domain.prefix
    inputs = {name: prefix + name for name in ("TESTCD", "SPEC", "ORRES", "ORRESU")} | dict(zip(("ORNRLO", "ORNRHI"), limits, strict=True))
    present = {name: column for name, column in inputs.items() if column in frame.columns}
    combinations = coded.combinations(list(present.values()))
    answers = [_answer(domain.code, **dict(zip(present, texts, strict=True))) for texts in combinations.table.iter_rows()]
    columns = {name: kind for name, kind in _SCHEMA.items() if prefix + name in domain.variables}
    spread = combinations.spread(_table(answers, columns, prefix))
    return frame.hstack(spread), list(_problems(domain, combinations, answers, file))


def _table(answers: list[_Answer], columns: dict[str, type[pl.DataType]], prefix: str) -> pl.DataFrame:
    made = (
        dict(zip(_SCHEMA, zip(*(answer.values for answer in answers), strict=True), strict=True)) if answers else dict.fromkeys(_SCHEMA, ())
    )
    return pl.DataFrame(
        [pl.Series(prefix + name, made[name], dtype=COMPACT if kind == pl.String else kind) for name, kind in columns.items()]
    )


def _problems(domain: type[Domain], combinations: Combinations, answers: list[_Answer], file: str) -> Iterator[Problem]:
    troubled = {number: answer.problem for number, answer in enumerate(answers) if answer.problem}
    for row, number in combinations.rows_of(list(troubled)).select(ROW, "_NUMBER").iter_rows() if troubled else ():
        yield Problem(file, row, domain.prefix + "ORRES", *(troubled[number] or ("", "", "")))


def _answer(
    domain: str,
    TESTCD: str | None = None,
    SPEC: str | None = None,
    ORRES: str | None = None,
    ORRESU: str | None = None,
    ORNRLO: str | None = None,
    ORNRHI: str | None = None,
) -> _Answer:
    if TESTCD is None:
        return _Answer((None,) * len(_SCHEMA))
    standard = standardise(domain, TESTCD, ORRES or "", ORRESU, SPEC)
    low, high = (_in_standard(domain, TESTCD, limit, ORRESU, standard.unit) for limit in (ORNRLO, ORNRHI))
    graded = _worst(grade(domain, TESTCD, standard.value, low, high, specimen=SPEC)) if standard.value is not None else None
    problem = (standard.problem, standard.allowed or "", standard.remedy or "") if standard.problem and ORRES else None
    values = (
        _name(domain, TESTCD),
        standard.text or None,
        _float(standard.value),
        standard.unit if ORRES else None,
        _float(low),
        _float(high),
        _indicator(standard.value, low, high),
        graded.term if graded else None,
        graded.grade if graded else None,
        f"CTCAE {VERSION}" if graded else None,
    )
    return _Answer(values, problem)


@lru_cache(maxsize=4096)
def _name(domain: str, testcd: str) -> str | None:
    from_list = f"{domain}TESTCD"
    try:
        return decode(from_list, testcd)
    except KeyError:
        return None


@lru_cache(maxsize=65536)
def _in_standard(domain: str, testcd: str, limit: str | None, unit: str | None, standard_unit: str | None) -> Decimal | None:
    value = read_number(limit)
    if value is None:
        return None
    try:
        return convert(value, unit, standard_unit, domain, testcd) if unit and standard_unit and unit != standard_unit else value
    except (ArithmeticError, ValueError):
        return None


def _indicator(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> str | None:
    if value is None or (low is None and high is None):
        return None
    if low is not None and value < low:
        return "LOW"
    return "HIGH" if high is not None and value > high else "NORMAL"


def _worst(grades: tuple[Grade, ...]) -> Grade | None:
    return max(grades, key=lambda found: found.grade, default=None)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
