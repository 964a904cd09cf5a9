"""Invariant 12: a label code names one material and is written right; labels printed are applied or destroyed."""

from collections.abc import Iterator

from cordside.product.cellrows import Cells
from cordside.product.codes.din import LENGTH, din_refusals
from cordside.product.codes.sec import sec_refusals
from cordside.product.invariants.found import Found, of_refusals
from cordside.product.refusals import Refusal

_DIN_WITH_CHARACTER = LENGTH + 1
_CUT = 30
"""A code of more characters was meant as a Single European Code."""


def check_labels(cells: Cells) -> Iterator[Found]:
    """Codes that several materials carry, and codes that are no donation number and no European code."""
    for matid, row in cells.materials.items():
        code = row["MATCODE"]
        if code is None:
            continue
        others = [other for other in cells.carrying(code) if other != matid]
        if others and cells.carrying(code)[0] != matid:
            why = f"{matid}: code {code} is also that of {others[0]}"
            allowed, remedy = "one material a code; a number once given is never changed", "give it a new number"
            yield Found("code_not_unique", why, allowed, remedy, row, "MATCODE", None, (matid, *others))
        yield from of_refusals(code_refusals(code), row, "MATCODE", None, [matid])


def code_refusals(code: str) -> list[Refusal]:
    """What is wrong with a code: a donation number with or without its check character, or a Single European Code."""
    plain = "".join(code.split())
    if len(plain) >= _CUT:
        return sec_refusals(plain)
    return din_refusals(plain[:LENGTH], plain[LENGTH]) if len(plain) == _DIN_WITH_CHARACTER else din_refusals(plain)
