"""The one accessor of values by item: DOMAIN.NAME → rows of one shape, whatever the domain.

NAME is a test code for findings, a term for events and interventions (or * for all), a variable for DM.
"""

import narwhals as nw
import polars as pl

from cordside.domains.all import domain_of
from cordside.domains.classes import Finding
from cordside.domains.domain import Domain
from cordside.domains.kinds import duration_days
from cordside.record.dates import derive_dates
from cordside.record.numbers import derive_numbers
from cordside.record.record import Record
from cordside.record.subjects import age_in_years

SHAPE = {
    "USUBJID": pl.String,
    "NAME": pl.String,
    "VISIT": pl.String,
    "DTC": pl.String,
    "DAY": pl.Int32,
    "TEXT": pl.String,
    "STAT": pl.String,
    "NUMBER": pl.Float64,
    "UNIT": pl.String,
    "COLLECTED_UNIT": pl.String,
    "SUPPORT": pl.String,
    "SPEC": pl.String,
    "LOC": pl.String,
    "METHOD": pl.String,
    "BLFL": pl.String,
    "NRIND": pl.String,
    "TOXGR": pl.Int32,
    "XFN": pl.String,
    "DERIVED": pl.String,
    "SOURCE": pl.String,
    "ORIGIN": pl.String,
}
_FINDING = {
    "STAT": "STAT",
    "NUMBER": "STRESN",
    "UNIT": "STRESU",
    "COLLECTED_UNIT": "ORRESU",
    "SUPPORT": "O2SUP",
    "DAY": "DY",
    "DTC": "DTC",
    "TEXT": "ORRES",
}
_PLAIN = ("USUBJID", "VISIT", "DERIVED", "SOURCE", "ORIGIN")
_SAME = ("SPEC", "LOC", "METHOD", "BLFL", "NRIND", "TOXGR", "XFN")


def values_of(record: Record, item: str, *, specimen: str | None = None, location: str | None = None) -> pl.DataFrame:
    """All rows of an item, in the shape of SHAPE: subjects in DM's order, then by date, then as in the file.

    TEXT is as collected: the result; for events and interventions Y or N where it was asked, else Y; for DM the variable.
    NUMBER is the standard result, an age in years; for events and interventions the duration in days.
    """
    code, _, name = item.partition(".")
    domain = domain_of(code)
    if issubclass(domain, Finding):
        found = _findings(record, domain, name)
    elif domain.topic and domain.code != "DM":
        found = _occurrences(domain, record.frame(code), name)
    else:
        found = _variable(record.frame(code).unique("USUBJID", keep="first", maintain_order=True), name)
    shaped = found.select(_column(found, name, kind) for name, kind in SHAPE.items())
    if specimen:
        shaped = shaped.filter(pl.col("SPEC") == specimen)
    if location:
        shaped = shaped.filter(pl.col("LOC") == location)
    return _in_order(record, shaped)


def subjects(record: Record) -> pl.DataFrame:
    """One row a subject in DM's order: USUBJID, SUBJID, ARMCD, ARM (label), FIRST and DEATH (dates or null)."""
    arms = {code: arm.label for code, arm in (record.protocol.arms or {}).items()}
    first = record.frame("DM").select("USUBJID", "SUBJID", "ARMCD").unique("USUBJID", keep="first")
    dm = record.subjects.select("USUBJID").join(first, on="USUBJID", how="left", maintain_order="left")
    number = pl.coalesce("SUBJID", pl.col("USUBJID").str.strip_prefix(record.study + "-"))
    named = dm.with_columns(
        number.alias("SUBJID"), pl.col("ARMCD").replace_strict(arms, default=pl.col("ARMCD"), return_dtype=pl.String).alias("ARM")
    )
    return named.join(record.subjects.select("USUBJID", "FIRST", "DEATH"), on="USUBJID", how="left", maintain_order="left")


def _findings(record: Record, domain: type[Domain], name: str) -> pl.DataFrame:
    prefix, known = domain.prefix, domain.variables
    named = {"NAME": "TESTCD"} | _FINDING | {same: same for same in _SAME}
    renamed = {target: prefix + source for target, source in named.items() if prefix + source in known}
    where = None if name == "*" else nw.col(prefix + "TESTCD") == name
    rows = record.part(domain.code, [*_PLAIN, *renamed.values()], where)
    return rows.rename({source: target for target, source in renamed.items()})


def _occurrences(domain: type[Domain], frame: pl.DataFrame, name: str) -> pl.DataFrame:
    prefix, columns = domain.prefix, frame.columns
    decoded = _or_null(prefix + "DECOD", columns)
    matches = (pl.col(domain.topic).str.to_lowercase() == name.casefold()) | (decoded.str.to_lowercase() == name.casefold())
    rows = frame if name == "*" else frame.filter(matches.fill_null(False))
    spontaneous = pl.when(~_absent(prefix, columns)).then(pl.lit("Y"))
    return rows.select(
        *[column for column in _PLAIN if column in columns],
        *_same(domain, frame),
        NAME=pl.coalesce(decoded, domain.topic),
        DTC=pl.coalesce(_or_null(prefix + "STDTC", columns), _or_null(prefix + "DTC", columns)),
        DAY=pl.coalesce(_or_null(prefix + "STDY", columns, pl.Int32), _or_null(prefix + "DY", columns, pl.Int32)),
        TEXT=pl.coalesce(_or_null(prefix + "OCCUR", columns), spontaneous),
        STAT=_or_null(prefix + "STAT", columns),
        NUMBER=_days(rows, prefix),
        UNIT=pl.lit("days"),
    )


def _or_null(name: str, columns: list[str], kind: type[pl.DataType] = pl.String) -> pl.Expr:
    return pl.col(name) if name in columns else pl.lit(None, dtype=kind)


def _absent(prefix: str, columns: list[str]) -> pl.Expr:
    """Rows that were asked without an answer, or not asked: nothing is known of them."""
    asked = pl.col(prefix + "PRESP") == "Y" if prefix + "PRESP" in columns else pl.lit(False)
    return asked.fill_null(False) | (pl.col(prefix + "STAT").is_not_null() if prefix + "STAT" in columns else pl.lit(False))


def _days(rows: pl.DataFrame, prefix: str) -> pl.Series:
    """Duration in days, as collected, else from the dates."""
    none = pl.Series([None] * rows.height, dtype=pl.Float64)
    given = none
    if prefix + "DUR" in rows.columns:
        read = {text: duration_days(text.strip()) for text in rows[prefix + "DUR"].drop_nulls().unique()}
        numbers = {text: float(days) for text, days in read.items() if days is not None}
        given = rows[prefix + "DUR"].replace_strict(numbers, default=None, return_dtype=pl.Float64)
    if prefix + "STDTC" not in rows.columns or prefix + "ENDTC" not in rows.columns:
        return given
    dated = (derive_dates(rows[prefix + "ENDTC"]) - derive_dates(rows[prefix + "STDTC"])).dt.total_days().cast(pl.Float64)
    return pl.select(pl.coalesce(given, dated))[:, 0]


def _variable(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    rows = frame.filter(pl.col(name).is_not_null())
    text, is_age = pl.col(name).cast(pl.String), name == "AGE"
    number = age_in_years(rows) if is_age else derive_numbers(rows.select(text)[:, 0])
    return rows.select(
        "USUBJID",
        "DERIVED",
        "SOURCE",
        "ORIGIN",
        NAME=pl.lit(name),
        TEXT=text,
        NUMBER=number,
        UNIT=pl.lit("YEARS" if is_age else None, dtype=pl.String),
        COLLECTED_UNIT=pl.col("AGEU") if is_age else pl.lit(None, dtype=pl.String),
    )


def _same(domain: type[Domain], frame: pl.DataFrame) -> list[pl.Expr]:
    return [pl.col(domain.prefix + name).alias(name) for name in _SAME if domain.prefix + name in frame.columns]


def _column(found: pl.DataFrame, name: str, kind: type[pl.DataType]) -> pl.Expr:
    return pl.col(name).cast(kind, strict=False) if name in found.columns else pl.lit(None, dtype=kind).alias(name)


def _in_order(record: Record, shaped: pl.DataFrame) -> pl.DataFrame:
    order = record.subjects.select("USUBJID").with_row_index("_AT")
    placed = shaped.join(order, on="USUBJID", how="left", maintain_order="left").sort(
        "_AT", pl.col("DTC").fill_null("~"), maintain_order=True, nulls_last=True
    )
    return placed.drop("_AT")
