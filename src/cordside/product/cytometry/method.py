"""A recipe and its controls → gates with numbers: percentiles of controls become bounds, in the order in which gates need them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from cordside.errors import CannotDo
from cordside.product.cytometry.columns import FROM_FILE, UNCOMPENSATED, Columns, Dimension, Ratio, names_of
from cordside.product.cytometry.compensation import Spillover
from cordside.product.cytometry.events import Events
from cordside.product.cytometry.gates import Box, Gate, Polygon, Side
from cordside.product.cytometry.naming import negative, positive, quadrants
from cordside.product.cytometry.scales import place_of, scale_of
from cordside.product.cytometry.tree import GateTree, evaluate, values_of
from cordside.product.recipe import Drawn, GatePart, Recipe
from cordside.product.recipecheck import serves

QUANTILE = "type-7"
"""The definition of a control's percentile: linear between the two nearest events."""
_OWN = "recipe"


@dataclass(frozen=True, slots=True)
class Bound:
    """Where positive begins for a dye in a gate. control: its kind, where a percentile set the value."""

    dye: str
    parent: str | None
    value: float
    control: str = ""
    percentile: str = ""
    events: int = 0


@dataclass
class Method:
    """A recipe applied to its controls.

    controls: events by kind, as the recipe or the caller names them. Afterwards `tree` holds gates with numbers only, `bounds` what
    the thresholds came to.
    """

    recipe: Recipe
    controls: Mapping[str, Events] = field(default_factory=dict)
    bounds: dict[tuple[str, str | None], Bound] = field(default_factory=dict)

    @cached_property
    def tree(self) -> GateTree:
        """All gates; CannotDo when a control is missing or lacks a channel."""
        made: list[Gate] = []
        for part in self.recipe.gates:
            made += self._gate(part, made)
        if self.recipe.viability:
            made += self._viability(made)
        if self.recipe.markers:
            for name in self.recipe.markers.names:
                made.append(self._marker(name, self.recipe.markers.parent, made))
        return self._tree(made)

    def control_of(self, dye: str) -> str | None:
        """The kind of control that serves a dye: its own (fmo:CD73) before the common one (fmo); None where it needs none."""
        threshold = self.recipe.thresholds[dye]
        kinds = [kind for kind in self.controls if serves(kind, dye, threshold)]
        return max(kinds, key=len, default=None)

    def dimension(self, name: str, drawn: bool = True) -> Dimension:
        """What a gate on a channel looks at; drawn: on the scale of its axis."""
        channel = self.recipe.stands_for(name)
        return Dimension(channel, self._compensation, scale_of(self.recipe, name) if drawn else None)

    @property
    def _compensation(self) -> str:
        known = self.recipe.compensation
        return {"file": FROM_FILE, "none": UNCOMPENSATED}[known] if isinstance(known, str) else _OWN

    def _tree(self, gates: Sequence[Gate]) -> GateTree:
        known = self.recipe.compensation
        if isinstance(known, str):
            return GateTree(tuple(gates))
        channels = tuple(self.recipe.stands_for(name) for name in known.channels)
        return GateTree(tuple(gates), {_OWN: Spillover(channels, channels, tuple(map(tuple, known.matrix)))})

    def _gate(self, part: GatePart, made: list[Gate]) -> list[Gate]:
        if part.polygon is not None:
            return [self._polygon(part.id, part.parent, part.polygon)]
        if part.quotient is not None:
            one = part.quotient
            ratio = Ratio(self.recipe.stands_for(one.of), self.recipe.stands_for(one.by))
            return [Box(part.id, part.parent, (Side(Dimension(ratio, self._compensation), one.low, one.high),))]
        if part.box is not None:
            return [Box(part.id, part.parent, tuple(self._side(name, low, high) for name, (low, high) in part.box.items()))]
        return self._stained(part, made)

    def _stained(self, part: GatePart, made: list[Gate]) -> list[Gate]:
        """What is negative for some dyes and positive for others; a drawn polygon counts as positive."""
        drawn = [name for name in (part.negative or []) + (part.positive or []) if self.recipe.thresholds[name].polygon is not None]
        if drawn:
            raise CannotDo(f"{part.id}: {drawn[0]} has a drawn threshold, which a gate cannot use; give the gate a polygon of its own.")
        sides = [self._side(name, None, self.bound(name, part.parent, made).value) for name in part.negative or []]
        sides += [self._side(name, self.bound(name, part.parent, made).value, None) for name in part.positive or []]
        return [Box(part.id, part.parent, tuple(sides))]

    def _side(self, name: str, low: float | None, high: float | None) -> Side:
        return Side(self.dimension(name, drawn=False), low, high)

    def _polygon(self, gate: str, parent: str | None, drawn: Drawn) -> Polygon:
        x, y = self.dimension(drawn.x), self.dimension(drawn.y)
        return Polygon(gate, parent, x, y, tuple((place_of(x.scale, one), place_of(y.scale, other)) for one, other in drawn.points))

    def _marker(self, name: str, parent: str, made: list[Gate]) -> Gate:
        drawn = self.recipe.thresholds[name].polygon
        if drawn is not None:
            return self._polygon(positive(name), parent, drawn)
        return Box(positive(name), parent, (self._side(name, self.bound(name, parent, made).value, None),))

    def _viability(self, made: list[Gate]) -> list[Gate]:
        part = self.recipe.viability
        if part is None:
            return []
        dye = self.bound(part.dye, part.parent, made).value
        gates: list[Gate] = [Box(negative(part.dye), part.parent, (self._side(part.dye, None, dye),))]
        if part.annexin is not None:
            cut = self.bound(part.annexin, part.parent, made).value
            left, right = self._side(part.annexin, None, cut), self._side(part.annexin, cut, None)
            below, above = self._side(part.dye, None, dye), self._side(part.dye, dye, None)
            corners = ((left, below), (right, below), (right, above), (left, above))
            names = quadrants(part.annexin, part.dye)
            gates += [Box(name, part.parent, sides) for name, sides in zip(names, corners, strict=True)]
        return gates

    def bound(self, dye: str, parent: str | None, made: Sequence[Gate]) -> Bound:
        """Where positive begins for a dye in a gate; percentiles are taken of the control's events in the same gate."""
        if (dye, parent) not in self.bounds:
            fixed = self.recipe.thresholds[dye].fixed
            self.bounds[dye, parent] = self._percentile(dye, parent, made) if fixed is None else Bound(dye, parent, fixed)
        return self.bounds[dye, parent]

    def _percentile(self, dye: str, parent: str | None, made: Sequence[Gate]) -> Bound:
        threshold, kind = self.recipe.thresholds[dye], self.control_of(dye)
        if kind is None or threshold.percentile is None:
            raise CannotDo(f"{dye}: its threshold needs the control {threshold.control}; add --control {threshold.control}=FILE.")
        events, tree = self.controls[kind], self._tree(made)
        try:
            mask = None if parent is None else evaluate(tree.above(parent), events)[parent]
            values = values_of(tree, events, self.dimension(dye, drawn=False), mask)
        except CannotDo as error:
            raise CannotDo(f"control {kind}: {error}") from None
        values = values[np.isfinite(values)]
        if not len(values):
            raise CannotDo(f"control {kind}: no event in {parent or 'the tube'}; nothing to take a percentile of; check gates and control.")
        value = float(np.quantile(values, float(threshold.percentile) / 100, method="linear"))
        return Bound(dye, parent, value, kind, f"{threshold.percentile:f}", len(values))


def missing_controls(recipe: Recipe, kinds: Sequence[str]) -> list[str]:
    """Controls that the recipe needs and that are not among the kinds given."""
    needed = [(name, one) for name, one in recipe.thresholds.items() if one.control is not None]
    return list(dict.fromkeys(str(one.control) for name, one in needed if not any(serves(kind, name, one) for kind in kinds)))


def unknown_controls(recipe: Recipe, kinds: Sequence[str]) -> list[str]:
    """Controls given that no threshold of the recipe uses."""
    return [kind for kind in kinds if not any(serves(kind, name, one) for name, one in recipe.thresholds.items())]


def missing_channels(method: Method, events: Events) -> list[str]:
    """What a tube lacks, one line a name, before any gate is judged."""
    columns, faults = Columns(events, method.tree.matrices), []
    for gate in method.tree.gates:
        for dimension in gate.dimensions:
            for name in names_of(dimension):
                try:
                    columns.check(Dimension(name, dimension.compensation))
                except CannotDo as error:
                    faults.append(str(error))
    return list(dict.fromkeys(faults))
