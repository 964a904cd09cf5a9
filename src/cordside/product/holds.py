"""Holds: what must not be used, and why. A hold reaches everything made of what it holds; some open by themselves.

By themselves open: a hold on a lot whose results changed or failed after its release or that is recalled, on a donor who is found
ineligible, and on a material whose custody has a gap or that was too warm or too cold on the way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from cordside.product.cellrows import Cells, Row
from cordside.product.changed import Change, changes_after_release, results_of, standing
from cordside.product.genealogy import Genealogy
from cordside.product.limits import FAIL
from cordside.product.lots import lot_of
from cordside.product.tested import failed_late, is_result_of, result_against, tested
from cordside.product.times import EVER, shown


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold: what it holds, why, from when to when, and the row it stands in or follows from.

    opened None: nobody knows since when; closed None: still open. automatic: opened by itself.
    """

    id: str
    target: str
    held: str
    reason: str
    opened: datetime | None
    closed: datetime | None
    propagates: bool
    source: str
    automatic: bool = False

    def is_open(self, at: datetime) -> bool:
        """Open at a time; one that was opened at an unknown time is open, and the moment of closing is free again."""
        return (self.opened is None or self.opened <= at) and (self.closed is None or at < self.closed)

    def words(self) -> str:
        """The hold as people read it."""
        return f"{self.target} {self.held} is on hold: {self.reason} ({self.source})"


def all_holds(cells: Cells) -> dict[tuple[str, str], list[Hold]]:
    """Every hold, entered or opened by itself, by what it holds: ("material", MATID), ("study", "")."""
    found: dict[tuple[str, str], list[Hold]] = cells.once("holds", lambda: _indexed([*entered_holds(cells), *automatic_holds(cells)]))
    return found


def _indexed(holds: Iterable[Hold]) -> dict[tuple[str, str], list[Hold]]:
    found: dict[tuple[str, str], list[Hold]] = defaultdict(list)
    for hold in holds:
        found[hold.target, "" if hold.target == "study" else hold.held].append(hold)
    return dict(found)


def entered_holds(cells: Cells) -> Iterator[Hold]:
    """Holds of hold.csv."""
    for row in cells.all["HOLD"]:
        reason, propagates = row["HLDREAS"] or "no reason is recorded", row["PROPAG"] != "N"
        held = row["TRGID"] or cells.record.study
        yield Hold(row["HLDID"], row["TRGTYPE"] or "", held, reason, row["OPENDTC"], row["CLOSDTC"], propagates, row["SOURCE"])


def automatic_holds(cells: Cells) -> Iterator[Hold]:
    """Holds that open by themselves; one ends where a person closes an entered hold on the same target that was opened after it."""
    for lot in cells.releases:
        for change in (*changes_after_release(cells, lot), *_recalls(cells, lot)):
            yield _by_itself(cells, "lot", lot, change)
        for target, held, change in _failures(cells, lot):
            yield _by_itself(cells, target, held, change)
    for donor, row in cells.donors.items():
        if row["ELIG"] == "ineligible":
            yield _by_itself(cells, "donor", donor, Change("the donor is ineligible", row["ELIGDTC"], row["SOURCE"]))
    for matid, rows in cells.custody.items():
        for change in custody_breaks(cells, rows):
            yield _by_itself(cells, "material", matid, change)


def _recalls(cells: Cells, lot: str) -> Iterator[Change]:
    """A late test that failed after the lot had been released: nothing that is left of it, or was made of it, is used."""
    if all(decision["VERDICT"] == "rejected" for decision in cells.releases[lot]):
        return
    for one in failed_late(cells, lot, EVER.last):
        result = one.results[0]
        yield Change(f"recalled, {one.words()}: {one.value}", result["RESDTC"], result["SOURCE"])


def _failures(cells: Cells, lot: str) -> Iterator[tuple[str, str, Change]]:
    """Results that fail a test due before use and came after the release: they hold the lot, or the one container that was tested."""
    released = [row["RELDTC"] for row in cells.releases[lot] if row["VERDICT"] != "rejected" and row["RELDTC"] is not None]
    if not released:
        return
    first = min(released)
    asked = [one for one in tested(cells, lot, EVER.last) if one.blocks and not one.is_late]
    for result in standing(results_of(cells, lot), EVER.last):
        # Of one that replaces another the change itself tells.
        if result["RESDTC"] is None or result["RESDTC"] <= first or result["SUPERSED"]:
            continue
        for one in asked:
            if is_result_of(result, one.row) and result_against(result, one.row).verdict == FAIL:
                words = f"{one.words()}: {result['ORRES']} was reported after the release of {shown(first)}"
                yield result["TRGTYPE"], result["TRGID"], Change(words, result["RESDTC"], result["SOURCE"])


def _by_itself(cells: Cells, target: str, held: str, change: Change) -> Hold:
    closed = [
        row["CLOSDTC"]
        for row in cells.all["HOLD"]
        if row["TRGTYPE"] == target
        and row["TRGID"] == held
        and row["CLOSDTC"]
        and (not change.at or (row["OPENDTC"] or change.at) >= change.at)
    ]
    return Hold(f"AUTO-{held}", target, held, change.words, change.at, max(closed, default=None), True, change.source, automatic=True)


def custody_breaks(cells: Cells, rows: Sequence[Row]) -> Iterator[Change]:
    """Gaps and excursions in the hand-overs of one material: where it was taken from is where it was last brought to."""
    product = cells.protocol.product
    limits = product.temperature if product else None
    ordered = sorted(rows, key=lambda row: (row["CSTDTC"] is not None, row["CSTDTC"] or 0))
    for before, row in zip([None, *ordered], ordered, strict=False):
        if before is not None and before["TOLOC"] and row["FROMLOC"] and before["TOLOC"] != row["FROMLOC"]:
            words = f"a gap in custody: brought to {before['TOLOC']}, then taken from {row['FROMLOC']}"
            yield Change(words, row["CSTDTC"], row["SOURCE"])
        if not (row["GIVENBY"] and row["RCVDBY"]):
            yield Change("a hand-over without both parties", row["CSTDTC"], row["SOURCE"])
        if limits and (out := _outside(row, limits)) is not None:
            words = f"{out} degrees C on the way, allowed are {limits[0]} to {limits[1]}"
            yield Change(words, row["CSTDTC"], row["SOURCE"])


def _outside(row: Row, limits: Sequence[Decimal]) -> Decimal | None:
    measured: list[Decimal] = [value for value in (row["TMPMIN"], row["TMPMAX"]) if value is not None]
    return next((value for value in measured if not limits[0] <= value <= limits[1]), None)


def holds_over(cells: Cells, matid: str, at: datetime) -> list[Hold]:
    """Open holds on a material, its lot, or on anything it was made of: materials, their lots and donors."""
    index, genealogy = all_holds(cells), cells.genealogy
    if not index:
        return []
    own = [("material", matid), ("lot", lot_of(cells, matid) or "")]
    above = genealogy.ancestors(matid)
    reaching = [("material", one) for one in above] + [("lot", (cells.materials.get(one) or Row())["LOTID"] or "") for one in above]
    reaching += [("donor", donor) for donor in genealogy.donors_of(matid)]
    found = [hold for target in own for hold in index.get(target, [])]
    found += [hold for target in reaching for hold in index.get(target, []) if hold.propagates]
    return [hold for hold in dict.fromkeys(found) if hold.is_open(at)]


def lot_holds(cells: Cells, lot: str, at: datetime) -> list[Hold]:
    """Open holds on a lot itself, or on what all its materials were made of."""
    found = [hold for hold in all_holds(cells).get(("lot", lot), []) if hold.is_open(at)]
    for matid in cells.by_lot.get(lot, []):
        inherited = [hold for hold in holds_over(cells, matid, at) if (hold.target, hold.held) != ("material", matid)]
        found += [hold for hold in inherited if hold not in found]
    return found


def study_holds(cells: Cells, arm: str | None, at: datetime) -> list[Hold]:
    """Open holds on the study, or on an arm of it."""
    index = all_holds(cells)
    found = [*index.get(("study", ""), []), *(index.get(("arm", arm), []) if arm else [])]
    return [hold for hold in found if hold.is_open(at)]


def blocked(genealogy: Genealogy, held: Iterable[str]) -> tuple[list[str], list[str]]:
    """Materials that a hold on some of them blocks, and those that stay free, each in the order of the genealogy."""
    reached = {one for matid in held for one in (matid, *genealogy.descendants(matid))}
    return [one for one in genealogy.materials if one in reached], [one for one in genealogy.materials if one not in reached]
