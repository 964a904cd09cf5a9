"""From the freezer to the bedside: cryopreservation, thaw, what the cells were kept in meanwhile, and the check before use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from cordside.product.cellrows import Cells, Row
from cordside.product.changed import standing
from cordside.product.dosing.contents import dmso_percent
from cordside.product.infused import Infused
from cordside.product.lots import thaws
from cordside.product.numbers import as_decimal, plain
from cordside.product.summary.source import units
from cordside.product.summary.told import NOT_RECORDED, Told, listed, range_words, share_words
from cordside.results import Result
from cordside.terms.reading import read_result

_FEW_POSITIONS = 4
FROZEN, BEFORE, CHECK = "Cryopreservation", "Before use", "Check before use"


def freezing_lines(told: Told) -> Iterator[Result]:
    """Frozen or fresh, medium, DMSO, storage."""
    product, vials = told.protocol.product, _frozen_units(told)
    planned = None if product is None or product.cryopreserved is None else "frozen" if product.cryopreserved else "fresh, never frozen"
    yield told.line(FROZEN, "Frozen or fresh", "frozen" if vials else planned, vials, ("product.cryopreserved",))
    mediums = [row for row in vials if row["VEHICLE"]]
    medium = listed(row["VEHICLE"] for row in mediums) or (product.freezing_medium if product else None)
    yield told.line(FROZEN, "Freezing medium", medium, mediums, ("product.freezing_medium",))
    own = [told.cells.materials[matid] for matid in units(told)]
    percents = {matid: dmso_percent(told.cells, matid) for matid in units(told)}
    words = listed(f"{plain(as_decimal(one))} % v/v" for one in percents.values() if one is not None)
    yield told.line(FROZEN, "DMSO in the container", words, [row for row in own if percents[row["MATID"]] is not None])
    places = [row for row in vials if row["STORPOS"]]
    kept = product.storage if product else None
    stored = listed([kept, _positions(list(dict.fromkeys(row["STORPOS"] for row in places)))])
    yield told.line(FROZEN, "Storage", stored, places, ("product.storage",))


def _positions(places: list[str]) -> str | None:
    few = len(places) <= _FEW_POSITIONS
    return listed(places) if few else f"{len(places)} positions, {places[0]} the first"


def _frozen_units(told: Told) -> list[Row]:
    """Units as they were last frozen, of which the containers were made, or which they are."""
    found = [_last_frozen(told.cells, matid) for matid in units(told)]
    return list({row["MATID"]: row for row in found if row is not None}.values())


def _last_frozen(cells: Cells, matid: str) -> Row | None:
    for one in (matid, *cells.genealogy.ancestors(matid)):
        if "freeze" in {cells.transforms[act]["TRFKIND"] for act in cells.genealogy.made_by(one)}:
            return cells.materials.get(one)
    return None


def before_use_lines(told: Told) -> Iterator[Result]:
    """Thaw, time to the start, storage meanwhile, wash, vehicle, volume, concentration."""
    product, infusions = told.protocol.product, told.infusions
    thawed = list({row["TRFID"]: row for matid in units(told) for row in thaws(told.cells, matid)}.values())
    yield told.line(BEFORE, "Thaw method", _method(thawed) or (product.thaw_method if product else None), thawed, ("product.thaw_method",))
    yield told.spread(BEFORE, "Time from thaw to start", [(one, one.thaw_minutes) for one in infusions], "min", 0)
    yield _meanwhile(told, thawed)
    yield _wash(told, thawed)
    yield _vehicle(told)
    yield _volume(told)
    made = [(one, _per_ml(one)) for one in infusions]
    yield told.spread(BEFORE, "Final concentration, viable", [(one, viable) for one, (viable, _) in made], "cells/mL", 0)
    yield told.spread(BEFORE, "Final concentration, all cells", [(one, total) for one, (_, total) in made], "cells/mL", 0)


def _method(acts: Iterable[Row]) -> str | None:
    """Procedure with version, and equipment."""
    words = []
    for act in acts:
        procedure = " version ".join(word for word in (act["SOP"], act["SOPVER"]) if word)
        words.append(", ".join(word for word in (procedure, act["EQUIP"], act["COMMENT"]) if word))
    return listed(words)


def _meanwhile(told: Told, thawed: list[Row]) -> Result:
    """Where the thawed containers were brought, and how warm they were on the way."""
    since = min((row["TRFDTC"] for row in thawed if row["TRFDTC"] is not None), default=None)
    rows = [row for one in told.infusions if one.container for row in told.cells.custody.get(one.container, [])]
    rows = [row for row in rows if since is None or row["CSTDTC"] is None or row["CSTDTC"] >= since]
    measured = [value for row in rows for value in (row["TMPMIN"], row["TMPMAX"]) if value is not None]
    places = listed(row["TOLOC"] for row in rows)
    words = ", ".join(word for word in (places, f"{min(measured):f} to {max(measured):f} °C" if measured else "") if word)
    product = told.protocol.product
    planned = product.temperature if product else None
    if not words and planned:
        words = f"planned: {planned[0]:f} to {planned[1]:f} °C; {NOT_RECORDED} what it was"
    return told.line(BEFORE, "Storage and temperature meanwhile", words, rows, () if rows else ("product.temperature",))


def _wash(told: Told, thawed: list[Row]) -> Result:
    acts = {act for matid in units(told) for act in told.cells.genealogy.acts_above(matid)}
    since = min((row["TRFDTC"] for row in thawed if row["TRFDTC"] is not None), default=None)
    every = [told.cells.transforms[act] for act in sorted(acts) if act in told.cells.transforms]
    late = [row for row in every if since is None or (row["TRFDTC"] is not None and row["TRFDTC"] >= since)]
    washed = [row for row in late if row["TRFKIND"] == "wash"]
    if washed:
        return told.line(BEFORE, "Wash", _method(washed) or "washed, procedure not recorded", washed)
    product = told.protocol.product
    planned = product.wash if product else None
    if planned is None and thawed:
        return told.line(BEFORE, "Wash", "none among the recorded transforms", thawed)
    return told.line(BEFORE, "Wash", planned, keys=("product.wash",))


def _vehicle(told: Told) -> Result:
    rows = [one.row for one in told.infusions if one.row["EXTRTV"]] or [one.order for one in told.infusions if one.order["DILUENT"]]
    said = listed(row["EXTRTV"] or row["DILUENT"] for row in rows)
    kept = listed(told.cells.materials[matid]["VEHICLE"] for matid in units(told))
    if said:
        return told.line(BEFORE, "Vehicle", f"{said}; in the container: {kept}" if kept else said, rows)
    planned, keys = told.by_regimen("vehicle", lambda regimen: regimen.vehicle)
    return told.line(BEFORE, "Vehicle", kept or planned, [told.cells.materials[matid] for matid in units(told)] if kept else [], keys)


def _volume(told: Told) -> Result:
    found = [(one, None if one.prepared_ul is None else Fraction(one.prepared_ul, 1000)) for one in told.infusions]
    if any(value is not None for _, value in found):
        return told.spread(BEFORE, "Final volume", found, "mL", 3)
    planned, keys = told.by_regimen("volume_ml", lambda regimen: regimen.volume_ml and f"{regimen.volume_ml:f} mL planned")
    return told.line(BEFORE, "Final volume", planned, keys=keys)


def _per_ml(one: Infused) -> tuple[Fraction | None, Fraction | None]:
    """Viable and all cells per mL of what was infused."""
    if not one.given_ul:
        return None, None
    viable, total = (None if count is None else Fraction(count * 1000, one.given_ul) for count in (one.given.viable, one.given.total))
    return viable, total


def check_lines(told: Told) -> Iterator[Result]:
    """Viability with its test, value and minutes after thaw; potency."""
    yield _viability(told)
    potency = _results(told, told.lots, "potency")
    words = listed(_result_words(row) for row in potency)
    yield told.line(CHECK, "Potency", words or _named_tests(told, "potency"), potency, () if potency else ("product.specification.tests",))


def _viability(told: Told) -> Result:
    by_method: dict[str, list[tuple[Infused, Row, Fraction]]] = defaultdict(list)
    for one in told.infusions:
        for row in _results(told, (), "viab", one.container):
            value = read_result(row["ORRES"] or "").value
            if value is not None and row["ORRESU"] == "%":
                by_method[_test_words(row)].append((one, row, Fraction(value)))
    words = [_viability_words(test, found, len(told.infusions)) for test, found in by_method.items()]
    if words:
        rows = [row for found in by_method.values() for _, row, _ in found]
        return told.line(CHECK, "Viability", "; ".join(words), rows, unit="%", n=len(rows))
    counted = [(one, one.concentration.viability_pct) for one in told.infusions if one.concentration.viability_pct is not None]
    if counted:
        values = range_words([value for _, value in counted if value is not None], "%", 1)
        text = f"{values}, from {listed(one.concentration.words for one, _ in counted)}; {share_words(len(counted), len(told.infusions))}"
        return told.line(CHECK, "Viability", text, [one.row for one, _ in counted], unit="%", n=len(counted))
    return told.line(CHECK, "Viability", _named_tests(told, "viab"), keys=("product.specification.tests",))


def _viability_words(test: str, found: list[tuple[Infused, Row, Fraction]], all_: int) -> str:
    minutes = [Fraction(row["MINTHAW"]) for _, row, _ in found if row["MINTHAW"] is not None]
    when = f", {range_words(minutes, 'min', 0)} after thaw" if minutes else ", minutes after thaw not recorded"
    infusions = {id(one) for one, _, _ in found}
    return f"{test}: {range_words([value for _, _, value in found], '%', 1)}{when}; {share_words(len(infusions), all_)}"


def _results(told: Told, lots: Iterable[str], word: str, container: str | None = None) -> list[Row]:
    """Results whose test has a word in its name: of lots, and of their materials or one container with its samples, that stand."""
    cells = told.cells
    samples = cells.genealogy.children(container) if container else []
    targets = {("lot", lot) for lot in lots} | {("material", matid) for lot in lots for matid in cells.by_lot.get(lot, [])}
    targets |= {("material", matid) for matid in (container, *samples) if matid}
    own = [row for target in sorted(targets) for row in cells.results_by_target.get(target, [])]
    return standing([row for row in own if word in (row["TSTCD"] or "").casefold()], told.at)


def _test_words(row: Row) -> str:
    method = f" ({row['METHOD']})" if row["METHOD"] else ""
    return f"{row['TSTCD']}{method}"


def _result_words(row: Row) -> str:
    return f"{row['TRGID']}: {_test_words(row)} {row['ORRES'] or NOT_RECORDED} {row['ORRESU'] or ''}".strip()


def _named_tests(told: Told, word: str) -> str | None:
    """Tests of the specification whose results nobody recorded."""
    product = told.protocol.product
    tests = product.specification.tests if product and product.specification else None
    named = listed(f"{one.method or one.test}, {one.stage or 'stage not stated'}" for one in tests or [] if word in one.test.casefold())
    return f"named: {named}; value {NOT_RECORDED}" if named else None
