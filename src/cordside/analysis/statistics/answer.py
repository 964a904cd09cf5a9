"""What every statistic answers: a number or several, how it was made, and why it could not be."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One statistic.

    estimate, low, high: the number and its interval at `level` (a fraction: 0.95); statistic, df, p: of a test; n: values or
    pairs used; n_missing: left out; method, convention: in the words a footnote prints; extra: further numbers by name.
    A statistic that cannot be computed has its reason in `error` and no numbers; one that can mislead has a `warning`.
    """

    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    statistic: float | None = None
    df: float | None = None
    p: float | None = None
    n: int | None = None
    n_missing: int | None = None
    method: str = ""
    convention: str = ""
    extra: Mapping[str, float | None] = field(default_factory=dict)
    warning: str = ""
    error: str = ""

    def __post_init__(self) -> None:
        for name in ("estimate", "low", "high", "statistic", "df", "p"):
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                object.__setattr__(self, name, None)
                object.__setattr__(self, "warning", self.warning or f"the {name} is not a finite number")
