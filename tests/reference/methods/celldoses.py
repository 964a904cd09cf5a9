"""Doses, caps and times of the cell product: in → (what Cordside gives by key, the refusals of the gate)."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cordside.analysis.conventions import quantile
from cordside.product.dosing import caps, draw, order, vials, weights
from cordside.product.expiry import after_thaw, planned_dates, planned_end, start_refusals
from cordside.product.limits import compare
from cordside.product.numbers import exact, microlitres, nearest
from cordside.product.refusals import Refusal

Answer = tuple[dict[str, Any], list[Refusal]]


def quantity(value: Any) -> Any:
    """A number of a case: integers as they are, quoted numbers as decimals; None stays None."""
    return value if value is None or isinstance(value, int) else Decimal(str(value))


def _dose(given: dict[str, Any]) -> Answer:
    take = {key: quantity(value) for key, value in given.items() if key not in ("rule", "sex")}
    weight = take.get("weight_kg")
    if given["rule"] == "per_kg_pbw" and "height_cm" in take:
        weight = weights.predicted_weight(given["sex"], take["height_cm"])
    cells = take["cells"] if given["rule"] == "flat" else take["cells_per_kg"]
    ordered = order.dose_order(given["rule"], cells, weight, take.get("tolerance_pct"))
    found = {"target_cells": ordered.target_cells, "weight_kg": weight, "total_cells": ordered.target_cells * take.get("infusions", 1)}
    if ordered.lowest is not None and ordered.highest is not None:
        found |= {"lowest_cells": nearest(ordered.lowest), "highest_cells": nearest(ordered.highest)}
    delivered = take.get("drawn_cells")
    if "viable_per_mL" in take or "total_per_mL" in take:
        planned = _drawn(ordered, take, found)
        delivered = planned if delivered is None else delivered
    if delivered is None:
        return found, []
    found |= {"delivered_cells": nearest(delivered), "within_tolerance": ordered.is_met_by(delivered)}
    found["delivered_per_kg"] = exact(delivered, "delivered") / exact(weight, "weight") if weight is not None else None
    return found, ordered.refusals(delivered, "dose")


def _drawn(ordered: order.DoseOrder, take: dict[str, Any], found: dict[str, Any]) -> Fraction:
    """Cells that the draw gives; what it is goes into `found`. Without a graduation nothing is rounded, and the target is given."""
    viable = take.get("viable_per_mL")
    if viable is None and "viability_pct" in take:
        viable = draw.viable_concentration(take["total_per_mL"], take["viability_pct"])
    per_ml = take["total_per_mL"] if viable is None else viable
    step, fill = take.get("step_mL"), take.get("fill_to_mL")
    drawn = draw.draw(
        ordered.target,
        per_ml,
        step_ul=1 if step is None else microlitres(step),
        fill_to_ul=None if fill is None else microlitres(fill),
    )
    volume, cells = (drawn.exact_ml, ordered.target) if step is None else (exact(drawn.volume_ul, "draw") / 1000, drawn.cells)
    prepared = volume if fill is None else exact(fill, "fill")
    found |= {"draw_exact_mL": drawn.exact_ml, "draw_mL": volume, "diluent_mL": prepared - volume}
    if viable is not None:
        found |= {"viable_per_mL": viable, "final_viable_per_mL": cells / prepared}
    return cells


def _pbw(given: dict[str, Any]) -> Answer:
    return {"pbw_kg": weights.predicted_weight(given["sex"], quantity(given["height_cm"]))}, []


def _vials(given: dict[str, Any]) -> Answer:
    take = {key: quantity(value) for key, value in given.items()}
    found = vials.vials_for(take["target_cells"], take["cells_per_vial"], take.get("recovery_pct", 100), take.get("viability_pct", 100))
    surplus = nearest(found.surplus)
    return {
        "viable_per_vial": nearest(found.viable_per_vial),
        "vials_exact": found.exact,
        "vials": found.number,
        "surplus_cells": surplus,
    }, []


def _dmso(given: dict[str, Any]) -> Answer:
    take = {key: quantity(value) for key, value in given.items()}
    percent, density, weight, cap = (take.get(key) for key in ("dmso_pct_v_v", "density_g_per_mL", "weight_kg", "cap_g_per_kg"))
    density = caps.DMSO_DENSITY if density is None else density
    found: dict[str, Any] = {}
    if weight is not None and cap is not None:
        found["max_product_mL"] = caps.largest_volume_ml(percent, weight, cap, density)
    if "product_mL" not in take:
        return found, []
    grams = caps.dmso_g(percent, microlitres(take["product_mL"]), density)
    refusals = caps.over_dmso("dose", grams, weight, cap) if weight is not None else []
    per_kg = None if weight is None else grams / exact(weight, "weight")
    return found | {"dmso_g": grams, "dmso_g_per_kg": per_kg, "within_cap": not refusals}, refusals


def _endotoxin(given: dict[str, Any]) -> Answer:
    take = {key: quantity(value) for key, value in given.items() if key != "limit"}
    found: dict[str, Any] = {}
    if "product_mL" in take and "weight_kg" in take:
        volume, weight = microlitres(take["product_mL"]), take["weight_kg"]
        if "K_EU_per_kg_hour" in take:
            found["limit_EU_per_mL"] = caps.endotoxin_limit(take["K_EU_per_kg_hour"], volume, weight, take.get("minutes"))
        if "EU_per_mL" in take:
            found["EU_per_kg"] = caps.endotoxin_per_kg(take["EU_per_mL"], volume, weight)
    limit = given.get("limit")
    if limit and "EU_per_kg" in limit:
        found["verdict"] = compare(found["EU_per_kg"], limit["operator"], [quantity(limit["EU_per_kg"])], "EU/kg").verdict
    elif limit:
        found["verdict"] = compare(take["EU_per_mL"], limit["operator"], [quantity(limit["EU_per_mL"])], "EU/mL").verdict
    elif "limit_EU_per_mL" in found and "EU_per_mL" in take:
        found["verdict"] = compare(take["EU_per_mL"], "<=", [found["limit_EU_per_mL"]], "EU/mL").verdict
    return found, []


def _rate(given: dict[str, Any]) -> Answer:
    volume, minutes = microlitres(quantity(given["product_mL"])), given["minutes"]
    if not isinstance(minutes, list):
        return {"mL_per_minute": caps.rate(volume, quantity(minutes))}, []
    return {"mL_per_minute": [caps.rate(volume, quantity(one)) for one in minutes]}, []


def _expiry(given: dict[str, Any]) -> Answer:
    expiry = after_thaw(datetime.fromisoformat(given["thawed"]), quantity(given["shelf_life_hours"]))
    if "start" not in given:
        return {"expiry": expiry}, []
    start, end = datetime.fromisoformat(given["start"]), None
    if "product_mL" in given:
        end = planned_end(start, microlitres(quantity(given["product_mL"])), quantity(given["mL_per_minute"]))
    return {"expiry": expiry, "planned_end": end}, start_refusals("dose", start, expiry, end)


def _schedule(given: dict[str, Any]) -> Answer:
    dates = planned_dates(date.fromisoformat(given["first"]), given["days"])
    offsets = [(day - dates[0]).days for day in dates]
    between = [later - earlier - 1 for earlier, later in zip(offsets, offsets[1:], strict=False)]
    return {"dates": dates, "offsets": offsets, "full_days_between": between}, []


def _quantiles(given: dict[str, Any]) -> Answer:
    table = [(next(quantity(value) for key, value in row.items() if key != "n"), row["n"]) for row in given["values"]]
    found = [{name: quantile(table, p, kind) for name, p in (("median", 0.5), ("q1", 0.25), ("q3", 0.75))} for kind in given["conventions"]]
    assert all(one == found[0] for one in found), f"the conventions differ: {dict(zip(given['conventions'], found, strict=True))}"
    return found[0], []


KINDS = {
    "dose": _dose,
    "pbw": _pbw,
    "vials": _vials,
    "dmso": _dmso,
    "endotoxin": _endotoxin,
    "rate": _rate,
    "expiry": _expiry,
    "schedule": _schedule,
    "quantiles": _quantiles,
}
