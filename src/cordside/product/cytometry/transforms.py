"""Scales on which gates are drawn, as Gating-ML 2.0 defines them (section 6), and the value at which a scale reaches a bound.

Every one of them rises strictly. So `scale(x) >= bound` is the same as `x >= value_at(scale, bound)`: a range or rectangle needs
no event transformed.
"""

import math
import struct
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from flowutils import transforms as flowutils

from cordside.product.cytometry.events import Values

_LN10 = math.log(10)
_LARGEST = 1e37


class Transform(Hashable, Protocol):
    """A scale: values → places, and a place → a value near the one that has it."""

    def apply(self, values: Values) -> Values:
        """Places of values on the scale."""

    def invert(self, place: float) -> float:
        """The value at a place, to about twelve digits."""


@dataclass(frozen=True, slots=True)
class Linear:
    """flin: (x + A) / (T + A)."""

    top: float
    below: float = 0.0

    def apply(self, values: Values) -> Values:
        """Places of values on the scale."""
        return (values + self.below) / (self.top + self.below)

    def invert(self, place: float) -> float:
        """The value at a place."""
        return place * (self.top + self.below) - self.below


@dataclass(frozen=True, slots=True)
class Log:
    """flog: log10(x / T) / M + 1, defined above zero."""

    top: float
    decades: float

    def apply(self, values: Values) -> Values:
        """Places of values on the scale; no number below zero."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return 1.0 / self.decades * np.log10(values / self.top) + 1.0

    def invert(self, place: float) -> float:
        """The value at a place."""
        return _finite(lambda: self.top * 10 ** ((place - 1) * self.decades))


@dataclass(frozen=True, slots=True)
class Asinh:
    """fasinh: (asinh(x sinh(M ln 10) / T) + A ln 10) / ((M + A) ln 10)."""

    top: float
    decades: float
    below: float = 0.0

    def apply(self, values: Values) -> Values:
        """Places of values on the scale."""
        steep = np.sinh(self.decades * _LN10) / self.top
        return (np.arcsinh(values * steep) + self.below * _LN10) / ((self.decades + self.below) * _LN10)

    def invert(self, place: float) -> float:
        """The value at a place."""
        steep = math.sinh(self.decades * _LN10) / self.top
        return _finite(lambda: math.sinh(place * (self.decades + self.below) * _LN10 - self.below * _LN10) / steep)


@dataclass(frozen=True, slots=True)
class Logicle:
    """logicle, exact. Source: Moore and Parks, Cytometry A 2012;81A:273–277."""

    top: float = 262144.0
    width: float = 0.5
    decades: float = 4.5
    below: float = 0.0

    def apply(self, values: Values) -> Values:
        """Places of values on the scale."""
        return _solved(flowutils.logicle, values, (self.top, self.decades, self.width, self.below))

    def invert(self, place: float) -> float:
        """The value at a place."""
        return float(flowutils.logicle_inverse(np.array([place]), None, self.top, self.decades, self.width, self.below)[0])


@dataclass(frozen=True, slots=True)
class Hyperlog:
    """hyperlog, exact. Source: Bagwell, Cytometry A 2005;64A:34–42."""

    top: float = 262144.0
    width: float = 0.5
    decades: float = 4.5
    below: float = 0.0

    def apply(self, values: Values) -> Values:
        """Places of values on the scale."""
        return _solved(flowutils.hyperlog, values, (self.top, self.decades, self.width, self.below))

    def invert(self, place: float) -> float:
        """The value at a place."""
        return float(flowutils.hyperlog_inverse(np.array([place]), None, self.top, self.decades, self.width, self.below)[0])


@dataclass(frozen=True, slots=True)
class Bounded:
    """A scale whose places end at two bounds (Gating-ML's boundMin and boundMax)."""

    scale: Transform
    low: float = -math.inf
    high: float = math.inf

    def apply(self, values: Values) -> Values:
        """Places of values on the scale."""
        return np.clip(self.scale.apply(values), self.low, self.high)

    def invert(self, place: float) -> float:
        """The value at a place."""
        return self.scale.invert(place)


def _solved(scale: Callable[..., Values], values: Values, parts: tuple[float, float, float, float]) -> Values:
    """Places by flowutils, whose root finding gives up beyond the largest single-precision number and on what is no number."""
    places = scale(np.clip(values, -_LARGEST, _LARGEST), None, *parts)
    return np.where(np.isnan(values), np.nan, places)


def _finite(compute: Callable[[], float]) -> float:
    try:
        return float(compute())
    except OverflowError:
        return math.inf


@cache
def value_at(scale: Transform, bound: float) -> float:
    """The smallest double that the scale puts at or above the bound: an event is at or above the bound when its value is at or above this.

    Infinite when every value, or none, is. Found by bisection over the doubles, so that it agrees with the scale to the last digit.
    """
    low, high = _key(-_LARGEST), _key(_LARGEST)
    if _reaches(scale, _value(low), bound):
        return -math.inf
    if not _reaches(scale, _value(high), bound):
        return math.inf
    low, high = _narrowed(scale, bound, low, high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _reaches(scale, _value(middle), bound) else (middle, high)
    return _value(high)


def _narrowed(scale: Transform, bound: float, low: int, high: int) -> tuple[int, int]:
    """A bracket around the analytic inverse, where it holds; else the one given."""
    guess = scale.invert(bound)
    if not math.isfinite(guess):
        return low, high
    room = abs(guess) * 1e-6 + 1e-6
    near, far = _key(guess - room), _key(guess + room)
    sound = not _reaches(scale, _value(near), bound) and _reaches(scale, _value(far), bound)
    return (near, far) if sound else (low, high)


def _reaches(scale: Transform, value: float, bound: float) -> bool:
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(scale.apply(np.array([value]))[0] >= bound)


def _key(value: float) -> int:
    """Doubles as whole numbers in the same order."""
    bits: int = struct.unpack("<q", struct.pack("<d", value))[0]
    return bits if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)


def _value(key: int) -> float:
    bits = key if key >= 0 else -key | -0x8000000000000000
    return float(struct.unpack("<d", struct.pack("<q", bits))[0])
