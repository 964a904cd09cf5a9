"""Exact reachability: is there a sample of recorded values with this mean and SD? All of them are gone through at once.

Values are counted in grains from the whole grain nearest the mean. For every sum the sums of squares that some subjects can
reach are the bits of one big integer; one more subject shifts them. What can no longer end at a printed sum is dropped. Sum
and sum of squares have one parity, so a bit stands for two neighbours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isqrt

from cordside.appraisal.arithmetic.grimmer import squared_distances
from cordside.appraisal.arithmetic.whole import wholes
from cordside.appraisal.printed import Printed, must_read
from cordside.errors import CannotDo

MAX_WORK = 1e11
"""The largest search that is made, about ten seconds; it also keeps the memory small. 86 subjects on 0 to 30 are 6e9."""

_SHIFT = 3000
"""What a shift costs besides the bytes it moves, in bytes."""

_END = 50
"""What it costs to ask whether a sum can still end at one of the printed sums, in bytes."""

TOO_LARGE = "the search through all samples would be too large"
ONE_SUBJECT = "one subject has no SD"


@dataclass(frozen=True, slots=True)
class Reachable:
    """Whether a sample exists; reachable is None, and `why` says why, when it was not searched."""

    mean: Printed
    sd: Printed
    n: int
    least: Fraction | None
    most: Fraction | None
    grain: Fraction
    testable: bool
    reachable: bool | None
    consistent: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Search:
    """What is asked, in grains from the centre: the free subjects, the values they can take, and by sum the squares that print."""

    subjects: int
    values: tuple[int, ...]
    start: tuple[int, int]
    targets: Mapping[int, range]


@dataclass(frozen=True, slots=True)
class _Size:
    """How large a search would be, known before anything of it is listed: subjects, printed sums, values from low to high."""

    subjects: int
    sums: int
    low: int
    high: int
    most_squares: int

    @property
    def work(self) -> int:
        """About how many bytes are shifted, what each shift and each question costs counted as bytes."""
        values = max(self.high - self.low + 1, 0)
        spread = self.subjects * max(values - 1, 0) + 1
        reach = min(2 * isqrt((self.subjects + 1) * (self.most_squares + 1)) + 1, spread)
        return self.subjects * reach * (values * (self.most_squares // 16 + _SHIFT) + _END * self.sums)


def reachable(
    mean: Printed,
    sd: Printed,
    n: int,
    *,
    least: Fraction | None = None,
    most: Fraction | None = None,
    step: Fraction = Fraction(1),
    items: int = 1,
    fixed: Mapping[Fraction, int] | None = None,
    max_work: float = MAX_WORK,
) -> Reachable:
    """Whether n recorded values from least to most, in steps of step / items, can have this mean and SD (divisor n - 1).

    least, most: ends of the scale; without one the SD alone bounds the values. fixed: values whose count is given, so that no
    other subject has them. CannotDo when such a value does not lie on the scale. A search above max_work is not made.
    1.00 and 3.06 of 4 pass GRIMMER, yet no four whole numbers have them; 18.0 and 4.27 of 86 on 0 to 30 exist.
    """
    grain = step / items
    origin = least if least is not None else most if most is not None else Fraction(0)
    common = (mean, sd, n, least, most, grain)
    if n < 2:
        return Reachable(*common, False, None, True, ONE_SUBJECT)
    ends, given = _ends(least, most, origin, grain), fixed or {}
    sums = wholes((mean.lo - origin) * n / grain, (mean.hi - origin) * n / grain)
    asked = _Asked(sums, n * round((mean.value - origin) / grain), squared_distances(sd, n, grain), n)
    size = _size(asked, ends, sum(given.values()))
    if size is not None and size.work > max_work:
        return Reachable(*common, False, None, True, TOO_LARGE)
    counts = {_on_scale(value, ends, grain, origin) - asked.shift // n: count for value, count in given.items()}
    search = _search(asked, size, counts) if size is not None else None
    found = search is not None and _exists(search)
    return Reachable(*common, True, found, found)


def grid_value(text: str, *, grain: Fraction, origin: Fraction) -> Fraction:
    """The recorded value that a text names: itself when it lies on the scale, else the only one that prints so.

    "3.67" on thirds is 11/3. CannotDo when none or several print so.
    """
    printed = must_read(text, "a value of the scale")
    if ((printed.value - origin) / grain).denominator == 1:
        return printed.value
    found = wholes((printed.lo - origin) / grain, (printed.hi - origin) / grain)
    if len(found) != 1:
        raise CannotDo(
            f"{text}: {len(found)} values of the scale print so; it goes in steps of {grain} from {origin}; write more decimals."
        )
    return origin + found[0] * grain


def _ends(least: Fraction | None, most: Fraction | None, origin: Fraction, grain: Fraction) -> tuple[int | None, int | None]:
    low = ceil((least - origin) / grain) if least is not None else None
    return low, floor((most - origin) / grain) if most is not None else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The whole sums that print the mean, how far all values together are shifted, and the squared distances that print the SD."""

    sums: range
    shift: int
    distances: tuple[Fraction, Fraction]
    n: int

    def squares(self, total: int) -> range:
        """The sums of squares of shifted values that print the SD, for one sum."""
        about = Fraction((total - self.shift) ** 2, self.n)
        return wholes(self.distances[0] + about, self.distances[1] + about)


def _size(asked: _Asked, ends: tuple[int | None, int | None], fixed: int) -> _Size | None:
    """How large the search is; None when no sum prints the mean, no square the SD, or too many values are given."""
    if not asked.sums or asked.distances[1] < 0 or fixed > asked.n:
        return None
    squares = max(asked.squares(total).stop for total in (asked.sums[0], asked.sums[-1])) - 1
    farthest, centre = isqrt(squares), asked.shift // asked.n
    low = -farthest if ends[0] is None else max(-farthest, ends[0] - centre)
    high = farthest if ends[1] is None else min(farthest, ends[1] - centre)
    squares = min(squares, asked.n * max(low * low, high * high))
    return _Size(asked.n - fixed, asked.sums.stop - asked.sums.start, low, high, squares)


def _search(asked: _Asked, size: _Size, counts: Mapping[int, int]) -> _Search | None:
    """The search; None when no square of any sum, as large as the values allow, prints the SD.

    counts: of the shifted values whose count is given.
    """
    wanted = {total - asked.shift: asked.squares(total) for total in asked.sums}
    targets = {total: one for total, squares in wanted.items() if (one := range(squares.start, min(squares.stop, size.most_squares + 1)))}
    start = (sum(value * count for value, count in counts.items()), sum(value * value * count for value, count in counts.items()))
    values = tuple(value for value in range(size.low, size.high + 1) if value not in counts)
    return _Search(size.subjects, values, start, targets) if targets else None


def _on_scale(value: Fraction, ends: tuple[int | None, int | None], grain: Fraction, origin: Fraction) -> int:
    place = (value - origin) / grain
    beyond = (ends[0] is not None and place < ends[0]) or (ends[1] is not None and place > ends[1])
    if place.denominator != 1 or beyond:
        raise CannotDo(f"{value} is no value of the scale; it goes in steps of {grain} from {origin}; correct the counts that are given.")
    return int(place)


def _exists(search: _Search) -> bool:
    total, squares = search.start
    reached = {total: 1 << squares // 2}
    for left in range(search.subjects - 1, -1, -1):
        reached = _kept(_one_more(reached, search.values), left, search)
    return any(_holds(reached.get(total, 0), total, wanted) for total, wanted in search.targets.items())


def _one_more(reached: Mapping[int, int], values: tuple[int, ...]) -> dict[int, int]:
    """What is reached with one more subject. Bit b of a sum stands for the sum of squares 2b + (the sum modulo 2)."""
    found: dict[int, int] = {}
    for total, bits in reached.items():
        for value in values:
            after = total + value
            shifted = bits << (value * value + total % 2 - after % 2) // 2
            found[after] = found.get(after, 0) | shifted
    return found


def _kept(reached: Mapping[int, int], left: int, search: _Search) -> dict[int, int]:
    """What can still end at a printed sum with printed squares after `left` more subjects."""
    kept = {}
    for total, bits in reached.items():
        ends = _can_end(total, left, search)
        if ends is not None and (rest := bits & ((1 << ends // 2 + 1) - 1)):
            kept[total] = rest
    return kept


def _can_end(total: int, left: int, search: _Search) -> int | None:
    """The largest sum of squares with which this sum can still end as printed; None when it cannot."""
    if not left:
        return search.targets[total].stop - 1 if total in search.targets else None
    low, high = left * search.values[0], left * search.values[-1]
    rooms = [
        wanted.stop - 1 + -((end - total) ** 2) // left for end, wanted in search.targets.items() if low <= end - total <= high
    ]
    return max((room for room in rooms if room >= 0), default=None)


def _holds(bits: int, total: int, wanted: range) -> bool:
    """Whether a bit stands for a sum of squares that is wanted."""
    first, last = -(-(wanted.start - total % 2) // 2), (wanted.stop - 1 - total % 2) // 2
    return last >= first and bool(bits >> max(first, 0) & ((1 << last - max(first, 0) + 1) - 1))
