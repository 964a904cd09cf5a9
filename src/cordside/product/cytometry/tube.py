"""One tube counted: populations with Wilson intervals, the tests that become results, and the panel's verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np

from cordside.product.cytometry.events import Events
from cordside.product.cytometry.method import Method
from cordside.product.cytometry.naming import DOUBLE_NEGATIVE, dye_code, marker_code, negative, positive, quadrants
from cordside.product.cytometry.panel import ISCT, Judged, Row, judge, verdict_of
from cordside.product.cytometry.tree import GateTree, Held, evaluate
from cordside.product.wilson import wilson

ALL = "all events"
"""The parent of gates that have none."""


@dataclass(frozen=True, slots=True)
class Population:
    """Events of a gate, and what share of its parent they are. background: of the control, in percent, where it was asked for."""

    gate: str
    parent: str
    events: int
    of: int
    low: float | None
    high: float | None
    background: Fraction | None = None

    @property
    def percent(self) -> Fraction | None:
        """Percent of the parent, exactly; None where the parent holds no events."""
        return Fraction(100 * self.events, self.of) if self.of else None

    @property
    def judged(self) -> Fraction | None:
        """The percentage that limits are compared with: less the background where that was asked for, never below zero."""
        if self.percent is None or self.background is None:
            return self.percent
        return max(self.percent - self.background, Fraction(0))


@dataclass(frozen=True, slots=True)
class Test:
    """A population that is a result of its own: its test code, and how it was measured, in words."""

    code: str
    what: str
    population: Population


@dataclass(frozen=True)
class Tube:
    """What a tube came to. held: which events each gate holds."""

    populations: tuple[Population, ...]
    tests: tuple[Test, ...] = ()
    panel: tuple[Judged, ...] = ()
    held: Held = field(default_factory=dict)

    @property
    def verdict(self) -> str | None:
        """The panel's verdict; None where the recipe has no panel."""
        return verdict_of(self.panel) if self.panel else None

    def population(self, gate: str) -> Population:
        """The population of a gate."""
        return next(one for one in self.populations if one.gate == gate)


def count_gates(tree: GateTree, events: Events, level: Decimal = Decimal("0.95")) -> Tube:
    """Count every gate of a tree in a tube."""
    held = evaluate(tree, events)
    return Tube(tuple(_populations(tree, held, len(events), level, {})), held=held)


def count(method: Method, events: Events) -> Tube:
    """Count a tube by a method: its gates, its tests, and the verdict of its panel.

    The same events, controls and recipe give the same numbers, bit for bit.
    """
    held = evaluate(method.tree, events)
    populations = tuple(_populations(method.tree, held, len(events), method.recipe.level, _backgrounds(method)))
    tube = Tube(populations, held=held)
    tests = tuple(_tests(method, tube))
    return Tube(populations, tests, tuple(_panel(method, tube)), held)


def _populations(tree: GateTree, held: Held, total: int, level: Decimal, backgrounds: Mapping[str, Fraction | None]) -> list[Population]:
    counts = {name: int(np.count_nonzero(mask)) for name, mask in held.items()}
    found = []
    for gate in tree.gates:
        of = total if gate.parent is None else counts[gate.parent]
        low, high = wilson(counts[gate.id], of, level) if of else (None, None)
        found.append(Population(gate.id, gate.parent or ALL, counts[gate.id], of, low, high, backgrounds.get(gate.id)))
    return found


def _backgrounds(method: Method) -> dict[str, Fraction | None]:
    """For each marker whose threshold names a control, the share of the control that is positive, where it is to be subtracted."""
    recipe = method.recipe
    if not recipe.background_subtraction or recipe.markers is None:
        return {}
    kinds = {name: method.control_of(name) for name in recipe.markers.names}
    counted = {kind: count_gates(method.tree, method.controls[kind]) for kind in set(kinds.values()) if kind is not None}
    return {positive(name): counted[kind].population(positive(name)).percent for name, kind in kinds.items() if kind is not None}


def _tests(method: Method, tube: Tube) -> list[Test]:
    recipe = method.recipe
    found = [
        Test(marker_code(name), f"{name} positive of {recipe.markers.parent}", tube.population(positive(name)))
        for name in (recipe.markers.names if recipe.markers else [])
        if recipe.markers
    ]
    if part := recipe.viability:
        found.append(Test(dye_code(part.dye), f"{part.dye} negative of {part.parent}", tube.population(negative(part.dye))))
        if part.annexin:
            viable = quadrants(part.annexin, part.dye)[0]
            words = f"{part.annexin} and {part.dye} double negative of {part.parent}"
            found.append(Test(DOUBLE_NEGATIVE, words, tube.population(viable)))
    return found


def _panel(method: Method, tube: Tube) -> list[Judged]:
    recipe = method.recipe
    if recipe.panel is None or recipe.markers is None:
        return []
    own = [] if isinstance(recipe.panel, str) else recipe.panel
    rows = tuple(Row(one.marker, one.operator, tuple(one.limit), one.blocking) for one in own) or ISCT
    return judge(rows, {name: tube.population(positive(name)).judged for name in recipe.markers.names})
