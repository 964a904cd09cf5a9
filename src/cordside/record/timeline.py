"""Visits of each subject: when they are due, whether they took place, and whether inside their window."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from cordside.domains.all import domain_of
from cordside.protocol.schedule import PlannedVisit
from cordside.record.dates import derive_dates, read_date
from cordside.record.items import subjects
from cordside.record.record import Record
from cordside.record.subjects import COMPLETED, participation_ends


@dataclass(frozen=True)
class VisitStatus:
    """One visit of one subject.

    status: due (window open), done, missed, out of window, not yet, or unknown (no planned day, or no anchor date).
    """

    subject: str
    visit: str
    due: date | None
    window: tuple[date | None, date | None]
    done: str | None
    status: str

    def as_dict(self) -> dict[str, Any]:
        """The visit as a JSON object: dates as ISO texts."""
        found = asdict(self)
        found["due"] = self.due.isoformat() if self.due else None
        found["window"] = [day.isoformat() if day else None for day in self.window]
        return found


def timeline(record: Record, at: date | None) -> list[VisitStatus]:
    """Every planned visit of every subject, judged at a date (unknown where there is none).

    Anchors: the first or last infusion, admission (start of the hospital stay) or consent. A visit's day 1 is its anchor's.
    """
    treated = {usubjid: record.protocol.is_treated(armcd) for usubjid, armcd in subjects(record).select("USUBJID", "ARMCD").iter_rows()}
    done, anchors, ends = _visits_done(record), _anchors(record, treated), _ends(record)
    found = []
    for usubjid in treated:
        for planned in record.protocol.planned_visits():
            is_asked = planned.visit.infusion is None or treated[usubjid]
            if not planned.visit.unscheduled and is_asked:
                status = _status(usubjid, planned, anchors[planned.visit.anchor].get(usubjid), done.get((usubjid, planned.name)), at)
                if not _is_past(status, ends.get(usubjid)):
                    found.append(status)
    return found


def _is_past(status: VisitStatus, end: date | None) -> bool:
    """A visit whose window opens after the subject died or left the study: it is not due, and it is not missed."""
    opens = status.window[0]
    return end is not None and opens is not None and opens > end and status.done is None


def _ends(record: Record) -> dict[str, date]:
    """Day on which a subject died or left the study, for those who did.

    Who completed it owes the visits that were planned: one that was not done is missed, not past.
    """
    ended = participation_ends(record.frame("DS")).filter(~pl.col(COMPLETED))
    left = ended.select("USUBJID", derive_dates(ended["RFENDTC"]).alias("WHEN"))
    died = record.subjects.select("USUBJID", WHEN="DEATH")
    return dict(pl.concat([left, died]).drop_nulls().group_by("USUBJID").agg(pl.col("WHEN").min()).iter_rows())


_Done = tuple[str | None, date | None]
_MISSED = "not done"


def _status(usubjid: str, planned: PlannedVisit, anchor: date | None, done: _Done | None, at: date | None) -> VisitStatus:
    due = None if anchor is None or planned.day is None else anchor + timedelta(days=planned.day - (1 if planned.day > 0 else 0))
    first, last = planned.visit.window
    window = (due + timedelta(days=first), due + timedelta(days=last)) if due else (None, None)
    return VisitStatus(usubjid, planned.name, due, window, _said(done), _judged(window, done, at))


def _said(done: _Done | None) -> str | None:
    return None if done is None or done[0] == _MISSED else done[0] or "undated"


def _judged(window: tuple[date | None, date | None], done: _Done | None, at: date | None) -> str:
    first, last = window
    if done is not None and done[0] == _MISSED:
        return "missed"
    if done is not None:
        if done[1] is None or first is None or last is None:
            return "done"
        return "done" if first <= done[1] <= last else "out of window"
    if first is None or last is None or at is None:
        return "unknown"
    if at > last:
        return "missed"
    return "due" if at >= first else "not yet"


def _anchors(record: Record, treated: dict[str, bool]) -> dict[str, dict[str, date]]:
    """Anchor dates by kind and subject.

    In an arm that is not treated the reference day stands for the first infusion; who still waits for it has none.
    """
    people = record.subjects
    waits = pl.Series([treated[usubjid] for usubjid in people["USUBJID"]], dtype=pl.Boolean)
    first = people.select("USUBJID", pl.when(waits).then("FIRST").otherwise("REFERENCE"))
    last = people.select("USUBJID", derive_dates(people["RFXENDTC"]))
    consent = people.select("USUBJID", derive_dates(people["RFICDTC"]))
    stays = record.frame("HO").filter(pl.col("HODECOD").fill_null("") == "HOSPITAL STAY")
    admitted = (
        stays.select("USUBJID", derive_dates(stays["HOSTDTC"]).alias("WHEN")).drop_nulls().group_by("USUBJID").agg(pl.col("WHEN").min())
    )
    frames = {"first infusion": first, "last infusion": last, "consent": consent, "admission": admitted}
    return {name: {subject: day for subject, day in frame.iter_rows() if day is not None} for name, frame in frames.items()}


def _visits_done(record: Record) -> dict[tuple[str, str], _Done]:
    """Text and day of each visit that took place: SV's date, else the infusion's, else the earliest row of the visit.

    A visit that SV records as not done, and of which no other row tells, stands as _MISSED.
    """
    found: dict[tuple[str, str], _Done] = {}
    others = [entry for code in record.codes if code not in ("SV", "EX") for entry in _dated_visits(record, code, took_place=True)]
    ordered = sorted(others, key=lambda entry: entry[2] or "~")
    for subject, visit, text in (*_dated_visits(record, "SV", took_place=True), *_dated_visits(record, "EX", took_place=True), *ordered):
        known = found.get((subject, visit))
        if known is None or (known[1] is None and read_date(text).date is not None):
            found[(subject, visit)] = (text, read_date(text).date)
    for subject, visit, _ in _dated_visits(record, "SV", took_place=False):
        found.setdefault((subject, visit), (_MISSED, None))
    return found


def _dated_visits(record: Record, code: str, *, took_place: bool) -> list[tuple[str, str, str | None]]:
    """USUBJID, VISIT and date as collected of the rows of a domain, earliest first."""
    prefix, known = domain_of(code).prefix, domain_of(code).variables
    # An illness or a drug began when it began: only of visits, infusions and procedures is the start the day of the visit.
    wanted = ("STDTC", "DTC") if code in ("SV", "EX", "PR") else ("DTC",)
    dates = [prefix + name for name in wanted if prefix + name in known]
    if "VISIT" not in known or not dates:
        return []
    answers = [prefix + name for name in ("OCCUR", "STAT") if prefix + name in known]
    frame = record.distinct(code, ["USUBJID", "VISIT", *dates, *answers])
    refused = pl.col(prefix + "OCCUR") == "N" if prefix + "OCCUR" in answers else pl.lit(False)
    status = pl.col(prefix + "STAT").is_not_null() if prefix + "STAT" in answers else pl.lit(False)
    not_done = (refused.fill_null(False) & (code == "SV")) | status
    rows = frame.filter(pl.col("VISIT").is_not_null() & (~not_done if took_place else not_done))
    return rows.select("USUBJID", "VISIT", TEXT=pl.coalesce(dates)).sort("TEXT", nulls_last=True, maintain_order=True).rows()
