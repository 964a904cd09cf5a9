"""Invariant 2: nobody takes more than there is, and what was taken is made or lost, to the cell and the microlitre."""

from collections.abc import Iterator
from fractions import Fraction

from cordside.product.amounts import split
from cordside.product.cellrows import Cells, Row
from cordside.product.invariants.found import Found, date_text, of_refusals
from cordside.product.numbers import UL_PER_ML, as_decimal, microlitres
from cordside.product.quantities import cells_made, taken_from, volume_of

CONSERVING = frozenset({"split", "pool", "sample", "fill", "dispose"})
"""Growth and lossy steps (passage, freeze, thaw, wash) carry a measured ratio instead."""


def check_conservation(cells: Cells) -> Iterator[Found]:
    """Amounts taken that were not there, and amounts of conserving transforms that do not add up."""
    for name, unit in (("CELLS", "cells"), ("VOL", "uL")):
        for matid in cells.materials:
            yield from _taken(cells, matid, name, unit)
        for act, row in cells.transforms.items():
            if row["TRFKIND"] in CONSERVING:
                yield from _conserved(cells, act, row, name, unit)
    yield from _stated_twice(cells)
    yield from _infused(cells)


def _amounts(rows: list[Row], name: str) -> list[int]:
    return [row[name] if name == "CELLS" else microlitres(row[name]) for row in rows]


def _taken(cells: Cells, matid: str, name: str, unit: str) -> Iterator[Found]:
    there = cells_made(cells, matid) if name == "CELLS" else volume_of(cells, matid)
    rows = taken_from(cells, matid, name)
    if there is None or not rows:
        return
    found = split(there, _amounts(rows, name), unit=unit, where=matid)
    last = max(rows, key=lambda row: (str(date_text(cells.transforms[row["TRFID"]], "TRFDTC") or ""), row["_ROW"]))
    act = cells.transforms[last["TRFID"]]
    yield from of_refusals(found.refusals, last, name, date_text(act, "TRFDTC"), [matid, *_made_by(cells, last["TRFID"])])


def _made_by(cells: Cells, act: str) -> list[str]:
    return [row["MATID"] for row in cells.outputs.get(act, [])]


def _conserved(cells: Cells, act: str, row: Row, name: str, unit: str) -> Iterator[Found]:
    taken, made, lost = cells.inputs.get(act, []), cells.outputs.get(act, []), row["LOSSCELL" if name == "CELLS" else "LOSSVOL"]
    if not any(one[name] is not None for one in [*taken, *made]):
        return
    unstated = [one for one in [*taken, *made] if one[name] is None]
    if unstated or not taken:
        where = unstated[0] if unstated else row
        why = f"{act}: a {row['TRFKIND']} of which not every amount in {unit} is stated"
        yield Found("", why, "what was taken and made, of every material", "enter the amount", where, name, date_text(row, "TRFDTC"))
        return
    loss = 0 if lost is None else lost if name == "CELLS" else microlitres(lost)
    used = sum(_amounts(taken, name))
    found = split(used, _amounts(made, name), loss=loss, taken=used, unit=unit, where=act)
    wrong = [refusal for refusal in found.refusals if refusal.code == "not_conserved"]
    yield from of_refusals(wrong, row, "TRANSFORM", date_text(row, "TRFDTC"), _made_by(cells, act))


def _stated_twice(cells: Cells) -> Iterator[Found]:
    """Amounts that a material and the transform that made it state differently."""
    for matid, row in cells.materials.items():
        made = [one for act in cells.genealogy.made_by(matid) for one in cells.outputs.get(act, []) if one["MATID"] == matid]
        for name in ("CELLS", "VIABLE", "VOL"):
            stated = [one[name] for one in made if one[name] is not None]
            if stated and row[name] is not None and row[name] != sum(stated):
                why = f"{matid}: {name} {row[name]} here, {sum(stated)} in {made[0]['SOURCE']}"
                yield Found("", why, "one amount, the one made", "check both against the source", row, name)


def _infused(cells: Cells) -> Iterator[Found]:
    """Volumes given and left that are more than the container held."""
    for matid, rows in cells.infused.items():
        there = volume_of(cells, matid)
        if there is None:
            continue
        for row in rows:
            used = (row["EXVGIVEN"] or 0) + (row["EXVREST"] or 0)
            diluted = (cells.orders.get(row["EXORD"] or "") or Row())["DILVOL"] or 0
            if used > 0 and used * UL_PER_ML > there + diluted * UL_PER_ML:
                why = f"{matid}: {used} mL given and left of {as_decimal(Fraction(there) / UL_PER_ML + Fraction(diluted))} mL"
                allowed, remedy = "at most what the container held", "check the volumes"
                yield Found("more_taken_than_there_is", why, allowed, remedy, row, "EXVGIVEN", row["EXSTDTC"], (matid,))
