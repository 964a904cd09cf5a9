"""The protocol of a rebuilt study where none is given: one item a row, the tables of the paper, and nothing that it does not print."""

from collections.abc import Iterator
from typing import Any

from cordside.appraisal.paper import PaperCell, PaperRow
from cordside.appraisal.rebuild.cells import kind_of
from cordside.appraisal.rebuild.cohort import Cohort
from cordside.appraisal.rebuild.measured import VALUE, has_known_unit
from cordside.appraisal.rebuild.placing import SCALE
from cordside.appraisal.rebuild.plainyaml import as_yaml
from cordside.appraisal.rebuild.records import domain_named
from cordside.appraisal.rebuild.setting import AFTER, BEFORE, WATERMARK, Setting
from cordside.appraisal.summaries import is_paired_t, test_of
from cordside.domains.all import domain_of
from cordside.domains.classes import Finding
from cordside.terms.codelists import is_extensible, is_term

_UNKNOWN = "not_published"
_SHOWN = {"median_iqr": "median_iqr", "mean_sd": "mean_sd"}


def protocol_text(cohort: Cohort) -> str:
    """protocol.yaml of a rebuilt study; every key that the paper does not answer says so."""
    head = f"# {WATERMARK}\n# Written by `cordside rebuild`. What the paper does not print is not_published.\n"
    return head + as_yaml(_protocol(cohort))


def item_of(row: PaperRow) -> str | None:
    """The item under which the values of a row stand in the record; None where no item can name them."""
    target = row.data.target
    if target is None:
        return None
    if target.domain == "DM":
        return f"DM.{target.variable}" if target.variable in domain_of("DM").variables else None
    domain = domain_named(target.domain)
    if domain is None or target.domain in ("EX", "FA"):
        return None
    if issubclass(domain, Finding):
        return f"{target.domain}.{target.testcd}" if target.testcd else None
    return None if target.days_from else f"{target.domain}.{target.term or row.name}"


def _protocol(cohort: Cohort) -> dict[str, Any]:
    setting = cohort.setting
    published = setting.paper.published
    raw = setting.paper.raw("regimen") or {}
    product = str(raw.get("product") or "Cells")
    return {
        "format": "1",
        "study": setting.study,
        "title": f"REBUILT from published summaries: {published.title or published.study}",
        "origin": "rebuilt",
        "source": f"{setting.paper.file}; rebuilt with seed {setting.seed} and quartiles of {setting.definition}",
        "control_group": _UNKNOWN if published.control_group is None else published.control_group,
        "period": published.period or _UNKNOWN,
        "ethics": _UNKNOWN,
        "sites": {"SITE": {"name": published.place or "Not published", "country": _UNKNOWN, "timezone": _UNKNOWN}},
        "arms": {"CELLS": {"label": product}},
        "population": _UNKNOWN,
        "product": _UNKNOWN,
        "regimen": _UNKNOWN,
        "before_each_infusion": _UNKNOWN,
        "visits": _visits(cohort),
        "panels": {"published": {"items": [{"item": item} for item in _items(cohort)]}},
        "events_of_special_interest": _UNKNOWN,
        "endpoints": _UNKNOWN,
        "conventions": {"quantiles": setting.definition},
        "analyses": list(_analyses(setting)),
        "remarks": [{"about": "DM", "text": text} for text in (WATERMARK, *setting.assumptions)],
        "roles": _UNKNOWN,
        "sponsor_terms": _sponsor_terms(cohort),
    }


def _visits(cohort: Cohort) -> dict[str, Any]:
    used = dict.fromkeys(row["VISIT"] for rows in cohort.records.rows.values() for row in rows if "VISIT" in row)
    found: dict[str, Any] = {BEFORE: {"label": "Before treatment", "day": _UNKNOWN, "by": "ward", "ask": ["published"]}}
    for name in sorted(name for name in used if name not in (BEFORE, AFTER)):
        number = int(name.removeprefix("INFUSION"))
        found[name] = {"label": f"Infusion {number}", "day": _UNKNOWN, "infusion": number, "by": "ward"}
    return found | {AFTER: {"label": "After treatment", "day": _UNKNOWN, "by": "ward", "ask": ["published"]}}


def _items(cohort: Cohort) -> list[str]:
    found = [item for row in cohort.setting.paper.rows if row.data.row is not None and (item := item_of(row))]
    return list(dict.fromkeys(found)) or ["DM.SUBJID"]


def _analyses(setting: Setting) -> Iterator[dict[str, Any]]:
    captions = setting.paper.published.captions
    for key, rows in setting.paper.tables.items():
        named = {"number": f"Table {key.casefold().removeprefix('table').strip(' _')}", "title": captions.get(key, key)}
        lines = [line for row in rows if row.data.row is not None and (line := _line(row))]
        if lines:
            yield {"kind": "characteristics", "id": key, **named, "percent_of": "group", "rows": lines}
        markers = [marker for row in rows if (marker := _marker(row))]
        if markers:
            changes = {"before": {"visit": BEFORE}, "after": {"visit": AFTER}, **_test(setting, rows), "markers": markers}
            yield {"kind": "paired", "id": f"{key}-changes" if lines else key, **named, **changes}


def _test(setting: Setting, rows: list[PaperRow]) -> dict[str, str]:
    paired = any(is_paired_t(test_of(setting.paper, row)) for row in rows)
    return {"test": "paired_t", "beside": "always", "ranks": "exact-pratt"} if paired else {"test": "none"}


def _line(row: PaperRow) -> dict[str, Any] | None:
    """One row of a table of characteristics."""
    item, target, cell = item_of(row), row.data.target, row.cell("value")
    if item is None or target is None or cell is None:
        return None
    named = {"label": row.name, **_under(row), "item": item}
    if row.data.value is None:
        visit = {"visit": AFTER} if target.domain == "MB" else {}
        return {**named, "show": "n_percent", "value": target.value or "Y", **visit}
    return {**named, "show": _SHOWN[kind_of(row, cell)], "decimals": _decimals([cell])} if kind_of(row, cell) in _SHOWN else None


def _under(row: PaperRow) -> dict[str, Any]:
    """The heading above a row, and how far the row is set in below another row."""
    depth, above = 0, row.parent
    while above is not None and above.data.section is None:
        depth, above = depth + 1, above.parent
    return ({"section": above.name} if above else {}) | ({"indent": min(depth, 3)} if depth else {})


def _marker(row: PaperRow) -> dict[str, Any] | None:
    """One row of a before/after table."""
    item = item_of(row)
    if item is None or row.data.before is None or row.data.after is None or row.data.kind not in _SHOWN:
        return None
    unit = {"unit": row.data.unit} if has_known_unit(row) else {}
    cells = [cell for name in ("before", "after") if (cell := row.cell(name))]
    return {"item": item, "label": row.name, "show": _SHOWN[row.data.kind], "decimals": _decimals(cells), **unit}


def _decimals(cells: list[PaperCell]) -> int:
    """Decimals as printed."""
    return max((max(number.decimals, 0) for cell in cells for number in cell.numbers.values()), default=0)


def _sponsor_terms(cohort: Cohort) -> dict[str, dict[str, str]]:
    """Terms of the rows that their extensible codelists do not have."""
    found: dict[str, dict[str, str]] = {}
    labels = {"RSCAT": {SCALE: "Scale as published, not named"}, "FATESTCD": {VALUE: "Value as published"}}
    for code, rows in cohort.records.rows.items():
        for name in dict.fromkeys(name for row in rows for name in row):
            codelist = domain_of(code).variables[name].codelist
            unknown = [term for term in dict.fromkeys(row[name] for row in rows if name in row) if codelist and not is_term(codelist, term)]
            if codelist and unknown and is_extensible(codelist):
                terms = found.setdefault(codelist, {})
                terms |= {term: labels.get(codelist, {}).get(term, term.capitalize()) for term in unknown}
    return found
