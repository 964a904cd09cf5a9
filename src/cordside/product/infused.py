"""What is known of each infusion that took place: where the cells came from, how long it ran, what came with them, on whose weight."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cordside.product.cellrows import Cells, Row
from cordside.product.dosing import caps
from cordside.product.dosing.concentration import Concentration, concentration_of
from cordside.product.dosing.contents import Endotoxin, dmso_percent, endotoxin_of
from cordside.product.given import Given, given_of
from cordside.product.lots import lot_of, thawed_at
from cordside.product.numbers import microlitres, nearest
from cordside.product.times import EVER, Span, span_of
from cordside.product.weighed import last_weight
from cordside.protocol.regimen import Caps, Regimen
from cordside.record.csvfile import ROW

HISTORICAL = "historical, no lot known"
"""How an infusion is marked that is known only from a publication or an earlier study."""
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Infused:
    """One infusion; what nobody recorded, or what does not follow, is None.

    number: by date, from 1; day, planned: study days; thaw_minutes: from thaw to start; minutes: duration without interruptions;
    prepared_ul: the volume made up; product_ul: µL of the container's liquid in what was given; rate: mL per minute;
    weight: kg by which doses per kg are told, and its kind; dmso_g, eu: per kg of actual weight.
    """

    row: Row
    number: int
    day: int | None
    planned: int | None
    container: str | None
    lot: str | None
    order: Row
    regimen: Regimen | None
    thaw_minutes: int | None
    minutes: Fraction | None
    prepared_ul: int | None
    given_ul: int | None
    rate: Fraction | None
    given: Given
    concentration: Concentration
    weight: Fraction | None
    weight_kind: str
    weight_source: str
    dmso_g_per_kg: Fraction | None
    eu_per_kg: Fraction | None
    endotoxin: Endotoxin | None

    @property
    def is_historical(self) -> bool:
        """Known from a publication or an earlier study: rules of lot, release and expiry are unknown for it, neither kept nor broken."""
        return bool(self.row["EXHIST"] == "Y")

    @property
    def lot_words(self) -> str:
        """The lot as tables print it; empty where none is recorded."""
        if self.is_historical:
            return f"{self.lot} (historical)" if self.lot else HISTORICAL
        return self.lot or ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every row that what follows from this infusion rests on: its own, order, counts, weight, endotoxin."""
        own = (self.row["SOURCE"], self.order["SOURCE"], *self.concentration.source, self.weight_source)
        found = (*own, self.endotoxin.source if self.endotoxin else None)
        return tuple(dict.fromkeys(source for source in found if source))

    def per_kg(self, cells: int | None) -> Fraction | None:
        """So many cells per kg."""
        return Fraction(cells) / self.weight if cells is not None and self.weight else None


def infused(cells: Cells) -> list[Infused]:
    """Every infusion: subjects in the order of EX, each one's infusions by date; those without a full date come last."""
    found: list[Infused] = cells.once("infused", lambda: _all(cells))
    return found


def _all(cells: Cells) -> list[Infused]:
    days = dict(cells.record.frame("EX").select(ROW, "EXSTDY").iter_rows())
    by_subject: dict[str, list[Row]] = defaultdict(list)
    for row in cells.infusions:
        by_subject[row["USUBJID"]].append(row)
    found = []
    for own in by_subject.values():
        ordered = sorted(own, key=lambda row: (row["START"] is EVER, row["START"].first))
        found += [_infused(cells, row, number, days[row[ROW]]) for number, row in enumerate(ordered, 1)]
    return found


def _infused(cells: Cells, row: Row, number: int, day: int | None) -> Infused:
    named = cells.container_of(row)
    container = named if named in cells.materials else None
    order = cells.orders.get(row["EXORD"] or "") or Row()
    regimen = cells.protocol.regimen_of(cells.arm(row["USUBJID"]))
    planned = (regimen.days or [])[number - 1 : number] if regimen else []
    given_ul, minutes = _whole_ul(row["EXVGIVEN"]), minutes_of(row)
    weight, kind, source = _weight(cells, row, order)
    actual = weight if kind == "actual" else None
    endotoxin = endotoxin_of(cells, container, row["START"].last) if container else None
    product_ul = None if given_ul is None else product_share(order, given_ul)
    return Infused(
        row=row,
        number=number,
        day=day,
        planned=planned[0] if planned else None,
        container=container,
        lot=(lot_of(cells, container) if container else None) or row["EXLOT"],
        order=order,
        regimen=regimen,
        thaw_minutes=_thaw_minutes(cells, row, container),
        minutes=minutes,
        prepared_ul=_whole_ul(row["EXVAMT"]) if (row["EXVAMTU"] or "mL") == "mL" else None,
        given_ul=given_ul,
        rate=None if minutes is None or not given_ul else caps.rate(given_ul, minutes),
        given=given_of(cells, row),
        concentration=_concentration(cells, row, container, regimen),
        weight=weight,
        weight_kind=kind,
        weight_source=source,
        dmso_g_per_kg=_dmso(cells, container, product_ul, actual, regimen),
        eu_per_kg=None if endotoxin is None or not product_ul or not actual else endotoxin.eu_per_ml * product_ul / 1000 / actual,
        endotoxin=endotoxin,
    )


def _whole_ul(volume: Decimal | None) -> int | None:
    """mL as µL; None for what is no volume."""
    return None if volume is None or volume < 0 or volume * 1000 != int(volume * 1000) else microlitres(volume)


def minutes_of(row: Row) -> Fraction | None:
    """Minutes from start to end without interruptions, where both times are known to the minute."""
    start, end = row["START"], row["END"]
    if not (start.is_known and end.is_known) or end.first <= start.first:
        return None
    minutes = Fraction(int((end.first - start.first).total_seconds()), _MINUTE) - Fraction(row["EXINTMIN"] or 0)
    return minutes if minutes > 0 else None


def product_share(order: Row | None, given_ul: int) -> int:
    """µL of the container's liquid in what was given: less than all where the order diluted it."""
    drawn, diluent = (order["VOL"], order["DILVOL"]) if order is not None else (None, None)
    return given_ul if not drawn or not diluent else nearest(given_ul * Fraction(drawn) / Fraction(drawn + diluent))


def _thaw_minutes(cells: Cells, row: Row, container: str | None) -> int | None:
    """From the thaw, by the transforms or else as entered at the bedside, to the start."""
    start = row["START"]
    thawed = thawed_at(cells, container) if container else None
    entered = span_of(row["EXTHDTC"], cells.zone(row["USUBJID"])) if row["EXTHDTC"] else EVER
    thaw = Span(thawed, thawed) if thawed is not None else entered
    if not (start.is_known and thaw.is_known):
        return None
    minutes = int((start.first - thaw.first).total_seconds()) // _MINUTE
    return minutes if minutes >= 0 else None


def _concentration(cells: Cells, row: Row, container: str | None, regimen: Regimen | None) -> Concentration:
    if container is None:
        return Concentration()
    rule = regimen.dose.concentration if regimen is not None and regimen.dose is not None else "after thaw"
    return concentration_of(cells, container, row["START"].last, rule)


def _weight(cells: Cells, row: Row, order: Row) -> tuple[Fraction | None, str, str]:
    """The weight of the order with its kind, else the last one measured up to the infusion; the row it stands in."""
    if order["WEIGHT"] is not None and order["WEIGHT"] > 0:
        return Fraction(order["WEIGHT"]), order["WTKIND"] or "kind not stated", order["SOURCE"]
    if row["START"] is EVER:
        return None, "", ""
    zone = cells.zone(row["USUBJID"])
    last = row["START"].last
    found = last_weight(cells, row["USUBJID"], (last.astimezone(zone) if zone else last).date())
    return (None, "", "") if found is None else (Fraction(found.value), "actual", found.source)


def _dmso(
    cells: Cells, container: str | None, product_ul: int | None, actual: Fraction | None, regimen: Regimen | None
) -> Fraction | None:
    percent = dmso_percent(cells, container) if container else None
    if percent is None or not 0 <= percent <= 100 or product_ul is None or not actual:
        return None
    limits = (regimen.caps if regimen else None) or Caps()
    return caps.dmso_g(percent, product_ul, limits.dmso_density_g_per_ml or caps.DMSO_DENSITY) / actual
