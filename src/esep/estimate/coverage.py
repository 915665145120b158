"""Sample coverage estimators (Chao & Tsay 1998; Chao and others 2001): independent, high and low coverage.

With S_j people only on list j, n_j its size, C = 1 - mean of S_j / n_j is the coverage of the lists and
D = n - mean of S_j. The high and low coverage forms add how lists depend on each other, pair by pair.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from esep.estimate import roles
from esep.estimate.histories import CaptureTable
from esep.estimate.intervals import log_interval
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import CLOSED, LINKED, Estimate
from esep.estimate.results import INDEPENDENT as INDEPENDENT_LISTS
from esep.estimate.status import Status

Floats = NDArray[np.float64]
REPLICATES = 200
LOST_REPLICATES = 0.05
"""Above this share of bootstrap tables without a number the upper end of the interval is left open."""

_ABOUT = {
    "coverage-independent": INDEPENDENT_LISTS,
    "coverage-high": "the lists together cover more than about 55 % of what they could (high coverage)",
    "coverage-low": "dependence between lists is much the same for listed and unlisted people (low coverage)",
}


class _Sums:
    """What the three formulas need, for T tables at once: all arrays have T entries, pairs in front."""

    def __init__(self, patterns: NDArray[np.uint64], counts: Floats, k: int) -> None:
        on = [((patterns >> np.uint64(j)) & np.uint64(1)).astype(bool) for j in range(k)]
        alone = [counts[:, patterns == np.uint64(1 << j)].sum(axis=1) for j in range(k)]
        sizes = [counts[:, on[j]].sum(axis=1) for j in range(k)]
        used = np.array(sizes) > 0  # a resample may leave a small list empty: it then counts as not there
        self.k = used.sum(axis=0)
        self.coverage = 1 - (np.array(alone) / np.where(used, sizes, 1)).sum(axis=0) / self.k
        self.seen = counts.sum(axis=1) - np.sum(alone, axis=0) / self.k
        sizes = [np.where(size > 0, size, 1) for size in sizes]
        pairs = list(combinations(range(k), 2))
        just = [counts[:, patterns == np.uint64(1 << i | 1 << j)].sum(axis=1) for i, j in pairs]
        self.a = np.array([alone[i] + alone[j] + 2 * both for (i, j), both in zip(pairs, just, strict=True)])
        self.b = np.array([counts[:, on[i] & on[j]].sum(axis=1) / (sizes[i] * sizes[j]) for i, j in pairs])


def independent(sums: _Sums) -> Floats:
    """D / C."""
    return np.asarray(sums.seen / sums.coverage)


def high(sums: _Sums) -> Floats:
    """(k D - sum A_ij) / (k C - sum A_ij B_ij / (n_i n_j))."""
    return np.asarray((sums.k * sums.seen - sums.a.sum(0)) / (sums.k * sums.coverage - (sums.a * sums.b).sum(0)))


def low(sums: _Sums) -> Floats:
    """D / C + (1 / (k C)) sum A_ij g_ij, g_ij the estimated dependence of lists i and j."""
    first = independent(sums)
    share = 1 / (sums.k * sums.coverage)
    second = first + share * (sums.a * (first * sums.b - 1)).sum(0)
    return np.asarray(first + share * (sums.a * (sums.b * second - 1)).sum(0))


def _estimate(
    table: CaptureTable,
    *,
    level: float,
    seed: int,
    progress: Progress | None,
    name: str,
    formula: Callable[[_Sums], Floats],
) -> Estimate:
    if len(table.structural_zero):
        return Estimate.refused(table, method=name, status=Status.IMPOSSIBLE_PATTERNS, level=level, seed=seed)
    own = table.reorder(table.canonical_order)
    with np.errstate(divide="ignore", invalid="ignore"):
        sums = _Sums(own.patterns, own.counts[None, :].astype(float), own.k)
        point = float(formula(sums)[0])
        if not _possible(point, table.n):
            return _out_of_range(table, name, point, level=level, seed=seed, coverage=float(sums.coverage[0]))
        standing = _standing(name, sums)
        replicates = _bootstrap(own, point, formula, rng=np.random.default_rng(seed))
    usable = replicates[np.isfinite(replicates)]
    error = float(usable.std(ddof=1)) if len(usable) > 1 else math.inf
    lost = 1 - len(usable) / REPLICATES
    ends = log_interval(table.n, point, error, level=level) if math.isfinite(error) else (table.n, math.inf)
    return Estimate.of(
        table, method=name, point=point, level=level, assumptions=(CLOSED, LINKED, _ABOUT[name]), seed=seed,
        interval=ends if lost <= LOST_REPLICATES else (ends[0], math.inf),
        details={
            "role": standing.role, "role_reason": standing.reason, "standard_error": error,
            "coverage": float(sums.coverage[0]), "replicates": REPLICATES,
        },
        diagnostics={"share_of_replicates_without_number": lost},
    )  # fmt: skip


def _standing(name: str, sums: _Sums) -> roles.Standing:
    coverage = float(sums.coverage[0])
    if name == "coverage-high":
        return roles.coverage_high(coverage)
    if name == "coverage-low":
        return roles.coverage_low(coverage, positive=bool(low(sums)[0] > independent(sums)[0]))
    return roles.of(name, lists=3)


def _possible(point: float, observed: int) -> bool:
    return math.isfinite(point) and observed <= point <= 1e6 * observed


def _out_of_range(
    table: CaptureTable, name: str, point: float, *, level: float, seed: int, coverage: float
) -> Estimate:
    details = {"formula_gives": point if math.isfinite(point) else None, "coverage": coverage}
    return Estimate.refused(table, method=name, status=Status.OUT_OF_RANGE, level=level, details=details, seed=seed)


def _bootstrap(
    table: CaptureTable, point: float, formula: Callable[[_Sums], Floats], *, rng: np.random.Generator
) -> Floats:
    """N of tables drawn from the whole population of round(N), the unseen included."""
    whole = max(round(point), table.n)
    shares = np.append(table.counts, whole - table.n) / whole
    drawn = rng.multinomial(whole, shares, size=REPLICATES)[:, :-1]
    numbers = formula(_Sums(table.patterns, drawn.astype(float), table.k))
    return np.where(numbers >= drawn.sum(axis=1), numbers, np.nan)


INDEPENDENT = Recipe(
    "coverage-independent", 3, 63, partial(_estimate, name="coverage-independent", formula=independent)
)
HIGH = Recipe("coverage-high", 3, 63, partial(_estimate, name="coverage-high", formula=high))
LOW = Recipe("coverage-low", 3, 63, partial(_estimate, name="coverage-low", formula=low))
