"""Axes as a cytometrist reads them: decades on a logicle scale, thousands on a plain one; all places are on the scale."""

import math
from dataclasses import dataclass

import numpy as np

from cordside.product.cytometry.events import Values
from cordside.product.cytometry.scales import place_of
from cordside.product.cytometry.transforms import Linear, Transform

_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_APART = 0.055
"""Ticks nearer than this part of the axis to the zero are left out."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its label, the places at its ends, ticks with labels, and ticks without."""

    label: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    minor: tuple[float, ...] = ()


def axis_of(label: str, scale: Transform | None, places: Values, bounds: tuple[float, ...], room: float = 0.06) -> Axis:
    """An axis that shows the events but for the outermost, and every bound (places of gates); room: part left free at each end."""
    shown = places[np.isfinite(places)]
    low, high = (float(one) for one in np.quantile(shown, (0.001, 0.999))) if len(shown) else (0.0, 1.0)
    low, high = min([low, *bounds]), max([high, *bounds])
    free = room * (high - low) or 0.5
    low, high = low - free, high + free
    if scale is None or isinstance(scale, Linear):
        low = max(low, 0.0) if low + free >= 0 else low
        return Axis(label, low, high, tuple(_plain_ticks(scale, low, high)))
    return Axis(label, low, high, *_decades(scale, low, high))


def _plain_ticks(scale: Transform | None, low: float, high: float) -> list[tuple[float, str]]:
    first, last = (low, high) if scale is None else (scale.invert(low), scale.invert(high))
    rough = (last - first) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(size * unit for size in (1, 2, 5, 10) if size * unit >= rough)
    values = [number * step for number in range(math.ceil(first / step), math.floor(last / step) + 1)]
    return [(place_of(scale, value), _plain(value)) for value in values]


def _plain(value: float) -> str:
    number = f"{value / 1000:g}k" if abs(value) >= 1000 else f"{value:g}"
    return number.replace("-", "−")


def _decades(scale: Transform, low: float, high: float) -> tuple[tuple[tuple[float, str], ...], tuple[float, ...]]:
    """Powers of ten with labels, their multiples without, as far as they stand apart from the zero."""
    zero = place_of(scale, 0.0)
    apart = _APART * (high - low) if math.isfinite(zero) else -math.inf
    powers = [sign * 10.0**power for sign in (-1, 1) for power in range(-2, 8)]
    main = [(place_of(scale, value), _power(value)) for value in powers]
    main = [(place, label) for place, label in main if low <= place <= high and not abs(place - zero) < 2 * apart]
    if low <= zero <= high:
        main.append((zero, "0"))
    between = [place_of(scale, value * times) for value in powers for times in range(2, 10)]
    minor = [place for place in between if low <= place <= high and not abs(place - zero) < apart]
    return tuple(sorted(main)), tuple(sorted(minor))


def _power(value: float) -> str:
    power = round(math.log10(abs(value)))
    return ("−" if value < 0 else "") + "10" + ("⁻" if power < 0 else "") + str(abs(power)).translate(_SMALL)
