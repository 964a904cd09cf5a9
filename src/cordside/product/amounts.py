"""What joins and parts materials: pools and splits, exact to the cell and the microlitre."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from cordside.errors import CannotDo
from cordside.product.numbers import Quantity, nearest, share, whole
from cordside.product.refusals import Refusal

_Value = TypeVar("_Value", int, Decimal)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a material holds; None where it is not known. expiry: an instant, None where it has none."""

    total: int
    viable: int | None = None
    passage: int | None = None
    cum_pd: Decimal | None = None
    expiry: datetime | None = None

    @property
    def viability_pct(self) -> Fraction | None:
        """Viable of all cells in percent; None without cells or without a count of the viable."""
        return Fraction(100 * self.viable, self.total) if self.viable is not None and self.total else None


def viable_of(total: int, viability_pct: Quantity) -> int:
    """Viable cells of a total, to the nearest cell."""
    return nearest(whole(total, "total cells") * share(viability_pct, "viability"))


def pool(inputs: Sequence[Amount]) -> Amount:
    """Materials joined: cells add; the highest passage and cumulative doublings, the earliest expiry.

    A passage, cumulative doublings or viable count that one input lacks is unknown for the pool: what is not known may be the highest.
    """
    if not inputs:
        raise CannotDo("pool: nothing to join; at least one material; name the inputs.")
    return Amount(
        total=sum(whole(one.total, "total cells") for one in inputs),
        viable=_of_all((one.viable for one in inputs), sum),
        passage=_of_all((one.passage for one in inputs), max),
        cum_pd=_of_all((one.cum_pd for one in inputs), max),
        expiry=min((one.expiry for one in inputs if one.expiry is not None), default=None),
    )


def _of_all(values: Iterable[_Value | None], join: Callable[[list[_Value]], _Value]) -> _Value | None:
    found = list(values)
    known = [value for value in found if value is not None]
    return join(known) if len(known) == len(found) else None


@dataclass(frozen=True, slots=True)
class Split:
    """A conserving transform: what was taken, what stays behind, and why it cannot be where it cannot."""

    taken: int
    left: int
    refusals: tuple[Refusal, ...] = ()


def split(
    there_is: int,
    made: Sequence[int],
    *,
    sample: int = 0,
    loss: int = 0,
    taken: int | None = None,
    unit: str = "cells",
    where: str = "split",
) -> Split:
    """Part a material: what was made, the sample and the loss are together exactly what was taken, which is at most what there is.

    All amounts in one unit (cells, or µL). taken: None where it is the sum of the parts. where: how a refusal calls the act.
    CannotDo for a negative amount; more_taken_than_there_is and not_conserved are refusals of the answer.
    """
    parts = [whole(part, f"{where}: {unit}") for part in (*made, sample, loss)]
    has, accounted = whole(there_is, f"{where}: {unit} there are"), sum(parts)
    used = accounted if taken is None else whole(taken, f"{where}: {unit} taken")
    found = []
    if used > has:
        why = f"{where}: {used:,} {unit} taken of {has:,}"
        found.append(Refusal("more_taken_than_there_is", why, f"at most {has:,} {unit}", "take less, or correct what there is"))
    if used != accounted:
        why = f"{where}: {accounted:,} {unit} accounted for of {used:,} taken"
        found.append(Refusal("not_conserved", why, "made, sample and loss together are what was taken", "state the loss, or correct it"))
    return Split(used, has - used, tuple(found))
