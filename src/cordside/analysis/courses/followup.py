"""From when to when each subject is known: the start, the death, the end of participation, the last contact.

Days are differences of dates: 02-17 to 02-21 is 4. A date that is known in part is no day, and is never made one.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from cordside.analysis.rows import Row, Subject, day_of, grouped, subjects_of
from cordside.domains.all import domain_of
from cordside.domains.domain import Domain
from cordside.protocol.plans.happenings import CensoredAt, Start
from cordside.record.dates import derive_dates
from cordside.record.derive import is_derived
from cordside.record.record import Record

_DEATH, _HOSPITAL = "DEATH", "HOSPITAL STAY"
NO_START = {
    "first infusion": "no day of a first infusion is recorded",
    "consent": "no day of consent is recorded",
    "admission": "no day of admission is recorded",
}
STAND_IN = (
    "In an arm that is not treated time counts from randomisation, else from consent, in place of the first infusion: "
    "waiting for the first infusion is not counted in the treated arm."
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How long a subject is known.

    start: the day from which time counts. died, death: is a death recorded, and its day. ends: end of participation as recorded;
    is_open: none is. last_contact: the last day on which anything was recorded. cut: the data cut. rows: of DM, DS and EX that say so.
    """

    subject: Subject
    start: date | None
    died: bool
    death: date | None
    ends: date | None
    is_open: bool
    last_contact: date | None
    cut: date | None
    rows: tuple[Row, ...] = ()

    def days(self, day: date) -> int:
        """Days after the start."""
        return (day - self.start).days if self.start else 0

    def censored(self, rule: CensoredAt) -> date | None:
        """The last day of a subject without the event."""
        known = max(filter(None, (self.last_contact, self.death)), default=None)
        if rule == "last contact":
            return known
        # An end of which only a part of the date is known ends no earlier than what was recorded of the subject.
        return self.cut if self.is_open else self.ends or known

    @property
    def known_to(self) -> date | None:
        """The last day to which the record tells anything of the subject; nothing is assumed after it."""
        return self.death or max(filter(None, (self.last_contact, self.ends)), default=None)


def follow_ups(record: Record, start: Start, heading: str = "{USUBJID}") -> dict[str, FollowUp]:
    """The follow-up of every subject, in DM's order."""
    starts, contacts, deaths = _starts(record, start), _last_contacts(record), _deaths(record)
    known = {row["USUBJID"]: row for row in record.subjects.iter_rows(named=True)}
    own = grouped(row for code in ("DM", "DS", "EX") for row in record.frame(code).iter_rows(named=True))
    return {
        subject.id: FollowUp(
            subject=subject,
            start=starts.get(subject.id),
            died=subject.id in deaths,
            death=known[subject.id]["DEATH"] if subject.id in deaths else None,
            ends=day_of(known[subject.id]["RFENDTC"]),
            is_open=known[subject.id]["RFENDTC"] is None and subject.id not in deaths,
            last_contact=contacts.get(subject.id),
            cut=record.as_of,
            rows=tuple(own.get(subject.id, [])),
        )
        for subject in subjects_of(record, heading)
    }


def stands_in(record: Record, start: Start) -> bool:
    """Is there an arm that is not treated, in which another day stands for the first infusion?"""
    return start == "first infusion" and any(not record.protocol.is_treated(row) for row in record.frame("DM")["ARMCD"].unique())


def from_start(subject: Subject, start: date | None) -> Subject:
    """The subject as the rules of clearance read it: counted from the start."""
    return replace(subject, first=start)


def _starts(record: Record, start: Start) -> dict[str, date]:
    people = record.subjects
    if start == "consent":
        return _known(people.select("USUBJID", derive_dates(people["RFICDTC"]).alias("DAY")))
    if start == "admission":
        return _admissions(record)
    arms = dict(record.frame("DM").select("USUBJID", "ARMCD").iter_rows())
    return {
        row["USUBJID"]: day
        for row in people.iter_rows(named=True)
        if (day := row["FIRST" if record.protocol.is_treated(arms.get(row["USUBJID"])) else "REFERENCE"])
    }


def _known(frame: pl.DataFrame) -> dict[str, date]:
    return {subject: day for subject, day in frame.iter_rows() if day is not None}


def _admissions(record: Record) -> dict[str, date]:
    """The stay during which the subject was treated: the last that began by the first infusion, else the first."""
    first = dict(record.subjects.select("USUBJID", "FIRST").iter_rows())
    found: dict[str, date] = {}
    for row in record.frame("HO").iter_rows(named=True):
        name, day, subject = (row["HODECOD"] or row["HOTERM"] or "").upper(), day_of(row["HOSTDTC"]), row["USUBJID"]
        if name == _HOSPITAL and day and row["HOOCCUR"] != "N" and _is_nearer(day, found.get(subject), first.get(subject)):
            found[subject] = day
    return found


def _is_nearer(day: date, held: date | None, first: date | None) -> bool:
    if held is None or first is None:
        return held is None or day < held
    return held < day <= first or (day < held and held > first)


def _deaths(record: Record) -> set[str]:
    flagged = {row["USUBJID"] for row in record.frame("DM").iter_rows(named=True) if row["DTHFL"] == "Y" or row["DTHDTC"]}
    return flagged | {row["USUBJID"] for row in record.frame("DS").iter_rows(named=True) if row["DSDECOD"] == _DEATH}


def _last_contacts(record: Record) -> dict[str, date]:
    """The last dated row of each subject; what was not done and a visit that was missed are no contact."""
    found: dict[str, date] = {}
    for code in record.codes:
        domain = domain_of(code)
        for name in (name for name, var in domain.variables.items() if var.kind.name == "date" and not is_derived(name, var)):
            dated = record.distinct(code, ["USUBJID", name], _took_place(domain))
            latest: Any = dated.select("USUBJID", derive_dates(dated[name]).alias("DAY")).group_by("USUBJID").agg(pl.col("DAY").max())
            for subject, day in latest.iter_rows():
                if day is not None and (subject not in found or day > found[subject]):
                    found[subject] = day
    return found


def _took_place(domain: type[Domain]) -> nw.Expr | None:
    """The rows of what was done; None where a domain has no word for what was not."""
    status = domain.prefix + "STAT"
    done = nw.col(status).is_null() if status in domain.variables else None
    if domain.code != "SV":
        return done
    occurred = nw.col("SVOCCUR").is_null() | (nw.col("SVOCCUR") != "N")
    return occurred if done is None else done & occurred
