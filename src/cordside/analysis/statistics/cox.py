"""Cox's proportional hazards by Newton-Raphson, ties after Efron (R's default) or Breslow (SAS's default)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import chi_square_above, normal_two_sided, two_sided_z
from cordside.analysis.statistics.eventtimes import is_finite, read_event_times
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.sample import level_fault
from cordside.words import Number

TIES = ("efron", "breslow")

_METHOD = "Cox proportional hazards"
_STEPS = 40
_SMALL = 1e-10
# Covariates have a standard deviation of 1: with less information than this the likelihood is flat, the hazard ratio without bounds.
_FLAT = 1e-8
_ENDLESS = "no finite hazard ratio: a covariate parts those with the event from those without, or the covariates determine one another"


@dataclass(frozen=True, slots=True)
class _Data:
    """Subjects by rising time, events before censorings: standardised covariates, and the places of ties.

    event_rows: rows with the event; first: row from which those at risk begin, for each event; tie: which tie it belongs to;
    share: part of the tie that is taken off the risk set (Efron 0, 1/d, 2/d ...; Breslow 0).
    """

    x: np.ndarray
    event_rows: np.ndarray
    first: np.ndarray
    tie: np.ndarray
    share: np.ndarray


@dataclass(frozen=True, slots=True)
class _Likelihood:
    value: float
    gradient: np.ndarray
    information: np.ndarray


def hazard_ratios(
    time: Sequence[Number | None],
    status: Sequence[int | None],
    covariates: Mapping[str, Sequence[Number | None]],
    *,
    ties: str,
    level: Number = 0.95,
) -> dict[str, Answer]:
    """The hazard ratio of each covariate per unit, adjusted for the others; interval and p after Wald.

    time, status: as kaplan_meier; covariates: a list of numbers by name; ties: efron or breslow.
    Each answer has z as statistic, and in extra: coef, se, loglik, loglik_null, and likelihood_ratio with its p for all together.
    A likelihood without a maximum (separation) and covariates that determine one another are errors, never a large number.
    Source: Cox 1972; Efron, JASA 1977;72:557; Breslow 1974. Veteran data, treatment and Karnofsky, efron: treatment 1.194, se 0.1831.
    """
    check_name(ties, TIES, "way with ties")
    names = list(covariates)
    read = read_event_times(time, status, [covariates[name] for name in names])
    columns = {name: [covariates[name][place] for place in read.kept] for name in names}
    error = read.error or _refused(columns, read.statuses, level)
    if error:
        return {name: Answer(n_missing=read.n_missing, method=_METHOD, error=error) for name in names}
    with np.errstate(all="ignore"):
        raw = np.array([[float(value) for value in columns[name]] for name in names]).T  # type: ignore[arg-type]
        scale = raw.std(axis=0)
        x = (raw - raw.mean(axis=0)) / scale
        fitted = _fit(_arranged(np.array(read.times, dtype=float), np.array(read.statuses), x, ties))
        if fitted is None:
            return {name: Answer(n=len(raw), n_missing=read.n_missing, method=_METHOD, error=_ENDLESS) for name in names}
        return _answers(
            names, fitted, scale, Answer(n=len(raw), n_missing=read.n_missing, level=float(level), convention=f"{ties} ties, Wald")
        )


def _refused(columns: Mapping[str, list[Number | None]], statuses: Sequence[int], level: Number) -> str:
    if fault := level_fault(level):
        return fault
    for name, values in columns.items():
        if not all(is_finite(value) for value in values):
            return f"{name} has a value that is not a finite number"
        if len(set(values)) < 2:
            return f"{name} has one value only"
    return "" if any(statuses) else "there is no event"


def _arranged(times: np.ndarray, statuses: np.ndarray, x: np.ndarray, ties: str) -> _Data:
    order = np.lexsort((1 - statuses, times))
    times, event_rows = times[order], np.flatnonzero(statuses[order])
    _, tie, sizes = np.unique(times[event_rows], return_inverse=True, return_counts=True)
    first = np.searchsorted(times, times[event_rows])
    within = np.arange(len(event_rows)) - (np.cumsum(sizes) - sizes)[tie]
    return _Data(x[order], event_rows, first, tie, within / sizes[tie] if ties == "efron" else np.zeros(len(tie)))


def _likelihood(beta: np.ndarray, data: _Data) -> _Likelihood:
    """Partial log-likelihood, its gradient and the information; sums over risk sets less the tied share."""
    eta = data.x @ beta
    highest = eta.max()
    weight = np.exp(eta - highest)
    first_power = weight[:, None] * data.x
    sums = [_over_risk_sets(part, data) for part in (weight, first_power, first_power[:, :, None] * data.x[:, None, :])]
    mean = sums[1] / sums[0][:, None]
    information = (sums[2] / sums[0][:, None, None] - mean[:, :, None] * mean[:, None, :]).sum(axis=0)
    value = float((eta[data.event_rows] - highest - np.log(sums[0])).sum())
    return _Likelihood(value, (data.x[data.event_rows] - mean).sum(axis=0), information)


def _over_risk_sets(part: np.ndarray, data: _Data) -> np.ndarray:
    at_risk = np.cumsum(part[::-1], axis=0)[::-1][data.first]
    tied = np.zeros((data.tie.max() + 1, *part.shape[1:]))
    np.add.at(tied, data.tie, part[data.event_rows])
    return at_risk - data.share.reshape(-1, *[1] * (part.ndim - 1)) * tied[data.tie]


def _fit(data: _Data) -> tuple[np.ndarray, _Likelihood, float] | None:
    """Coefficients per standard deviation, the likelihood there and its value at zero; None without a finite maximum."""
    beta = np.zeros(data.x.shape[1])
    here = start = _likelihood(beta, data)
    for _ in range(_STEPS):
        if not np.isfinite(here.information).all() or np.linalg.eigvalsh(here.information)[0] < _FLAT:
            return None
        step = np.linalg.solve(here.information, here.gradient)
        beta, here, moved = _uphill(beta, here, step, data)
        if moved < _SMALL:
            return beta, here, start.value
    return None


def _uphill(beta: np.ndarray, here: _Likelihood, step: np.ndarray, data: _Data) -> tuple[np.ndarray, _Likelihood, float]:
    """The Newton step, halved until the likelihood does not fall; a step too small to matter is not taken back."""
    for _ in range(30):
        there = _likelihood(beta + step, data)
        if there.value >= here.value - 1e-9 * abs(here.value):
            break
        step = step / 2
    return beta + step, there, float(np.abs(step).max())


def _answers(names: list[str], fitted: tuple[np.ndarray, _Likelihood, float], scale: np.ndarray, common: Answer) -> dict[str, Answer]:
    beta, best, null = fitted
    coefs, errors = beta / scale, np.sqrt(np.diag(np.linalg.inv(best.information))) / scale
    ratio = max(0.0, 2 * (best.value - null))
    together = {"loglik": best.value, "loglik_null": null, "likelihood_ratio": ratio}
    together["likelihood_ratio_p"] = chi_square_above(ratio, len(names))
    return {name: _answer(float(coef), float(se), together, common) for name, coef, se in zip(names, coefs, errors, strict=True)}


def _answer(coef: float, se: float, together: Mapping[str, float], common: Answer) -> Answer:
    margin = two_sided_z(common.level or 0.95) * se
    return Answer(
        estimate=float(np.exp(coef)),
        low=float(np.exp(coef - margin)),
        high=float(np.exp(coef + margin)),
        level=common.level,
        statistic=coef / se,
        p=normal_two_sided(coef / se),
        n=common.n,
        n_missing=common.n_missing,
        method=_METHOD,
        convention=common.convention,
        extra={"coef": coef, "se": se, **together},
    )
