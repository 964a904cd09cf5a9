"""Recall: a test that was due after use has failed. Who received the lot, who received its siblings, which units are blocked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cordside.product.cellrows import Cells, Row
from cordside.product.lots import PRODUCT_LEVEL, all_lots, bank_vials, containers_of, infusions_from, level_of, lot_of
from cordside.product.tested import failed_late


@dataclass(frozen=True, slots=True)
class Recall:
    """What a recall reaches: subjects and unused containers of the lot, and of lots from the same working-bank vials."""

    lot: str
    subjects: tuple[str, ...]
    blocked: tuple[str, ...]
    siblings: tuple[str, ...]
    sibling_subjects: tuple[str, ...]


def recall_of(
    lot: str, vials: Mapping[str, Sequence[str]], containers: Mapping[str, Sequence[str]], received: Mapping[str, Sequence[tuple[str, str]]]
) -> Recall:
    """What the recall of a lot reaches.

    vials: bank vials of each lot; containers: of each lot; received: container ("" where it is not known) and subject of each
    infusion, by lot. A subject of the lot is not listed again as one of a sibling.
    """
    own = set(vials.get(lot, ()))
    siblings = [other for other in containers if other != lot and own & set(vials.get(other, ()))]
    subjects = dict.fromkeys(subject for _, subject in received.get(lot, ()))
    others = dict.fromkeys(subject for other in siblings for _, subject in received.get(other, ()) if subject not in subjects)
    used = {matid for matid, _ in received.get(lot, ())}
    unused = tuple(matid for matid in containers.get(lot, ()) if matid not in used)
    return Recall(lot, tuple(subjects), unused, tuple(siblings), tuple(others))


def reach_of(cells: Cells, lot: str) -> Recall:
    """What a recall of a recorded lot reaches, or would reach."""
    made = {lot_of(cells, matid) for vial in vials_of(cells, lot) for matid in cells.genealogy.descendants(vial)}
    related = [other for other in all_lots(cells) if other == lot or (other in made and level_of(cells, other) == PRODUCT_LEVEL)]
    return recall_of(
        lot,
        {other: vials_of(cells, other) for other in related},
        {other: containers_of(cells, other) for other in related},
        {other: received_from(cells, other) for other in related},
    )


def received_from(cells: Cells, lot: str) -> list[tuple[str, str]]:
    """Container and subject of each infusion from a lot."""
    return [(cells.container_of(row) or "", row["USUBJID"]) for row in infusions_from(cells, lot)]


def recalled_at(cells: Cells, lot: str, at: datetime) -> Recall | None:
    """The recall of a lot at a time; None while no late test has failed."""
    return reach_of(cells, lot) if failed_late(cells, lot, at) else None


def vials_of(cells: Cells, lot: str) -> list[str]:
    """Bank vials that a lot's materials come from."""
    own = cells.by_lot.get(lot, [])
    found: list[str] = cells.once(f"vials {lot}", lambda: list(dict.fromkeys(vial for matid in own for vial in bank_vials(cells, matid))))
    return found


def look_back(cells: Cells, dnrid: str) -> dict[str, list[Row]]:
    """Infusions of every subject who received anything that came from a donor."""
    found: dict[str, list[Row]] = {}
    for matid in cells.genealogy.from_donor(dnrid):
        for row in cells.infused.get(matid, []):
            found.setdefault(row["USUBJID"], []).append(row)
    return found
