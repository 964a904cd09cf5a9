"""A tree of gates, and which events of a tube each of them holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

import numpy as np

from cordside.errors import CannotDo
from cordside.product.cytometry.blocks import Block
from cordside.product.cytometry.columns import Columns, Dimension
from cordside.product.cytometry.compensation import Spillover
from cordside.product.cytometry.events import Events, Mask, Values
from cordside.product.cytometry.gates import Boolean, Gate, Operand

Held = dict[str, Mask]
"""For each gate, by its id, which events it holds."""


@dataclass(frozen=True)
class GateTree:
    """Gates in the order in which they were declared, and the compensations that they name.

    CannotDo when an id stands twice, a parent or operand is not there, or gates wait for one another.
    """

    gates: tuple[Gate, ...]
    matrices: Mapping[str, Spillover] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = [gate.id for gate in self.gates]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise CannotDo(f"{twice[0]}: two gates have this id; give each its own.")
        for gate in self.gates:
            for name in _needs(gate):
                if name not in ids:
                    words = f"refers to {name}, which is no gate with events"
                    raise CannotDo(f"{gate.id}: {words}; gates are {', '.join(ids)}; name one of them.")
        self.order  # noqa: B018 - gates that wait for one another are found here

    @cached_property
    def order(self) -> tuple[Gate, ...]:
        """Gates so that each comes after those it needs."""
        known = {gate.id: gate for gate in self.gates}
        try:
            return tuple(known[name] for name in TopologicalSorter({gate.id: _needs(gate) for gate in self.gates}).static_order())
        except CycleError as error:
            raise CannotDo(f"{' → '.join(reversed(error.args[1]))}: each of these gates waits for the next; break the circle.") from None

    def gate(self, name: str) -> Gate:
        """The gate of an id."""
        return next(gate for gate in self.gates if gate.id == name)

    def above(self, name: str) -> "GateTree":
        """This tree with only the gates that a gate needs, itself included."""
        wanted, waiting = set[str](), [name]
        while waiting:
            one = waiting.pop()
            if one not in wanted:
                wanted.add(one)
                waiting.extend(_needs(self.gate(one)))
        return GateTree(tuple(gate for gate in self.gates if gate.id in wanted), self.matrices)


def evaluate(tree: GateTree, events: Events) -> Held:
    """Which events of a tube each gate holds; CannotDo when the tube lacks a channel that a gate looks at."""
    columns = Columns(events, tree.matrices)
    for gate in tree.gates:
        for dimension in gate.dimensions:
            _check(columns, gate, dimension)
    held = {gate.id: np.empty(len(events), dtype=bool) for gate in tree.gates}
    for block in Block(columns).windows():
        _judge(tree.order, block, held)
    return held


def values_of(tree: GateTree, events: Events, dimension: Dimension, mask: Mask | None = None) -> Values:
    """Values of a dimension, before its scale, of the events that a mask marks."""
    columns = Columns(events, tree.matrices)
    columns.check(dimension)
    parts = []
    for block in Block(columns).windows():
        values = block.values(dimension)
        parts.append(values.copy() if mask is None else values[mask[block.start : block.stop]])
    return np.concatenate(parts) if parts else np.empty(0)


def _check(columns: Columns, gate: Gate, dimension: Dimension) -> None:
    try:
        columns.check(dimension)
    except CannotDo as error:
        raise CannotDo(f"{gate.id}: {error}") from None


def _judge(order: tuple[Gate, ...], block: Block, held: Held) -> None:
    """Put into the masks what the gates hold of a block."""
    part = slice(block.start, block.stop)
    for gate in order:
        among = held[gate.parent][part] if gate.parent is not None else None
        if isinstance(gate, Boolean):
            held[gate.id][part] = _combined(gate, held, part, among)
        else:
            held[gate.id][part] = gate.inside(block, among)


def _combined(gate: Boolean, held: Held, part: slice, among: Mask | None) -> Mask:
    masks = [_operand(one, held, part) for one in gate.operands]
    if gate.operation == "not":
        found = ~masks[0]
    else:
        found = np.logical_and.reduce(masks) if gate.operation == "and" else np.logical_or.reduce(masks)
    return np.asarray(found if among is None else found & among)


def _operand(one: Operand, held: Held, part: slice) -> Mask:
    return ~held[one.gate][part] if one.complement else held[one.gate][part]


def _needs(gate: Gate) -> list[str]:
    """Ids that must be judged before a gate."""
    operands = [one.gate for one in gate.operands] if isinstance(gate, Boolean) else []
    return [*([gate.parent] if gate.parent is not None else []), *operands]
