"""Numbers as text: the one formatter. Nothing else rounds, and nothing rounds twice.

half_up writes a float with 12 significant digits, reads that text as a decimal and rounds half away from zero, so that
0.15 prints 0.2 as a reader expects; when more than nine digits will be printed it starts from the shortest text that
gives the float back. Integers, decimals and fractions are rounded as they are. printf rounds the binary value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from cordside.errors import CannotDo

Number = int | float | Decimal | Fraction


def rounded(value: Number, decimals: int, policy: str = "half_up") -> str:
    """A number with so many decimals; policy half_up or printf. A zero has no sign."""
    if policy == "printf":
        return _unsigned_zero(f"{float(value):.{decimals}f}")
    return _unsigned_zero(f"{_half_up(_exact(value, decimals), decimals):.{decimals}f}")


def percent(count: int, total: int, decimals: int = 1, policy: str = "half_up") -> str:
    """100 × count / total, from the exact fraction (23 of 40 is 58, though the float gives 57). An empty total is a dash."""
    if total == 0:
        return "-"
    share = Fraction(100 * count, total)
    return rounded(share if policy == "half_up" else float(share), decimals, policy)


def p_text(p: Number | None, style: str = "three", policy: str = "half_up") -> str:
    """A p value as a table prints it; a dash when there is none.

    style: three (3 decimals), sas (4 decimals), two_or_three (3 decimals below 0.01), no_leading_zero (the same without
    the 0), two_significant (at most 4 decimals), pilot_ae (3 decimals, prints 0.000: to reproduce a table only).
    But for sas and pilot_ae a guard adds digits until the text stands on the same side of 0.05 as p: 0.0496 is never 0.05.
    CannotDo for another style, and for a number that is no probability.
    """
    if p is None or p != p:
        return "-"
    if style not in P_STYLES:
        raise CannotDo(f"{style} is no style of p values; known are {', '.join(P_STYLES)}; choose one of them.")
    if not 0 <= p <= 1:
        raise CannotDo(f"{p} is no p value; it lies from 0 to 1.")
    found = P_STYLES[style]
    value = _exact(p, _SHORTEST)
    if value < Fraction(found.low):
        return f"<{found.shown(found.low)}"
    if value > Fraction(found.high):
        return f">{found.shown(found.high)}"
    return found.shown(_guarded(p, value, found.decimals(value), policy) if found.guard else rounded(p, found.decimals(value), policy))


def _guarded(p: Number, value: Fraction, decimals: int, policy: str) -> str:
    texts = (rounded(p, places, policy) for places in range(decimals, _SHORTEST))
    return next((text for text in texts if (Fraction(text) < _ALPHA) == (value < _ALPHA)), f"{p}")


def _two_significant(value: Fraction) -> int:
    """Decimals that show two significant digits, at most 4, also where rounding carries into the next digit (0.0996 is 0.10)."""
    fewest = next((places for places in range(2, 5) if Fraction(rounded(value, places)) * 10 ** (places - 1) >= 1), 4)
    return min(fewest, 4)


@dataclass(frozen=True, slots=True)
class PStyle:
    """How p values are printed: below `low` and above `high` only the bound; the texts of the bounds as they print."""

    decimals: Callable[[Fraction], int]
    low: str
    high: str
    guard: bool = True
    leading_zero: bool = True

    def shown(self, text: str) -> str:
        """The text with or without the zero before the point."""
        return text if self.leading_zero else text.removeprefix("0")


P_STYLES = {
    "three": PStyle(lambda _: 3, "0.001", "0.999"),
    "sas": PStyle(lambda _: 4, ".0001", "1", guard=False),
    "two_or_three": PStyle(lambda value: 3 if value < Fraction(1, 100) else 2, "0.001", "0.99"),
    "no_leading_zero": PStyle(lambda value: 3 if value < Fraction(1, 100) else 2, "0.001", "0.99", leading_zero=False),
    "two_significant": PStyle(_two_significant, "0.0001", "0.99"),
    "pilot_ae": PStyle(lambda _: 3, "0", ".99", guard=False),
}
"""Styles of p values by name; journals are close to two_or_three (NEJM), no_leading_zero (JAMA), two_significant (Lancet)."""

_ALPHA = Fraction(1, 20)
_SHORTEST = 400


def _exact(value: Number, decimals: int) -> Fraction:
    if not isinstance(value, float):
        return Fraction(value)
    before_point = len(str(abs(int(value))))
    return Fraction(Decimal(str(value) if before_point + decimals > 9 else f"{value:.12g}"))


def _half_up(value: Fraction, decimals: int) -> Decimal:
    scaled = value * 10**decimals
    whole = (abs(scaled) + Fraction(1, 2)).__floor__()
    with localcontext() as context:
        context.prec = max(28, len(str(whole)) + decimals + 2)
        return (Decimal(whole) * (-1 if scaled < 0 else 1)).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _unsigned_zero(text: str) -> str:
    return text.lstrip("-") if text.startswith("-") and not text.strip("-0.") else text


def decimals_of(texts: list[str]) -> int:
    """The largest number of decimals among collected numbers: the precision at which they were recorded."""
    return max((len(text.partition(".")[2]) for text in texts if "." in text), default=0)
