"""Rows against one another and against the protocol: known subjects, visits and arms, dates after death, support."""

from collections.abc import Iterator

import polars as pl

from cordside.domains.domain import Domain
from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.record.csvfile import ROW
from cordside.record.dates import derive_dates, read_date
from cordside.record.distinct import Coded


def check_subjects(coded: Coded, known: set[str], file: str) -> Iterator[Problem]:
    """Rows of subjects that DM does not have. Hard: the rows are nobody's."""
    strangers = [subject for subject in coded.texts("USUBJID") if subject not in known]
    for row, subject in coded.rows_with("USUBJID", strangers).select(ROW, "USUBJID").iter_rows() if strangers else ():
        yield Problem(
            file,
            row,
            "USUBJID",
            f"{subject} is not in dm.csv",
            "subjects of dm.csv",
            "mend the id, or add the subject to dm.csv",
            hard=True,
        )


def check_visits(coded: Coded, protocol: Protocol, file: str) -> Iterator[Problem]:
    """Visits that the protocol does not have."""
    if "VISIT" not in coded.frame.columns or not protocol.visits:
        return
    planned = [visit.name for visit in protocol.planned_visits()]
    unscheduled = {name for name, visit in protocol.visits.items() if visit.unscheduled}
    unknown = [name for name in coded.texts("VISIT") if name not in planned and name.split(".")[0] not in unscheduled]
    for row, name in coded.rows_with("VISIT", unknown).select(ROW, "VISIT").iter_rows() if unknown else ():
        yield Problem(
            file,
            row,
            "VISIT",
            f"{name} is not a visit of the protocol",
            f"visits are {', '.join(planned)}",
            "mend the name, or amend the protocol",
        )


def check_arms(dm: pl.DataFrame, protocol: Protocol, file: str) -> Iterator[Problem]:
    """Subjects of arms and sites that the protocol does not have."""
    for column, declared in (("ARMCD", protocol.arms), ("SITEID", protocol.sites)):
        if column not in dm.columns or not declared:
            continue
        for row, code in dm.filter(pl.col(column).is_not_null() & ~pl.col(column).is_in(list(declared))).select(ROW, column).iter_rows():
            yield Problem(
                file,
                row,
                column,
                f"{code} is not in the protocol",
                f"declared are {', '.join(declared)}",
                "mend the code, or amend the protocol",
            )


def check_study(coded: Coded, domain: type[Domain], protocol: Protocol, file: str) -> Iterator[Problem]:
    """Rows that name another study or another domain."""
    for column, wanted in (("STUDYID", protocol.study), ("DOMAIN", domain.code)):
        others = [text for text in coded.texts(column) if text != wanted] if column in coded.frame.columns else []
        for row, text in coded.rows_with(column, others).select(ROW, column).iter_rows() if others else ():
            yield Problem(file, row, column, f"{text} is not {wanted}", wanted, "check that the row belongs here")


def check_after_death(domain: type[Domain], frame: pl.DataFrame, subjects: pl.DataFrame, file: str) -> Iterator[Problem]:
    """Rows dated after the subject's death. Stored and queried: one of the two dates is wrong, or the row is."""
    dead = subjects.filter(pl.col("DIED").is_not_null()).select("USUBJID", "DIED")
    dates = [name for name in (domain.prefix + "DTC", domain.prefix + "STDTC") if name in frame.columns]
    if not dead.height or not dates or domain.code in ("DM", "EX", "DD"):
        return
    rows = frame.select(ROW, "USUBJID", *dates).join(dead, on="USUBJID", how="inner", maintain_order="left")
    for name in dates:
        pairs = rows.select(name, "DIED").unique()
        late = [(text, death) for text, death in pairs.iter_rows() if read_date(death).is_before(read_date(text))]
        after = pl.DataFrame(late, schema={name: pl.String, "DIED": pl.String}, orient="row")
        found = rows.join(after, on=[name, "DIED"], how="inner", maintain_order="left")
        for row, text, death in found.select(ROW, name, "DIED").iter_rows():
            yield Problem(file, row, name, f"{text} is after death on {death}", f"up to {death}", "check both dates against the source")


def check_first_infusion(infusions: pl.DataFrame, file: str) -> Iterator[Problem]:
    """Infusions whose date leaves open which one was the first, or the last."""
    if "EXSTDTC" not in infusions.columns:
        return
    dated = infusions.with_columns(derive_dates(infusions["EXSTDTC"]).alias("_DAY"))
    known = dated.filter(pl.col("_DAY").is_not_null()).group_by("USUBJID").agg(pl.col("EXSTDTC").min().alias("_FIRST"))
    beside = dated.filter(pl.col("_DAY").is_null()).join(known, on="USUBJID", how="inner", maintain_order="left")
    for row, text, first in beside.select(ROW, "EXSTDTC", "_FIRST").iter_rows():
        if text is None:
            words = f"an infusion without a date beside one of {first}: it is taken for a later one, and the last is not known"
            yield Problem(file, row, "EXSTDTC", words, "the date of each infusion", "write it as far as it is known")
        elif not read_date(first).is_before(read_date(text)):
            words = f"{text} may lie before {first}: the first infusion is not known, and no study day"
            yield Problem(file, row, "EXSTDTC", words, "the day of each infusion", "find the day in the source")


def check_support(domain: type[Domain], frame: pl.DataFrame, procedures: pl.DataFrame | None, file: str) -> Iterator[Problem]:
    """Oxygen support beside a value that disagrees with the subject's dated episodes of support (PR)."""
    support, when = domain.prefix + "O2SUP", domain.prefix + "DTC"
    if procedures is None or support not in frame.columns or when not in frame.columns or "PRSTDTC" not in procedures.columns:
        return
    episodes = _episodes(procedures)
    rows = frame.filter(pl.col(support).is_not_null() & (pl.col(support) != "NOT STATED")).select(ROW, "USUBJID", support, when)
    rows = rows.with_columns(derive_dates(rows[when]).alias("_DAY")).filter(pl.col("_DAY").is_not_null())
    beside = rows.join(episodes, on="USUBJID", how="inner").filter((pl.col("_FROM") < pl.col("_DAY")) & (pl.col("_DAY") < pl.col("_TO")))
    for row, said, episode in (
        beside.filter(pl.col(support) != pl.col("_SUPPORT")).select(ROW, support, "_SUPPORT").unique().sort(ROW).iter_rows()
    ):
        yield Problem(
            file,
            row,
            support,
            f"{said}, but an episode of {episode} lasts over that day",
            "one support at a time",
            "check the row and pr.csv",
        )


_SUPPORT_BY_PROCEDURE = {
    "HIGH-FLOW NASAL CANNULA OXYGEN THERAPY": "HIGH-FLOW NASAL CANNULA",
    "NON-INVASIVE MECHANICAL VENTILATION": "NON-INVASIVE VENTILATION",
    "INVASIVE MECHANICAL VENTILATION": "INVASIVE VENTILATION",
    "EXTRACORPOREAL MEMBRANE OXYGENATION": "EXTRACORPOREAL MEMBRANE OXYGENATION",
    "ROOM AIR": "ROOM AIR",
}


def _episodes(procedures: pl.DataFrame) -> pl.DataFrame:
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in ("PRDECOD", "PRENDTC") if name not in procedures.columns]
    named = procedures.with_columns(absent).with_columns(
        pl.coalesce("PRDECOD", "PRTRT").replace_strict(_SUPPORT_BY_PROCEDURE, default=None).alias("_SUPPORT")
    )
    dated = named.with_columns(derive_dates(named["PRSTDTC"]).alias("_FROM"), derive_dates(named["PRENDTC"]).alias("_TO"))
    if "PROCCUR" in dated.columns:
        dated = dated.filter(pl.col("PROCCUR").fill_null("Y") == "Y")
    return dated.filter(pl.col("_SUPPORT").is_not_null() & pl.col("_FROM").is_not_null()).select("USUBJID", "_SUPPORT", "_FROM", "_TO")
