"""What `flow` says: JSON objects for programs, lines for people."""

from typing import Any

from cordside.cli.flowcount import Counted, How
from cordside.product.cytometry.method import QUANTILE, Bound
from cordside.product.cytometry.panel import Judged
from cordside.product.cytometry.tube import Population, Test
from cordside.words import rounded

_SHORT = 12


def population_json(file: str, one: Population) -> dict[str, Any]:
    """A population as the interface promises it; percentages are those of the parent, unrounded."""
    return {
        "file": file,
        "gate": one.gate,
        "parent": one.parent,
        "events": one.events,
        "percent_of_parent": _number(one.percent),
        "conf_low": one.low,
        "conf_high": one.high,
        **({"background_percent": _number(one.background), "percent_judged": _number(one.judged)} if one.background is not None else {}),
    }


def recipe_json(how: How) -> dict[str, Any]:
    """The recipe and its controls with their digests, and what the thresholds came to."""
    bounds = how.method.bounds.values() if how.method else ()
    return {
        "file": how.path.name,
        "name": how.name,
        "version": how.version,
        "sha256": how.digest,
        "level": str(how.method.recipe.level) if how.method else "0.95",
        "controls": [{"kind": one.kind, "file": one.path.name, "sha256": one.digest} for one in how.controls],
        "thresholds": [
            {"dye": one.dye, "parent": one.parent, "value": one.value, "control": one.control or None, "percentile": one.percentile or None}
            for one in bounds
        ],
    }


def file_json(one: Counted) -> dict[str, Any]:
    """A tube with its digest, its tests, and the verdict of its panel."""
    return {
        "file": one.name,
        "sha256": one.digest,
        "events": len(one.data_set.events),
        "tests": [_test_json(test) for test in one.tube.tests],
        "verdict": one.tube.verdict,
        "panel": [_judged_json(row) for row in one.tube.panel],
    }


def _test_json(test: Test) -> dict[str, Any]:
    return {"code": test.code, "what": test.what, "gate": test.population.gate, "percent": _number(test.population.judged)}


def _judged_json(one: Judged) -> dict[str, Any]:
    return {
        "marker": one.row.marker,
        "counted": one.marker,
        "percent": _number(one.measured),
        "operator": one.row.operator,
        "limit": [str(value) for value in one.row.limit],
        "blocking": one.row.blocking,
        "verdict": one.verdict,
        "remark": one.remark or None,
    }


def said(one: Counted, how: How) -> list[str]:
    """A tube in words."""
    lines = [f"{one.name}: {len(one.data_set.events):,} events, sha256 {one.digest[:_SHORT]}...; {method_words(how)}"]
    lines += [f"  {population_words(population)}" for population in one.tube.populations]
    if how.method:
        lines += [f"  threshold {bound_words(bound)}" for bound in how.method.bounds.values()]
    lines += [f"  panel {judged_words(row)}" for row in one.tube.panel]
    return [*lines, *([f"  panel: {one.tube.verdict}"] if one.tube.verdict else [])]


def judged_words(one: Judged) -> str:
    """A row of the panel in a line: CD73 ≥ 95 %: 97.9 %: pass."""
    shown = f"{one.shown} %: " if one.shown else ""
    informative = "" if one.row.blocking else " (informative)"
    return f"{one.row.marker} {one.limit}: {shown}{one.verdict}{informative}{f'; {one.remark}' if one.remark else ''}"


def method_words(how: How) -> str:
    """The recipe in a few words."""
    version = f" version {how.version}" if how.version else ""
    return f"recipe {how.name}{version}, sha256 {how.digest[:_SHORT]}..."


def population_words(one: Population) -> str:
    """A population in a line: CD73+: 37,141 of 37,922 of live: 97.9 % (97.8 to 98.1)."""
    start = f"{one.gate}: {one.events:,} of {one.of:,} of {one.parent}"
    return f"{start}: {percent_words(one)}"


def percent_words(one: Population) -> str:
    """The percentage with its interval, and the background where it is subtracted."""
    if one.percent is None or one.low is None or one.high is None:
        return "no event to take a share of"
    words = f"{rounded(one.percent, 1)} % ({rounded(one.low, 1)} to {rounded(one.high, 1)})"
    if one.background is None or one.judged is None:
        return words
    return f"{words}; less background {rounded(one.background, 1)} %: {rounded(one.judged, 1)} %"


def bound_words(one: Bound) -> str:
    """A threshold in words: CD73 in live: 212.5, percentile 99 of the isotype control (15,152 events, type-7)."""
    start = f"{one.dye} in {one.parent}: {rounded(one.value, 1)}"
    if not one.control:
        return f"{start}, fixed"
    return f"{start}, percentile {one.percentile} of the {one.control} control ({one.events:,} events, {QUANTILE})"


def _number(value: Any) -> float | None:
    return None if value is None else float(value)

