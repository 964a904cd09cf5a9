"""Restricted maximum likelihood of a linear model with random effects by subject.

The covariance V of a subject's values is a sum of known matrices G times unknown components (variances, a covariance), which
makes every derivative short. Fisher scoring with halved steps finds the maximum; the observed and the expected information of
the components are what degrees of freedom are made of.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

_STEPS = 500
_HALVINGS = 40
_CLOSE = 1e-10


@dataclass(frozen=True, slots=True)
class Block:
    """Subjects with equally many values: y[subject, row], x[subject, row, column], parts[component, subject, row, row]."""

    y: np.ndarray
    x: np.ndarray
    parts: np.ndarray


@dataclass(frozen=True, slots=True)
class Reml:
    """The likelihood at some components.

    beta, covariance: of the fixed effects by generalised least squares, covariance being (X'V^-1 X)^-1; gradient, expected and
    observed information by component; p: -X'V^-1 G V^-1 X by component; q: X'V^-1 G V^-1 H V^-1 X by pair of components.
    """

    components: np.ndarray
    loglik: float
    beta: np.ndarray
    covariance: np.ndarray
    gradient: np.ndarray
    expected: np.ndarray
    observed: np.ndarray
    p: np.ndarray
    q: np.ndarray


@dataclass(frozen=True, slots=True)
class Found:
    """Where the search ended; inside: at a maximum, and not at the edge of what components may be."""

    best: Reml
    inside: bool


@dataclass(slots=True)
class _Sums:
    """Sums over subjects that the derivatives are made of."""

    distance: float
    p: np.ndarray
    q: np.ndarray
    traces: np.ndarray
    pairs: np.ndarray
    squares: np.ndarray
    curves: np.ndarray
    pulls: np.ndarray


def evaluated(blocks: Sequence[Block], components: np.ndarray) -> Reml | None:
    """The restricted likelihood and its derivatives; None where a V is not positive definite.

    Source: Harville, JASA 1977;72:320; Kenward and Roger, Biometrics 1997;53:983, whose P and Q are p and q here.
    """
    try:
        inverses, logdet = _inverted(blocks, components)
        precision = sum(np.einsum("knp,knm,kmq->pq", one.x, inverse, one.x) for one, inverse in zip(blocks, inverses, strict=True))
        covariance = np.linalg.inv(precision)
    except np.linalg.LinAlgError:
        return None
    pull = sum(np.einsum("knp,knm,km->p", one.x, inverse, one.y) for one, inverse in zip(blocks, inverses, strict=True))
    beta = covariance @ pull
    sums = [_summed(one, inverse, beta) for one, inverse in zip(blocks, inverses, strict=True)]
    sign, logdet_x = np.linalg.slogdet(precision)
    rows = sum(one.y.size for one in blocks) - len(beta)
    distance = logdet + float(logdet_x) + sum(one.distance for one in sums)
    loglik = -(distance + rows * math.log(2 * math.pi)) / 2
    return _assembled(components, loglik, beta, covariance, sums) if sign > 0 and math.isfinite(loglik) else None


def _inverted(blocks: Sequence[Block], components: np.ndarray) -> tuple[list[np.ndarray], float]:
    """V^-1 of every subject, and the sum of log |V|."""
    inverses, logdet = [], 0.0
    for block in blocks:
        root = np.linalg.cholesky(np.einsum("c,cknm->knm", components, block.parts))
        half = np.linalg.inv(root)
        inverses.append(np.swapaxes(half, 1, 2) @ half)
        logdet += 2 * float(np.log(np.diagonal(root, axis1=1, axis2=2)).sum())
    return inverses, logdet


def _summed(block: Block, inverse: np.ndarray, beta: np.ndarray) -> _Sums:
    residual = block.y - block.x @ beta
    weighted, wx = np.einsum("knm,km->kn", inverse, residual), inverse @ block.x
    wg, gwx, moved = inverse @ block.parts, block.parts @ wx, np.einsum("cknm,km->ckn", block.parts, weighted)
    return _Sums(
        distance=float((residual * weighted).sum()),
        p=-np.einsum("knp,cknq->cpq", wx, gwx),
        q=np.einsum("rknp,sknq->rspq", gwx, inverse @ gwx),
        traces=np.einsum("cknn->c", wg),
        pairs=np.einsum("rknm,skmn->rs", wg, wg),
        squares=np.einsum("kn,ckn->c", weighted, moved),
        curves=np.einsum("rkn,knm,skm->rs", moved, inverse, moved),
        pulls=np.einsum("knp,ckn->cp", wx, moved),
    )


def _assembled(components: np.ndarray, loglik: float, beta: np.ndarray, covariance: np.ndarray, sums: Sequence[_Sums]) -> Reml:
    p, q = np.sum([one.p for one in sums], axis=0), np.sum([one.q for one in sums], axis=0)
    pulls = np.sum([one.pulls for one in sums], axis=0)
    kept = np.einsum("ij,rjk,kl,sli->rs", covariance, p, covariance, p)
    traced = sum(one.pairs for one in sums) - 2 * np.einsum("ij,rsji->rs", covariance, q) + kept
    gradient = (sum(one.squares - one.traces for one in sums) - np.einsum("ij,rji->r", covariance, p)) / 2
    observed = sum(one.curves for one in sums) - pulls @ covariance @ pulls.T - traced / 2
    return Reml(components, loglik, beta, covariance, gradient, traced / 2, observed, p, q)


def maximised(blocks: Sequence[Block], start: np.ndarray, allowed: Callable[[np.ndarray], bool]) -> Found | None:
    """The components that maximise the restricted likelihood, by Fisher scoring; None when nothing can be computed at the start.

    start: components inside; allowed: whether components are inside (variances positive, correlation within -1 and 1).
    """
    here = evaluated(blocks, start)
    if here is None:
        return None
    for _ in range(_STEPS):
        step = _scoring_step(here)
        if step is not None and np.abs(step).max() <= _CLOSE * np.abs(here.components).max():
            return Found(here, inside=True)
        there = None if step is None else _uphill(blocks, here, step, allowed)
        if there is None:
            break
        here = there
    return Found(here, inside=False)


def _scoring_step(here: Reml) -> np.ndarray | None:
    try:
        step = np.linalg.solve(here.expected, here.gradient)
    except np.linalg.LinAlgError:
        return None
    return step if np.isfinite(step).all() else None


def _uphill(blocks: Sequence[Block], here: Reml, step: np.ndarray, allowed: Callable[[np.ndarray], bool]) -> Reml | None:
    """The step, halved until the components are allowed and the likelihood does not fall."""
    for halving in range(_HALVINGS):
        components = here.components + step / 2**halving
        there = evaluated(blocks, components) if allowed(components) else None
        if there is not None and there.loglik >= here.loglik - 1e-12 * abs(here.loglik):
            return there
    return None
