"""What one infusion must not exceed: volume, rate, DMSO, endotoxin. Every cap is closed: exactly the cap is allowed."""

from decimal import Decimal
from fractions import Fraction

from cordside.product.numbers import UL_PER_ML, Quantity, as_decimal, not_negative, positive, share, whole
from cordside.product.refusals import Refusal

DMSO_DENSITY = Decimal("1.10")
"""g/mL at 20 °C by the maker's data (1.0955 at 25 °C); used where the protocol gives none, and printed with the result."""


def dmso_g(percent: Quantity, volume_ul: int, density: Quantity = DMSO_DENSITY) -> Fraction:
    """Grams of DMSO in a volume of product; percent: volume in volume; density in g/mL. 28 mL of 10 %: 3.08 g."""
    return share(percent, "DMSO") * _ml(volume_ul) * positive(density, "density of DMSO")


def largest_volume_ml(percent: Quantity, weight_kg: Quantity, cap_g_per_kg: Quantity, density: Quantity = DMSO_DENSITY) -> Fraction | None:
    """mL of product at which the cap on DMSO is reached; None where there is no DMSO. 10 %, 70 kg, 1 g/kg: 636.36 mL."""
    per_ml = share(percent, "DMSO") * positive(density, "density of DMSO")
    return positive(cap_g_per_kg, "cap") * positive(weight_kg, "weight") / per_ml if per_ml else None


def endotoxin_per_kg(eu_per_ml: Quantity, volume_ul: int, weight_kg: Quantity) -> Fraction:
    """EU per kg of body weight in one infusion. 0.5 EU/mL, 100 mL, 70 kg: 0.714."""
    return not_negative(eu_per_ml, "endotoxin") * _ml(volume_ul) / positive(weight_kg, "weight")


def hours_counted(minutes: Quantity | None) -> Fraction:
    """Hours over which endotoxin is spread: at least one, because a short infusion is not scaled up. One hour where none is planned."""
    return Fraction(1) if minutes is None else max(Fraction(1), positive(minutes, "duration") / 60)


def endotoxin_limit(k: Quantity, volume_ul: int, weight_kg: Quantity, minutes: Quantity | None = None) -> Fraction:
    """Highest endotoxin of a product in EU/mL: K / M, M being mL per kg in one hour. Source: USP <85>.

    k: EU per kg and hour (5; intrathecal 0.2). 100 mL to 70 kg within an hour: 3.5 EU/mL.
    """
    per_hour = positive(_ml(volume_ul), "volume") / positive(weight_kg, "weight") / hours_counted(minutes)
    return positive(k, "K") / per_hour


def rate(volume_ul: int, minutes: Quantity) -> Fraction:
    """mL per minute: 300 mL in 80 minutes are 3.75."""
    return positive(_ml(volume_ul), "volume") / positive(minutes, "duration")


def over_volume(where: str, volume_ul: int, cap_ml: Quantity | None) -> list[Refusal]:
    """over_volume_cap where a volume exceeds its cap (None: no cap)."""
    remedy = "concentrate the cells, or plan the dose in parts by an amended order"
    return _over("over_volume_cap", where, _ml(volume_ul), cap_ml, "mL", remedy)


def over_rate(where: str, volume_ul: int, minutes: Quantity, cap: Quantity | None) -> list[Refusal]:
    """over_rate_cap where a volume in so many minutes is faster than its cap."""
    slowest = "" if cap is None else f"plan at least {as_decimal(-(-_ml(volume_ul) // positive(cap, 'cap')), 0)} minutes"
    return _over("over_rate_cap", where, rate(volume_ul, minutes), cap, "mL/min", slowest)


def over_dmso(where: str, grams: Quantity, weight_kg: Quantity, cap: Quantity | None) -> list[Refusal]:
    """over_dmso_cap where the grams per kg exceed their cap."""
    per_kg = not_negative(grams, "DMSO") / positive(weight_kg, "weight")
    return _over("over_dmso_cap", where, per_kg, cap, "g DMSO/kg", "wash the cells, or take a container with less DMSO")


def over_endotoxin(where: str, eu_per_kg: Quantity, minutes: Quantity | None, cap: Quantity | None) -> list[Refusal]:
    """over_endotoxin_cap where EU per kg and hour exceed their cap; minutes: planned duration."""
    per_hour = not_negative(eu_per_kg, "endotoxin") / hours_counted(minutes)
    return _over("over_endotoxin_cap", where, per_hour, cap, "EU/kg/h", "take a container with less endotoxin, or give less volume")


def _over(code: str, where: str, value: Fraction, cap: Quantity | None, unit: str, remedy: str) -> list[Refusal]:
    if cap is None or value <= positive(cap, "cap"):
        return []
    return [Refusal(code, f"{where}: {as_decimal(value)} {unit} is over the cap", f"at most {as_decimal(cap)} {unit}", remedy)]


def _ml(volume_ul: int) -> Fraction:
    return Fraction(whole(volume_ul, "volume in microlitres"), UL_PER_ML)
