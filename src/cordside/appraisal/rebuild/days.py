"""Days between events of the same patients: onset, admission, first infusion. Their summaries must hold together."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from cordside.appraisal.paper import PaperRow
from cordside.appraisal.rebuild.change import draw
from cordside.appraisal.rebuild.margins import Steps, draw_quartiles, with_sum
from cordside.appraisal.rebuild.moments import draw_moments, squares_window, sums_of
from cordside.appraisal.rebuild.pairing import pair
from cordside.appraisal.rebuild.prints import prints
from cordside.appraisal.rebuild.seeds import pick
from cordside.appraisal.rebuild.wanted import MOMENTS, QUARTILES, Wanted

_TRIES = 200


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one event to a later one, and what they must print."""

    row: PaperRow
    start: str
    end: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Courses:
    """The day of each event of each patient, counted from an event of their own; the spans that print, and those that do not."""

    days: dict[str, Steps]
    kept: tuple[Span, ...]
    missed: tuple[Span, ...]


def events_in_order(spans: Sequence[Span]) -> list[str] | None:
    """The events of the spans, each after all that come before it; None where they go round in a circle."""
    found: list[str] = []
    left = list(dict.fromkeys(event for span in spans for event in (span.start, span.end)))
    while left:
        first = next((event for event in left if not any(span.end == event and span.start in left for span in spans)), None)
        if first is None:
            return None
        found.append(first)
        left.remove(first)
    return found


def draw_courses(spans: Sequence[Span], n: int, definition: str, rng: np.random.Generator) -> Courses:
    """Days of n patients in which as many spans print as the search can bring together, all of them where it can.

    A span that joins two events which are already placed fixes the sum of squares of a sum or difference, and with it the
    sum of products, as the P of a paired t test does.
    """
    # Which spans are drawn first decides which one follows from the others, and that one must be a mean and SD.
    orders = [[*_of_kind(spans, first), *_of_kind(spans, second)] for first, second in ((MOMENTS, QUARTILES), (QUARTILES, MOMENTS))]
    best: Courses | None = None
    for turn in range(_TRIES):
        found = _attempt(orders[turn % 2], n, definition, rng)
        if best is None or len(found.kept) > len(best.kept):
            best = found
        if not best.missed:
            break
    return best or Courses({}, (), tuple(spans))


def _of_kind(spans: Sequence[Span], kind: str) -> list[Span]:
    return [span for span in spans if span.wanted.kind == kind]


def _attempt(spans: Sequence[Span], n: int, definition: str, rng: np.random.Generator) -> Courses:
    days: dict[str, Steps] = {}
    left = list(spans)
    while left:
        span = next((one for one in left if one.start in days or one.end in days), left[0])
        if span.start not in days and span.end not in days:
            days[span.start] = np.zeros(n, dtype=np.int64)
        left.remove(span)
        if span.start in days and span.end in days:
            continue
        event = span.end if span.start in days else span.start
        second = next((one for one in left if event in (one.start, one.end) and ({one.start, one.end} - {event}) <= set(days)), None)
        placed = _between_two(span, second, event, days, n, definition, rng) if second else None
        if placed is None:
            values = draw(span.wanted, n, definition, rng)
            if values is None:
                continue
            values = values[np.argsort(rng.random(n), kind="stable")]
            placed = days[span.start] + values if event == span.end else days[span.end] - values
        days[event] = placed
    kept = tuple(span for span in spans if _holds(span, days, definition))
    return Courses(days, kept, tuple(span for span in spans if span not in kept))


def _holds(span: Span, days: dict[str, Steps], definition: str) -> bool:
    if span.start not in days or span.end not in days:
        return False
    between = days[span.end] - days[span.start]
    return bool((between >= (span.wanted.lowest or 0)).all()) and prints(between, span.wanted, definition)


def _between_two(
    one: Span, other: Span, event: str, days: dict[str, Steps], n: int, definition: str, rng: np.random.Generator
) -> Steps | None:
    """The day of an event with spans to two events that are placed; None where these draws cannot be brought together."""
    first, second = (span.start if event == span.end else span.end for span in (one, other))
    if (days[second] < days[first]).any():
        one, other, first, second = other, one, second, first
    apart = days[second] - days[first]
    if (apart < 0).any():
        return None
    if event == one.end and event == other.end:
        outer, inner = one, other
    elif event == one.start and event == other.start:
        outer, inner = other, one
    else:
        return _inside(one, other, first, apart, days, n, definition, rng)
    inside = _inner(outer, inner, apart, n, definition, rng)
    if inside is None:
        return None
    return days[second] + inside if event == one.end else days[first] - inside


def _inside(
    one: Span, other: Span, first: str, apart: Steps, days: dict[str, Steps], n: int, definition: str, rng: np.random.Generator
) -> Steps | None:
    """The day of an event between two placed ones: one of the two spans is drawn, the other is what remains."""
    drawn, rest = (one, other) if other.wanted.kind == MOMENTS else (other, one)
    if rest.wanted.kind != MOMENTS:
        return None
    values = _fitting(drawn.wanted, rest.wanted, int(apart.sum()), -1, n, definition, rng)
    if values is None:
        return None
    window = _products(rest.wanted, apart, values, -1)
    # pair keeps what it moves above its partner, so the distances between the placed events are the ones moved.
    moved = pair(values, apart, window, rng, in_order=True)
    if moved is None:
        return None
    values = _in_places(apart, moved, values)
    return days[first] + (values if drawn is one else apart - values)


def _in_places(apart: Steps, moved: Steps, values: Steps) -> Steps:
    """The values in the patients' own places: `moved` is `apart` in the order of the values."""
    found = np.empty_like(values)
    found[np.argsort(apart, kind="stable")] = values[np.argsort(moved, kind="stable")]
    return found


def _inner(outer: Span, inner: Span, apart: Steps, n: int, definition: str, rng: np.random.Generator) -> Steps | None:
    """Days of the inner span, when outer = apart + inner."""
    if outer.wanted.kind == MOMENTS:
        values = _fitting(inner.wanted, outer.wanted, int(apart.sum()), 1, n, definition, rng)
        return None if values is None else pair(apart, values, _products(outer.wanted, apart, values, 1), rng)
    if inner.wanted.kind != MOMENTS:
        return None
    values = _fitting(outer.wanted, inner.wanted, -int(apart.sum()), 1, n, definition, rng)
    if values is None:
        return None
    whole = pair(apart, values, _products(inner.wanted, apart, values, -1), rng, in_order=True)
    return None if whole is None else whole - apart


def _fitting(drawn: Wanted, rest: Wanted, fixed: int, sign: int, n: int, definition: str, rng: np.random.Generator) -> Steps | None:
    """Values that print `drawn` and whose sum makes the mean of `rest` print: sum of rest = fixed + sign × their sum."""
    sums = sums_of(rest.windows[0], n)
    allowed = sorted(sign * (total - fixed) for total in (sums[:1] and (sums[0], sums[-1])))
    if not allowed:
        return None
    if drawn.kind == QUARTILES:
        values = draw_quartiles(drawn, n, definition, rng)
        if values is None or allowed[0] <= int(values.sum()) <= allowed[1]:
            return values
        return with_sum(values, allowed[0] + pick(rng, allowed[1] - allowed[0] + 1), drawn, definition, rng)
    own = sums_of(drawn.windows[0], n)
    both = range(max(own[0], allowed[0]), min(own[-1], allowed[1]) + 1) if own else own
    total = both[pick(rng, len(both))] if both else None
    if total is None or not drawn.windows[0].holds(Fraction(total, n)):
        return None
    return draw_moments(drawn, n, rng, total)


def _products(rest: Wanted, apart: Steps, values: Steps, sign: int) -> tuple[float, float]:
    """The window of Σ apart × values in which the SD of apart + sign × values prints, or of values - apart."""
    total = abs(int(apart.sum()) + sign * int(values.sum()))
    low, high = squares_window(rest.windows[1], total, len(values))
    own = int(apart @ apart) + int(values @ values)
    ends = sorted(sign * float(squares - own) / 2 for squares in (low, high))
    return ends[0] + 1e-9 * abs(ends[0]), ends[1] - 1e-9 * abs(ends[1])
