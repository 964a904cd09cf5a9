"""Eligibility of each subject, criterion by criterion: met, not met or unknown, with the value, its row and its date."""

from dataclasses import asdict, dataclass
from typing import Any

from cordside.protocol.eligibility import Criterion
from cordside.record.judge import MET, NOT_MET, UNKNOWN, Judge, Part, verdict_of
from cordside.record.record import Record


@dataclass(frozen=True)
class Screened:
    """One criterion of one subject; `met` is always the good answer."""

    id: str
    text: str
    kind: str
    verdict: str
    value: str | None
    date: str | None
    source: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class SubjectScreen:
    """One subject: not met when any criterion is, else unknown when any is, else met."""

    subject: str
    verdict: str
    criteria: tuple[Screened, ...]

    def as_dict(self) -> dict[str, Any]:
        """The subject as a JSON object."""
        return asdict(self)


def screen(record: Record, subject: str | None = None) -> list[SubjectScreen]:
    """Judge every criterion of the population for every subject, or for one (USUBJID)."""
    population = record.protocol.population
    lists = {
        "inclusion": (population.inclusion or []) if population else [],
        "exclusion": (population.exclusion or []) if population else [],
    }
    judge = Judge(record)
    found = []
    for usubjid in record.subjects["USUBJID"]:
        if subject in (None, usubjid):
            criteria = tuple(_screened(judge, criterion, kind, usubjid) for kind, criteria in lists.items() for criterion in criteria)
            found.append(SubjectScreen(usubjid, _overall([criterion.verdict for criterion in criteria]), criteria))
    return found


def _overall(verdicts: list[str]) -> str:
    """Where nothing is asked, or no criterion was published, nothing is known."""
    if NOT_MET in verdicts:
        return NOT_MET
    return UNKNOWN if UNKNOWN in verdicts or not verdicts else MET


def _screened(judge: Judge, criterion: Criterion, kind: str, usubjid: str) -> Screened:
    truth, part = judge.condition(criterion, usubjid)
    good = truth if kind == "inclusion" else truth.negated()
    return Screened(criterion.id, criterion.words(), kind, verdict_of(good), part.value, part.date, part.source, part.parts)
