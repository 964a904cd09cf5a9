"""schedule: visits due, done, missed and out of window; infusion days."""

import argparse
from datetime import UTC, date, datetime

from cordside.cli.output import print_json
from cordside.cli.study import sound_record
from cordside.errors import CannotDo
from cordside.record.timeline import VisitStatus, timeline


def run(given: argparse.Namespace) -> int:
    """Print every planned visit of every subject as it stands at a time."""
    record = sound_record(given.study)
    visits = timeline(record, day_of(given.at))
    if given.json:
        print_json("visits", [visit.as_dict() for visit in visits])
        return 0
    if not visits:
        print(f"{record.study}: {'no visits are planned' if record.subjects.height else 'no subjects are recorded'}.")
    subject = None
    for visit in visits:
        if visit.subject != subject:
            subject = visit.subject
            print(subject)
        print(f"  {visit.visit:<14} {visit.status:<14} {_when(visit)}".rstrip())
    return 0


def day_of(at: str | None) -> date:
    """The calendar day of `--at`, or today (UTC)."""
    if at is None:
        return datetime.now(UTC).date()
    try:
        return datetime.fromisoformat(at).date()
    except ValueError:
        raise CannotDo(f"--at {at}: not a time; write it as 2020-02-11T14:20+08:00.") from None


def _when(visit: VisitStatus) -> str:
    window = f"{visit.window[0]} to {visit.window[1]}" if visit.window[0] and visit.window[0] != visit.window[1] else ""
    parts = [f"due {visit.due}" if visit.due else "", f"window {window}" if window else "", f"done {visit.done}" if visit.done else ""]
    return ", ".join(part for part in parts if part)
