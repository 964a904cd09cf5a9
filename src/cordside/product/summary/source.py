"""Where the cells come from, and which lots were used: tissue, donors, culture, passage, lots, results, exceptions."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cordside.product.cellrows import Row
from cordside.product.infused import Infused
from cordside.product.lots import containers_of, level_of, materials_of
from cordside.product.lotsheet import verdict_words
from cordside.product.quantities import Grown, grown
from cordside.product.release import lot_state
from cordside.product.summary.told import NOT_RECORDED, Told, listed, number
from cordside.product.tested import decision_at, outstanding_of, tested
from cordside.product.times import shown
from cordside.results import Result

SOURCE, LOT = "Source", "Lot"


def source_lines(told: Told) -> Iterator[Result]:
    """Tissue, donors, kinship, isolation, medium, passage, doublings."""
    product = told.protocol.product
    yield told.line(SOURCE, "Tissue", product.tissue if product else None, keys=("product.tissue",))
    yield _donors(told)
    allogeneic = None if product is None or product.allogeneic is None else "allogeneic" if product.allogeneic else "autologous"
    yield told.line(SOURCE, "Autologous or allogeneic", allogeneic, keys=("product.allogeneic",))
    yield told.line(SOURCE, "Isolation", product.isolation if product else None, keys=("product.isolation",))
    yield told.line(SOURCE, "Medium and serum", product.medium if product else None, keys=("product.medium",))
    became = {matid: grown(told.cells, matid) for matid in units(told)}
    yield _passage(told, became)
    yield _doublings(told, became)


def units(told: Told) -> list[str]:
    """Containers that were infused; while none was, those of the lots told of."""
    used = [one.container for one in told.infusions if one.container]
    return list(dict.fromkeys(used or [matid for lot in told.lots for matid in containers_of(told.cells, lot)]))


def _donors(told: Told) -> Result:
    found = list(dict.fromkeys(donor for matid in _all_materials(told) for donor in told.cells.genealogy.donors_of(matid)))
    known = {name: told.cells.donors.get(name) or Row() for name in found}
    if not known:
        product = told.protocol.product
        return told.line(SOURCE, "Donors", product.donor if product else None, keys=("product.donor",))
    words = "; ".join(f"{name}: {_donor_words(row)}" for name, row in known.items())
    rows = [row for row in known.values() if row]
    return told.line(SOURCE, "Donors", f"{len(known)} ({words})", rows, value=len(known), n=len(known))


def _donor_words(row: Row) -> str:
    sort = {"infant": "infant", "adult": "adult"}.get(row["DNRSRC"] or "", "kind not recorded")
    asked = f", {row['ASKED']} asked" if row["ASKED"] else ""
    return f"{sort}{asked}, {row['ELIG'] or 'eligibility not recorded'}"


def _all_materials(told: Told) -> list[str]:
    return list(dict.fromkeys([*units(told), *(matid for lot in told.lots for matid in materials_of(told.cells, lot))]))


def _passage(told: Told, became: dict[str, Grown]) -> Result:
    product = told.protocol.product
    numbers = sorted({one.passage for one in became.values() if one.passage is not None})
    if not numbers:
        planned = product.passage if product else None
        text = None if planned is None else f"P{planned}"
        return told.line(SOURCE, "Passage", text, keys=("product.passage",), value=planned)
    rows = [told.cells.materials[matid] for matid, one in became.items() if one.passage is not None]
    text = ", ".join(f"P{one}" for one in numbers)
    return told.line(SOURCE, "Passage", text, rows, value=max(numbers), n=len(rows), n_missing=len(became) - len(rows))


def _doublings(told: Told, became: dict[str, Grown]) -> Result:
    label = "Cumulative population doublings"
    counted = [(told.cells.materials[matid], one) for matid, one in became.items() if one.cum_pd is not None]
    if not counted:
        return told.line(SOURCE, label, None)
    values = sorted({number(one.cum_pd, 2): one.cum_pd for _, one in counted if one.cum_pd is not None}.items(), key=lambda pair: pair[1])
    starts = listed(one.pd_from for _, one in counted)
    from_ = f", counted from {starts}" if starts else ", where they are counted from is not recorded"
    words = " to ".join(dict.fromkeys((values[0][0], values[-1][0])))
    numbers: dict[str, Any] = {"value": float(values[-1][1]), "n": len(counted), "n_missing": len(became) - len(counted)}
    return told.line(SOURCE, label, f"{words}{from_}", [row for row, _ in counted], **numbers)


def lot_lines(told: Told) -> Iterator[Result]:
    """Lots used, their level and specification, what their tests amount to, late results, exceptions."""
    cells, rows = told.cells, [told.cells.lots[lot] for lot in told.lots if lot in told.cells.lots]
    yield _lots_used(told)
    yield told.line(LOT, "Level", listed(level_of(cells, row["LOTID"]) for row in rows), rows)
    yield _specification(told, rows)
    yield _tests(told)
    yield _late(told)
    yield _exceptions(told)
    others = [lot for lot in cells.lots if lot not in told.lots and level_of(cells, lot) == "product"]
    if others:
        words = "; ".join(f"{lot} ({lot_state(cells, lot, told.at)})" for lot in others)
        yield told.line(LOT, "Product lots not used", words, [cells.lots[lot] for lot in others], value=len(others))


def _lots_used(told: Told) -> Result:
    given = Counter(one.lot for one in told.infusions if one.lot)
    words = [f"{lot} ({given[lot]} infusion{'' if given[lot] == 1 else 's'}, {lot_state(told.cells, lot, told.at)})" for lot in given]
    unknown = _without_lot(told.infusions)
    words += [unknown] if unknown and given else []
    rows = [one.row for one in told.infusions if one.lot]
    absent = unknown if not given and unknown else None
    numbers: dict[str, Any] = {"n": sum(given.values()), "n_missing": len(told.infusions) - sum(given.values())}
    if not words:
        return told.line(LOT, "Lots used", f"{NOT_RECORDED} ({absent})" if absent else None, [one.row for one in told.infusions], **numbers)
    return told.line(LOT, "Lots used", "; ".join(words), rows, value=len(given), **numbers)


def _without_lot(infusions: tuple[Infused, ...]) -> str:
    historical = sum(one.is_historical and not one.lot for one in infusions)
    unnamed = sum(not one.is_historical and not one.lot for one in infusions)
    words = [f"{historical} infusion{'' if historical == 1 else 's'} historical, no lot known"] if historical else []
    words += [f"{unnamed} infusion{'' if unnamed == 1 else 's'} without a lot"] if unnamed else []
    return ", ".join(words)


def _specification(told: Told, rows: list[Row]) -> Result:
    label, keys = "Specification", ("product.specification.id", "product.specification.version")
    named = listed(" version ".join(word for word in (row["SPECID"], row["SPECVER"]) if word) for row in rows)
    if named:
        return told.line(LOT, label, named, rows)
    planned = told.protocol.product.specification if told.protocol.product else None
    words = " version ".join(word for word in (planned.id, planned.version) if word) if planned else None
    return told.line(LOT, label, words, keys=keys)


def _tests(told: Told) -> Result:
    judged = {lot: tested(told.cells, lot, told.at) for lot in told.lots}
    counts = {lot: Counter(verdict_words(one) for one in rows) for lot, rows in judged.items() if rows}
    words = "; ".join(f"{lot}: {', '.join(f'{many} {word}' for word, many in counts[lot].items())}" for lot in counts)
    results = [row for rows in judged.values() for one in rows for row in one.results]
    planned = told.protocol.product.specification.tests if told.protocol.product and told.protocol.product.specification else None
    if words:
        return told.line(LOT, "Tests against limits", words, results)
    named = f"{len(planned)} tests named, no result recorded" if planned else None
    return told.line(LOT, "Tests against limits", named, keys=("product.specification.tests",))


def _late(told: Told) -> Result:
    late = [(lot, one) for lot in told.lots for one in tested(told.cells, lot, told.at) if one.is_late]
    words = [f"{lot}: {one.row.test} {verdict_words(one)}" for lot, one in late]
    decisions = {lot: decision_at(told.cells, lot, told.at) for lot in told.lots}
    for lot, decision in decisions.items():
        listed_ = outstanding_of(decision) if decision is not None else {}
        words += [f"{lot}: {test} outstanding at release, due {due or 'undated'}" for test, due in listed_.items()]
    rows = [row for _, one in late for row in one.results] + [row for row in decisions.values() if row is not None]
    absent = "none due after use" if any(tested(told.cells, lot, told.at) for lot in told.lots) else None
    return told.line(LOT, "Late results", "; ".join(words) or absent, rows, keys=() if rows else ("product.specification.tests",))


def _exceptions(told: Told) -> Result:
    decisions = [row for lot in told.lots for row in told.cells.releases.get(lot, [])]
    found = [row for row in decisions if row["EXCREAS"]]
    words = "; ".join(
        f"{row['LOTID']}, {shown(row['RELDTC']) if row['RELDTC'] else 'undated'}: {row['EXCREAS']} "
        f"(physician: {row['EXCPHYS'] or NOT_RECORDED}; sponsor: {row['EXCSPON'] or NOT_RECORDED})"
        for row in found
    )
    return told.line(LOT, "Exceptions", words or ("none" if decisions else None), found or decisions)
