"""What a material holds, and what it became: passage, doublings and expiry along the genealogy, never entered twice.

Source of the rules: a passage raises the number by one, an explant's first harvest starts the count; a pool takes the highest
passage and doublings and the earliest expiry of what was joined.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from cordside.product.amounts import Amount, pool
from cordside.product.cellrows import Cells, Row
from cordside.product.expiry import after_thaw
from cordside.product.growth import Passage, grow
from cordside.product.numbers import microlitres

_RESETS_EXPIRY = frozenset({"explant", "passage", "freeze"})
"""After these the expiry of what was taken no longer counts: a culture or a frozen unit has a rule of its own."""


@dataclass(frozen=True, slots=True)
class Grown:
    """What a material became: passage, doublings with where their count starts, and expiry; None where it is not known."""

    passage: int | None = None
    cum_pd: Decimal | None = None
    pd_from: str | None = None
    expiry: datetime | None = None


class Growths:
    """Passage, doublings and expiry of materials, each computed once, parents before children."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._known: dict[str, Grown] = {}

    def of(self, matid: str) -> Grown:
        """What a material became; nothing is known of one in a cycle or made of one."""
        if matid not in self._known:
            for one in self._cells.genealogy.oldest_first([matid]):
                if one not in self._known:
                    self._known[one] = self._own(one, self.computed(one))
            self._known.setdefault(matid, Grown())
        return self._known[matid]

    def computed(self, matid: str) -> Grown:
        """What follows from the parents alone, whatever was entered for the material itself."""
        acts = [self._cells.transforms[act] for act in self._cells.genealogy.made_by(matid)]
        return _joined([self._made(act, matid) for act in acts])

    def _made(self, act: Row, matid: str) -> Grown:
        taken = self._cells.inputs.get(act["TRFID"], [])
        parents = _joined([self._known.get(row["MATID"], Grown()) for row in taken])
        kind = act["TRFKIND"]
        limits = [None if kind in _RESETS_EXPIRY else parents.expiry, self._shelf_life(act, matid)]
        expiry = min((limit for limit in limits if limit is not None), default=None)
        if kind == "explant":
            return Grown(0, *self._first_harvest(matid, 0), expiry)
        if kind == "passage":
            number = None if parents.passage is None else parents.passage + 1
            return Grown(number, *self._doubled(act, taken, parents, number), expiry)
        return replace(parents, expiry=expiry)

    def _first_harvest(self, matid: str, number: int) -> tuple[Decimal | None, str | None]:
        """Nothing was counted at the start, so the count begins with what was harvested."""
        counted = cells_made(self._cells, matid) is not None
        return (Decimal(0), f"P{number} harvest") if counted else (None, None)

    def _doubled(self, act: Row, taken: Sequence[Row], parents: Grown, number: int | None) -> tuple[Decimal | None, str | None]:
        seeded = _sum(row["CELLS"] for row in taken)
        harvested = _sum(row["CELLS"] for row in self._cells.outputs.get(act["TRFID"], []))
        if not harvested or seeded == 0:
            return None, parents.pd_from
        if seeded is None:
            return Decimal(0), f"P{'?' if number is None else number} harvest"
        pd = grow([Passage(seeded, harvested)]).pd[0]
        return (None if pd is None or parents.cum_pd is None else parents.cum_pd + pd), parents.pd_from

    def _shelf_life(self, act: Row, matid: str) -> datetime | None:
        """Expiry by the product's shelf life: it runs from the thaw, or from the filling where nothing is frozen.

        What goes on into culture is no product yet: it has none.
        """
        product = self._cells.protocol.product
        if (self._cells.materials.get(matid) or Row())["MATKIND"] == "culture":
            return None
        hours, from_fill = (product.shelf_life_hours, product.cryopreserved is False) if product else (None, False)
        runs = act["TRFKIND"] == "thaw" or (act["TRFKIND"] == "fill" and from_fill)
        return after_thaw(act["TRFDTC"], hours) if hours is not None and runs and act["TRFDTC"] is not None else None

    def _own(self, matid: str, computed: Grown) -> Grown:
        """The computed values, those entered where none follow; an entered expiry only shortens."""
        row = self._cells.materials.get(matid) or Row()
        expiry = min((one for one in (computed.expiry, row["EXPDTC"]) if one is not None), default=None)
        if computed.passage is None and computed.cum_pd is None:
            return Grown(row["PASSAGE"], row["CUMPD"], row["PDFROM"], expiry)
        return replace(computed, expiry=expiry)


def _joined(parts: Sequence[Grown]) -> Grown:
    """Materials joined: the highest passage and doublings, the earliest expiry; what one lacks is unknown."""
    if not parts:
        return Grown()
    whole = pool([Amount(0, None, part.passage, part.cum_pd, part.expiry) for part in parts])
    starts = dict.fromkeys(part.pd_from for part in parts if part.pd_from)
    return Grown(whole.passage, whole.cum_pd, "; ".join(starts) or None, whole.expiry)


def _sum(values: Iterable[int | None]) -> int | None:
    found = list(values)
    return None if not found or any(value is None for value in found) else sum(value for value in found if value is not None)


def grown(cells: Cells, matid: str) -> Grown:
    """Passage, doublings and expiry of a material."""
    return growths(cells).of(matid)


def growths(cells: Cells) -> Growths:
    """The growths of a study, computed once."""
    found: Growths = cells.once("growths", lambda: Growths(cells))
    return found


def expiry_of(cells: Cells, matid: str) -> datetime | None:
    """The instant from which a material is not used: the earliest of its own, its parents' and its shelf life; None without any."""
    return grown(cells, matid).expiry


def cells_made(cells: Cells, matid: str) -> int | None:
    """Cells that a material held when it was made: as its transforms count them, else as the material says."""
    return _amount(cells, matid, "CELLS")


def viable_made(cells: Cells, matid: str) -> int | None:
    """Viable cells that a material held when it was made."""
    return _amount(cells, matid, "VIABLE")


def volume_of(cells: Cells, matid: str) -> int | None:
    """Volume that a material had when it was made, in whole microlitres."""
    made = _made(cells, matid, "VOL")
    volume = sum(made) if made else (cells.materials.get(matid) or Row())["VOL"]
    return None if volume is None else microlitres(Decimal(volume))


def amount_of(cells: Cells, matid: str) -> Amount | None:
    """What a material held when it was made, with its passage, doublings and expiry; None where its cells were not counted."""
    total, became = cells_made(cells, matid), grown(cells, matid)
    if total is None:
        return None
    return Amount(total, viable_made(cells, matid), became.passage, became.cum_pd, became.expiry)


def taken_from(cells: Cells, matid: str, name: str) -> list[Row]:
    """Rows of input that took a known amount (CELLS or VOL) of a material."""
    acts = cells.genealogy.used_in(matid)
    return [row for act in acts for row in cells.inputs.get(act, []) if row["MATID"] == matid and row[name] is not None]


def _amount(cells: Cells, matid: str, name: str) -> int | None:
    made = _made(cells, matid, name)
    return sum(made) if made else (cells.materials.get(matid) or Row())[name]


def _made(cells: Cells, matid: str, name: str) -> list[int]:
    acts = cells.genealogy.made_by(matid)
    return [row[name] for act in acts for row in cells.outputs.get(act, []) if row["MATID"] == matid and row[name] is not None]
