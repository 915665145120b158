"""One log-linear Poisson fit for any design: the plain way, for columns that are not 0/1 terms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

Floats = NDArray[np.float64]

MAX_STEPS = 100
DECREMENT = 1e-14


@dataclass(frozen=True, eq=False)
class PoissonFit:
    """`beta`, `covariance`: of the columns; `mu`: expected counts; `loglik` with factorials; `deviance`."""

    beta: Floats
    covariance: Floats
    mu: Floats
    loglik: float
    deviance: float
    converged: bool


def fit(design: Floats, counts: Floats) -> PoissonFit:
    """Maximum likelihood by Newton with step halving. design: (cells, p) of full rank; counts: (cells,), >= 0.

    Columns are scaled to unit size first; the fit must exist (see `existence.face_of`).
    """
    size = np.abs(design).max(axis=0)
    columns = design / size
    beta = _start(columns, counts)
    mu, loglik = _expected(columns, beta, counts)
    converged = False
    for _ in range(MAX_STEPS):
        score = columns.T @ (counts - mu)
        move = np.linalg.lstsq(columns.T @ (columns * mu[:, None]), score, rcond=None)[0]
        beta, mu, loglik, moved = _halve(columns, counts, beta, move, loglik)
        if abs(float(move @ score)) < DECREMENT or not moved:
            converged = True
            break
    covariance = np.linalg.pinv(columns.T @ (columns * mu[:, None])) / np.outer(size, size)
    whole = float(gammaln(counts + 1).sum())
    perfect = float((xlogy(counts, counts) - counts).sum())
    return PoissonFit(beta / size, covariance, mu, loglik - whole, 2 * (perfect - loglik), converged)


def _start(columns: Floats, counts: Floats) -> Floats:
    root = np.sqrt(counts + 0.5)
    return np.asarray(np.linalg.lstsq(columns * root[:, None], np.log(counts + 0.5) * root, rcond=None)[0])


def _expected(columns: Floats, beta: Floats, counts: Floats) -> tuple[Floats, float]:
    eta = columns @ beta
    with np.errstate(over="ignore", invalid="ignore"):
        mu = np.exp(eta)
        loglik = float((counts * eta - mu).sum())
    return mu, loglik if np.isfinite(loglik) else -np.inf


def _halve(
    columns: Floats, counts: Floats, beta: Floats, move: Floats, loglik: float
) -> tuple[Floats, Floats, float, bool]:
    scale = 1.0
    for _ in range(40):
        tried = beta + scale * move
        mu, better = _expected(columns, tried, counts)
        if better >= loglik - 1e-11 * abs(loglik):
            return tried, mu, better, True
        scale /= 2
    mu, loglik = _expected(columns, beta, counts)
    return beta, mu, loglik, False
