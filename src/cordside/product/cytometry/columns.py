"""What gates look at: a channel as measured, one dye of a compensation, or the ratio of two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from cordside.errors import CannotDo
from cordside.product.cytometry.compensation import Spillover
from cordside.product.cytometry.events import Events, Values
from cordside.product.cytometry.transforms import Transform

UNCOMPENSATED, FROM_FILE = "uncompensated", "FCS"
"""Gating-ML's words: as measured; by the matrix that the file names, if it names one."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """fratio of two channels: factor × (first − shift) / (second − below)."""

    first: str
    second: str
    factor: float = 1.0
    shift: float = 0.0
    below: float = 0.0


@dataclass(frozen=True, slots=True)
class Dimension:
    """What one side of a gate looks at, and the scale on which it was drawn (None: the values themselves)."""

    channel: str | Ratio
    compensation: str = UNCOMPENSATED
    scale: Transform | None = None


@dataclass(frozen=True, slots=True)
class Dye:
    """Places of the detectors, what each counts, and the dye's row among those of its matrix that are asked for."""

    places: tuple[int, ...]
    weights: tuple[float, ...]
    row: int


@dataclass(frozen=True)
class Columns:
    """The events of a tube as gates see them; matrices: compensations by id."""

    events: Events
    matrices: Mapping[str, Spillover] = field(default_factory=dict)

    def check(self, dimension: Dimension) -> None:
        """CannotDo when the tube lacks a channel or a matrix that a dimension needs."""
        for name in names_of(dimension):
            self.source(name, dimension.compensation)

    def source(self, name: str, compensation: str) -> "int | Dye":
        """Where a column comes from, looked up once: a channel's place, or what each detector counts for a dye."""
        key = (name, compensation)
        if key not in self._sources:
            self._sources[key] = self._source(name, compensation)
        return self._sources[key]

    @cached_property
    def _sources(self) -> "dict[tuple[str, str], int | Dye]":
        return {}

    @cached_property
    def _rows(self) -> dict[str, list[tuple[float, ...]]]:
        return {}

    def _source(self, name: str, compensation: str) -> "int | Dye":
        spill = self._spill(compensation)
        if spill is None:
            return self.events.index(name)
        column = spill.column(name)
        if column is None:
            # A matrix knows channels by $PnN; whoever asks may have named one by $PnS.
            place = self.events.index(name)
            column = spill.column(self.events.channels[place].name)
            if column is None:
                return place
        places = tuple(self.events.index(detector) for detector in spill.detectors)
        rows = self._rows.setdefault(compensation, [])
        weights = spill.weights(column)
        if weights not in rows:
            rows.append(weights)
        return Dye(places, weights, rows.index(weights))

    def weights(self, compensation: str) -> Values:
        """Dyes that were asked for × detectors: what the measured values are multiplied by."""
        return np.array(self._rows[compensation])

    def _spill(self, compensation: str) -> Spillover | None:
        if compensation == UNCOMPENSATED:
            return None
        if compensation == FROM_FILE:
            if self.events.spill_fault:
                raise CannotDo(self.events.spill_fault)
            return self.events.spill
        if compensation not in self.matrices:
            known = ", ".join([UNCOMPENSATED, FROM_FILE, *self.matrices])
            raise CannotDo(f"{compensation}: no compensation has this name; known are {known}; choose one of them.")
        return self.matrices[compensation]


def names_of(dimension: Dimension) -> tuple[str, ...]:
    """Names of the channels that a dimension reads."""
    channel = dimension.channel
    return (channel.first, channel.second) if isinstance(channel, Ratio) else (channel,)
