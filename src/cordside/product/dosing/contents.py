"""What comes with the cells: DMSO and endotoxin of a container, as recorded."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from cordside.product.cellrows import Cells, Row
from cordside.product.changed import standing
from cordside.product.lots import lot_of
from cordside.product.numbers import microlitres, usable
from cordside.product.quantities import taken_from, volume_of
from cordside.terms.reading import read_result

_PER_ML = frozenset({"eu/ml", "iu/ml"})


@dataclass(frozen=True, slots=True)
class Endotoxin:
    """EU per mL (of a result such as <0.5 its limit), as reported, and its row."""

    eu_per_ml: Fraction
    reported: str
    source: str


def dmso_percent(cells: Cells, matid: str) -> Decimal | None:
    """DMSO of a container in % v/v; None where it is not recorded. Cells that were never frozen have none unless it says so."""
    found: Decimal | None = cells.materials.get(matid, Row())["DMSOPCT"]
    product = cells.protocol.product
    return Decimal(0) if found is None and product is not None and product.cryopreserved is False else found


def endotoxin_of(cells: Cells, matid: str, at: datetime) -> Endotoxin | None:
    """The last endotoxin of a container, else of its lot; the higher of two at once. None where none is reported per mL."""
    for kind, target in (("material", matid), ("lot", lot_of(cells, matid))):
        own = [row for row in cells.results_by_target.get((kind, target or ""), []) if _is_endotoxin(row)]
        read = [(row, value) for row in standing(own, at) if (value := _at_most(row)) is not None]
        if read:
            row, value = max(read, key=lambda pair: (str(pair[0]["SMPDTC"] or pair[0]["RESDTC"] or ""), pair[1]))
            return Endotoxin(value, f"{row['ORRES']} {row['ORRESU']}", row["SOURCE"])
    return None


def _is_endotoxin(row: Row) -> bool:
    return "endotoxin" in (row["TSTCD"] or "").casefold() and (row["ORRESU"] or "").replace(" ", "").casefold() in _PER_ML


def _at_most(row: Row) -> Fraction | None:
    """The most that a result may be: of <0.5 it is 0.5; nothing is known of >0.5."""
    read = read_result(row["ORRES"] or "")
    number = usable(read.value)
    return None if number is None or number < 0 or read.operator in (">", ">=") else number


def volume_left(cells: Cells, matid: str) -> int | None:
    """What is left in a container, in µL: its volume without what transforms took; None where its volume is not recorded."""
    volume = volume_of(cells, matid)
    taken = sum(microlitres(row["VOL"]) for row in taken_from(cells, matid, "VOL"))
    return None if volume is None else max(volume - taken, 0)
