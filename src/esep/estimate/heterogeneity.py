"""People differ in how easily they are listed: main effects plus columns of |x|, the number of lists.

Columns h(c) of Rcapture (Baillargeon & Rivest 2007): Chao, a lower bound, ramps max(c - j + 1, 0) for j = 3..k with
coefficients >= 0; Poisson 2^c - 1; Darroch c^2 / 2; Gamma log 3.5 - log(3.5 + c). The peer drops negative Chao
coefficients one at a time in column order; here the bounded maximum is found, so its likelihood is never below theirs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from esep.estimate import existence, loglinear, poisson
from esep.estimate.chao import BOUND
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import Progress, Recipe
from esep.estimate.profile import Shares, profile
from esep.estimate.results import CLOSED, LINKED, Estimate
from esep.estimate.status import Status

Floats = NDArray[np.float64]
Column = Callable[[Floats], Floats]

GAMMA_THETA = 3.5
POISSON_THETA = 2.0

COLUMNS: dict[str, Column] = {
    "poisson": lambda c: POISSON_THETA**c - 1,
    "darroch": lambda c: c**2 / 2,
    "gamma": lambda c: np.log(GAMMA_THETA) - np.log(GAMMA_THETA + c),
}


def _base(cells: NDArray[np.int64], k: int) -> Floats:
    """Intercept and main effects."""
    return existence.design([0, *(1 << j for j in range(k))], cells)


def _sizes(cells: NDArray[np.int64]) -> Floats:
    return np.bitwise_count(cells.astype(np.uint64)).astype(float)


@dataclass(frozen=True, eq=False)
class _Ramps:
    """The Chao model: base columns that are free, ramps whose coefficients are held at 0 or above."""

    base: Floats
    ramps: dict[int, Floats]

    def design(self, free: frozenset[int]) -> Floats:
        return np.hstack([self.base, *(self.ramps[c][:, None] for c in sorted(free))])

    def bounded(
        self, counts: Floats, *, begin: frozenset[int] = frozenset()
    ) -> tuple[poisson.PoissonFit, frozenset[int]]:
        """Bounded maximum and the ramps above 0, as in non-negative least squares.

        Take in the ramp with the steepest gain, put out what turned negative.
        """
        free, tried = begin, set()
        while True:
            tried.add(free)
            fit = poisson.fit(self.design(free), counts)
            eta = dict(zip(sorted(free), fit.beta[self.base.shape[1] :], strict=True))
            following = self._next(free, eta, counts - fit.mu)
            if following in tried or existence.face_of(self.design(following), counts > 0).status is not Status.OK:
                return fit, free
            free = following

    def _next(self, free: frozenset[int], eta: dict[int, float], residual: Floats) -> frozenset[int]:
        if eta and min(eta.values()) < 0:
            return free - {min(eta, key=eta.__getitem__)}
        gains = {c: float(ramp @ residual) for c, ramp in self.ramps.items() if c not in free}
        best = max(gains, key=gains.__getitem__, default=None)
        return free | {best} if best is not None and gains[best] > 1e-9 else free

    def shares(self, counts: Floats, free: frozenset[int]) -> Shares:
        """Completed bounded fits, each begun from the ramps of the one before."""
        whole = _Ramps(
            np.vstack([_unit(self.base.shape[1]), self.base]),
            {c: np.append(0.0, ramp) for c, ramp in self.ramps.items()},
        )
        last = [free]

        def shares(n0: float) -> tuple[float, float]:
            fit, last[0] = whole.bounded(np.append(n0, counts), begin=last[0])
            return _split(fit.mu, counts)

        return shares


def _chao_ramps(table: CaptureTable) -> _Ramps:
    cells, _ = _cells(table)
    sizes = _sizes(cells)
    return _Ramps(_base(cells, table.k), {c: np.maximum(sizes - c + 1, 0.0) for c in range(3, table.k + 1)})


def _cells(table: CaptureTable) -> tuple[NDArray[np.int64], Floats]:
    cells = np.array(loglinear.possible_cells(table), dtype=np.int64)
    return cells, table.dense()[cells].astype(float)


@dataclass(frozen=True, eq=False)
class _Fitted:
    """A fit that exists, how to profile it, and what to report beside it."""

    fit: poisson.PoissonFit
    shares: Shares
    report: dict[str, object]


def _fitted(table: CaptureTable, kind: str) -> _Fitted | Status:
    cells, counts = _cells(table)
    base = _base(cells, table.k)
    status = existence.face_of(base, counts > 0).status
    if kind == "chao" and status is Status.OK:
        ramps = _chao_ramps(table)
        fit, free = ramps.bounded(counts)
        return _Fitted(fit, ramps.shares(counts, free), {"free_sizes": sorted(free)})
    if kind != "chao":
        column = COLUMNS[kind]
        base = np.hstack([base, column(_sizes(cells))[:, None]])
        status = existence.face_of(base, counts > 0).status
    if status is not Status.OK:
        return status if not status.has_point else Status.NO_FINITE_MLE
    nobody = _unit(base.shape[1])
    nobody[-1] = float(column(np.zeros(1))[0])
    whole = np.vstack([nobody, base])
    return _Fitted(
        poisson.fit(base, counts),
        lambda n0: _split(poisson.fit(whole, np.append(n0, counts)).mu, counts),
        {},
    )


def fitted_cells(table: CaptureTable, kind: str) -> Floats:
    """Expected counts of all 2^k patterns under the fit, entry 0 (the unseen) 0; for a table that has a fit."""
    found = _fitted(table, kind)
    expected = np.zeros(1 << table.k)
    if isinstance(found, _Fitted):
        expected[_cells(table)[0]] = found.fit.mu
    return expected


def _split(mu: Floats, counts: Floats) -> tuple[float, float]:
    rest = mu[1:].sum()
    seen = counts > 0
    return float((counts[seen] * np.log(mu[1:][seen] / rest)).sum()), float(-np.log1p(rest / mu[0]))


def _unit(width: int) -> Floats:
    first = np.zeros(width)
    first[0] = 1.0
    return first


def _estimate(table: CaptureTable, *, level: float, seed: int, progress: Progress | None, kind: str) -> Estimate:
    name = f"heterogeneity-{kind}"
    found = _fitted(table, kind)
    if isinstance(found, Status):
        return Estimate.refused(table, method=name, status=found, level=level)
    fit = found.fit
    unseen = math.exp(min(float(fit.beta[0]), 700.0))
    if not fit.converged or unseen > loglinear.IMPLAUSIBLE * table.n:
        status = Status.NO_FINITE_MLE if fit.converged else Status.NOT_CONVERGED
        return Estimate.refused(table, method=name, status=status, level=level)
    around = profile(found.shares, observed=table.n, start=unseen, level=level)
    parameters = len(fit.beta)
    chances = BOUND if kind == "chao" else f"chances differ between people as in the {kind} model"
    return Estimate.of(
        table, method=name, point=table.n + unseen, level=level, assumptions=(CLOSED, LINKED, chances),
        interval=(table.n + around.low, table.n + around.high),
        details={
            **found.report,
            "standard_error": math.sqrt(unseen + unseen**2 * float(fit.covariance[0, 0])),
            "multinomial_point": table.n + around.point,
            "deviance": fit.deviance,
            "aic": -2 * fit.loglik + 2 * parameters,
            "bic": -2 * fit.loglik + parameters * math.log(table.n),
            "interval_method": "profile likelihood",
            "profile": around.curve(table.n),
        },
    )  # fmt: skip


CHAO = Recipe("heterogeneity-chao", 3, 12, partial(_estimate, kind="chao"))
POISSON = Recipe("heterogeneity-poisson", 3, 12, partial(_estimate, kind="poisson"))
DARROCH = Recipe("heterogeneity-darroch", 3, 12, partial(_estimate, kind="darroch"))
GAMMA = Recipe("heterogeneity-gamma", 3, 12, partial(_estimate, kind="gamma"))
