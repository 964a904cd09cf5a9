"""Lots and containers: what belongs to a lot, what became of a container, when it was thawed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from cordside.product.cellrows import Cells, Row

PRODUCT_LEVEL = "product"
_GONE = frozenset({"consumed", "disposed"})
_NEW_LIFE = frozenset({"explant", "passage", "freeze"})
"""Transforms after which an earlier thaw counts no longer."""


def level_of(cells: Cells, lot: str) -> str:
    """Level of a lot; one that is not recorded is taken for a product lot, which is judged the hardest."""
    return (cells.lots.get(lot) or Row())["LOTLEVEL"] or PRODUCT_LEVEL


def all_lots(cells: Cells) -> list[str]:
    """Every lot that a row names: recorded ones first, in the order of their file."""
    named = [row["LOTID"] for code in ("MATERIAL", "RELEASE") for row in cells.all[code]]
    named += [row["TRGID"] for code in ("TESTRESULT", "HOLD") for row in cells.all[code] if row["TRGTYPE"] == "lot"]
    return [lot for lot in dict.fromkeys([*cells.lots, *named]) if lot]


def materials_of(cells: Cells, lot: str) -> list[str]:
    """Materials of a lot, in the order of their file."""
    return cells.by_lot.get(lot, [])


def containers_of(cells: Cells, lot: str) -> list[str]:
    """Containers of a lot, then those without a lot of their own that were made of it."""
    found: list[str] = cells.once(f"containers {lot}", lambda: _containers(cells, lot))
    return found


def _containers(cells: Cells, lot: str) -> list[str]:
    own = materials_of(cells, lot)
    made = [matid for one in own for matid in cells.genealogy.descendants(one) if lot_of(cells, matid) == lot]
    return [matid for matid in dict.fromkeys([*own, *made]) if (cells.materials.get(matid) or Row())["MATKIND"] == "container"]


def lot_of(cells: Cells, matid: str) -> str | None:
    """The lot of a material: its own, else that of the nearest product lot it was made of, else of the nearest lot at all."""
    own = (cells.materials.get(matid) or Row())["LOTID"]
    if own:
        return str(own)
    named = [lot for one in cells.genealogy.ancestors(matid) if (lot := (cells.materials.get(one) or Row())["LOTID"])]
    return next((lot for lot in named if level_of(cells, lot) == PRODUCT_LEVEL), named[0] if named else None)


def is_made(cells: Cells, matid: str, at: datetime) -> bool:
    """Whether a material existed at a time; one that no transform, or one without a time, made did."""
    moments = [cells.transforms[act]["TRFDTC"] for act in cells.genealogy.made_by(matid)]
    return not moments or any(moment is None or moment <= at for moment in moments)


def infusions_from(cells: Cells, lot: str) -> list[Row]:
    """Infusions from a lot, in the order of EX: of one of its containers, or, where no container is known, of its number."""
    found: dict[str, list[Row]] = cells.once("infusions by lot", lambda: _infusions_by_lot(cells))
    return found.get(lot, [])


def _infusions_by_lot(cells: Cells) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in cells.infusions:
        container = cells.container_of(row)
        if container not in cells.materials or container is None:
            found[row["EXLOT"] or ""].append(row)
        elif cells.materials[container]["MATKIND"] == "container":
            found[lot_of(cells, container) or ""].append(row)
    return dict(found)


def is_disposed(cells: Cells, matid: str, at: datetime) -> bool:
    """Whether a material was disposed of by a transform recorded up to a time."""
    acts = [cells.transforms[act] for act in cells.genealogy.used_in(matid) if act in cells.transforms]
    return any(act["TRFKIND"] == "dispose" and (act["TRFDTC"] is None or act["TRFDTC"] <= at) for act in acts)


def is_available(cells: Cells, matid: str) -> bool:
    """Whether a material is recorded and neither consumed nor disposed of."""
    row = cells.materials.get(matid)
    if row is None or row["MATSTAT"] in _GONE:
        return False
    kinds = {cells.transforms[act]["TRFKIND"] for act in cells.genealogy.used_in(matid) if act in cells.transforms}
    return "dispose" not in kinds


def thawed_at(cells: Cells, matid: str) -> datetime | None:
    """When a material was last thawed, by the transforms above it; None when it was not, or no time is recorded."""
    return max((row["TRFDTC"] for row in thaws(cells, matid) if row["TRFDTC"] is not None), default=None)


def thaws(cells: Cells, matid: str) -> Iterator[Row]:
    """Thaws since a material was last cultured or frozen."""
    seen, level = {matid}, [matid]
    while level:
        following: list[str] = []
        for act in dict.fromkeys(act for one in level for act in cells.genealogy.made_by(one)):
            row = cells.transforms[act]
            if row["TRFKIND"] == "thaw":
                yield row
            elif row["TRFKIND"] not in _NEW_LIFE:
                following += [taken["MATID"] for taken in cells.inputs.get(act, ())]
        level = [one for one in dict.fromkeys(following) if one not in seen]
        seen.update(level)


def bank_vials(cells: Cells, matid: str) -> list[str]:
    """Bank vials that a material comes from: of several banks above one another, the nearest, which is the working bank's."""
    found: list[str] = []
    seen, level = {matid}, [matid]
    while level:
        parents = [parent for one in level for parent in cells.genealogy.parents(one) if parent not in seen]
        seen.update(parents)
        vials = [one for one in dict.fromkeys(parents) if (cells.materials.get(one) or Row())["MATKIND"] == "bank vial"]
        found += vials
        level = [one for one in dict.fromkeys(parents) if one not in vials]
    return found
