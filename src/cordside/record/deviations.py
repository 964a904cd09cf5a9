"""Infusions that happened and should not have: each becomes a row of DV and a query. The infusion itself stays.

A gate refuses an act before it happens; a fact is recorded however wrong it was.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.protocol.regimen import Regimen
from cordside.record.csvfile import ROW
from cordside.record.dates import day_of, read_date, study_day
from cordside.record.rowplace import FOUND
from cordside.record.windows import windows_of


@dataclass(frozen=True)
class Breach:
    """One breach: its code, in words, what was allowed, the row and the names it goes by (an infusion's EXREFID, its key).

    usubjid: None where it concerns nobody yet: the release of a lot that no one has received.
    """

    code: str
    words: str
    allowed: str
    row: int
    usubjid: str | None
    started: str | None
    names: tuple[str, ...]
    origin: str


@dataclass(frozen=True)
class Plan:
    """What is planned for a subject: the arm's regimen where one is known, whether it is treated, and criteria not met."""

    regimen: Regimen | None
    treated: bool
    unmet: str


class _Plans:
    """What is planned for each subject; an arm's regimen is looked up once."""

    def __init__(self, protocol: Protocol, arms: dict[str, str | None], unmet: dict[str, str]) -> None:
        self._arms, self._unmet = arms, unmet
        self._by_arm = {arm: (protocol.regimen_of(arm), protocol.is_treated(arm)) for arm in {None, *arms.values()}}

    def of(self, usubjid: str) -> Plan:
        """The plan of a subject."""
        return Plan(*self._by_arm[self._arms.get(usubjid)], self._unmet.get(usubjid, ""))

    def can_be_breached(self, subject: dict[str, Any]) -> bool:
        """False where neither a date nor the plan forbids anything, so that no infusion needs a look."""
        plan = self.of(subject["USUBJID"])
        planned = plan.regimen is not None or not plan.treated or bool(plan.unmet)
        return planned or bool(subject["RFICDTC"] or subject["DIED"])


def find_breaches(
    infusions: pl.DataFrame, subjects: pl.DataFrame, protocol: Protocol, arms: dict[str, str | None], unmet: dict[str, str]
) -> list[Breach]:
    """Breaches of all infusions that took place.

    infusions: frame of EX with ROWID; subjects: derive_subjects' frame; arms: arm code by USUBJID; unmet: for subjects who are
    known not to be eligible, the criteria that they do not meet.
    """
    plans = _Plans(protocol, arms, unmet)
    dates = subjects.select("USUBJID", "RFICDTC", "DIED", "FIRST").iter_rows(named=True)
    judged = {subject["USUBJID"]: subject for subject in dates if plans.can_be_breached(subject)}
    given: dict[str, list[dict[str, Any]]] = defaultdict(list)
    wanted = infusions.filter(pl.col("USUBJID").is_in(list(judged)))
    for row in wanted.select("USUBJID", "EXSTDTC", "EXREFID", "ROWID", "ORIGIN", ROW).iter_rows(named=True):
        given[row["USUBJID"]].append(row)
    found: list[Breach] = []
    for usubjid, rows in given.items():
        ordered = sorted(rows, key=lambda row: (day_of(row["EXSTDTC"] or "") is None, row["EXSTDTC"] or "", row[ROW]))
        undated = sum(day_of(row["EXSTDTC"] or "") is None for row in rows)
        for number, row in enumerate(ordered, 1):
            found += _breaches(row, number, judged[usubjid], plans.of(usubjid))
            found += _out_of_window(row, range(number, number + undated + 1), judged[usubjid], plans.of(usubjid))
    return sorted(found, key=lambda breach: breach.row)


def _breaches(row: dict[str, Any], number: int, subject: dict[str, Any], plan: Plan) -> Iterator[Breach]:
    started, text, maximum = read_date(row["EXSTDTC"]), row["EXSTDTC"], plan.regimen.maximum if plan.regimen else None
    if subject["RFICDTC"] and started.is_before(read_date(subject["RFICDTC"])):
        words = f"infusion {number} on {text} before consent on {subject['RFICDTC']}"
        yield _breach(row, "consent_not_active", words, "consent before the first infusion")
    if subject["DIED"] and read_date(subject["DIED"]).is_before(started):
        words = f"infusion {number} on {text} after death on {subject['DIED']}"
        yield _breach(row, "infusion_after_death", words, "no infusion after death")
    if plan.unmet and number == 1:
        words = f"infusion 1 of a subject who does not meet {plan.unmet}"
        yield _breach(row, "not_eligible", words, "eligible subjects only")
    if not plan.treated:
        yield _breach(row, "not_in_regimen", f"infusion {number} in an arm that is not treated", "no infusion in this arm")
    if maximum is not None and number > maximum:
        yield _breach(row, "more_than_maximum", f"infusion {number} of at most {maximum}", f"{maximum} infusions")


def _out_of_window(row: dict[str, Any], numbers: range, subject: dict[str, Any], plan: Plan) -> Iterator[Breach]:
    """numbers: which infusion it may be; more than one when others have no date. It is out only of every window it may have."""
    day = day_of(row["EXSTDTC"] or "")
    windows = [windows_of(number, plan.regimen, subject["FIRST"]) if plan.regimen else None for number in numbers]
    if day is None or any(found is None or any(first <= day <= last for first, last in found) for found in windows):
        return
    planned, (first, last) = (plan.regimen.days or [])[numbers[0] - 1], windows[0][0]  # type: ignore[union-attr,index]
    words = f"infusion {numbers[0]} on day {study_day(day, subject['FIRST'])} ({row['EXSTDTC']}), planned on day {planned}"
    yield _breach(row, "out_of_window", words, f"{first} to {last}")


def _breach(row: dict[str, Any], code: str, words: str, allowed: str) -> Breach:
    names = tuple(name for name in (row["EXREFID"], row["ROWID"]) if name)
    return Breach(code, words, allowed, row[ROW], row["USUBJID"], row["EXSTDTC"], names, row["ORIGIN"])


def not_recorded(breaches: list[Breach], recorded: pl.DataFrame) -> list[Breach]:
    """Breaches of which no row of DV tells yet: same subject and code, and the infusion's name or its day."""
    known = {
        (subject, code, name)
        for subject, code, infusion, started in recorded.select("USUBJID", "DVDECOD", "DVREFID", "DVSTDTC").iter_rows()
        for name in (infusion, day_of(started or ""))
        if name
    }
    return [
        breach
        for breach in breaches
        if not any((breach.usubjid, breach.code, name) in known for name in (*breach.names, day_of(breach.started or "")))
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
