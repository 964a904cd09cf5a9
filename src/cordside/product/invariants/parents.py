"""Invariant 1: every material but a donation or a certified delivery has a parent, nothing is made of itself, a child is younger."""

from collections.abc import Iterator

from cordside.product.cellrows import Cells, Row
from cordside.product.invariants.found import Found, date_text
from cordside.product.lots import lot_of
from cordside.product.times import shown


def check_parents(cells: Cells) -> Iterator[Found]:
    """Materials out of nothing, cycles, and clocks that go backwards."""
    for matid, row in cells.materials.items():
        if not cells.genealogy.parents(matid) and not _comes_from_outside(cells, row):
            why = f"{matid}: a {row['MATKIND'] or 'material'} made of nothing"
            allowed = "a donation, a lot with a maker's certificate, or a transform that made it"
            yield Found("no_parent", why, allowed, "enter the transform with its input and output", row, "MATID", None, (matid,))
    for group in cells.genealogy.cycles():
        first = next((matid for matid in group if matid in cells.materials), None)
        row = cells.materials[first] if first else _making(cells, group[0])
        why = f"{', '.join(group[:5])}{' ...' if len(group) > 5 else ''}: made of one another"
        yield Found("cycle", why, "a child is younger than its parents", "mend input or output", row, "MATID", None, tuple(group))
    yield from _backwards(cells)


def _comes_from_outside(cells: Cells, row: Row) -> bool:
    lot = cells.lots.get(lot_of(cells, row["MATID"]) or "") or Row()
    return row["MATKIND"] == "donation" or bool(lot["CERTNO"])


def _making(cells: Cells, matid: str) -> Row:
    act = cells.genealogy.made_by(matid)[0]
    return next(row for row in cells.outputs[act] if row["MATID"] == matid)


def _backwards(cells: Cells) -> Iterator[Found]:
    """What was taken from a material before it was made, what was tested before, and what was infused before."""
    for matid in {**cells.materials, **{row["MATID"]: row for rows in cells.inputs.values() for row in rows}}:
        made = [cells.transforms[act]["TRFDTC"] for act in cells.genealogy.made_by(matid)]
        begin = min((moment for moment in made if moment is not None), default=None)
        if begin is None:
            continue
        for act in cells.genealogy.used_in(matid):
            row = cells.transforms[act]
            if row["TRFDTC"] is not None and row["TRFDTC"] < begin:
                why = f"{act} takes from {matid} at {shown(row['TRFDTC'])}, before it was made at {shown(begin)}"
                yield _clock(why, begin, row, "TRFDTC", date_text(row, "TRFDTC"))
        for row in cells.infused.get(matid, []):
            if row["START"].last < begin:
                why = f"{matid} is infused at {shown(row['START'].last)}, before it was made at {shown(begin)}"
                yield _clock(why, begin, row, "EXSTDTC", row["EXSTDTC"])
    yield from _sampled_early(cells)


def _sampled_early(cells: Cells) -> Iterator[Found]:
    for row in cells.results.values():
        acts = cells.genealogy.made_by(row["TRGID"] or "") if row["TRGTYPE"] == "material" else []
        begin = min((moment for act in acts if (moment := cells.transforms[act]["TRFDTC"]) is not None), default=None)
        if begin is not None and row["SMPDTC"] is not None and row["SMPDTC"] < begin:
            why = f"{row['TRSID']} is sampled at {shown(row['SMPDTC'])}, before {row['TRGID']} was made at {shown(begin)}"
            yield _clock(why, begin, row, "SMPDTC", date_text(row, "SMPDTC"))


def _clock(why: str, begin: object, row: Row, variable: str, when: str | None) -> Found:
    return Found("", f"the clock goes backwards: {why}", f"from {begin:%Y-%m-%d %H:%M} UTC on", "check both times", row, variable, when)
