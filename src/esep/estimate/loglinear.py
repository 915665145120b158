"""Log-linear models on capture tables: every fit with its standing, its N and its information criteria.

n_x ~ Poisson(mu_x) with log mu_x = sum of u_S over the terms S that are part of x; the expected unseen is exp(u of the
empty set) and var(N) = e^u + e^2u [I^-1] at the empty set (Cormack 1989; Rcapture prints the same).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from esep.estimate import complexes, newton
from esep.estimate.complexes import Model
from esep.estimate.histories import CaptureTable
from esep.estimate.newton import Floats
from esep.estimate.standings import standings
from esep.estimate.status import Status

Rule = Literal["terms", "rank"]
"""How parameters are counted: `terms` counts those at minus infinity (as MultipleSystemsEstimation does), `rank` does
not (as Rcapture does)."""

IMPLAUSIBLE = 1e6
"""A fit above this many times the people seen is treated as running to infinity."""
_CHUNK_CELLS = 1 << 16


@dataclass(frozen=True, eq=False)
class ModelFits:
    """T tables by M models. Arrays are (T, M); where `status` has no point the numbers are inf (N) or nan (the rest).

    `unseen`, `standard_error` (of N) in people; `bic` = -2 log likelihood + p log n with n people, not cells.
    """

    models: tuple[Model, ...]
    observed: Floats
    status: NDArray[np.object_]
    unseen: Floats
    standard_error: Floats
    loglik: Floats
    deviance: Floats
    aic: Floats
    bic: Floats

    @property
    def population(self) -> Floats:
        """N = seen + unseen."""
        return np.asarray(self.observed[:, None] + self.unseen)

    @property
    def log_variance(self) -> Floats:
        """Variance of log unseen by the delta rule, Poisson noise of the unseen included."""
        return np.asarray((self.standard_error / self.unseen) ** 2)

    @property
    def ranks(self) -> NDArray[np.bool_]:
        """Which fits may be ranked: ok and ok-extended."""
        return np.isin(self.status, [Status.OK, Status.OK_EXTENDED])


def fit_models(table: CaptureTable, models: Sequence[Model], *, rule: Rule = "terms") -> ModelFits:
    """Fit every model to one table; arrays of the result are (1, M)."""
    return fit_tables(table.dense()[None, :], models, possible=possible_cells(table), rule=rule)


def possible_cells(table: CaptureTable) -> tuple[int, ...]:
    """Cells that could have people: all patterns but 0 and the structural zeros."""
    impossible = set(map(int, table.structural_zero))
    return tuple(cell for cell in range(1, 1 << table.k) if cell not in impossible)


def fit_tables(
    counts: NDArray[np.int64] | Floats, models: Sequence[Model], *, possible: tuple[int, ...], rule: Rule = "terms"
) -> ModelFits:
    """Fit every model to every table. counts: (T, 2^k) with entry 0 ignored.

    Tables that share a zero pattern share the question of existence. Cost: about 40 us a fit at k = 4.
    """
    people = np.asarray(counts, dtype=float)
    shapes = _shapes(people > 0, tuple(models), possible)
    fits = _Numbers.blank(len(people), len(models))
    for rows, columns in _chunks(shapes.fitted, people.shape[1]):
        pattern = shapes.pattern[rows]
        terms, cells = shapes.terms[pattern, columns], shapes.cells[pattern, columns]
        fits.put(rows, columns, newton.fit(people[rows], terms[:, : shapes.longest(terms)].astype(np.int64), cells))
    return _finish(people[:, 1:].sum(axis=1), tuple(models), shapes, fits, rule)


@dataclass(frozen=True, eq=False)
class _Shapes:
    """What to fit: by zero pattern and model the basis terms (padded), the cells and the status."""

    pattern: NDArray[np.int64]
    terms: NDArray[np.int16]
    cells: NDArray[np.bool_]
    status: NDArray[np.object_]
    finite: NDArray[np.int64]

    @property
    def fitted(self) -> NDArray[np.bool_]:
        """(T, M): fits that have a finite number of unseen."""
        has_point: NDArray[np.bool_] = np.vectorize(lambda status: status.has_point, otypes=[bool])(self.status)
        return has_point[self.pattern]

    @staticmethod
    def longest(terms: NDArray[np.int16]) -> int:
        return max(1, int((terms >= 0).sum(axis=1).max(initial=1)))


def _shapes(seen: NDArray[np.bool_], models: tuple[Model, ...], possible: tuple[int, ...]) -> _Shapes:
    patterns, pattern = np.unique(seen[:, 1:], axis=0, return_inverse=True)
    width = seen.shape[1]
    found = [
        standings(tuple((np.flatnonzero(row) + 1).tolist()), models, possible=possible, width=width) for row in patterns
    ]
    return _Shapes(
        pattern.ravel().astype(np.int64),
        np.stack([each.terms for each in found]),
        np.stack([each.cells for each in found]),
        np.stack([each.status for each in found]),
        np.stack([each.finite for each in found]),
    )


def _chunks(fitted: NDArray[np.bool_], width: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    rows, columns = np.nonzero(fitted)
    size = max(16, _CHUNK_CELLS // width)
    for start in range(0, len(rows), size):
        yield rows[start : start + size], columns[start : start + size]


@dataclass(frozen=True, eq=False)
class _Numbers:
    u0: Floats
    variance: Floats
    loglik: Floats
    deviance: Floats
    converged: NDArray[np.bool_]

    @classmethod
    def blank(cls, tables: int, models: int) -> _Numbers:
        shape = (tables, models)
        return cls(
            np.full(shape, np.inf), np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, np.nan),
            np.zeros(shape, dtype=bool),
        )  # fmt: skip

    def put(self, rows: NDArray[np.int64], columns: NDArray[np.int64], fits: newton.Fits) -> None:
        for name in ("u0", "variance", "loglik", "deviance", "converged"):
            getattr(self, name)[rows, columns] = getattr(fits, name)


def _finish(people: Floats, models: tuple[Model, ...], shapes: _Shapes, fits: _Numbers, rule: Rule) -> ModelFits:
    status = shapes.status[shapes.pattern].copy()
    with np.errstate(over="ignore", invalid="ignore"):
        unseen = np.exp(fits.u0)
        runaway = shapes.fitted & (unseen > IMPLAUSIBLE * people[:, None])
        status[shapes.fitted & ~fits.converged] = Status.NOT_CONVERGED
        status[runaway] = Status.NO_FINITE_MLE
        gone = ~shapes.fitted | ~fits.converged | runaway
        unseen = np.where(gone, np.inf, unseen)
        error = np.where(gone, np.nan, np.sqrt(unseen + unseen**2 * np.where(gone, np.nan, fits.variance)))
    parameters = np.array([len(complexes.terms(model)) for model in models], dtype=float)[None, :]
    if rule == "rank":
        parameters = shapes.finite[shapes.pattern].astype(float)
    loglik = np.where(gone, np.nan, fits.loglik)
    return ModelFits(
        models, people, status, unseen, error, loglik, np.where(gone, np.nan, fits.deviance),
        aic=-2 * loglik + 2 * parameters, bic=-2 * loglik + parameters * np.log(people)[:, None],
    )  # fmt: skip
