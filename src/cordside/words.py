"""Numbers as text: the one formatter. Nothing else rounds, and nothing rounds twice.

half_up writes a float with 12 significant digits, reads that text as a decimal and rounds half away from zero, so that
0.15 prints 0.2 as a reader expects; when more than nine digits will be printed it starts from the shortest text that
gives the float back. Integers, decimals and fractions are rounded as they are. printf rounds the binary value.
"""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

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


def _exact(value: Number, decimals: int) -> Fraction:
    if not isinstance(value, float):
        return Fraction(value)
    before_point = len(str(abs(int(value))))
    return Fraction(Decimal(repr(value) if before_point + decimals > 9 else f"{value:.12g}"))


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
