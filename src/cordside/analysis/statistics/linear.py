"""Ordinary least squares with factors and covariates: analysis of variance and covariance, least-squares means, type III tests.

Main effects only: each factor is tested and compared adjusted for everything else in the model.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.contrasts import t_answer
from cordside.analysis.statistics.distributions import f_above
from cordside.analysis.statistics.eventtimes import is_finite, is_missing
from cordside.analysis.statistics.sample import level_fault
from cordside.words import Number

INTERCEPT = "intercept"

_Value = TypeVar("_Value")

_METHOD = "least squares"
_RANK = 1e-10
# Residuals smaller than this part of the response are rounding, not variation.
_NOISE = 1e-13


@dataclass(frozen=True, slots=True)
class Design:
    """The model matrix: an intercept, treatment columns of each factor (first label in their order is 0), centred covariates."""

    matrix: np.ndarray
    terms: Mapping[str, tuple[int, ...]]
    labels: Mapping[str, tuple[Hashable, ...]]
    means: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LinearFit:
    """A fitted model, or the error why there is none; coefficients belong to the columns of the design."""

    design: Design | None = None
    coefficients: np.ndarray = field(default_factory=lambda: np.zeros(0))
    covariance: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    residual_variance: float | None = None
    df: int = 0
    n: int = 0
    n_missing: int = 0
    level: float = 0.95
    error: str = ""


def fit_linear(
    response: Sequence[Number | None],
    *,
    factors: Mapping[str, Sequence[Hashable | None]],
    covariates: Mapping[str, Sequence[Number | None]],
    level: Number = 0.95,
) -> LinearFit:
    """Least squares of a response on factors (labels) and covariates (numbers); rows with anything missing are left out.

    Labels come in the order in which they first occur. A model whose effects cannot be told apart is an error.
    Source: Searle 1971; numbers as R lm and SAS PROC GLM.
    """
    columns: dict[str, Sequence[object]] = {**factors, **covariates}
    if len(columns) < len(factors) + len(covariates) or INTERCEPT in columns:
        return LinearFit(error=f"every term needs a name of its own, and none may be called {INTERCEPT}")
    if any(len(column) != len(response) for column in columns.values()):
        return LinearFit(error="the response and the terms are not of one length")
    kept = [at for at in range(len(response)) if not any(is_missing(column[at]) for column in [response, *columns.values()])]
    missing = len(response) - len(kept)
    y, labels, numbers = [response[at] for at in kept], _only(kept, factors), _only(kept, covariates)
    if error := _refused(y, labels, numbers, level):
        return LinearFit(n=len(kept), n_missing=missing, error=error)
    with np.errstate(all="ignore"):
        design = _designed(len(y), labels, numbers)
        return _fitted(np.array([float(value) for value in y]), design, missing, float(level))  # type: ignore[arg-type]


def _only(kept: list[int], columns: Mapping[str, Sequence[_Value]]) -> dict[str, list[_Value]]:
    return {name: [column[at] for at in kept] for name, column in columns.items()}


def _refused(
    y: list[Number | None],
    factors: Mapping[str, list[Hashable | None]],
    covariates: Mapping[str, list[Number | None]],
    level: Number,
) -> str:
    if not y:
        return "no row is complete"
    for name, values in {"the response": y, **covariates}.items():
        if not all(is_finite(value) for value in values):
            return f"{name} has a value that is not a finite number"
    sizes = {name: len(set(labels)) for name, labels in factors.items()} | {name: len(set(values)) for name, values in covariates.items()}
    single = [name for name, size in sizes.items() if size < 2]
    if single:
        return f"{', '.join(single)}: one value only, so that no effect can be told"
    return level_fault(level)


def _designed(n: int, factors: Mapping[str, list[Hashable | None]], covariates: Mapping[str, list[Number | None]]) -> Design:
    columns, terms = [np.ones(n)], {INTERCEPT: _places(0, 1)}
    labels = {name: tuple(dict.fromkeys(values)) for name, values in factors.items()}
    for name, values in factors.items():
        terms[name] = _places(len(columns), len(labels[name]) - 1)
        columns += [np.array([value == label for value in values], dtype=float) for label in labels[name][1:]]
    means = {}
    for name, numbers in covariates.items():
        raw = np.array([float(number) for number in numbers])  # type: ignore[arg-type]
        means[name] = float(raw.mean())
        terms[name] = _places(len(columns), 1)
        columns.append(raw - means[name])
    return Design(np.column_stack(columns), terms, labels, means)


def _places(first: int, size: int) -> tuple[int, ...]:
    return tuple(range(first, first + size))


def _fitted(y: np.ndarray, design: Design, missing: int, level: float) -> LinearFit:
    n, size = design.matrix.shape
    if n <= size:
        return LinearFit(n=n, n_missing=missing, error=f"{n} complete rows are too few for {size} coefficients")
    scale = np.abs(design.matrix).max(axis=0)
    if not (np.isfinite(scale).all() and (scale > 0).all()):
        return LinearFit(n=n, n_missing=missing, error="a covariate is too large or too even for the arithmetic; change its unit")
    left, sizes, right = np.linalg.svd(design.matrix / scale, full_matrices=False)
    if sizes[-1] < _RANK * sizes[0]:
        return LinearFit(n=n, n_missing=missing, error="the terms determine one another, so that their effects cannot be told apart")
    inverse = right.T / sizes
    coefficients = inverse @ (left.T @ y) / scale
    residuals = y - design.matrix @ coefficients
    noise = np.abs(residuals).max() <= _NOISE * np.abs(y).max()
    variance = 0.0 if noise else float(residuals @ residuals) / (n - size)
    return LinearFit(design, coefficients, inverse @ inverse.T / np.outer(scale, scale), variance, n - size, n, missing, level)


def coefficient(fit: LinearFit, name: str) -> Answer:
    """The coefficient of a covariate, or the intercept (first labels, covariates at zero), with interval and t test."""
    if fit.design is None:
        return _failed(fit)
    if name != INTERCEPT and name not in fit.design.means:
        return _failed(fit, f"{name} is no covariate of the model; it has {', '.join(fit.design.means) or 'none'}")
    weights = np.zeros(len(fit.coefficients))
    weights[fit.design.terms[name][0]] = 1
    if name == INTERCEPT:
        for covariate, mean in fit.design.means.items():
            weights[fit.design.terms[covariate][0]] = -mean
    return _contrast(fit, weights, "coefficient")


def least_squares_means(fit: LinearFit, factor: str) -> dict[Hashable, Answer]:
    """The mean of each label of a factor, covariates at their means and the labels of other factors weighing the same.

    Source: Searle, Speed and Milliken, Am Stat 1980;34:216 (SAS LSMEANS, R emmeans). An empty dict without such a factor.
    """
    if fit.design is None or factor not in fit.design.labels:
        return {}
    return {label: _contrast(fit, _mean_weights(fit, factor, label), "least-squares mean") for label in fit.design.labels[factor]}


def difference(fit: LinearFit, factor: str, label: Hashable, minus: Hashable) -> Answer:
    """The least-squares mean of one label minus that of another, with interval and t test, not adjusted for multiplicity.

    CDISC pilot Table 14-3.01: low dose minus placebo -0.467, se 0.818, -2.079 to 1.145, p 0.569.
    """
    if fit.design is None:
        return _failed(fit)
    labels = fit.design.labels.get(factor, ())
    if label not in labels or minus not in labels:
        return _failed(fit, f"{factor} has no label {minus if label in labels else label}; it has {', '.join(map(str, labels)) or 'none'}")
    weights = _mean_weights(fit, factor, label) - _mean_weights(fit, factor, minus)
    return _contrast(fit, weights, "difference of least-squares means")


def pairwise_differences(fit: LinearFit, factor: str, order: Sequence[Hashable]) -> dict[tuple[Hashable, Hashable], Answer]:
    """Every later label of the order minus every earlier one, by (label, minus)."""
    return {(label, minus): difference(fit, factor, label, minus) for minus, label in combinations(order, 2)}


def type_three_test(fit: LinearFit, term: str) -> Answer:
    """F test of a factor or covariate, everything else in the model (type III): statistic F, df, and df_residual in extra.

    Without interactions types II and III are the same, and the coding of the factors does not matter.
    """
    if fit.design is None:
        return _failed(fit)
    if term not in fit.design.terms or term == INTERCEPT:
        return _failed(fit, f"{term} is no term of the model")
    if not fit.residual_variance:
        return _failed(fit, "the model fits without residuals, so that nothing can be tested")
    at = list(fit.design.terms[term])
    effect = fit.coefficients[at]
    with np.errstate(all="ignore"):
        f = float(effect @ np.linalg.solve(fit.covariance[np.ix_(at, at)], effect)) / len(at) / fit.residual_variance
    return Answer(
        statistic=f,
        df=len(at),
        p=f_above(f, len(at), fit.df),
        n=fit.n,
        n_missing=fit.n_missing,
        method=f"{_METHOD}, type III F test",
        extra={"df_residual": fit.df},
    )


def _mean_weights(fit: LinearFit, factor: str, label: Hashable) -> np.ndarray:
    assert fit.design is not None
    weights = np.zeros(len(fit.coefficients))
    weights[0] = 1
    for name, labels in fit.design.labels.items():
        for at, one in zip(fit.design.terms[name], labels[1:], strict=True):
            weights[at] = float(one == label) if name == factor else 1 / len(labels)
    return weights


def _contrast(fit: LinearFit, weights: np.ndarray, what: str) -> Answer:
    common = Answer(level=fit.level, n=fit.n, n_missing=fit.n_missing, method=f"{_METHOD}, {what}")
    with np.errstate(all="ignore"):
        variance = float(weights @ fit.covariance @ weights) * float(fit.residual_variance or 0)
        return t_answer(float(weights @ fit.coefficients), variance, fit.df, common)


def _failed(fit: LinearFit, error: str = "") -> Answer:
    return Answer(n=fit.n, n_missing=fit.n_missing, method=_METHOD, error=fit.error or error)
