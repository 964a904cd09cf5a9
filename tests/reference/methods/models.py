"""Survival and models by the vectors' names: (input, convention, expected) → what the statistic gives."""

from typing import Any

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.competing import cumulative_incidence, incidence_at
from cordside.analysis.statistics.cox import hazard_ratios
from cordside.analysis.statistics.logrank import logrank
from cordside.analysis.statistics.mixed import coefficient, fit_mixed
from cordside.analysis.statistics.survival import kaplan_meier, survival_at, survival_quantile

QUARTILES = {"q25": 0.25, "median": 0.5, "q75": 0.75}


def _kaplan_meier(given: dict[str, Any], convention: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    curve = kaplan_meier(given["time"], given["status"])
    shape = {"interval": convention["interval"], "level": convention["level"]}
    beyond, flat = convention.get("beyond_last", "not-estimable"), convention.get("flat_at_half", "midpoint-if-later-event")
    found = [survival_at(curve, time, beyond_last=beyond, **shape) for time in expected.get("times", [])]
    quantiles = {name: survival_quantile(curve, p, flat_at_half=flat, **shape) for name, p in QUARTILES.items()}
    return {
        **{name: [one.estimate, one.low, one.high] for name, one in quantiles.items()},
        "times": expected.get("times"),
        "S": [one.estimate for one in found],
        "lo": [one.low for one in found],
        "hi": [one.high for one in found],
        "at_risk": [one.extra.get("at_risk") for one in found],
    }


def _logrank(given: dict[str, Any], convention: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    found = logrank(given["time"], given["status"], given["group"])
    first = min(given["group"])
    return {"chi2": found.statistic, "p": found.p, "O": found.extra[f"observed {first}"], "E": found.extra[f"expected {first}"]}


def _cox(given: dict[str, Any], convention: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    covariates = {str(place): values for place, values in enumerate(given["x"])}
    found = hazard_ratios(given["time"], given["status"], covariates, ties=convention["ties"])
    return {"coef": [one.extra["coef"] for one in found.values()], "se": [one.extra["se"] for one in found.values()]}


def _cumulative_incidence(given: dict[str, Any], convention: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    assert convention["estimator"] == "aalen_johansen"
    curves = cumulative_incidence(given["time"], given["status"], max(given["cause"]))

    def curve(cause: int) -> list[float | None]:
        return [incidence_at(curves, cause, time, beyond_last="carry").estimate for time in expected["times"]]

    return {"times": expected["times"], **{f"cause{cause}": curve(cause) for cause in given["cause"]}}


def _mixed_model(given: dict[str, Any], convention: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    assert convention["estimation"] == "reml"
    without = {tuple(one) for one in given.get("without", [])}
    rows = [
        (subject, age, value)
        for subject, values in zip(given["subject"], given["y"], strict=True)
        for age, value in zip(given["age"], values, strict=True)
        if (subject, age) not in without
    ]
    columns = {"age": [age for _, age, _ in rows], "male": [int(subject.startswith("M")) for subject, _, _ in rows]}
    slope = next((name for name in convention["random"] if name != "intercept"), None)
    fixed = {name: columns[name] for name in convention["fixed"]}
    fit = fit_mixed([value for *_, value in rows], fixed, [subject for subject, *_ in rows], df=convention["df"], slope=slope)
    return {
        "reml_loglik": fit.loglik,
        "fixed": {name: _effect(coefficient(fit, name)) for name in fit.names},
        "var_subject": fit.variances["intercept"],
        "var_intercept": fit.variances["intercept"],
        "var_slope": fit.variances.get("slope"),
        "cov": fit.variances.get("covariance"),
        "var_residual": fit.variances["residual"],
    }


def _effect(found: Answer) -> dict[str, float | None]:
    return {"est": found.estimate, "se": found.extra["se"], "df": found.df, "t": found.statistic, "p": found.p}


METHODS = {
    "kaplan_meier": _kaplan_meier,
    "logrank": _logrank,
    "cox": _cox,
    "cumulative_incidence": _cumulative_incidence,
    "mixed_model": _mixed_model,
}
