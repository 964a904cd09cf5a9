"""Invariants 9, 10 and 11: no start in breach, no container twice, the dose computed from what was given."""

from collections.abc import Iterator

from cordside.product.cellrows import Cells
from cordside.product.dosebreaches import dose_breaches
from cordside.product.given import given_of
from cordside.product.invariants.found import Found, of_refusals
from cordside.product.start import known_breaches


def check_starts(cells: Cells) -> Iterator[Found]:
    """Infusions that the gate would have refused (9), a second infusion of a container among them (10)."""
    for row in cells.infusions:
        yield from of_refusals([*known_breaches(cells, row), *dose_breaches(cells, row)], row, "EXSTDTC", row["EXSTDTC"])


def check_given(cells: Cells) -> Iterator[Found]:
    """Cells given that a file brought along and that are not concentration × volume (11): the computed number stands."""
    supplied = _supplied(cells)
    for row in cells.infusions:
        given = given_of(cells, row)
        for name, ours in (("EXTCELLS", given.total), ("EXVCELLS", given.viable)):
            theirs = supplied.get((name, row["_ROW"]))
            if theirs is not None and ours is not None and theirs != ours:
                why = f"the file says {theirs} cells, computed from the container and EXVGIVEN are {ours}"
                yield Found("", why, "the computed number is used", "check EXVGIVEN and the container's count", row, name)


def _supplied(cells: Cells) -> dict[tuple[str, int], int]:
    rows = cells.record.rows.get("EX")
    if rows is None:
        return {}
    collected, place = rows.as_collected(), rows.own()["_ROW"].to_list()
    found: dict[tuple[str, int], int] = {}
    for name in ("EXTCELLS", "EXVCELLS"):
        texts = collected[name].to_list() if name in collected.columns else []
        found |= {(name, row): int(text) for row, text in zip(place, texts, strict=False) if text and str(text).strip().isdigit()}
    return found
