"""Whether this container may be infused into this subject now: lot, holds, order, identity, use, expiry, two people."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cordside.product.acts import Act, subject_named
from cordside.product.cellrows import Row
from cordside.product.expiry import planned_end, start_refusals
from cordside.product.holds import holds_over
from cordside.product.lots import is_available, is_disposed, is_made, lot_of
from cordside.product.numbers import microlitres
from cordside.product.people import by_two, same
from cordside.product.quantities import expiry_of, volume_of
from cordside.product.refusals import Refusal
from cordside.product.release import CONDITIONAL, RECALLED, RELEASED, decision_refusals, lot_state
from cordside.product.tested import decision_at
from cordside.product.times import shown

_VERIFIED = ("verified", "prepared", "given", None)
_LOT_FILES = ("LOT", "RELEASE", "MATERIAL")


def lot(act: Act) -> Iterator[Refusal]:
    """The lot is released, for good or on condition, by a decision that kept the rules."""
    if not act.keeps(*_LOT_FILES):
        return
    name = _lot(act)
    if name is None:
        yield Refusal("lot_not_released", f"{act.where}: no lot is recorded for it", "a released lot", "name the lot")
        return
    state, remedy = lot_state(act.cells, name, act.at), "take a container of a released lot"
    if state == RECALLED:
        yield Refusal("lot_recalled", f"{act.where}: lot {name} is recalled", "a released lot", remedy)
    elif state not in (RELEASED, CONDITIONAL):
        why = f"{act.where}: lot {name} is {state} at {shown(act.at)}"
        yield Refusal("lot_not_released", why, "a lot released, or released on condition", remedy)
    elif act.fact is None:
        decision = decision_at(act.cells, name, act.at)
        broken = decision_refusals(act.cells, decision) if decision is not None else []
        if broken:
            codes = ", ".join(dict.fromkeys(refusal.code for refusal in broken))
            why = f"{act.where}: the release of lot {name} broke the rules ({codes})"
            yield Refusal("lot_not_released", why, "a release that kept the rules", "let the quality person decide again")


def _lot(act: Act) -> str | None:
    found = lot_of(act.cells, act.container) if act.container else None
    return found or (act.fact["EXLOT"] if act.fact is not None else None)


def free_of_holds(act: Act) -> Iterator[Refusal]:
    """No hold is open on the container, its lot, or anything it was made of."""
    if act.container is None or act.is_historical:
        return
    for hold in holds_over(act.cells, act.container, act.at):
        if act.fact is None or hold.opened is not None:
            yield Refusal(
                "on_hold", f"{act.where}: {hold.words()}", "no open hold on it or on what it was made of", "take another container"
            )


def order(act: Act) -> Iterator[Refusal]:
    """The order is verified, by another person than the one who wrote it."""
    if not act.keeps("ORDER") or (act.fact is None and not act.is_bedside and act.order_id is None):
        return
    remedy = "let a second person verify the order"
    if act.order is None:
        named = f"order {act.order_id} is not recorded" if act.order_id else "no order is recorded"
        yield Refusal("order_not_verified", f"{act.where}: {named}", "a verified order", "write the order and let it be verified")
        return
    status = act.order["ORDSTAT"]
    if status not in _VERIFIED or not act.order["VERBY"]:
        said = status if status not in _VERIFIED else "verified by nobody who is named"
        yield Refusal("order_not_verified", f"{act.where}: order {act.order_id} is {said}", "a verified order", remedy)
    if same(act.order["ORDBY"], act.order["VERBY"]):
        why = f"{act.where}: order {act.order_id}: {act.order['ORDBY']} wrote and verified it"
        yield Refusal("two_people_needed", why, "two people: one writes the order, another verifies it", remedy)


def identity(act: Act) -> Iterator[Refusal]:
    """Wristband, order and container name the same subject, and container and order one another."""
    if act.is_historical:
        return
    worn = subject_named(act.cells, act.wristband) if act.wristband else None
    ordered = act.order["USUBJID"] if act.order is not None else None
    if worn is not None and worn != (ordered or act.subject):
        why = f"{act.where}: the wristband is {worn}'s, the order is for {ordered or act.subject}"
        yield Refusal("subject_mismatch", why, "the wristband of the order's subject", "stop; find the right subject")
    elif ordered is not None and ordered != act.subject:
        why = f"{act.where}: order {act.order_id} is for {ordered}, not for {act.subject}"
        yield Refusal("subject_mismatch", why, "the order's subject", "stop; find the right subject")
    elif act.is_bedside and worn is None:
        yield Refusal(
            "subject_mismatch", f"{act.where}: no wristband was read", "the wristband of the order's subject", "read the wristband"
        )
    if act.container is not None:
        # Of a subject and a wristband that disagree, both must be whom the container is for.
        yield from _belongs(act, list(dict.fromkeys([worn or act.subject, act.subject])))


def _belongs(act: Act, subjects: list[str]) -> Iterator[Refusal]:
    intended = (act.cells.materials.get(act.container or "") or Row())["USUBJID"]
    naming = [row for row in act.cells.orders_of(act.container or "") if row["ORDSTAT"] != "cancelled"]
    named_for = [name for name in dict.fromkeys([intended, *(row["USUBJID"] for row in naming)]) if name]
    wrong = [(name, subject) for subject in subjects for name in named_for if name != subject]
    if wrong:
        name, subject = wrong[0]
        why = f"{act.where}: it was prepared for {name}, not for {subject}"
        yield Refusal("container_of_another_subject", why, f"a container for {subject}", "stop; take the container of this subject")
    if act.order is None:
        return
    wanted, foreign = act.order["MATID"], [row["ORDID"] for row in naming if row["ORDID"] != act.order_id]
    if (wanted and wanted != act.container) or (not wanted and foreign):
        named = f"order {act.order_id} names {wanted}" if wanted else f"it belongs to order {foreign[0]}"
        yield Refusal(
            "container_of_another_order", f"{act.where}: {named}", "the container of this order", "stop; take the container of the order"
        )


def container(act: Act) -> Iterator[Refusal]:
    """The container is recorded, there, and was never infused."""
    if not act.keeps("MATERIAL"):
        return
    if act.container is None or act.container not in act.cells.materials:
        named = "it is not recorded" if act.container else "no container is named"
        yield Refusal(
            "container_not_available", f"{act.where}: {named}", "a recorded container", "enter the container, or name the right one"
        )
        return
    row = act.cells.materials[act.container]
    gone = not is_available(act.cells, act.container) if act.fact is None else is_disposed(act.cells, act.container, act.at)
    if gone or row["MATKIND"] not in ("container", None):
        said = f"it is a {row['MATKIND']}" if not gone else f"it is {row['MATSTAT'] if row['MATSTAT'] != 'available' else 'disposed of'}"
        yield Refusal("container_not_available", f"{act.where}: {said}", "an available container", "take another container")
    if act.fact is None and not is_made(act.cells, act.container, act.at):
        why = f"{act.where}: by the transforms it is made only after {shown(act.at)}"
        yield Refusal("container_not_available", why, "a container that is there", "wait until it is made, or correct the transform's time")
    for other in act.cells.infused.get(act.container, []):
        if other is not act.fact and (act.fact is None or _order(other) < _order(act.fact)):
            why = f"{act.where}: it was infused into {other['USUBJID']} on {other['EXSTDTC'] or 'an unknown day'} ({other['SOURCE']})"
            yield Refusal("container_already_infused", why, "one infusion of a container", "take another container")
            return


def _order(row: Row) -> tuple[object, int]:
    return row["START"].first, row["_ROW"]


def unexpired(act: Act) -> Iterator[Refusal]:
    """The container is not expired at the start, and the infusion ends before it is."""
    if act.container is None or not act.keeps("MATERIAL"):
        return
    yield from start_refusals(act.where, act.at, expiry_of(act.cells, act.container), _end(act))


def _end(act: Act) -> datetime | None:
    """The end: actual, or planned by whoever asks, else by the order's volume and highest rate, else by the protocol's duration."""
    if act.end is not None or act.fact is not None:
        return act.end
    row = act.order if act.order is not None else Row()
    drawn, rate = row["VOL"], row["MAXRATE"]
    volume = volume_of(act.cells, act.container or "") if drawn is None else microlitres(drawn + (row["DILVOL"] or 0))
    regimen = act.cells.protocol.regimen_of(act.cells.arm(act.subject))
    caps = regimen.caps if regimen else None
    rate = rate or (caps.rate_ml_per_min if caps else None)
    if volume and rate:
        return planned_end(act.at, volume, rate)
    minutes = regimen.duration_min if regimen else None
    return act.at + timedelta(minutes=float(minutes)) if minutes is not None else None


def two_people(act: Act) -> Iterator[Refusal]:
    """Two people check container, wristband and order before the start."""
    if act.checkers is not None:
        yield from by_two(act.where, *act.checkers, "two checkers at the bedside")
    elif act.is_bedside:
        yield from by_two(act.where, None, None, "two checkers at the bedside")
