"""What an infusion that took place gave beside what was ordered: dose, weight, volume, rate, DMSO and endotoxin."""

from collections.abc import Iterator
from decimal import Decimal

from cordside.product.cellrows import Cells, Row
from cordside.product.dosing import caps
from cordside.product.dosing.contents import dmso_percent, endotoxin_of
from cordside.product.dosing.order import dose_order
from cordside.product.given import given_of
from cordside.product.infused import minutes_of, product_share
from cordside.product.refusals import Refusal
from cordside.protocol.regimen import Caps, Regimen


def dose_breaches(cells: Cells, infusion: Row) -> list[Refusal]:
    """Limits of the dose that an infusion of this study's product is known to have broken, in the order of the codes."""
    regimen = cells.protocol.regimen_of(cells.arm(infusion["USUBJID"]))
    if infusion["EXHIST"] == "Y" or regimen is None:
        return []
    where = f"infusion of {cells.container_of(infusion) or infusion['USUBJID']}"
    order = cells.orders.get(infusion["EXORD"] or "")
    return [
        *_old_weight(order, infusion, regimen, where),
        *_off_target(cells, order, infusion, where),
        *_over_caps(cells, order, infusion, regimen, where),
    ]


def _old_weight(order: Row | None, infusion: Row, regimen: Regimen, where: str) -> Iterator[Refusal]:
    days = regimen.dose.weight_age_days if regimen.dose else None
    if order is None or order["WTDTC"] is None or days is None or order["RULE"] == "flat":
        return
    age = (infusion["START"].first.date() - order["WTDTC"].date()).days
    if age > days and infusion["START"].first.year > 1900:
        why = f"{where}: the weight of order {order['ORDID']} was {age} days old"
        yield Refusal("weight_too_old", why, f"a weight of the last {days} days", "weigh before the order")


def _off_target(cells: Cells, order: Row | None, infusion: Row, where: str) -> list[Refusal]:
    """Beside the order's target and tolerance, on its count basis; an infusion that was stopped says so itself."""
    if order is None or not order["TARGET"] or order["TOLPCT"] is None or not 0 <= order["TOLPCT"] <= 100:
        return []
    given = given_of(cells, infusion).on(order["CNTBASIS"])
    return [] if given is None else dose_order("flat", order["TARGET"], None, order["TOLPCT"]).refusals(given, where)


def _over_caps(cells: Cells, order: Row | None, infusion: Row, regimen: Regimen, where: str) -> Iterator[Refusal]:
    limits, volume = regimen.caps or Caps(), infusion["EXVGIVEN"]
    if volume is None or volume <= 0:
        return
    microlitres = round(volume * 1000)
    yield from caps.over_volume(where, microlitres, limits.volume_ml)
    minutes = minutes_of(infusion)
    rates = (order["MAXRATE"] if order is not None else None, limits.rate_ml_per_min)
    fastest = min((rate for rate in rates if rate is not None and rate > 0), default=None)
    if minutes is not None:
        yield from caps.over_rate(where, microlitres, minutes, fastest)
    weight: Decimal | None = order["WEIGHT"] if order is not None and order["WTKIND"] != "predicted" else None
    container = cells.container_of(infusion)
    if weight is None or weight <= 0 or container not in cells.materials or container is None:
        return
    product = product_share(order, microlitres)
    percent, endotoxin = dmso_percent(cells, container), endotoxin_of(cells, container, infusion["START"].last)
    if percent is not None and 0 <= percent <= 100:
        grams = caps.dmso_g(percent, product, limits.dmso_density_g_per_ml or caps.DMSO_DENSITY)
        yield from caps.over_dmso(where, grams, weight, limits.dmso_g_per_kg)
    if endotoxin is not None:
        per_kg = caps.endotoxin_per_kg(endotoxin.eu_per_ml, product, weight)
        yield from caps.over_endotoxin(where, per_kg, minutes, limits.endotoxin_eu_per_kg_per_h)
