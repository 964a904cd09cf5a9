"""Invariant 8: nothing is used from its expiry on. Releases and starts have gates of their own; this is about transforms."""

from collections.abc import Iterator

from cordside.product.cellrows import Cells
from cordside.product.expiry import is_expired
from cordside.product.invariants.found import Found, date_text
from cordside.product.quantities import expiry_of
from cordside.product.times import shown


def check_expiry(cells: Cells) -> Iterator[Found]:
    """Materials that a transform used from their expiry on; taking a sample or disposing is allowed."""
    for act, row in cells.transforms.items():
        if row["TRFKIND"] in ("sample", "dispose") or row["TRFDTC"] is None:
            continue
        for taken in cells.inputs.get(act, []):
            expiry = expiry_of(cells, taken["MATID"])
            if expiry is not None and is_expired(row["TRFDTC"], expiry):
                made = tuple(one["MATID"] for one in cells.outputs.get(act, []))
                why = f"{act}: {taken['MATID']} was used at {shown(row['TRFDTC'])}, expired from {shown(expiry)} on"
                yield Found(
                    "expired",
                    why,
                    f"before {shown(expiry)}",
                    "do not use what was made of it",
                    row,
                    "TRFDTC",
                    date_text(row, "TRFDTC"),
                    made,
                )
