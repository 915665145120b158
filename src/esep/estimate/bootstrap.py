"""Bootstrap of a whole analysis, the choice of the model included, with BCa intervals (Efron 1987).

A resample draws how many of the estimated people are seen at all, then their patterns from the seen cells (Buckland and
Garthwaite 1991, Biometrics 47), or keeps the number seen fixed, as MultipleSystemsEstimation and SparseMSE do. Fixed
leaves that part of chance out: on the simulated suite (1000 people, four lists, one dependent pair, the true model)
resamples then spread by 34 people, estimates by 44; stepwise intervals held the truth in 88 % of 400 tables.
A resample for which no model has a finite number counts as infinite and is kept in the ranking: dropping it, as is
often done, shortens the upper end.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from esep.estimate.histories import CaptureTable
from esep.estimate.methods import Progress

Floats = NDArray[np.float64]

Analysis = Callable[[NDArray[np.int64]], Floats]
"""Counts (T, 2^k) -> N of each table, inf where there is none."""

DEFAULT_REPLICATES = 400
LOPSIDED = float(ndtri(0.9))
"""Bias beyond which fewer than one resample in ten lies on one side of the estimate."""
_BATCH = 100
SAME = 1e-9
"""Relative: a resample gives the same N up to rounding. Taken exactly, the order of lists would show in the limits."""


@dataclass(frozen=True, eq=False)
class Bca:
    """`low`, `high`: people; `replicates`: N of each resample; `infinite_share`: of them; `clipped`: an end was cut.

    `lopsided`: fewer than one resample in ten lies on one side of the point, so that the ends were widened.
    """

    low: float
    high: float
    replicates: Floats
    bias: float
    acceleration: float
    infinite_share: float
    clipped: bool
    lopsided: bool


def bca(
    table: CaptureTable,
    analysis: Analysis,
    *,
    point: float,
    level: float,
    seed: int,
    replicates: int = DEFAULT_REPLICATES,
    progress: Progress | None = None,
    fix_seen: bool = False,
) -> Bca:
    """Interval for `point` = the analysis on the table itself. The table's own list order and `seed` fix the draws.

    z0 counts ties half (a choice of models makes atoms); the acceleration is from leaving out one person of each cell.
    `fix_seen`: every resample has as many people as the table, only to compare with software that does so.
    Resamples that nearly all lie on one side (a choice of models that goes further in them than in the table) are no
    picture of the error: the correction then reads both ends off one tail, so the plain percentiles are taken in too.
    """
    counts = table.dense()
    rng = np.random.default_rng(seed)
    seen = np.full(replicates, table.n) if fix_seen else draw_seen(table.n, point, size=replicates, rng=rng)
    drawn = rng.multinomial(seen, counts / table.n)
    numbers = np.concatenate(
        [_report(analysis(drawn[i : i + _BATCH]), progress, i, replicates) for i in range(0, replicates, _BATCH)]
    )
    acceleration = _acceleration(counts, analysis(one_fewer(table)))
    tied = np.abs(numbers - point) <= SAME * point
    below = (numbers[~tied] < point).sum() + 0.5 * tied.sum()
    edge = 0.5 / replicates
    bias = float(ndtri(np.clip(below / replicates, edge, 1 - edge)))
    low, low_cut = _end(numbers, (1 - level) / 2, bias, acceleration)
    high, high_cut = _end(numbers, (1 + level) / 2, bias, acceleration)
    lopsided = abs(bias) > LOPSIDED
    if lopsided:
        low, high = min(low, quantile(numbers, (1 - level) / 2)), max(high, quantile(numbers, (1 + level) / 2))
    low, high = max(low, float(table.n)), max(high, float(table.n))  # resamples may see fewer people than were seen
    infinite = float(np.isinf(numbers).mean())
    return Bca(low, high, numbers, bias, acceleration, infinite, low_cut or high_cut, lopsided)


def draw_seen(seen: int, people: float, *, size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """How many of `people` come to be seen when each is with chance seen / people; at least one."""
    whole = max(round(people), seen)
    return np.maximum(rng.binomial(whole, seen / whole, size=size), 1)


def one_fewer(table: CaptureTable) -> NDArray[np.int64]:
    """For each seen pattern the table with one person of it left out: (M, 2^k)."""
    fewer = np.repeat(table.dense()[None, :], len(table.patterns), axis=0)
    fewer[np.arange(len(table.patterns)), table.patterns.astype(np.int64)] -= 1
    return fewer


def _acceleration(counts: NDArray[np.int64], left_out: Floats) -> float:
    people = counts[counts > 0].astype(float)
    usable = np.isfinite(left_out)
    if not usable.any():
        return 0.0
    mean = float((people * left_out)[usable].sum() / people[usable].sum())
    gap = mean - left_out[usable]
    spread = float((people[usable] * gap**2).sum())
    return float((people[usable] * gap**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0


def _end(numbers: Floats, q: float, bias: float, acceleration: float) -> tuple[float, bool]:
    z = bias + float(ndtri(q))
    room = 1 - acceleration * z
    share = float(ndtr(bias + z / room)) if room > 0 else float(z > 0)
    least, most = 1 / (len(numbers) + 1), len(numbers) / (len(numbers) + 1)
    return quantile(numbers, min(max(share, least), most)), not least <= share <= most


def quantile(numbers: Floats, share: float) -> float:
    """Median-unbiased quantile (type 8 of Hyndman & Fan 1996), for numbers among which some may be infinite."""
    ranked = np.sort(numbers)
    place = (len(ranked) + 1 / 3) * share + 1 / 3 - 1
    lower = min(max(math.floor(place), 0), len(ranked) - 1)
    upper = min(lower + 1, len(ranked) - 1)
    part = min(max(place - lower, 0.0), 1.0)
    if part == 0 or ranked[lower] == ranked[upper]:
        return float(ranked[lower])
    return float(ranked[lower] + part * (ranked[upper] - ranked[lower]))


def _report(numbers: Floats, progress: Progress | None, done: int, whole: int) -> Floats:
    if progress is not None:
        progress("bootstrap", min(done + _BATCH, whole) / whole)
    return numbers
