"""Invariant 13: one occupant a storage position; a hand-over has both parties, and a gap or an excursion opens a hold."""

from collections import defaultdict
from collections.abc import Iterator

from cordside.product.cellrows import Cells, Row
from cordside.product.holds import custody_breaks
from cordside.product.invariants.found import Found, date_text

_THERE = (None, "available", "reserved")


def check_custody(cells: Cells) -> Iterator[Found]:
    """Positions with two occupants, gaps in custody and excursions of temperature."""
    places: dict[str, list[Row]] = defaultdict(list)
    for matid, row in cells.materials.items():
        if row["STORPOS"] and row["MATSTAT"] in _THERE and matid not in cells.infused:
            places[f"{row['SITEID'] or ''} {row['STORPOS']}".strip()].append(row)
    for place, rows in places.items():
        for row in rows[1:]:
            why = f"{row['MATID']}: position {place} is taken by {rows[0]['MATID']}"
            yield Found("", why, "one material a position", "find where it is", row, "STORPOS")
    for matid, hand_overs in cells.custody.items():
        sources = {row["SOURCE"]: row for row in hand_overs}
        for change in custody_breaks(cells, hand_overs):
            row = sources[change.source]
            if row["GIVENBY"] and row["RCVDBY"]:
                why = f"{matid or 'a material'}: {change.words}; a hold is open until someone closes one"
                yield Found(
                    "", why, "an unbroken chain of custody", "judge it, and close a hold on it", row, "CUSTODY", date_text(row, "CSTDTC")
                )
