"""One result against one limit, compared unrounded and three-valued: pass, fail, or not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.numbers import Quantity, exact, usable
from cordside.terms.reading import read_result
from cordside.words import decimals_of, rounded

PASS, FAIL, UNKNOWN = "pass", "fail", "unknown"
WORDS = ("absent", "present", "negative", "conforms")
"""Operators without a limit: the word reported is compared."""
NUMBERS = (">=", "<=", ">", "<", "between")
"""Operators that compare a number with one limit, or with two, both allowed."""

_NEGATIVE = frozenset({"absent", "negative", "not detected", "none detected", "none", "no growth", "not seen", "neg", "-"})
_POSITIVE = frozenset({"present", "positive", "detected", "growth", "seen", "pos", "+"})
_CONFORMS = frozenset({"conforms", "conform", "conforming", "complies", "pass", "passes", "passed", "normal"})
_DEVIATES = frozenset(
    {"does not conform", "not conforming", "nonconforming", "does not comply", "fail", "fails", "failed", "abnormal", "deviates"}
)
_MEANING = {"absent": (_NEGATIVE, _POSITIVE), "negative": (_NEGATIVE, _POSITIVE), "present": (_POSITIVE, _NEGATIVE)} | {
    "conforms": (_CONFORMS, _DEVIATES)
}
"""For each word operator, the reported words that pass and those that fail; any other word is not known."""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from low to high; None is without end; a closed end belongs to it."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_closed: bool = True
    high_closed: bool = True

    def holds(self, other: "Range") -> bool:
        """Whether every number of the other lies in this one."""
        low = self.low is None or (other.low is not None and (other.low > self.low or self._same_low(other)))
        high = self.high is None or (other.high is not None and (other.high < self.high or self._same_high(other)))
        return low and high

    def misses(self, other: "Range") -> bool:
        """Whether the two have no number in common."""
        return _ends_before(self, other) or _ends_before(other, self)

    def _same_low(self, other: "Range") -> bool:
        return other.low == self.low and (self.low_closed or not other.low_closed)

    def _same_high(self, other: "Range") -> bool:
        return other.high == self.high and (self.high_closed or not other.high_closed)


def _ends_before(one: Range, other: Range) -> bool:
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and not (one.high_closed and other.low_closed))


@dataclass(frozen=True, slots=True)
class Compared:
    """A result against its limit.

    verdict: by the unrounded value. shown: the value as printed. rounded_verdict: what it would be if the value were first rounded to
    the limit's places, as USP General Notices 7.20 and Ph. Eur. do. remark: empty, or what a reader of the printed value must know.
    """

    verdict: str
    shown: str
    rounded_verdict: str
    remark: str = ""


def compare(value: str | Quantity | None, operator: str | None, limit: Sequence[Quantity] | None = None, unit: str = "") -> Compared:
    """Compare a result with one row of a specification.

    value: a number, a number as reported (0.25, <0.25), a word, or None where there is no result yet. operator and limit: as in the
    protocol; not published (None) leaves the verdict unknown. A number against a word is unknown, and a word against a number too.
    94.996 against at least 95 fails, though it prints as 95.0. CannotDo for a limit that does not fit its operator.
    """
    if operator in WORDS:
        return _compare_word(value, operator)
    if value is None or operator is None or not limit:
        return Compared(UNKNOWN, "" if value is None else str(value), UNKNOWN, "" if value is None else "no limit was published")
    allowed = allowed_range(operator, limit)
    found = _range_of(value)
    if found is None:
        return Compared(UNKNOWN, str(value), UNKNOWN, f"{value} is no number to compare with {limit_words(operator, limit, unit)}")
    if unit == "%" and Range(Fraction(0), Fraction(100)).misses(found):
        return Compared(UNKNOWN, str(value), UNKNOWN, f"{value} is no percentage; 0 to 100 is allowed; check the result")
    return _compare_number(found, value, allowed, limit)


def _compare_number(found: Range, value: str | Quantity, allowed: Range, limit: Sequence[Quantity]) -> Compared:
    verdict, places = _verdict(found, allowed), decimals_of([str(one) for one in limit])
    if found.low is None or found.high is None:
        return Compared(verdict, _digits(value), verdict)
    shown, at_limit = rounded(found.low, max(1, places)), rounded(found.low, places)
    as_shown, as_rounded = _verdict(_point(Fraction(shown)), allowed), _verdict(_point(Fraction(at_limit)), allowed)
    return Compared(verdict, shown, as_rounded, _rounding_remark(value, verdict, [(shown, as_shown), (at_limit, as_rounded)]))


def _rounding_remark(value: str | Quantity, verdict: str, roundings: list[tuple[str, str]]) -> str:
    """Why the verdict is not the one that a reader of the rounded value would give; empty where it is."""
    other = next(((text, other) for text, other in roundings if other != verdict), None)
    return "" if other is None else f"{_digits(value)} is compared unrounded: {verdict}; rounded to {other[0]} it would be: {other[1]}"


def allowed_range(operator: str, limit: Sequence[Quantity]) -> Range:
    """The numbers that an operator and its limits allow; CannotDo where they do not fit."""
    limits = [exact(one, "limit") for one in limit]
    if operator not in NUMBERS or len(limits) != (2 if operator == "between" else 1) or limits != sorted(limits):
        words = ", ".join(map(str, limit))
        raise CannotDo(f"limit: {operator} with {words or 'nothing'}; one limit, or for between a lower and an upper; mend it.")
    if operator == "between":
        return Range(limits[0], limits[1])
    if operator in (">=", ">"):
        return Range(low=limits[0], low_closed=operator == ">=")
    return Range(high=limits[0], high_closed=operator == "<=")


def limit_words(operator: str | None, limit: Sequence[Quantity] | None, unit: str = "") -> str:
    """A limit as people read it: ≥ 95 %, 4 to 6 × 10^7, negative; a dash where none was published."""
    if operator in WORDS:
        return operator
    if operator is None or not limit:
        return "–"
    numbers = [f"{one:f}" if isinstance(one, Decimal) else str(one) for one in limit]
    words = " to ".join(numbers) if operator == "between" else f"{operator.replace('>=', '≥').replace('<=', '≤')} {numbers[0]}"
    return f"{words} {unit}".strip()


def _compare_word(value: str | Quantity | None, operator: str) -> Compared:
    if value is None:
        return Compared(UNKNOWN, "", UNKNOWN)
    passing, failing = _MEANING[operator]
    word = " ".join(str(value).split()).casefold()
    if _range_of(value) is not None:
        remark = f"{value} is a number; {operator} compares the word reported, unless the method states its cut"
        return Compared(UNKNOWN, str(value), UNKNOWN, remark)
    verdict = PASS if word in passing else FAIL if word in failing else UNKNOWN
    remark = f"{value} is neither {operator} nor its opposite" if verdict == UNKNOWN else ""
    return Compared(verdict, str(value), verdict, remark)


def _verdict(found: Range, allowed: Range) -> str:
    if allowed.holds(found):
        return PASS
    return FAIL if allowed.misses(found) else UNKNOWN


def _point(number: Fraction) -> Range:
    return Range(number, number)


def _range_of(value: str | Quantity) -> Range | None:
    """The numbers that a result may be: <0.25 is all below; None for a word, and for what cannot be read."""
    if not isinstance(value, str):
        return _point(exact(value, "result"))
    found = read_result(value)
    number = usable(found.value)
    if number is None or found.problem:
        return None
    return allowed_range(found.operator, [number]) if found.operator else _point(number)


def _digits(value: str | Quantity) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value).strip()
