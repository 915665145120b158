"""Log-linear Poisson fits, many at once.

For a term set D the information matrix needs no design matrix: A is 0/1 with A[x, S] = 1 when S is part of x, so
(A' diag(mu) A)[S, T] is the sum of mu over the cells that contain S and T, which is the superset sum of mu at
S | T. One fast transform per step (k 2^k additions) and a gather replace the products, for all fits of a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

Floats = NDArray[np.float64]

MAX_STEPS = 60
DECREMENT = 1e-14
"""A fit has converged when the squared Newton decrement (twice the expected gain in log likelihood) is below this."""
RIDGE = 1e-13
"""Relative ridge: one fit on its way to infinity must not stop the batch. Newton still ends at the optimum."""


@dataclass(frozen=True, eq=False)
class Fits:
    """A batch of B fits. `u0`: log expected unseen. `variance`: of u0. `mu`: float64[B, 2^k], 0 outside the cells.

    `loglik` holds the whole Poisson log likelihood, factorials included; `deviance` is twice the gap to a perfect fit.
    """

    u0: Floats
    variance: Floats
    mu: Floats
    loglik: Floats
    deviance: Floats
    converged: NDArray[np.bool_]


def superset_sums(cells: Floats) -> Floats:
    """For each S the sum over the cells that contain S; last axis 2^k. Cost k 2^k additions."""
    sums = cells.copy()
    width = sums.shape[-1]
    step = 1
    while step < width:
        view = sums.reshape(*sums.shape[:-1], width // (2 * step), 2, step)
        view[..., 0, :] += view[..., 1, :]
        step *= 2
    return sums


def subset_sums(terms: Floats) -> Floats:
    """For each cell x the sum over the terms that are part of x; last axis 2^k."""
    sums = terms.copy()
    width = sums.shape[-1]
    step = 1
    while step < width:
        view = sums.reshape(*sums.shape[:-1], width // (2 * step), 2, step)
        view[..., 1, :] += view[..., 0, :]
        step *= 2
    return sums


def pad_terms(many: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Terms of B models as int64[B, P], the empty set first, -1 where a model has fewer than P."""
    longest = max(map(len, many))
    padded = np.full((len(many), longest), -1, dtype=np.int64)
    for row, own in enumerate(many):
        padded[row, : len(own)] = own
    return padded


def fit(counts: Floats, terms: NDArray[np.int64], cells: NDArray[np.bool_], *, start: Floats | None = None) -> Fits:
    """Maximum likelihood of B models on B tables.

    counts: float64[B, 2^k]; terms: int64[B, P] from `pad_terms`; cells: bool[B, 2^k], which cells the model speaks of
    (entry 0 is False for an ordinary fit, True where the number of unseen is given, as in a profile).
    start: earlier expected counts to begin from. Fits without a finite optimum come back as not converged, or with
    expected counts running to 0: `existence` tells which.
    """
    batch = _Batch(np.where(cells, counts, 0.0), terms, cells)
    batch.begin(start)
    for _ in range(MAX_STEPS):
        if not batch.active.any():
            break
        batch.step()
    return batch.finish()


class _Batch:
    """State of Newton's method over a batch; fits that have converged drop out of the work."""

    def __init__(self, counts: Floats, terms: NDArray[np.int64], cells: NDArray[np.bool_]) -> None:
        self.counts, self.cells = counts, cells
        self.padding = terms < 0
        self.slot: NDArray[np.int64] = np.where(self.padding, 0, terms)
        self.joint = self.slot[:, :, None] | self.slot[:, None, :]
        self.target = self._gather(superset_sums(counts), np.arange(len(counts)))
        self.u = np.zeros(terms.shape)
        self.loglik = np.full(len(counts), -np.inf)
        self.mu = np.zeros_like(counts)
        self.active = np.ones(len(counts), dtype=bool)

    def begin(self, start: Floats | None) -> None:
        """One weighted least-squares step from counts + 1/2 (or from `start`), the first step of IRLS."""
        everyone = np.arange(len(self.counts))
        weight = np.where(self.cells, self.counts + 0.5 if start is None else np.maximum(start, 1e-8), 0.0)
        response = np.where(self.cells, np.log(np.where(self.cells, weight, 1.0)), 0.0)
        if start is not None:
            response += np.where(self.cells, self.counts / np.where(self.cells, weight, 1.0) - 1, 0.0)
        right = self._gather(superset_sums(weight * response), everyone)
        self.u = self._solve(weight, right, everyone)
        self.mu, self.loglik = self._expected(self.u, everyone)
        lost = np.flatnonzero(~np.isfinite(self.loglik))
        if len(lost):  # an overshoot beyond exp(700): begin level instead
            self.u[lost] = 0.0
            mean = self.counts[lost].sum(axis=1) / np.maximum(self.cells[lost].sum(axis=1), 1)
            self.u[lost, 0] = np.log(np.maximum(mean, 1e-3))
            self.mu[lost], self.loglik[lost] = self._expected(self.u[lost], lost)

    def step(self) -> None:
        """One Newton step with halving for every fit still at work."""
        rows = np.flatnonzero(self.active)
        score = self.target[rows] - self._gather(superset_sums(self.mu[rows]), rows)
        move = self._solve(self.mu[rows], score, rows)
        decrement = (move * score).sum(axis=1)
        scale, waiting = np.ones(len(rows)), np.ones(len(rows), dtype=bool)
        for _ in range(30):
            local = np.flatnonzero(waiting)
            if not len(local):
                break
            some = rows[local]
            tried = self.u[some] + scale[local, None] * move[local]
            mu, loglik = self._expected(tried, some)
            good = loglik >= self.loglik[some] - 1e-11 * np.abs(self.loglik[some])
            self.u[some[good]], self.mu[some[good]], self.loglik[some[good]] = tried[good], mu[good], loglik[good]
            waiting[local[good]] = False
            scale[local] /= 2
        # a fit for which no fraction of the step helps has arrived as far as floating point goes
        self.active[rows[waiting | (np.abs(decrement) < DECREMENT)]] = False

    def finish(self) -> Fits:
        everyone = np.arange(len(self.counts))
        unit = np.zeros(self.u.shape)
        unit[:, 0] = 1
        variance = self._solve(self.mu, unit, everyone)[:, 0]
        whole = gammaln(self.counts + 1).sum(axis=1)  # 0! outside the cells
        perfect = (xlogy(self.counts, self.counts) - self.counts).sum(axis=1)
        return Fits(
            u0=self.u[:, 0], variance=variance, mu=self.mu, loglik=self.loglik - whole,
            deviance=2 * (perfect - self.loglik), converged=~self.active & np.isfinite(self.loglik),
        )  # fmt: skip

    def _expected(self, u: Floats, rows: NDArray[np.int64]) -> tuple[Floats, Floats]:
        scattered = np.zeros((len(rows), self.counts.shape[1]))
        clean = np.where(self.padding[rows], 0.0, u)
        np.add.at(scattered, (np.arange(len(rows))[:, None], self.slot[rows]), clean)
        eta = subset_sums(scattered)
        with np.errstate(over="ignore", invalid="ignore"):
            mu = np.where(self.cells[rows], np.exp(eta), 0.0)
            loglik = np.where(self.cells[rows], self.counts[rows] * eta - mu, 0.0).sum(axis=1)
        return mu, np.where(np.isfinite(loglik), loglik, -np.inf)

    def _gather(self, sums: Floats, rows: NDArray[np.int64]) -> Floats:
        return np.where(self.padding[rows], 0.0, np.take_along_axis(sums, self.slot[rows], axis=1))

    def _solve(self, weight: Floats, right: Floats, rows: NDArray[np.int64]) -> Floats:
        sums = superset_sums(weight)
        joint: NDArray[np.int64] = self.joint[rows]
        matrix = sums[np.arange(len(rows))[:, None, None], joint]
        absent = self.padding[rows]
        matrix[absent[:, :, None] | absent[:, None, :]] = 0.0
        diagonal = np.einsum("bii->bi", matrix)
        scale = 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
        diagonal[absent | (diagonal <= 0)] = 1.0
        matrix *= scale[:, :, None] * scale[:, None, :]
        np.einsum("bii->bi", matrix)[...] += RIDGE
        solved: Floats = np.linalg.solve(matrix, (right * scale)[..., None])[..., 0] * scale
        return solved
