"""The interval of a percentage of events."""

from decimal import Decimal
from math import sqrt
from statistics import NormalDist

from cordside.errors import CannotDo
from cordside.product.numbers import Quantity, exact, whole


def wilson(positive: int, events: int, level: Quantity = Decimal("0.95")) -> tuple[float, float]:
    """Wilson's interval of positive / events, in percent; events: those of the parent gate.

    Without events nothing is known: 0 to 100. Source: Wilson 1927, without continuity correction. 9,500 of 10,000: 94.555 to 95.410.
    """
    found, total = whole(positive, "positive events"), whole(events, "events")
    if found > total or not 0 < exact(level, "level") < 1:
        raise CannotDo(f"interval of {found} of {total} at level {level}: at most all are positive, and a level lies between 0 and 1.")
    if not total:
        return 0.0, 100.0
    z = NormalDist().inv_cdf((1 + float(level)) / 2)
    share, spread = found / total, z * z / total
    centre, half = share + spread / 2, z * sqrt(share * (1 - share) / total + spread / (4 * total))
    # At 0 and at all of them the limit is known; the float beside it would only be near.
    low = 0.0 if not found else 100 * (centre - half) / (1 + spread)
    high = 100.0 if found == total else 100 * (centre + half) / (1 + spread)
    return low, high
