"""Every error a user can meet.

Everything below CordsideError is shown without a traceback; anything else is our own mistake. What is wrong with one
row or key is a Problem: it is collected with its neighbours and shown with them, never raised alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is, what is wrong, what is allowed, what to do.

    row: the physical line where the record starts (header = 1), or None when the file as a whole is meant.
    variable: the variable, a dotted key of the protocol, or a domain's code when a rule spans several.
    hard: the row cannot be stored (unreadable, or nobody's); everything else is stored and queried.
    """

    file: str
    row: int | None
    variable: str
    problem: str
    allowed: str = ""
    remedy: str = ""
    hard: bool = False

    def __str__(self) -> str:
        place = [self.file, *([str(self.row)] if self.row is not None else [])]
        words = "; ".join(_without_stop(part) for part in (self.problem, self.allowed, self.remedy) if part)
        return f"{':'.join(place)}: {self.variable + ': ' if self.variable else ''}{words}{'' if words.endswith('...') else '.'}"


def _without_stop(words: str) -> str:
    return words if words.endswith("...") else words.rstrip(".")


class CordsideError(Exception):
    """Anything a user can meet; its text is all they see."""

    exit_status = 2


class ProblemsFound(CordsideError):
    """Rows or keys to mend, all listed."""

    exit_status = 1

    def __init__(self, problems: Iterable[Problem], closing: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([*map(str, self.problems), *([closing] if closing else [])]))


class UnusableFile(ProblemsFound):
    """A file from outside that cannot be used until its mistakes are mended, all listed."""

    exit_status = 2


class CannotDo(CordsideError):
    """What was asked cannot be done: wrong arguments, an unreadable file, an output that exists."""


class Refused(CordsideError):
    """Not now or not you: the order of steps, rights or expiry forbid it; the text says which."""
