"""Invariant 4: the status of a material is the worst of its own and its ancestors': holds, recalls, ineligible donors."""

from collections.abc import Iterator
from datetime import datetime

from cordside.product.cellrows import Cells, Row
from cordside.product.holds import holds_over
from cordside.product.invariants.found import Found, date_text

INELIGIBLE, HELD, FREE = "ineligible", "held", "free"


def status_of(cells: Cells, matid: str, at: datetime) -> str:
    """ineligible where a donor is, held where a hold or recall reaches it, else free."""
    donors = [cells.donors.get(donor) or Row() for donor in cells.genealogy.donors_of(matid)]
    if any(row["ELIG"] == INELIGIBLE for row in donors):
        return INELIGIBLE
    return HELD if holds_over(cells, matid, at) else FREE


def check_status(cells: Cells) -> Iterator[Found]:
    """Transforms that used a material while a hold was open on it or on what it was made of; taking a sample or disposing is allowed."""
    for act, row in cells.transforms.items():
        if row["TRFKIND"] in ("sample", "dispose") or row["TRFDTC"] is None:
            continue
        for taken in cells.inputs.get(act, []):
            held = [hold for hold in holds_over(cells, taken["MATID"], row["TRFDTC"]) if hold.opened is not None]
            made = tuple(one["MATID"] for one in cells.outputs.get(act, []))
            for hold in held[:1]:
                why = f"{act}: {taken['MATID']} was used while {hold.words()}"
                yield Found("on_hold", why, "no open hold", "hold what was made of it too", row, "TRFDTC", date_text(row, "TRFDTC"), made)
