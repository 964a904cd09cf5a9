"""Pairs of a value before and a value after, subject by subject; who has none is kept, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cordside.analysis.changes.choosing import Choice, Course, after_of, before_of, worst_number
from cordside.analysis.picking import one_unit, recorded_decimals, unit_of
from cordside.analysis.rows import Row, Subject
from cordside.analysis.statistics.differences import differences, recorded
from cordside.protocol.plans.base import Marker
from cordside.protocol.plans.changes import After, Before
from cordside.terms.units import convert

_MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """One subject's rows and numbers before and after, in the unit of the table; reason: why it is no pair."""

    subject: Subject
    before: Choice
    after: Choice
    numbers: tuple[Decimal | None, Decimal | None]

    @property
    def change(self) -> Decimal | None:
        """after - before at recorded precision."""
        return differences([self.numbers[0]], [self.numbers[1]])[0]

    @property
    def is_whole(self) -> bool:
        """True when both are numbers."""
        return None not in self.numbers

    @property
    def rows(self) -> list[Row]:
        """The rows that were chosen."""
        return [row for row in (self.before.row, self.after.row) if row]

    @property
    def warning(self) -> str:
        """What a reader must know about the choice of either value."""
        words = {"before": self.before.warning, "after": self.after.warning}
        return "; ".join(f"{moment}: {warning}" for moment, warning in words.items() if warning)

    @property
    def reason(self) -> str:
        """Why there is no pair; empty where there is one."""
        if self.is_whole:
            return ""
        sides = (("before", self.before, self.numbers[0]), ("after", self.after, self.numbers[1]))
        return next(choice.reason or f"{side} is {_text(choice)}, which is no number" for side, choice, number in sides if number is None)


def _text(choice: Choice) -> str:
    return choice.row["TEXT"] or "empty" if choice.row else "empty"


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of one marker in one group.

    unit: in which the numbers are; decimals: at which they were recorded; wrong: why they cannot be summed up together.
    """

    pairs: Sequence[Pair]
    unit: str
    decimals: int
    wrong: str

    @property
    def whole(self) -> list[Pair]:
        """Subjects with both values."""
        return [pair for pair in self.pairs if pair.is_whole]

    @property
    def dropped(self) -> list[Pair]:
        """Subjects without a pair."""
        return [pair for pair in self.pairs if not pair.is_whole]

    @property
    def rows(self) -> list[Row]:
        """The rows behind the pairs that are used."""
        return [row for pair in self.whole for row in pair.rows]

    @property
    def changes(self) -> list[Decimal]:
        """The changes of the pairs that are used."""
        return [change for pair in self.whole if (change := pair.change) is not None]

    def of(self, subjects: Sequence[Subject]) -> "Pairs":
        """The pairs of some subjects."""
        wanted = {subject.id for subject in subjects}
        return Pairs([pair for pair in self.pairs if pair.subject.id in wanted], self.unit, self.decimals, self.wrong)

    def _named(self, reason: str) -> str:
        names = [pair.subject.heading for pair in self.dropped if pair.reason == reason]
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        return ", ".join(names[:_MOST_NAMED]) + more

    def words(self) -> str:
        """Who was dropped and why, and what is to be known about the values used."""
        parts = []
        if self.dropped:
            reasons = dict.fromkeys(pair.reason for pair in self.dropped)
            parts.append(f"without a pair: {', '.join(f'{self._named(reason)} ({reason})' for reason in reasons)}")
        warned = [f"{pair.subject.heading}: {pair.warning}" for pair in self.whole if pair.warning]
        parts += warned[:_MOST_NAMED]
        return "; ".join(parts)


def pairs_of(
    courses: Mapping[str, Course],
    subjects: Sequence[Subject],
    marker: Marker,
    before: Before,
    after: After,
    *,
    worse: str | None = None,
    unit: str | None = None,
) -> Pairs:
    """The pairs of all subjects for one marker.

    courses: of the marker, as courses_of gives them; worse: higher or lower, for after the worst value; unit: to convert to,
    the standard unit unless given.
    """
    chosen = {subject.id: _choose(courses[subject.id], before, after, worse) for subject in subjects}
    used = [choice.row for choices in chosen.values() for choice in choices if choice.row]
    wrong = one_unit(used) or _no_way(used, marker, unit)
    target = None if wrong else unit
    pairs = []
    for subject in subjects:
        first, second = chosen[subject.id]
        pairs.append(Pair(subject, first, second, (_number(first.row, marker, target), _number(second.row, marker, target))))
    return Pairs(pairs, target or unit_of(used), _decimals(pairs, used, target), wrong)


def _choose(course: Course, before: Before, after: After, worse: str | None) -> tuple[Choice, Choice]:
    first = before_of(course, before)
    return first, after_of(course, first.row, after, worst_number(worse))


def _no_way(rows: list[Row], marker: Marker, unit: str | None) -> str:
    """Why the values cannot be given in the planned unit."""
    domain, _, name = marker.item.partition(".")
    for row in rows:
        if unit and row["NUMBER"] is not None:
            try:
                convert(Decimal(1), row["UNIT"] or "", unit, domain, name)
            except ValueError as fault:
                return str(fault)
    return ""


def _number(row: Row | None, marker: Marker, unit: str | None) -> Decimal | None:
    number = recorded(row["NUMBER"]) if row else None
    if number is None or row is None or not unit:
        return number
    domain, _, name = marker.item.partition(".")
    return convert(number, row["UNIT"] or "", unit, domain, name)


def _decimals(pairs: list[Pair], used: list[Row], unit: str | None) -> int:
    if unit is None or all(row["UNIT"] == unit for row in used):
        return recorded_decimals(used)
    exponents = [number.normalize().as_tuple().exponent for pair in pairs for number in pair.numbers if number is not None]
    return max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)
