"""The weight a dose is counted by: actual, predicted from height and sex, or capped."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.numbers import Quantity, exact, positive

ACTUAL, PREDICTED, CAPPED = "actual", "predicted", "capped"

_AT_BASE = {"M": Fraction(50), "F": Fraction("45.5")}
_BASE_CM, _KG_PER_CM = Fraction("152.4"), Fraction("0.91")
_HEIGHTS_CM = (120, 250)
_ADULT_YEARS = 18


def predicted_weight(sex: str, height_cm: Quantity, age_years: Quantity | None = None) -> Fraction:
    """Predicted body weight in kg; sex: M or F; age_years: where it is known, it must be an adult's.

    Men 50 + 0.91 (cm − 152.4), women 45.5 + 0.91 (cm − 152.4). Source: ARDS Network, for adults only (doi 10.1186/s12890-017-0427-1).
    A man of 175 cm: 70.566 kg. CannotDo for another sex, a child, and a height that no adult has.
    """
    height = exact(height_cm, "height")
    if sex not in _AT_BASE:
        raise CannotDo(f"predicted body weight: sex {sex or 'not recorded'}; M or F is needed; record the sex, or dose by actual weight.")
    if not _HEIGHTS_CM[0] <= height <= _HEIGHTS_CM[1]:
        raise CannotDo(f"predicted body weight: a height of {height_cm} cm; adults have 120 to 250 cm; check the height and its unit.")
    if age_years is not None and exact(age_years, "age") < _ADULT_YEARS:
        raise CannotDo(f"predicted body weight: aged {age_years} years; the formula is for adults only; dose by actual weight.")
    return _AT_BASE[sex] + _KG_PER_CM * (height - _BASE_CM)


def capped_weight(weight_kg: Quantity, cap_kg: Quantity | None) -> tuple[Fraction, bool]:
    """The weight a dose is counted by, and whether the cap decided it."""
    weight = positive(weight_kg, "weight")
    if cap_kg is None or weight <= positive(cap_kg, "largest weight"):
        return weight, False
    return exact(cap_kg, "largest weight"), True


def is_too_old(weighed: date, at: date, days: int | None) -> bool:
    """Whether a weight is older than the protocol allows (None: no rule); the last day allowed is allowed."""
    return days is not None and (at - weighed).days > days


def kind_words(rule: str, capped: bool, cap_kg: Decimal | None = None) -> str:
    """Which weight a dose is counted by, as printed."""
    kind = PREDICTED if rule == "per_kg_pbw" else ACTUAL
    return f"{kind}, {CAPPED} at {cap_kg} kg" if capped else kind
