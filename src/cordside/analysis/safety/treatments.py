"""Other treatment by class and term, by arm, before and after the first infusion."""

from datetime import date
from typing import Any

import polars as pl

from cordside.analysis.members import GROUP, PLACE, Members, members_of
from cordside.analysis.rows import named, nothing
from cordside.analysis.safety.incidence import ANY, OF_SYSTEM, OF_TERM, Incidence, Style, line_rows, on_lines
from cordside.domains.kinds import PartialDate
from cordside.protocol.plans.treatment import Treatments
from cordside.record.dates import read_date
from cordside.record.record import Record
from cordside.results import Result

BEFORE, AFTER, UNKNOWN = "before the first infusion", "from the first infusion on", "time not known"
_PERIODS = {"before": [BEFORE], "after": [AFTER], "each": [BEFORE, AFTER, UNKNOWN]}
_WENT_ON = ("DURING", "AFTER", "DURING/AFTER", "ONGOING", "COINCIDENT")
_NO_CLASS = "Class not stated"
_WORDS = {"CM": "Any medication", "PR": "Any procedure"}


def summarise(record: Record, planned: Treatments) -> list[Result]:
    """Subjects by group, then lines of all, of classes and of their terms: subjects, percentage and rows."""
    members = members_of(record, None, planned.by == "arm", planned.total)
    rows = _rows_of(record, planned, members)
    if not rows.height:
        return nothing(planned, f"no {'medication is' if planned.domain == 'CM' else 'procedures are'} recorded at this time")
    incidence = _incidence(rows, planned, members)
    style = Style({**named(planned), "group": "arm"}, planned.domain, _WORDS[planned.domain], "rows", record.protocol.conventions, "")
    sizes = [_size(planned, members, group) for group in members.groups]
    return sizes + [row for key in incidence.lines() for row in line_rows(incidence, key, style)]


def _size(planned: Treatments, members: Members, group: str) -> Result:
    size = members.size(group)
    columns = {**named(planned), "group": "arm", "group_level": group, "variable": planned.domain, "label": "Subjects", "level": "exposed"}
    return Result(**columns, statistic="n", value=size, text=str(size), n=size, **members.proof(members.of(members.frame, group)))


def _rows_of(record: Record, planned: Treatments, members: Members) -> pl.DataFrame:
    """What was given to the members, once a period: USUBJID, GROUP, PLACE, ORIGIN, SYSTEM, TERM, PERIOD."""
    code = planned.domain
    frame = record.frame(code).rename({"SOURCE": PLACE})
    given = frame.filter((pl.col(f"{code}OCCUR").fill_null("Y") != "N") & pl.col(f"{code}STAT").is_null())
    asked = (pl.col(f"{code}PRESP") == "Y").fill_null(False) & pl.col(f"{code}OCCUR").is_null()
    first = dict(record.subjects.select("USUBJID", "REFERENCE").iter_rows())
    shaped = given.filter(~asked).with_columns(
        pl.col(f"{code}CLAS").fill_null(_NO_CLASS).alias("SYSTEM"),
        pl.coalesce(f"{code}DECOD", f"{code}TRT").alias("TERM"),
    )
    periods = [periods_of(row, code, first.get(row["USUBJID"])) for row in shaped.iter_rows(named=True)]
    placed = shaped.with_columns(pl.Series("PERIOD", periods, dtype=pl.List(pl.String))).explode("PERIOD")
    wanted = _PERIODS.get(planned.period)
    own = placed.filter(pl.col("PERIOD").is_in(wanted)) if wanted else placed
    return own.join(members.frame.select("USUBJID", GROUP), on="USUBJID", maintain_order="left")


def periods_of(row: dict[str, Any], code: str, first: date | None) -> list[str]:
    """When a treatment was given: before the day of the first infusion, on it or later, in both, or not known.

    first: the day study days count from. What began before and has no recorded end counts as before only.
    """
    if first is None:
        return [UNKNOWN]
    reference = PartialDate(first.year, first.month, first.day)
    start, end = read_date(row[f"{code}STDTC"]), read_date(row[f"{code}ENDTC"])
    before = start.is_before(reference) or end.is_before(reference) or row[f"{code}STRF"] == "BEFORE"
    went_on = row[f"{code}ENRF"] in _WENT_ON or row[f"{code}ENRTPT"] in ("ONGOING", "AFTER")
    after = any(reference.is_before(when) or when.date == first for when in (start, end)) or went_on
    return [word for word, holds in ((BEFORE, before), (AFTER, after)) if holds] or [UNKNOWN]


def _incidence(rows: pl.DataFrame, planned: Treatments, members: Members) -> Incidence:
    once = rows.unique(["USUBJID", PLACE], keep="first", maintain_order=True)
    keys: list[tuple[str, dict[str, pl.Expr]]] = [
        (ANY, {}),
        (OF_SYSTEM, {"system": pl.col("SYSTEM")}),
        (OF_TERM, {"system": pl.col("SYSTEM"), "term": pl.col("TERM")}),
    ]
    entries = [on_lines(once, level, **columns) for level, columns in keys]
    if planned.period == "each":
        entries += [on_lines(rows, level, **columns, part=pl.col("PERIOD")) for level, columns in keys]
    return Incidence(pl.concat(entries), members, planned.sort, _PERIODS["each"])
