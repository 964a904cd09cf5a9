"""Normal ranges beside the rows of a laboratory domain: the row's own, else its laboratory's, else the protocol's."""

from datetime import date
from decimal import Decimal

import polars as pl

from cordside.domains.domain import Domain
from cordside.protocol.protocol import Protocol
from cordside.record.dates import derive_dates
from cordside.record.distinct import Coded
from cordside.record.ranges import Who, range_of
from cordside.terms.units import convert

LOW, HIGH = "_LOW", "_HIGH"
_NAMES = ("TESTCD", "ORRESU", "NAM", "SPEC", "METHOD")
_FOUND = {LOW: pl.String, HIGH: pl.String, "_SOURCE": pl.String}


def with_ranges(
    domain: type[Domain], coded: Coded, subjects: pl.DataFrame, protocol: Protocol
) -> tuple[Coded, tuple[str, str], pl.Series | None]:
    """Limits for every row, in the row's reported unit.

    Returns the coded frame, the names of its two limit columns, and the source of each row's range (--NRSRC) where the
    domain has one. The collected limits are never overwritten.
    """
    frame, own = coded.frame, (domain.prefix + "ORNRLO", domain.prefix + "ORNRHI")
    if own[0] not in domain.variables:
        return coded, own, None
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in own if name not in frame.columns]
    frame = frame.with_columns(missing)
    given = frame.select(pl.when(pl.any_horizontal(pl.col(own).is_not_null())).then(pl.lit("row")).alias(domain.prefix + "NRSRC"))[:, 0]
    if not (protocol.ranges or protocol.laboratories) or not given.null_count():
        return (_same_rows(frame, coded) if missing else coded), own, given
    found = _found(domain, frame, subjects, protocol)
    empty = given.is_null()
    filled = frame.with_columns(
        pl.when(empty).then(found[LOW]).otherwise(pl.col(own[0])).alias(LOW),
        pl.when(empty).then(found[HIGH]).otherwise(pl.col(own[1])).alias(HIGH),
    )
    return _same_rows(filled, coded), (LOW, HIGH), given.fill_null(found["_SOURCE"])


def _same_rows(frame: pl.DataFrame, coded: Coded) -> Coded:
    return Coded(frame).adopt(coded, {name: name for name in coded.frame.columns})


def _found(domain: type[Domain], frame: pl.DataFrame, subjects: pl.DataFrame, protocol: Protocol) -> pl.DataFrame:
    """For every row the range that its laboratory or the protocol gives; asked once per distinct combination."""
    names = [domain.prefix + name for name in _NAMES]
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in [*names, domain.prefix + "DTC"] if name not in frame.columns]
    keyed = frame.join(subjects.select("USUBJID", _SEX="SEX", _AGE="AGE"), on="USUBJID", how="left", maintain_order="left").with_columns(
        absent
    )
    keys = keyed.select(*names, "_SEX", "_AGE", derive_dates(keyed[domain.prefix + "DTC"]).alias("_WHEN"))
    distinct = keys.unique(maintain_order=True)
    answers = [_limits(domain.code, protocol, *values) for values in distinct.iter_rows()]
    table = distinct.hstack(pl.DataFrame(answers, schema=_FOUND, orient="row"))
    return keys.join(table, on=keys.columns, how="left", nulls_equal=True, maintain_order="left").select(list(_FOUND))


def _limits(
    domain: str,
    protocol: Protocol,
    testcd: str,
    unit: str | None,
    nam: str | None,
    spec: str | None,
    method: str | None,
    sex: str | None,
    age: int | None,
    day: date | None,
) -> tuple[str | None, str | None, str | None]:
    found = range_of(protocol, f"{domain}.{testcd}", Who(nam, spec, method, sex, age, day))
    if found is None or not unit:
        return None, None, None
    try:
        low, high = (_converted(limit, found.unit, unit, domain, testcd) for limit in (found.low, found.high))
    except ValueError:
        return None, None, None
    return low, high, found.source


def _converted(limit: Decimal | None, from_unit: str, to_unit: str, domain: str, testcd: str) -> str | None:
    return None if limit is None else format(convert(limit, from_unit, to_unit, domain, testcd), "f")
