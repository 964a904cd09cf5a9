"""What changed in a lot's results after its release: the digest of the results that a decision rests on, compared with today's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cordside.product.cellrows import Cells, Row
from cordside.product.times import shown
from cordside.record.digest import canonical

_SAID = ("TRSID", "TRGTYPE", "TRGID", "TSTCD", "METHOD", "METHVER", "STAGE", "ORRES", "ORRESU")
"""What a result says. Its review comes later without changing it."""
_DIGEST = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
INVALID = "invalidated"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that opens a hold by itself: in words, since when (None: nobody knows), and the row that shows it."""

    words: str
    at: datetime | None
    source: str


def results_of(cells: Cells, lot: str) -> list[Row]:
    """All results of a lot and of its materials, in the order of their file, whatever their status."""
    own = set(cells.by_lot.get(lot, []))
    return [row for row in cells.results.values() if (row["TRGTYPE"] == "lot" and row["TRGID"] == lot) or _is_of(row, own)]


def _is_of(row: Row, materials: set[str]) -> bool:
    return row["TRGTYPE"] == "material" and row["TRGID"] in materials


def standing(rows: Iterable[Row], at: datetime) -> list[Row]:
    """Results that stand at a time: known by then, not invalidated, not yet replaced by another known by then."""
    known = [row for row in rows if row["RESDTC"] is None or row["RESDTC"] <= at]
    replaced = {row["SUPERSED"] for row in known if row["SUPERSED"] and row["SUPERSED"] != row["TRSID"] and row["RESSTAT"] != INVALID}
    return [row for row in known if row["RESSTAT"] != INVALID and row["TRSID"] not in replaced]


def result_digest(cells: Cells, lot: str, at: datetime) -> str:
    """SHA-256, as hex, of the canonical JSON of what the results of a lot that stand at a time say, sorted by their ids."""
    rows = sorted(standing(results_of(cells, lot), at), key=lambda row: str(row["TRSID"]))
    return sha256(canonical([{name: row[name] for name in _SAID if row[name]} for row in rows]).encode()).hexdigest()


def changes_after_release(cells: Cells, lot: str) -> Iterator[Change]:
    """Results that were replaced, or are not what the decision names, since the lot was released."""
    for decision in cells.releases.get(lot, []):
        if decision["VERDICT"] == "rejected" or decision["RELDTC"] is None:
            continue
        rows = results_of(cells, lot)
        before = {row["TRSID"]: row for row in standing(rows, decision["RELDTC"])}
        for row in rows:
            if row["SUPERSED"] in before and row["RESSTAT"] != INVALID and row["RESDTC"] is not None and row["RESDTC"] > decision["RELDTC"]:
                words = f"result {row['SUPERSED']} was replaced by {row['TRSID']} after the release of {shown(decision['RELDTC'])}"
                yield Change(words, row["RESDTC"], row["SOURCE"])
        stated = decision["RESSHA"]
        if stated and _DIGEST.fullmatch(stated) and stated.casefold() != result_digest(cells, lot, decision["RELDTC"]):
            words = f"the results are not those that decision {decision['RELID']} rests on: their digest is another"
            yield Change(words, None, decision["SOURCE"])
