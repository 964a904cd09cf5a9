"""Invariant 3: passage, doublings and expiry follow from the genealogy; what was entered besides must agree."""

from collections.abc import Iterator

from cordside.product.cellrows import Cells
from cordside.product.invariants.found import Found, date_text
from cordside.product.lots import thaws
from cordside.product.quantities import growths
from cordside.product.times import shown


def check_growth(cells: Cells) -> Iterator[Found]:
    """Passages and doublings entered that the transforms contradict, later expiries than the parents allow, frozen units thawed twice."""
    for matid, row in cells.materials.items():
        if row["PASSAGE"] is None and row["CUMPD"] is None and row["EXPDTC"] is None:
            continue
        growths(cells).of(matid)
        computed = growths(cells).computed(matid)
        if computed.passage is not None and row["PASSAGE"] is not None and row["PASSAGE"] != computed.passage:
            why = f"{matid}: passage {row['PASSAGE']} was entered, its transforms make it {computed.passage}"
            yield Found("", why, "entered only for cells from outside", "leave PASSAGE empty, or mend the transforms", row, "PASSAGE")
        if computed.cum_pd is not None and row["CUMPD"] is not None and abs(row["CUMPD"] - computed.cum_pd) >= 1:
            why = f"{matid}: {row['CUMPD']} doublings were entered, its transforms make them {computed.cum_pd:.2f}"
            yield Found("", why, "entered only for cells from outside", "leave CUMPD empty, or mend the transforms", row, "CUMPD")
        if computed.expiry is not None and row["EXPDTC"] is not None and row["EXPDTC"] > computed.expiry:
            why = f"{matid}: an expiry at {shown(row['EXPDTC'])}, later than its parents allow; the earlier counts"
            yield Found("", why, f"up to {shown(computed.expiry)}", "leave EXPDTC empty, or check it", row, "EXPDTC")
    yield from check_thawed_units(cells)


def check_thawed_units(cells: Cells) -> Iterator[Found]:
    """A thawed unit is never banked again: no freezing after a thaw unless it was cultured in between."""
    for act, row in cells.transforms.items():
        if row["TRFKIND"] != "freeze":
            continue
        thawed = [taken["MATID"] for taken in cells.inputs.get(act, []) if next(thaws(cells, taken["MATID"]), None) is not None]
        if thawed:
            made = tuple(one["MATID"] for one in cells.outputs.get(act, []))
            why = f"{act}: {thawed[0]} was thawed and is frozen again"
            yield Found(
                "thawed_unit_banked",
                why,
                "a thawed unit is used or disposed of",
                "do not use it",
                row,
                "TRFKIND",
                date_text(row, "TRFDTC"),
                made,
            )
