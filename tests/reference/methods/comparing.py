"""Tests and estimates of one sample, of pairs and of groups: (input, convention, expected) → what Cordside gives."""

from typing import Any

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.differences import differences, paired
from cordside.analysis.statistics.hodgeslehmann import hodges_lehmann, hodges_lehmann_two
from cordside.analysis.statistics.location import one_sample_t, paired_ratio, paired_t
from cordside.analysis.statistics.ranks import signed_rank
from cordside.analysis.statistics.twosamples import rank_sum, two_sample_t
from cordside.analysis.statistics.variance import anova, friedman, kruskal_wallis
from tests.reference.methods.describing import values_of


def _changes(given: dict[str, Any], minuend: str = "after", subtrahend: str = "before") -> Any:
    return given["d"] if "d" in given else differences(given[subtrahend], given[minuend])


def _limits(found: Answer) -> dict[str, Any]:
    return {"lo": found.low, "hi": found.high, "attained": found.extra.get("attained"), "n": found.n}


def _t(found: Answer, estimate: str) -> dict[str, Any]:
    return {estimate: found.estimate, "t": found.statistic, "df": found.df, "p": found.p, **_limits(found)}


def _signed_rank(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    alternative = convention.get("alternative", "two-sided")
    found = signed_rank(_changes(given), p=convention["p"], zeros=convention["zeros"], alternative=alternative)
    return {"n": found.n, "V": found.statistic, "S": found.extra.get("S"), "p": found.p}


def _hodges_lehmann(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    found = hodges_lehmann(_changes(given), zeros=convention["zeros"], level=convention["level"])
    return {"est": found.estimate, **_limits(found)}


def _hodges_lehmann_two(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    found = hodges_lehmann_two(given["x"], given["y"], level=convention["level"])
    return {"est": found.estimate, **_limits(found)}


def _paired_t(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    level = convention["level"]
    if convention.get("scale") == "log" or "ratio" in convention:
        over, under = convention.get("ratio", ["after", "before"])
        return _t(paired_ratio(paired(given[under], given[over]), level=level), "ratio")
    minuend, subtrahend = convention.get("difference", ["after", "before"])
    return _t(paired_t(_changes(given, minuend, subtrahend), level=level), "mean")


def _one_sample_t(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    scale = convention.get("scale", "linear")
    found = one_sample_t(values_of(given), mu=convention.get("mu", 0), level=convention["level"], scale=scale)
    return _t(found, "geometric_mean" if scale == "log" else "mean")


def _two_sample_t(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    return _t(two_sample_t(given["x"], given["y"], variance=convention["variance"], level=convention["level"]), "diff")


def _rank_sum(given: dict[str, Any], convention: dict[str, Any], _: Any) -> dict[str, Any]:
    rules = {key: convention[key] for key in ("two_sided", "alternative") if key in convention}
    found = rank_sum(given["x"], given["y"], p=convention["p"], **rules)
    return {"W": found.statistic, "p": found.p, "n": found.n}


def _chi2(found: Answer) -> dict[str, Any]:
    return {"chi2": found.statistic, "df": found.df, "p": found.p, "n": found.n}


def _anova(given: dict[str, Any], _convention: dict[str, Any], _expected: Any) -> dict[str, Any]:
    found = anova(given["groups"])
    return {"F": found.statistic, "df1": found.df, "df2": found.extra.get("df2"), "p": found.p, "n": found.n}


METHODS = {
    "signed_rank": _signed_rank,
    "hodges_lehmann": _hodges_lehmann,
    "hodges_lehmann_two": _hodges_lehmann_two,
    "paired_t": _paired_t,
    "one_sample_t": _one_sample_t,
    "two_sample_t": _two_sample_t,
    "rank_sum": _rank_sum,
    "friedman": lambda given, _, __: _chi2(friedman(given["blocks"])),
    "kruskal_wallis": lambda given, _, __: _chi2(kruskal_wallis(given["groups"])),
    "anova": _anova,
}
