"""Breaches found in a record: rows of DV beside what was recorded, and a query for each."""

from dataclasses import replace

import polars as pl

from cordside.domains.all import DOMAINS
from cordside.errors import Problem
from cordside.record.deviations import Breach, breach_problems, deviation_rows, find_breaches, not_recorded
from cordside.record.distinct import as_texts
from cordside.record.judge import NOT_MET
from cordside.record.record import DomainRows, Record
from cordside.record.rowplace import empty_frame, row_key
from cordside.record.screen import screen


def with_breaches(record: Record) -> tuple[Record, list[Problem]]:
    """The record with what its infusions breached added to DV, and the queries that tell of it."""
    if "EX" not in record.rows:
        return record, []
    infusions, dm = record.rows["EX"], record.rows.get("DM")
    arms = dict(dm.frame.select("USUBJID", "ARMCD").iter_rows()) if dm else {}
    given = as_texts(infusions.frame).with_columns(row_key(DOMAINS["EX"]).alias("ROWID"))
    breaches = find_breaches(given, record.subjects, record.protocol, arms, _not_eligible(record))
    queries = list(breach_problems(breaches, infusions.file))
    return with_deviations(record, breaches, infusions.file), queries


def recorded_deviations(record: Record) -> pl.DataFrame:
    """The deviations of a record so far, entered and found."""
    recorded = record.rows.get("DV")
    return as_texts(recorded.frame) if recorded else empty_frame(DOMAINS["DV"]).drop("ROWID", "SOURCE")


def with_deviations(record: Record, breaches: list[Breach], file: str, known: pl.DataFrame | None = None) -> Record:
    """The record with a row of DV for each breach of which none tells yet.

    file: where the breaches' rows stand; known: the deviations that may tell of them, all that the record has unless given.
    """
    recorded, before = record.rows.get("DV"), recorded_deviations(record)
    new = not_recorded(breaches, before if known is None else known)
    if not new:
        return record
    found = deviation_rows(new, file, list(DOMAINS["DV"].variables))
    kinds = {name: kind for name, kind in before.schema.items() if name in found.columns}
    joined = pl.concat([before, found.cast(kinds, strict=False)], how="diagonal")  # type: ignore[arg-type]
    rows = DomainRows(recorded.file if recorded else file, recorded.collected if recorded else (), joined)
    return replace(record, rows={**record.rows, "DV": rows}, _frames={})


def _not_eligible(record: Record) -> dict[str, str]:
    """Subjects who are known not to meet a criterion, and which; an unknown one is no breach."""
    population = record.protocol.population
    if population is None or not (population.inclusion or population.exclusion):
        return {}
    judged = [one for one in screen(record) if one.verdict == NOT_MET]
    return {one.subject: ", ".join(criterion.id for criterion in one.criteria if criterion.verdict == NOT_MET) for one in judged}
