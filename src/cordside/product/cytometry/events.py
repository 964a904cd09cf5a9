"""The events of one tube: channels with their scales, and values read a block at a time.

The table may lie in a mapped file in any byte order; a block of it becomes double-precision scale values on demand, so that no
copy of the whole tube is ever made.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordside.errors import CannotDo
from cordside.product.cytometry.compensation import Spillover

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Channel:
    """One parameter of a tube.

    number: from 1; name: $PnN; label: $PnS; top: $PnR; decades and zero: $PnE, a logarithmic channel where decades > 0;
    gain: $PnG; step: seconds a unit of a time channel.
    """

    number: int
    name: str
    label: str = ""
    top: float = 262144.0
    decades: float = 0.0
    zero: float = 0.0
    gain: float = 1.0
    step: float = 1.0

    @property
    def is_plain(self) -> bool:
        """Whether stored values are scale values."""
        return self.step == 1 and self.decades == 0 and self.gain in (0, 1)

    def scaled(self, values: Values) -> Values:
        """Scale values of stored ones: time in seconds, logarithmic channels as intensities, gain divided out (FCS 3.1, 3.2.20)."""
        if self.step != 1:
            values = values * self.step
        if self.decades > 0:
            values = 10 ** (self.decades * values / self.top) * self.zero
        return values / self.gain if self.gain not in (0, 1) else values


@dataclass(frozen=True)
class Events:
    """A tube: its channels, its events as stored, and the spillover that its file names.

    table: an array of events × channels, or a structured one with a field a channel where their types differ.
    spill_fault: why the file's spillover cannot be read; whoever asks for it is told.
    """

    channels: tuple[Channel, ...]
    table: NDArray[Any]
    spill: Spillover | None = None
    spill_fault: str = ""

    def __len__(self) -> int:
        return len(self.table)

    def read(self, index: int, start: int, out: Values) -> None:
        """Put a channel's scale values into an array, from event `start` on; index: from 0."""
        table, stop = self.table, start + len(out)
        np.copyto(out, table[start:stop, index] if table.ndim == 2 else table[table.dtype.names[index]][start:stop])  # type: ignore[index]
        channel = self.channels[index]
        if not channel.is_plain:
            out[:] = channel.scaled(out)

    def index(self, name: str) -> int:
        """Place (from 0) of a channel named by $PnN, by $PnS, or by its number as `#3`.

        CannotDo when there is none, or when two channels bear the name.
        """
        found = self._named(name)
        if len(found) == 1:
            return found[0]
        shown = ", ".join(f"{one.name} ({one.label})" if one.label else one.name for one in self.channels)
        if found:
            numbers = " or ".join(f"#{place + 1}" for place in found)
            raise CannotDo(f"{name}: {len(found)} channels have this name; name one by its number: {numbers}.")
        raise CannotDo(f"{name}: no channel has this name; the channels are {shown}; name one of them.")

    def knows(self, name: str) -> bool:
        """Whether exactly one channel has a name."""
        return len(self._named(name)) == 1

    def _named(self, name: str) -> list[int]:
        if name[:1] == "#" and name[1:].isdigit() and 0 < int(name[1:]) <= len(self.channels):
            return [int(name[1:]) - 1]
        for names in ([one.name for one in self.channels], [one.label for one in self.channels]):
            if name in names:
                return [place for place, known in enumerate(names) if known == name]
        return []
