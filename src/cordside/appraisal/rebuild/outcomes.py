"""What became of each published number: held, impossible by a bound, or not found by the search."""

from dataclasses import dataclass

from cordside.appraisal.paper import Paper, Spot
from cordside.appraisal.verdict import CONTRADICTION, NOTE
from cordside.results import Finding

RULE = "rebuild"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One published number: where it stands, whether the rows print it, the level of the finding otherwise, and why."""

    spot: Spot
    level: str
    why: str
    printed: str = ""
    expected: str = ""

    @property
    def is_held(self) -> bool:
        """Do the rebuilt rows print it?"""
        return not self.level


def held(spot: Spot, why: str) -> Outcome:
    """The rows print it."""
    return Outcome(spot, "", why)


def broken(spot: Spot, why: str, *, printed: str = "", expected: str = "") -> Outcome:
    """No rows can print it: a bound forbids them."""
    return Outcome(spot, CONTRADICTION, why, printed, expected)


def not_found(spot: Spot, why: str, *, printed: str = "", expected: str = "") -> Outcome:
    """The rows do not print it: the search failed, or the form does not say enough. That is no proof."""
    return Outcome(spot, NOTE, why, printed, expected)


def finding_of(paper: Paper, one: Outcome) -> Finding:
    """What was not held, as a finding of the rule `rebuild`."""
    shown = {"printed": one.printed, "expected": one.expected, "why": one.why}
    return Finding(study=paper.study, file=paper.file, rule=RULE, level=one.level, row=one.spot.row, where=one.spot.where, **shown)
