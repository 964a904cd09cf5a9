"""screen: eligibility of each subject, criterion by criterion."""

import argparse

from cordside.cli.output import print_json
from cordside.cli.study import sound_record
from cordside.errors import CannotDo
from cordside.record.record import Record
from cordside.record.screen import Part, Screened, screen

_EXCLUSION = {"met": "met (known to be absent)", "not met": "not met (known to be present)"}
"""For an exclusion `met` is the good answer, which a reader in a hurry takes the other way."""


def run(given: argparse.Namespace) -> int:
    """Print verdicts with the values, rows and dates they rest on."""
    record = sound_record(given.study)
    subject = subject_of(record, given.subject) if given.subject else None
    screens = screen(record, subject)
    if given.json:
        print_json("subjects", [one.as_dict() for one in screens])
        return 0
    if not screens:
        print(f"{record.study}: no subjects are recorded.")
    for one in screens:
        print(f"{one.subject}: {one.verdict}")
        for criterion in one.criteria:
            _print(
                criterion, f"{criterion.kind} {criterion.id}", _EXCLUSION.get(criterion.verdict) if criterion.kind == "exclusion" else None
            )
    return 0


def subject_of(record: Record, word: str) -> str:
    """USUBJID of a subject named by USUBJID or SUBJID; CannotDo names the nearest when there is none."""
    known = record.frame("DM").select("USUBJID", "SUBJID").rows()
    found = [usubjid for usubjid, subjid in known if word in (usubjid, subjid, usubjid.removeprefix(f"{record.study}-"))]
    if len(found) == 1:
        return str(found[0])
    shown = ", ".join(usubjid for usubjid, _ in known[:10]) + (", ..." if len(known) > 10 else "")
    remedy = f"subjects are {shown}" if known else "no subject is recorded yet: enter one in records/dm.csv"
    raise CannotDo(f"{word}: {'several subjects have' if found else 'no subject has'} this id; {remedy}.")


def _print(part: Screened | Part, name: str, verdict: str | None = None, margin: str = "  ") -> None:
    where = " ".join(word for word in (part.value, part.date and f"on {part.date}", part.source and f"({part.source})") if word)
    print(f"{margin}{name}: {verdict or part.verdict}: {part.text}" + (f": {where}" if where else ""))
    for below in part.parts:
        _print(below, "part", None, margin + "  ")
