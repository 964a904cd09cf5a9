"""One row of a before/after table, rebuilt: margins, then the pairing that prints the P."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from cordside.appraisal.printed import Printed
from cordside.appraisal.rebuild.margins import Steps, draw_quartiles, with_sum
from cordside.appraisal.rebuild.moments import draw_moments
from cordside.appraisal.rebuild.pairing import PWindow, pair, paired_p, products_window
from cordside.appraisal.rebuild.seeds import between
from cordside.appraisal.rebuild.wanted import QUARTILES, Wanted

_ALPHA = 0.05
_STEEP = 10.0
_AS_DRAWN = 40
"""So many margins are taken as they are drawn; later ones are moved to where their P can be printed."""

MOST_MARGINS = 300
"""How often margins are drawn anew before a seed counts as failed."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Values before and after in whole recording steps; the first of both lists are of the same patients."""

    before: Steps
    after: Steps

    @property
    def both(self) -> tuple[Steps, Steps]:
        """The values of the patients who have both."""
        pairs = min(len(self.before), len(self.after))
        return self.before[:pairs], self.after[:pairs]

    @property
    def changes(self) -> Steps:
        """After minus before, of the patients who have both."""
        before, after = self.both
        return after - before


def draw(wanted: Wanted, n: int, definition: str, rng: np.random.Generator) -> Steps | None:
    """n values that print the summary, in any order; None where this draw cannot be mended."""
    return draw_quartiles(wanted, n, definition, rng) if wanted.kind == QUARTILES else draw_moments(wanted, n, rng)


def draw_shuffled(wanted: Wanted, n: int, definition: str, rng: np.random.Generator, tries: int = MOST_MARGINS) -> Steps | None:
    """n values that print the summary, dealt out at random; None where the search fails."""
    for _ in range(tries):
        values = draw(wanted, n, definition, rng)
        if values is not None:
            return values[np.argsort(rng.random(n), kind="stable")]
    return None


def draw_pairs(
    before: Wanted, after: Wanted, n: tuple[int, int], p: PWindow | None, definition: str, rng: np.random.Generator, tries: int
) -> Pairs | None:
    """Values that print both summaries, in pairs whose ordinary paired t test prints the P; None where the search fails.

    n: patients with a value before, and after. p: None where no P of a paired t test is printed; the correlation is then any.
    """
    for turn in range(tries):
        first, second = draw(before, n[0], definition, rng), draw(after, n[1], definition, rng)
        if first is None or second is None:
            continue
        if turn >= _AS_DRAWN and p is not None and after.kind == QUARTILES and n[0] == n[1]:
            second = _within_reach(first, second, after, p, definition, rng)
        found = _paired(first[np.argsort(rng.random(n[0]), kind="stable")], second[np.argsort(rng.random(n[1]), kind="stable")], p, rng)
        if found is not None:
            return found
    return None


def _within_reach(first: Steps, second: Steps, after: Wanted, p: PWindow, definition: str, rng: np.random.Generator) -> Steps:
    """The values after, moved between their quartiles so that a usual correlation would print the P; as they are where they cannot be."""
    n = len(first)
    spread = math.sqrt(float(first.var(ddof=1) + second.var(ddof=1)) * between(rng, 0.2, 1.6)) if n > 1 else 0.0
    t = -float(special.stdtrit(n - 1, between(rng, p.low, p.high) / 2)) if n > 1 else 0.0
    change = math.copysign(min(t, _STEEP) * spread * math.sqrt(n), int(second.sum()) - int(first.sum()))
    moved = with_sum(second, int(first.sum()) + round(change), after, definition, rng)
    return second if moved is None else moved


def _paired(first: Steps, second: Steps, p: PWindow | None, rng: np.random.Generator) -> Pairs | None:
    """The values in pairs; those without a partner, where one side has more, come last."""
    pairs = min(len(first), len(second))
    window = products_window(first[:pairs], second[:pairs], p) if p else (-np.inf, np.inf)
    paired = pair(first[:pairs], second[:pairs], window, rng)
    if paired is None or (p is not None and not p.holds(paired_p(first[:pairs], paired))):
        return None
    return Pairs(first, np.concatenate([paired, second[pairs:]]))


def p_window(p: Printed) -> PWindow:
    """P values that print so; beside a printed 0.05 only those on its side, because 0.0496 is never printed so."""
    low, high = float(p.lo), float(p.hi)
    if p.relation == "=" and low < _ALPHA < high:
        return PWindow(_ALPHA, high) if p.value >= 1 / 20 else PWindow(low, _ALPHA)
    return PWindow(low, high)
