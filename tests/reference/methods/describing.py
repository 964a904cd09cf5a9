"""Quantiles, moments, and numbers as text: (input, convention, expected) → what Cordside gives."""

from typing import Any

from cordside.analysis.conventions import quantile
from cordside.analysis.statistics.adjust import adjusted
from cordside.analysis.summaries import moments
from cordside.words import p_text, percent, rounded


def values_of(given: dict[str, Any]) -> Any:
    """The values of a case as a statistic takes them: a list, or a mapping of value to count."""
    if "x" in given:
        return given["x"]
    return dict(zip(given["value"], given["count"], strict=True))


def _table(given: dict[str, Any]) -> list[tuple[Any, int]]:
    values = values_of(given)
    return list(values.items()) if isinstance(values, dict) else [(value, 1) for value in values]


def _quantiles(given: dict[str, Any], definition: str) -> list[float | None]:
    found = [quantile(_table(given), p, definition) for p in given["p"]]
    return [None if value is None else float(value) for value in found]


def _quantile(given: dict[str, Any], convention: dict[str, Any], _: Any) -> Any:
    definition = convention["type"]
    return {name: _quantiles(given, name) for name in definition} if isinstance(definition, list) else _quantiles(given, definition)


def _summary(given: dict[str, Any], _convention: dict[str, Any], _expected: Any) -> dict[str, Any]:
    found = moments(_table(given))
    return {
        "n": found.n,
        "n_missing": found.n_missing,
        "mean": found.mean,
        "sd": found.sd,
        "se": found.se,
        "min": found.low,
        "max": found.high,
    }


METHODS = {
    "quantile": _quantile,
    "summary": _summary,
    "round": lambda given, convention, _: [rounded(value, places, convention["policy"]) for value, places in given["cases"]],
    "percent": lambda given, convention, _: [percent(k, n, places, convention["policy"]) for k, n, places in given["cases"]],
    "p_format": lambda given, convention, _: [p_text(p, convention["style"]) for p in given["p"]],
    "p_adjust": lambda given, convention, _: adjusted(given["p"], method=convention["method"]),
}
