"""Stepwise choice of pair terms, as SparseMSE does it (Chan, Silverman & Vincent 2021), many tables at once.

Start from independence. The p-value of a pair is the smaller Poisson tail of its overlap against what the current
fit expects; add the pair with the smallest one below 0.02 whose model still has a fit; stop when there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtr, pdtrc

from esep.estimate import bootstrap, complexes, existence, newton
from esep.estimate.complexes import Model
from esep.estimate.histories import CaptureTable
from esep.estimate.loglinear import IMPLAUSIBLE, possible_cells
from esep.estimate.loglinear_methods import bca_diagnostics
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import CLOSED, LINKED, Estimate
from esep.estimate.status import Status

Floats = NDArray[np.float64]

THRESHOLD = 0.02
MANY_LISTS, FEWER_REPLICATES = 10, 100
"""From ten lists on a resample takes a tenth of a second, so fewer are drawn; their number is in the diagnostics."""
PAIRS_ONLY = "lists depend on each other in pairs at most, and the pairs that show in the overlaps are all there are"


@dataclass(frozen=True, eq=False)
class Path:
    """Where the choice ended on each of T tables, and N there (inf where the last model has no finite number)."""

    models: list[Model]
    standings: list[existence.Standing]
    population: Floats


@dataclass(frozen=True, eq=False)
class _Setting:
    pairs: NDArray[np.int64]
    threshold: float


def choose(counts: NDArray[np.int64], k: int, *, possible: tuple[int, ...], threshold: float = THRESHOLD) -> Path:
    """Run the choice on every table; counts (T, 2^k)."""
    people = counts.astype(float)
    people[:, 0] = 0
    seen = [tuple((np.flatnonzero(row[1:]) + 1).tolist()) for row in people]
    models = [complexes.independence(k)] * len(people)
    standings = [
        existence.standing(complexes.terms(m), seen=s, possible=possible) for m, s in zip(models, seen, strict=True)
    ]
    fits = _fit_each(people, standings)
    pairs = np.array(complexes.subsets_of_size(k, 2))
    setting = _Setting(pairs, threshold)
    overlaps = newton.superset_sums(people)[:, pairs]
    active = list(range(len(people)))
    while active:
        expected = newton.superset_sums(fits.mu[active])[:, pairs]
        chances = tail(overlaps[active], expected)
        grown = []
        for row, own in zip(active, chances, strict=True):
            found = _grow(models[row], own, seen=seen[row], possible=possible, setting=setting)
            if found is not None:
                models[row], standings[row] = found
                grown.append(row)
        if grown:
            _put(fits, grown, _fit_each(people[grown], [standings[row] for row in grown]))
        active = grown
    return Path(models, standings, _population(people, fits, standings))


def tail(overlap: Floats, expected: Floats) -> Floats:
    """Smaller of P(X <= overlap) and P(X >= overlap) for a Poisson count."""
    safe = np.maximum(expected, 1e-300)
    upper = np.where(overlap > 0, pdtrc(np.maximum(overlap - 1, 0), safe), 1.0)
    return np.asarray(np.minimum(pdtr(overlap, safe), upper))


def _grow(
    model: Model, chances: Floats, *, seen: tuple[int, ...], possible: tuple[int, ...], setting: _Setting
) -> tuple[Model, existence.Standing] | None:
    for place in np.argsort(chances, kind="stable"):
        if chances[place] >= setting.threshold:
            return None
        pair = int(setting.pairs[place])
        if model >> pair & 1:
            continue
        bigger = model | 1 << pair
        standing = existence.standing(complexes.terms(bigger), seen=seen, possible=possible)
        if standing.ranks:
            return bigger, standing
    return None


def _fit_each(people: Floats, standings: Sequence[existence.Standing]) -> newton.Fits:
    cells = np.zeros(people.shape, dtype=bool)
    for row, standing in enumerate(standings):
        cells[row, list(standing.cells)] = True
    return newton.fit(people, newton.pad_terms([s.basis or (0,) for s in standings]), cells)


def _put(fits: newton.Fits, rows: list[int], new: newton.Fits) -> None:
    for name in ("u0", "variance", "mu", "loglik", "deviance", "converged"):
        getattr(fits, name)[rows] = getattr(new, name)


def _population(people: Floats, fits: newton.Fits, standings: Sequence[existence.Standing]) -> Floats:
    seen = people.sum(axis=1)
    with np.errstate(over="ignore"):
        unseen = np.exp(fits.u0)
    fine = fits.converged & np.array([s.ranks for s in standings]) & (unseen <= IMPLAUSIBLE * seen)
    return np.where(fine, seen + unseen, np.inf)


def stepwise(
    table: CaptureTable,
    *,
    level: float,
    seed: int,
    progress: Progress | None = None,
    replicates: int = bootstrap.DEFAULT_REPLICATES,
    fix_seen: bool = False,
) -> Estimate:
    """The stepwise model; BCa interval in which every resample chooses its own.

    `fix_seen`: every resample has as many people as the table, as in SparseMSE. By default that number is drawn too.
    """
    name = "loglinear-stepwise"
    own = table.reorder(table.canonical_order)
    possible = possible_cells(own)
    path = choose(own.dense()[None, :], own.k, possible=possible)
    point, standing = float(path.population[0]), path.standings[0]
    if not np.isfinite(point):
        status = standing.status if not standing.status.has_point else Status.NO_FINITE_MLE
        return Estimate.refused(table, method=name, status=status, level=level, seed=seed)
    found = bootstrap.bca(
        own, lambda counts: choose(counts, own.k, possible=possible).population, point=point, level=level, seed=seed,
        replicates=replicates if table.k < MANY_LISTS else FEWER_REPLICATES, progress=progress, fix_seen=fix_seen,
    )  # fmt: skip
    return Estimate.of(
        table, method=name, point=point, interval=(found.low, found.high), level=level, status=standing.status,
        assumptions=(CLOSED, LINKED, PAIRS_ONLY), seed=seed,
        details={
            "model": complexes.name(complexes.relabel(path.models[0], table.canonical_order)),
            "threshold": THRESHOLD, "interval_method": "BCa bootstrap, the choice of the model repeated",
            "people_seen_in_resamples": "as many as in the table" if fix_seen else "drawn",
        },
        diagnostics=bca_diagnostics(found),
    )  # fmt: skip


STEPWISE = Recipe("loglinear-stepwise", 3, 12, stepwise)
