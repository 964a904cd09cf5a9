"""Cells per mL of one container: counted in it after thaw, else what was made into it after thaw. Never what the bank promised."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from cordside.product.cellrows import Cells, Row
from cordside.product.changed import standing
from cordside.product.lots import thawed_at, thaws
from cordside.product.numbers import UL_PER_ML, usable
from cordside.product.quantities import cells_made, viable_made, volume_of
from cordside.terms.reading import read_result

_PER_ML = re.compile(r"(?:[x×]?\s*10\^(?P<power>\d{1,2})\s*)?(?:(?:viable|live|total)?\s*(?:nucleated\s*)?cells?)?\s*/\s*ml", re.IGNORECASE)
_VIABLE = re.compile(r"viable|live|living", re.IGNORECASE)
_VIABILITY = re.compile(r"viab", re.IGNORECASE)
LABEL = "label"
"""The protocol's rule by which the amounts at filling will do."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """Viable and all cells per mL, None where not known; words: how they were found; source: rows; reviewed: nobody has yet where False."""

    viable_per_ml: Fraction | None = None
    total_per_ml: Fraction | None = None
    words: str = ""
    source: tuple[str, ...] = ()
    reviewed: bool = True

    def on(self, basis: str | None) -> Fraction | None:
        """Cells per mL on a count basis; where it is not stated, the viable if they are known, else all."""
        if basis in ("viable", "total"):
            return self.viable_per_ml if basis == "viable" else self.total_per_ml
        return self.viable_per_ml if self.viable_per_ml is not None else self.total_per_ml

    @property
    def viability_pct(self) -> Fraction | None:
        """Viable of all cells in percent, where both are known."""
        return 100 * self.viable_per_ml / self.total_per_ml if self.viable_per_ml is not None and self.total_per_ml else None


def concentration_of(cells: Cells, matid: str, at: datetime, rule: str) -> Concentration:
    """The concentration of a container at a time; rule: `after thaw`, or `label` where the amounts at filling will do.

    Counts in the container come first, the latest of each kind: viable cells per mL, all cells per mL, viability in percent. Of the three
    the third follows from two; a viability alone is that of the cells that were made into it; without any count both are as made.
    """
    made = _made(cells, matid, rule)
    results = [row for row in _valid(cells, matid, at) if _is_after_thaw(cells, row, matid, rule)]
    viable = _last(row for row in results if _per_ml(row) and _VIABLE.search(row["TSTCD"] or ""))
    total = _last(row for row in results if _per_ml(row) and not _VIABLE.search(row["TSTCD"] or ""))
    share = _last(row for row in results if row["ORRESU"] == "%" and _VIABILITY.search(row["TSTCD"] or "") and _number(row) is not None)
    used = [row for row in (viable, total, share) if row is not None]
    if not used:
        return made
    of_viable, of_all, percent = (
        None if row is None else read(row) for row, read in ((viable, _per_ml), (total, _per_ml), (share, _number))
    )
    if of_viable is None and percent is not None:
        of_all = made.total_per_ml if of_all is None else of_all
        of_viable = None if of_all is None else of_all * percent / 100
    elif of_all is None and of_viable is not None and percent:
        of_all = of_viable * 100 / percent
    source = tuple(row["SOURCE"] for row in used)
    return Concentration(of_viable, of_all, _said(used), source, all(row["REVBY"] for row in used))


def _valid(cells: Cells, matid: str, at: datetime) -> list[Row]:
    """Results of a container, or of a sample of it, that stand at a time, earliest first; of two at once the lower comes last."""
    samples = {child for child in cells.genealogy.children(matid) if cells.materials.get(child, Row())["MATKIND"] == "sample"}
    found = [row for target in (matid, *samples) for row in cells.results_by_target.get(("material", target), [])]
    own = sorted(found, key=lambda row: int(row["_ROW"]))
    return sorted(standing(own, at), key=lambda row: (_when(row) is not None, _when(row) or at, -(_number(row) or 0)))


def _when(row: Row) -> datetime | None:
    """When the cells were as the result says: at sampling."""
    found: datetime | None = row["SMPDTC"] or row["RESDTC"]
    return found


def _is_after_thaw(cells: Cells, row: Row, matid: str, rule: str) -> bool:
    if rule == LABEL or row["MINTHAW"] is not None or not _is_frozen(cells, matid):
        return True
    thawed, when = thawed_at(cells, matid), _when(row)
    return thawed is not None and when is not None and when >= thawed


def _is_frozen(cells: Cells, matid: str) -> bool:
    """Whether a material is, or was, frozen: by its transforms, else by the protocol."""
    kinds = {cells.transforms[act]["TRFKIND"] for act in cells.genealogy.acts_above(matid) if act in cells.transforms}
    product = cells.protocol.product
    return bool(kinds & {"freeze", "thaw"}) or bool(product and product.cryopreserved)


def _made(cells: Cells, matid: str, rule: str) -> Concentration:
    """Cells and volume as made by the last transform, which for frozen cells must lie at or after a thaw."""
    if rule != LABEL and _is_frozen(cells, matid) and not any(True for _ in thaws(cells, matid)):
        return Concentration()
    volume, viable, total = volume_of(cells, matid), viable_made(cells, matid), cells_made(cells, matid)
    if not volume or not (viable or total):
        return Concentration()
    acts = [cells.transforms[act]["TRFKIND"] for act in cells.genealogy.made_by(matid) if act in cells.transforms]
    words = f"cells and volume at {acts[-1] or 'making'}" if acts else "cells and volume as delivered"
    viable_per_ml, total_per_ml = (None if amount is None else Fraction(amount * UL_PER_ML, volume) for amount in (viable, total))
    return Concentration(viable_per_ml or None, total_per_ml or None, words, (cells.materials[matid]["SOURCE"],))


def _last(rows: Iterable[Row]) -> Row | None:
    found = None
    for row in rows:
        found = row
    return found


def _number(row: Row) -> Fraction | None:
    """The number of a result; None for a word, a limit such as <5, and what is negative or cannot be read."""
    read = read_result(row["ORRES"] or "")
    number = usable(read.value)
    return None if number is None or number < 0 or read.operator or read.problem else number


def _per_ml(row: Row) -> Fraction | None:
    """Cells per mL of a result in such a unit: cells/mL, 10^6/mL."""
    match, number = _PER_ML.fullmatch((row["ORRESU"] or "").strip()), _number(row)
    return number * 10 ** int(match["power"] or 0) if match and number else None


def _said(rows: list[Row]) -> str:
    after = dict.fromkeys(f"{row['MINTHAW']:f} min after thaw" for row in rows if row["MINTHAW"] is not None)
    methods = dict.fromkeys(row["METHOD"] for row in rows if row["METHOD"])
    return ", ".join(["counted", *methods, *after])
