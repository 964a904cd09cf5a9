"""One generator a row, so that the same seed gives the same rows on any machine, whatever else is rebuilt beside it."""

from hashlib import sha256

import numpy as np


def generator(*parts: object) -> np.random.Generator:
    """A generator seeded from its parts, such as study, row, quartile definition and seed.

    The stream is PCG64's, of which the rebuild uses uniform numbers alone: NumPy may change its other distributions.
    """
    digest = sha256("\0".join(map(str, parts)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """A uniform number from low to high."""
    return low + (high - low) * float(rng.random())


def pick(rng: np.random.Generator, n: int) -> int:
    """A whole number from 0 to n - 1."""
    return min(int(rng.random() * n), n - 1)


def shuffled(rng: np.random.Generator, n: int) -> list[int]:
    """The numbers 0 to n - 1 in random order."""
    return [int(place) for place in np.argsort(rng.random(n), kind="stable")]
