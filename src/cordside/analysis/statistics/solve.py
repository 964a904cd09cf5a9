"""The place where a monotone function changes its sign, to the last digits of a float."""

from collections.abc import Callable

_STEPS = 200


def crossing(function: Callable[[float], float], low: float, high: float) -> float:
    """x between low and high where a function that is positive at low and negative at high (or the reverse) is zero.

    Where the sign does not change, the end whose value is nearer to zero. Source: bisection.
    """
    at_low, at_high = function(low), function(high)
    if (at_low > 0) == (at_high > 0):
        return low if abs(at_low) <= abs(at_high) else high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (function(middle) > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2
