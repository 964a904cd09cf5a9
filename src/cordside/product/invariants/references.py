"""Invariant 14: what a row refers to exists; corrections refer back; donor and recipient stay linked for the years of retention."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from cordside.product.cellrows import Cells, Row
from cordside.product.invariants.found import Found
from cordside.product.lots import lot_of
from cordside.product.recall import look_back

RETENTION_YEARS = 30
"""Directive 2006/86/EC art. 9(2); Regulation (EC) 1394/2007 art. 15. A protocol may lengthen it, never shorten."""


@dataclass(frozen=True, slots=True)
class Link:
    """One donor–recipient link and the first day on which it need not be kept; None while the infusion has no day."""

    donor: str
    subject: str
    kept_until: date | None


def links(cells: Cells) -> list[Link]:
    """Every donor–recipient link with its retention, counted from the last infusion."""
    product = cells.protocol.product
    years = max(product.retention_years if product else RETENTION_YEARS, RETENTION_YEARS)
    found = []
    for donor in dict.fromkeys([*cells.donors, *(row["DNRID"] for row in cells.materials.values() if row["DNRID"])]):
        for subject, rows in look_back(cells, donor).items():
            days = [row["START"].last.date() for row in rows if row["EXSTDTC"]]
            found.append(Link(donor, subject, _years_later(max(days), years) if days else None))
    return found


def _years_later(day: date, years: int) -> date:
    later = min(day.year + years, 9999)
    return day.replace(year=later, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=later)


def check_references(cells: Cells) -> Iterator[Found]:
    """Rows that name what no file holds."""
    targets = {"donor": cells.donors, "material": cells.materials, "lot": cells.lots}
    known_transforms = {row["TRFID"] for row in cells.all["TRANSFORM"]}
    for code in ("INPUT", "OUTPUT"):
        yield from _absent(cells, code, "TRFID", known_transforms, "transform.csv")
        yield from _absent(cells, code, "MATID", cells.materials, "material.csv")
    yield from _absent(cells, "TRANSFORM", "REFID", known_transforms, "transform.csv")
    yield from _absent(cells, "MATERIAL", "DNRID", cells.donors, "donor.csv")
    yield from _absent(cells, "MATERIAL", "LOTID", cells.lots, "lot.csv")
    yield from _absent(cells, "RELEASE", "LOTID", cells.lots, "lot.csv")
    yield from _absent(cells, "ORDER", "MATID", cells.materials, "material.csv")
    yield from _absent(cells, "CUSTODY", "MATID", cells.materials, "material.csv")
    yield from _absent(cells, "TESTRESULT", "SUPERSED", cells.results, "testresult.csv")
    subjects = set(cells.record.subjects["USUBJID"])
    for code in ("MATERIAL", "ORDER"):
        yield from _absent(cells, code, "USUBJID", subjects, "dm.csv")
    for code in ("TESTRESULT", "HOLD"):
        for row in cells.all[code]:
            known = targets.get(row["TRGTYPE"] or "")
            if known is not None and row["TRGID"] and row["TRGID"] not in known:
                yield _unknown(row, "TRGID", f"{row['TRGTYPE']}.csv")
    yield from _arms(cells)
    yield from _infusions(cells)


def _absent(cells: Cells, code: str, name: str, known: Container[str], file: str) -> Iterator[Found]:
    for row in cells.all[code]:
        if row[name] and row[name] not in known:
            yield _unknown(row, name, file)


def _unknown(row: Row, name: str, file: str) -> Found:
    return Found("", f"{row[name]} is not in {file}", f"what {file} holds", f"mend it, or add it to {file}", row, name)


def _arms(cells: Cells) -> Iterator[Found]:
    arms = cells.protocol.arms
    for row in cells.all["HOLD"]:
        if row["TRGTYPE"] == "arm" and arms and row["TRGID"] not in arms:
            yield Found("", f"{row['TRGID']} is no arm", f"arms are {', '.join(arms)}", "mend it", row, "TRGID")


def _infusions(cells: Cells) -> Iterator[Found]:
    kept = cells.record.rows
    for row in cells.infusions:
        for name, code, known in (("EXCONT", "MATERIAL", cells.materials), ("EXORD", "ORDER", cells.orders), ("EXLOT", "LOT", cells.lots)):
            if code in kept and row[name] and row[name] not in known:
                yield _unknown(row, name, f"{code.lower()}.csv")
        container = cells.container_of(row)
        lot = lot_of(cells, container) if container in cells.materials and container is not None else None
        if lot and row["EXLOT"] and row["EXLOT"] != lot:
            yield Found("", f"container {container} is of lot {lot}, not of {row['EXLOT']}", lot, "check lot and container", row, "EXLOT")
        if row["EXSCAN"] and cells.materials and cells.scanned(row["EXSCAN"]) is None:
            said = "several materials have" if cells.carrying(row["EXSCAN"]) else "no material has"
            yield Found("", f"{said} the code {row['EXSCAN']}", "a code of one material", "check the label", row, "EXSCAN")
