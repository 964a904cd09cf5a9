"""Infusions that happened and should not have: each becomes a row of DV and a query. The infusion itself stays.

A gate refuses an act before it happens; a fact is recorded however wrong it was.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.protocol.regimen import Regimen
from cordside.record.csvfile import ROW
from cordside.record.dates import read_date, study_day
from cordside.record.record import FOUND


@dataclass(frozen=True)
class Breach:
    """One breach: its code, in words, what was allowed, the infusion's row and the names it goes by (EXREFID, key)."""

    code: str
    words: str
    allowed: str
    row: int
    usubjid: str
    started: str | None
    names: tuple[str, ...]
    origin: str


@dataclass(frozen=True)
class Plan:
    """What an arm plans: its regimen where one is known, and whether it is treated at all."""

    regimen: Regimen | None
    treated: bool


def find_breaches(infusions: pl.DataFrame, subjects: pl.DataFrame, protocol: Protocol, arms: dict[str, str | None]) -> list[Breach]:
    """Breaches of all infusions that took place.

    infusions: frame of EX with ROWID; subjects: derive_subjects' frame; arms: arm code by USUBJID.
    """
    known = {row["USUBJID"]: row for row in subjects.iter_rows(named=True)}
    given: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in infusions.select("USUBJID", "EXSTDTC", "EXREFID", "ROWID", "ORIGIN", ROW).iter_rows(named=True):
        given[row["USUBJID"]].append(row)
    found: list[Breach] = []
    for usubjid, rows in given.items():
        if usubjid in known:
            ordered = sorted(rows, key=lambda row: (row["EXSTDTC"] is None, row["EXSTDTC"] or "", row[ROW]))
            plan = Plan(protocol.regimen_of(arms.get(usubjid)), protocol.is_treated(arms.get(usubjid)))
            found += [breach for number, row in enumerate(ordered, 1) for breach in _breaches(row, number, known[usubjid], plan)]
    return sorted(found, key=lambda breach: breach.row)


def _breaches(row: dict[str, Any], number: int, subject: dict[str, Any], plan: Plan) -> Iterator[Breach]:
    names = tuple(name for name in (row["EXREFID"], row["ROWID"]) if name)

    def breach(code: str, words: str, allowed: str) -> Breach:
        return Breach(code, words, allowed, row[ROW], row["USUBJID"], row["EXSTDTC"], names, row["ORIGIN"])

    started, text = read_date(row["EXSTDTC"]), row["EXSTDTC"]
    if subject["RFICDTC"] and started.is_before(read_date(subject["RFICDTC"])):
        yield breach(
            "consent_not_active", f"infusion {number} on {text} before consent on {subject['RFICDTC']}", "consent before the first infusion"
        )
    if subject["DEATH"] and started.date and started.date > subject["DEATH"]:
        yield breach("infusion_after_death", f"infusion {number} on {text} after death on {subject['DEATH']}", "no infusion after death")
    if not plan.treated:
        yield breach("not_in_regimen", f"infusion {number} in an arm that is not treated", "no infusion in this arm")
    regimen = plan.regimen
    if regimen is None:
        return
    if regimen.maximum is not None and number > regimen.maximum:
        yield breach("more_than_maximum", f"infusion {number} of at most {regimen.maximum}", f"{regimen.maximum} infusions")
    window = window_of(number, regimen, subject["FIRST"])
    if window and started.date and not window[0] <= started.date <= window[1]:
        day = study_day(started.date, subject["FIRST"])
        allowed = f"{window[0]} to {window[1]}"
        yield breach(
            "out_of_window", f"infusion {number} on day {day} ({text}), planned on day {(regimen.days or [])[number - 1]}", allowed
        )


def window_of(number: int, regimen: Regimen, first: date | None) -> tuple[date, date] | None:
    """First and last day allowed for an infusion, counted from the first infusion (day 1); None where no day is planned."""
    if first is None or not regimen.days or number > len(regimen.days) or number == 1:
        return None
    planned = first.toordinal() + regimen.days[number - 1] - regimen.days[0]
    return date.fromordinal(planned + regimen.window[0]), date.fromordinal(planned + regimen.window[1])


def not_recorded(breaches: list[Breach], recorded: pl.DataFrame) -> list[Breach]:
    """Breaches of which no row of DV tells yet: same subject and code, and the infusion's name or its date."""
    known = {
        (subject, code, name)
        for subject, code, *names in recorded.select("USUBJID", "DVDECOD", "DVREFID", "DVSTDTC").iter_rows()
        for name in names
        if name
    }
    return [
        breach for breach in breaches if not any((breach.usubjid, breach.code, name) in known for name in (*breach.names, breach.started))
    ]


def breach_problems(breaches: list[Breach], file: str) -> Iterator[Problem]:
    """A query for each breach."""
    for breach in breaches:
        yield Problem(file, breach.row, "EXSTDTC", breach.words, breach.allowed, "check the date; if it is right, the deviation stands")


def deviation_rows(breaches: list[Breach], file: str, columns: list[str]) -> pl.DataFrame:
    """Rows of DV for breaches, with DVREFID naming the infusion's row."""
    rows = [
        {
            "USUBJID": breach.usubjid,
            "DVTERM": breach.words,
            "DVDECOD": breach.code,
            "DVCAT": "FOUND BY CORDSIDE",
            "DVREFID": breach.names[0],
            "DVSTDTC": breach.started,
            "ORIGIN": breach.origin,
            FOUND: f"{file}:{breach.row}",
            ROW: breach.row,
        }
        for breach in breaches
    ]
    wanted = dict.fromkeys([*columns, FOUND], pl.String) | {ROW: pl.Int64}
    return pl.DataFrame([{name: row.get(name) for name in wanted} for row in rows], schema=wanted)
