"""The gate before an infusion: every reason against its start, all at once, in the order of the codes.

A gate looks forward and needs every answer. Of an infusion that took place, whatever it was, the same questions are asked, and what
is known to be wrong becomes a deviation.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime

from cordside.product import startwhat, startwho
from cordside.product.acts import Act
from cordside.product.cellrows import Cells, Row
from cordside.product.people import by_two
from cordside.product.refusals import Refusal, in_order

_CHECKS: tuple[Callable[[Act], Iterator[Refusal]], ...] = (
    *(startwho.consent, startwho.eligible, startwho.go_or_no_go, startwho.study_runs, startwho.in_window),
    *(startwhat.lot, startwhat.free_of_holds, startwhat.order, startwhat.identity, startwhat.container),
    *(startwhat.unexpired, startwhat.two_people),
)


def start_refusals_of(
    cells: Cells,
    *,
    subject: str,
    container: str | None,
    at: datetime,
    order: str | None = None,
    wristband: str | None = None,
    checkers: tuple[str | None, str | None] | None = None,
    end: datetime | None = None,
) -> list[Refusal]:
    """Why an infusion may not start; empty when it is authorised.

    subject: USUBJID; at: an instant; order: ORDID. wristband and checkers: both None while the dose is only planned; then what can
    only be answered at the bedside is not asked. end: the planned end where it is known.
    """
    row = cells.orders.get(order) if order else None
    return refusals_of(Act(cells, subject, at, container, row, order, wristband, checkers, end))


def refusals_of(act: Act) -> list[Refusal]:
    """Every reason against an act, in the order of the codes."""
    return in_order((refusal for check in _CHECKS for refusal in check(act)), "start")


def known_breaches(cells: Cells, infusion: Row) -> list[Refusal]:
    """What is known to be wrong with an infusion that took place: wrong at every moment at which it may have begun."""
    start = infusion["START"]
    first = refusals_of(_fact(cells, infusion, start.first))
    if start.is_known:
        return first
    codes = {refusal.code for refusal in refusals_of(_fact(cells, infusion, start.last))}
    return [refusal for refusal in first if refusal.code in codes]


def _fact(cells: Cells, row: Row, at: datetime) -> Act:
    end = max(row["END"].first, at) if row["EXENDTC"] else None
    signed = any(name in cells.record.rows["EX"].collected for name in ("EXCHK1", "EXCHK2"))
    judged = row["EXHIST"] != "Y" and (signed or any(code in cells.record.rows for code in ("MATERIAL", "ORDER")))
    return Act(
        cells,
        row["USUBJID"],
        at,
        cells.container_of(row),
        cells.orders.get(row["EXORD"] or ""),
        row["EXORD"],
        row["EXWRIST"],
        (row["EXCHK1"], row["EXCHK2"]) if judged else None,
        end,
        row,
    )


def bedside_refusals(
    wristband: str, container: str, ordered_for: Mapping[str, str], infused: Collection[str], checkers: tuple[str | None, str | None] | None
) -> list[Refusal]:
    """The bedside's part of the gate on plain values: container by subject, containers used before, and who checks (None: not asked)."""
    found, where = [], f"container {container}"
    meant = ordered_for.get(container)
    if meant is None or meant != wristband:
        why = f"{where}: it was prepared for {meant or 'nobody'}, the wristband is {wristband}'s"
        found.append(
            Refusal("container_of_another_subject", why, f"a container for {wristband}", "stop; take the container of this subject")
        )
    if container in infused:
        found.append(
            Refusal("container_already_infused", f"{where}: it was infused before", "one infusion of a container", "take another container")
        )
    if checkers is not None:
        found += by_two(where, *checkers, "two checkers at the bedside")
    return in_order(found, "start")
