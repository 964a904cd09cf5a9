"""Counts, growth, amounts, limits and codes of the cell product: in → (what Cordside gives by key, the refusals of the gate)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from cordside.product.amounts import Amount, pool, split, viable_of
from cordside.product.codes.din import check_character, check_value, din_refusals
from cordside.product.codes.sec import parse_sec, sec_refusals
from cordside.product.counting import haemocytometer, quadrants
from cordside.product.growth import Passage, grow, seeding
from cordside.product.limits import compare
from cordside.product.wilson import wilson
from tests.reference.methods.celldoses import Answer, quantity


def _count(given: dict[str, Any]) -> Answer:
    take = {key: quantity(value) for key, value in given.items()}
    found = haemocytometer(take["squares"], take.get("dilution", 1), live=take.get("live"), dead=take.get("dead"), cells=take.get("cells"))
    names = {"viable_per_mL": found.viable_per_ml, "total_per_mL": found.total_per_ml}
    return names | {"viability_pct": found.viability_pct, "cv_live_pct": found.cv_live_pct}, []


def _quadrants(given: dict[str, Any]) -> Answer:
    names = ("annexin_neg_7aad_neg", "annexin_pos_7aad_neg", "annexin_pos_7aad_pos", "annexin_neg_7aad_pos")
    return asdict(quadrants(*(given["events"][name] for name in names))), []


def _growth(given: dict[str, Any]) -> Answer:
    passages = [
        Passage(one.get("seeded"), one.get("harvested"), quantity(one.get("hours")), one.get("passage")) for one in given["passages"]
    ]
    found = grow(passages)
    return {
        "pd": found.pd,
        "pdt_hours": found.pdt_hours,
        "cum_pd": found.cum_pd,
        "cum_pd_from": found.cum_pd_from,
        "reason": found.reasons,
    }, []


def _seeding(given: dict[str, Any]) -> Answer:
    area, wanted = quantity(given["area_cm2"]), given["cells_per_cm2"]
    cells = [seeding(area, quantity(one)) for one in wanted] if isinstance(wanted, list) else seeding(area, quantity(wanted))
    return {"cells": cells}, []


def _pool(given: dict[str, Any]) -> Answer:
    joined = pool([_amount(one) for one in given["inputs"]])
    return {
        "total_cells": joined.total,
        "viable_cells": joined.viable,
        "viability_pct": joined.viability_pct,
        "passage": joined.passage,
        "cum_pd": joined.cum_pd,
        "expiry": joined.expiry,
    }, []


def _amount(one: dict[str, Any]) -> Amount:
    viable = one.get("viable_cells")
    if viable is None and "viability_pct" in one:
        viable = viable_of(one["total_cells"], quantity(one["viability_pct"]))
    expiry = datetime.fromisoformat(one["expiry"]) if one.get("expiry") else None
    return Amount(one["total_cells"], viable, one.get("passage"), quantity(one.get("cum_pd")), expiry)


def _split(given: dict[str, Any]) -> Answer:
    unit = "uL" if "from_uL" in given else "cells"
    found = split(
        given[f"from_{unit}"],
        given[f"made_{unit}"] if f"made_{unit}" in given else given["made"],
        sample=given.get(f"sample_{unit}", 0),
        loss=given.get(f"loss_{unit}", 0),
        taken=given.get(f"taken_{unit}"),
        unit=unit,
    )
    return {f"taken_{unit}": found.taken, f"left_{unit}": found.left}, list(found.refusals)


def _limit(given: dict[str, Any]) -> Answer:
    in_percent = "value_pct" in given
    value = given["value_pct"] if in_percent else given.get("value")
    limit = given.get("limit_pct", given.get("limit"))
    limits = None if limit is None else [quantity(one) for one in (limit if isinstance(limit, list) else [limit])]
    found = compare(None if value is None else str(value), given["operator"], limits, "%" if in_percent else "")
    return {"verdict": found.verdict, "shown": found.shown}, []


def _wilson(given: dict[str, Any]) -> Answer:
    low, high = wilson(given["positive"], given["events"], quantity(given.get("level", "0.95")))
    return {"low_pct": low, "high_pct": high}, []


def _din(given: dict[str, Any]) -> Answer:
    refusals = din_refusals(given["din"], given.get("check_character"))
    if refusals:
        return {}, refusals
    return {"check_value": check_value(given["din"]), "check_character": check_character(given["din"])}, []


def _sec(given: dict[str, Any]) -> Answer:
    refusals = sec_refusals(given["sec"])
    if refusals:
        return {}, refusals
    return {"length": len("".join(given["sec"].split())), **asdict(parse_sec(given["sec"]))}, []


KINDS = {
    "count": _count,
    "quadrants": _quadrants,
    "growth": _growth,
    "seeding": _seeding,
    "pool": _pool,
    "split": _split,
    "limit": _limit,
    "wilson": _wilson,
    "din": _din,
    "sec": _sec,
}
