"""How a lot was made, step by step from the donor to its units: what each transform took and made, passage and doublings."""

from collections.abc import Sequence

from cordside.product.cellrows import Cells, Row
from cordside.product.lots import materials_of
from cordside.product.quantities import grown
from cordside.product.times import shown
from cordside.results import Block, Grid

_AT_THE_END = frozenset({"thaw", "wash", "sample", "dispose"})
"""What happens to single containers stands beside them."""
_MOST_STEPS, _MOST_NAMED = 60, 3


def genealogy_block(cells: Cells, lot: str) -> Block | None:
    """The steps in the order of time, donors first; None where no transform is recorded."""
    steps = _steps(cells, lot)
    if not steps:
        return None
    donations = dict.fromkeys(one for matid in materials_of(cells, lot) for one in (matid, *cells.genealogy.ancestors(matid)))
    given = [(matid, row["DNRID"]) for matid in donations if (row := cells.materials.get(matid) or Row())["DNRID"]]
    first = [("", "donation", donor, matid, "", "") for matid, donor in given]
    rows = [*first, *(_step(cells, act) for act in steps[:_MOST_STEPS])]
    more = f"{len(steps) - _MOST_STEPS} more steps are not printed" if len(steps) > _MOST_STEPS else ""
    return Block("Genealogy", grid=Grid("", ("When", "Step", "Taken", "Made", "Passage", "Doublings"), tuple(rows), more))


def _steps(cells: Cells, lot: str) -> list[Row]:
    acts = dict.fromkeys(act for matid in materials_of(cells, lot) for act in cells.genealogy.acts_above(matid))
    found = [cells.transforms[act] for act in acts if act in cells.transforms and not _is_of_containers(cells, act)]
    return sorted(found, key=lambda row: (row["TRFDTC"] is None, str(row["TRFDTC"] or ""), row["TRFID"]))


def _is_of_containers(cells: Cells, act: str) -> bool:
    made = {(cells.materials.get(row["MATID"]) or Row())["MATKIND"] for row in cells.outputs.get(act, [])}
    return cells.transforms[act]["TRFKIND"] in _AT_THE_END and made <= {"container", "sample"}


def _step(cells: Cells, act: Row) -> tuple[str, ...]:
    made = [row["MATID"] for row in cells.outputs.get(act["TRFID"], [])]
    became = [grown(cells, matid) for matid in made]
    passages = sorted({one.passage for one in became if one.passage is not None})
    doublings = sorted({one.cum_pd for one in became if one.cum_pd is not None})
    return (
        shown(act["TRFDTC"]) if act["TRFDTC"] else "not recorded",
        act["TRFKIND"] or "",
        _amounts(cells.inputs.get(act["TRFID"], [])),
        _amounts(cells.outputs.get(act["TRFID"], [])),
        ", ".join(f"P{one}" for one in passages),
        ", ".join(f"{one:.2f}" for one in doublings),
    )


def _amounts(rows: Sequence[Row]) -> str:
    """Materials with their cells; of many the first and how many in all."""
    words = [f"{row['MATID']}: {row['CELLS']:,}" if row["CELLS"] is not None else str(row["MATID"]) for row in rows]
    return "; ".join(words) if len(words) <= _MOST_NAMED else f"{words[0]}; and {len(words) - 1} more"
