"""A linear mixed model by REML: a random intercept for each subject, and a random slope if asked for.

Tests use t with the degrees of freedom of Satterthwaite (as lmerTest) or Kenward and Roger (as pbkrtest, SAS DDFM=KR).
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.contrasts import t_answer
from cordside.analysis.statistics.eventtimes import is_finite, is_missing
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.reml import Block, Found, Reml, evaluated, maximised
from cordside.analysis.statistics.sample import level_fault
from cordside.words import Number

DF = ("satterthwaite", "kenward_roger")
INTERCEPT = "intercept"

_METHOD = "linear mixed model (REML)"
_RANK = 1e-10
_NOISE = 1e-24
_NO_RESIDUAL = 1e-12
_NO_SPREAD = "the variance between subjects is estimated as zero: the model is then ordinary least squares, with its degrees of freedom"


@dataclass(frozen=True, slots=True)
class MixedFit:
    """A fitted model, or the error why there is none.

    variances: intercept, and residual, with a slope also slope and covariance; loglik: restricted, with its constant; at: the
    maximum for orthonormal columns and a response of spread 1; unfold: from coefficients by name to those columns.
    """

    names: tuple[str, ...] = ()
    variances: Mapping[str, float] = field(default_factory=dict)
    loglik: float | None = None
    at: Reml | None = None
    unfold: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    scale: float = 1.0
    n: int = 0
    n_subjects: int = 0
    n_missing: int = 0
    df: str = ""
    level: Number = 0.95
    warning: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    """Complete rows: response, model matrix with its intercept, subject by number, and the rows left out."""

    y: np.ndarray
    x: np.ndarray
    subject: np.ndarray
    missing: int


def fit_mixed(
    response: Sequence[Number | None],
    fixed: Mapping[str, Sequence[Number | None]],
    subject: Sequence[Hashable | None],
    *,
    df: str,
    slope: str | None = None,
    level: Number = 0.95,
) -> MixedFit:
    """Fits response = intercept + fixed effects + a random intercept by subject (+ a random slope on one of the fixed columns).

    fixed: numbers by name, one a row, without the intercept; subject: whose row it is; df: satterthwaite or kenward_roger.
    Rows with anything missing are left out. A variance between subjects of zero is a warning; a slope that the data cannot
    carry is an error. Source: Laird and Ware 1982; Kenward and Roger 1997. Orthodont with gaps: age 0.653, 55.08 df (Satterthwaite).
    """
    check_name(df, DF, "way to degrees of freedom")
    read = _read(response, fixed, subject, slope, level)
    if isinstance(read, str):
        return MixedFit(error=read)
    with np.errstate(all="ignore"):
        fitted = _fitted(read, None if slope is None else 1 + list(fixed).index(slope))
    common = {"names": (INTERCEPT, *fixed), "n": len(read.y), "n_subjects": len(set(read.subject)), "n_missing": read.missing}
    return MixedFit(**common, df=df, level=level, **({"error": fitted} if isinstance(fitted, str) else fitted))  # type: ignore[arg-type]


def coefficient(fit: MixedFit, name: str) -> Answer:
    """A fixed effect with interval and t test; extra holds se. The intercept has the name intercept."""
    return contrast(fit, {name: 1})


def contrast(fit: MixedFit, weights: Mapping[str, float]) -> Answer:
    """A weighted sum of fixed effects with interval and t test.

    weights: by name of the effect, others 0. Kenward and Roger's standard error is the adjusted one.
    """
    unknown = [name for name in weights if name not in fit.names]
    if fit.at is None or unknown or not all(is_finite(weight) for weight in weights.values()):
        error = fit.error or (f"{', '.join(unknown)}: no such effect" if unknown else "a weight is not a finite number")
        return Answer(n=fit.n, n_missing=fit.n_missing, method=_METHOD, error=error)
    common = Answer(level=float(fit.level), n=fit.n, n_missing=fit.n_missing, method=_METHOD, convention=fit.df, warning=fit.warning)
    with np.errstate(all="ignore"):
        combined = np.array([float(weights.get(name, 0)) for name in fit.names]) @ fit.unfold
        variance, df = _variance_and_df(fit, fit.at, combined)
        return t_answer(float(combined @ fit.at.beta) * fit.scale, variance * fit.scale**2, df, common)


def _variance_and_df(fit: MixedFit, at: Reml, combined: np.ndarray) -> tuple[float, float]:
    """The variance of a contrast and its degrees of freedom.

    For one contrast Kenward and Roger's degrees of freedom are Satterthwaite's with the expected in place of the observed information.
    """
    variance = float(combined @ at.covariance @ combined)
    if fit.variances[INTERCEPT] == 0:
        return variance, fit.n - len(fit.names)
    spread = np.linalg.pinv(at.observed if fit.df == "satterthwaite" else at.expected)
    slopes = np.einsum("i,cij,j->c", at.covariance @ combined, at.p, at.covariance @ combined)
    uncertainty = float(slopes @ spread @ slopes)
    df = 2 * variance**2 / uncertainty if uncertainty > 0 else math.nan
    if fit.df == "satterthwaite":
        return variance, df
    inner = at.q - np.einsum("rij,jk,skl->rsil", at.p, at.covariance, at.p)
    adjustment = 2 * at.covariance @ np.einsum("rs,rsij->ij", spread, inner) @ at.covariance
    return variance + float(combined @ adjustment @ combined), df


def _read(
    response: Sequence[Number | None],
    fixed: Mapping[str, Sequence[Number | None]],
    subject: Sequence[Hashable | None],
    slope: str | None,
    level: Number,
) -> _Table | str:
    columns = [response, subject, *fixed.values()]
    if fault := level_fault(level):
        return fault
    if INTERCEPT in fixed or (slope is not None and slope not in fixed):
        return f"a fixed effect may not be called {INTERCEPT}, and the random slope is one of the fixed effects"
    if len({len(column) for column in columns}) > 1:
        return "the response, the subjects and the fixed effects are not of one length"
    kept = [row for row in range(len(response)) if not any(is_missing(column[row]) for column in columns)]
    if not all(is_finite(column[row]) for column in [response, *fixed.values()] for row in kept):
        return "a value is not a finite number"
    numbers = {label: number for number, label in enumerate(dict.fromkeys(subject[row] for row in kept))}
    x = [[1.0, *(float(column[row]) for column in fixed.values())] for row in kept]  # type: ignore[arg-type]
    y = [float(response[row]) for row in kept]  # type: ignore[arg-type]
    return _Table(np.array(y), np.array(x), np.array([numbers[subject[row]] for row in kept]), len(response) - len(kept))


def _fitted(table: _Table, slope: int | None) -> dict[str, object] | str:
    """What a fit knows, or why there is none."""
    error = _too_little(table, 2 if slope is None else 4)
    if error:
        return error
    widths = np.abs(table.x).max(axis=0)
    q, r = np.linalg.qr(table.x / widths)
    if np.linalg.cond(r) > 1 / _RANK:
        return "the fixed effects determine one another"
    residual = table.y - q @ (q.T @ table.y)
    square = float(residual @ residual) / (len(table.y) - len(widths))
    if not square > _NOISE * float(table.y @ table.y):
        return "the fixed effects leave no variation"
    scale = math.sqrt(square)
    z, back = _random(table.x, slope)
    blocks = _blocks(table.y / scale, q, z, table.subject)
    best, warning = _search(blocks, slope is not None)
    if best is None:
        return warning
    unfold = np.linalg.inv(r * widths)
    loglik = best.loglik - (len(table.y) - len(widths)) * math.log(scale) + float(np.log(np.abs(np.diag(unfold))).sum())
    variances = _variances(best.components * square, back)
    return {"variances": variances, "loglik": loglik, "at": best, "unfold": unfold, "scale": scale, "warning": warning}


def _too_little(table: _Table, components: int) -> str:
    rows, width = len(table.y), table.x.shape[-1]
    sizes = np.bincount(table.subject) if rows else np.zeros(1)
    if len(sizes) < 2 or sizes.max() < 2:
        return "the model needs two subjects or more, and someone with two values or more"
    if rows <= width + components:
        return f"{rows} rows are too few for {width} fixed effects and {components} components of variance"
    if not np.isfinite(table.y @ table.y) or not np.isfinite(table.x).all():
        return "the numbers are too large for the arithmetic; change their unit"
    return "" if np.abs(table.x).max(axis=0).all() else "a fixed effect is zero throughout"


def _random(x: np.ndarray, slope: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Columns of the random effects, centred and scaled, and the matrix that leads back to those asked for."""
    if slope is None:
        return np.ones((len(x), 1)), np.eye(1)
    mean, width = x[:, slope].mean(), x[:, slope].std() or 1.0
    return np.column_stack([np.ones(len(x)), (x[:, slope] - mean) / width]), np.array([[1, -mean / width], [0, 1 / width]])


def _blocks(y: np.ndarray, q: np.ndarray, z: np.ndarray, subject: np.ndarray) -> list[Block]:
    sizes = np.bincount(subject)
    blocks = []
    for size in sorted(set(sizes)):
        rows = np.array([np.flatnonzero(subject == one) for one in np.flatnonzero(sizes == size)])
        chosen = z[rows]
        outer = [np.einsum("kn,km->knm", chosen[..., a], chosen[..., b]) for a in range(z.shape[1]) for b in range(a, z.shape[1])]
        parts = [part if part is outer[0] or part is outer[-1] else part + np.swapaxes(part, 1, 2) for part in outer]
        blocks.append(Block(y[rows], q[rows], np.stack([*parts, np.broadcast_to(np.eye(size), outer[0].shape)])))
    return blocks


def _search(blocks: list[Block], with_slope: bool) -> tuple[Reml | None, str]:
    """The best components with a warning, or None with the error."""
    if with_slope:
        best = _inside(maximised(blocks, np.array([0.25, 0.0, 0.25, 0.5]), _proper))
        return best, "" if best else "the data do not carry a random slope; leave it out"
    flat = evaluated(blocks, np.array([0.0, 1.0]))
    if flat is not None and flat.gradient[0] <= 0:
        return flat, _NO_SPREAD
    best = _inside(maximised(blocks, np.array([0.5, 0.5]), lambda components: bool((components > 0).all())))
    return best, "" if best else "no maximum of the likelihood was found: within subjects nothing may vary beside the fixed effects"


def _inside(found: Found | None) -> Reml | None:
    """The maximum, unless the search ran into an edge or left no residual variance."""
    if found is None or not found.inside or found.best.components[-1] < _NO_RESIDUAL:
        return None
    return found.best


def _proper(components: np.ndarray) -> bool:
    """Whether intercept, covariance, slope and residual make a positive definite matrix."""
    intercept, covariance, slope, residual = components
    return bool(intercept > 0 and slope > 0 and residual > 0 and covariance**2 < intercept * slope)


def _variances(components: np.ndarray, back: np.ndarray) -> dict[str, float]:
    if len(components) == 2:
        return {INTERCEPT: float(components[0]), "residual": float(components[1])}
    between = back @ np.array([[components[0], components[1]], [components[1], components[2]]]) @ back.T
    return {
        INTERCEPT: float(between[0, 0]),
        "covariance": float(between[0, 1]),
        "slope": float(between[1, 1]),
        "residual": float(components[3]),
    }
