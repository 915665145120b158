"""Whether the method has more than one answer, and how much of the posterior each holds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from esep.estimate.latent_class.cells import Cells, start_by_list, start_from_prior
from esep.estimate.latent_class.chain import Chain, unseen_odds
from esep.estimate.latent_class.settings import LatentClassSettings
from esep.estimate.latent_class.tempering import share_error

Floats = NDArray[np.float64]

SMALLEST_SHARE = 0.005  # a hill with less could move an end of the 95 % interval by a fifth of its tail at most
VALLEY = 0.5  # of the lower hill: for two equal normal hills 3.3 sd apart, so that their 90 % intervals do not meet
BETTER_FIT = 6.0  # log likelihood above the posterior's middle at which another answer is reported
SCOUT_TRAJECTORIES = 150


@dataclass(frozen=True)
class Hill:
    """A stretch of the posterior of log N between two valleys, `low` to `high`."""

    low: float
    high: float


@dataclass(frozen=True)
class BetterFit:
    """A population outside the posterior's bulk at which the lists fit better by `gain` in log likelihood.

    The posterior leaves it aside because few parameter values are so good there; another prior might not.
    """

    unseen: float
    gain: float
    side: str


def log_population(unseen: Floats, people: float) -> Floats:
    """The scale on which hills are told apart: log N, so that 0 and 3 unseen of a hundred are one answer.

    Whole numbers are spread evenly over plus and minus a half, or each would be a hill of its own in a small table.
    """
    spread = (np.arange(unseen.size) * 0.6180339887498949 % 1.0 - 0.5).reshape(unseen.shape)
    result: Floats = np.log(unseen + people + spread)
    return result


def find_hills(chains: Floats) -> list[Hill]:
    """Separate hills in draws of log N, float64[C, I], lowest first.

    Each holds at least `SMALLEST_SHARE` of the draws, and no fewer than three standard errors between the chains: one
    chain that lingers somewhere is no answer of its own.
    """
    values = chains.ravel()
    if np.ptp(values) == 0.0:
        return [Hill(float("-inf"), float("inf"))]
    centres, heights = _density(values)
    cuts = _valleys(heights)
    edges = [-np.inf, *centres[cuts], np.inf]
    hills = [Hill(float(low), float(high)) for low, high in pairwise(edges)]
    kept = [hill for hill in hills if _is_real((chains > hill.low) & (chains <= hill.high))]
    return kept if len(kept) > 1 else [Hill(float("-inf"), float("inf"))]


def _is_real(inside: NDArray[np.bool_]) -> bool:
    share = float(inside.mean())
    return share >= SMALLEST_SHARE and share >= 3 * share_error(inside)


def scout(
    cells: Cells, settings: LatentClassSettings, *, heard: Floats, seed: np.random.SeedSequence
) -> list[BetterFit]:
    """Short chains from extreme starts (one class a list, or the prior) that look for better fits far away.

    `heard` float64[I, 3]: the posterior's own draws. At most one answer on each side of its bulk is reported.
    """
    odds = unseen_odds(heard)
    low, high = np.quantile(odds, [0.0005, 0.9995])
    middle = float(np.median(heard[:, 2]))
    seen = np.concatenate([_wander(cells, settings, np.random.default_rng(one), place)
                           for place, one in enumerate(seed.spawn(settings.scouts))] or [np.empty((0, 3))])  # fmt: skip
    away = unseen_odds(seen)
    people, found = 1.0 + away, []
    for side, outside in (("below", people < (1 + low) / 1.2), ("above", people > (1 + high) * 1.2)):
        better = outside & (seen[:, 2] > middle + BETTER_FIT)
        if better.sum() >= 3:
            best = int(np.argmax(np.where(better, seen[:, 2], -np.inf)))
            found.append(BetterFit(float(away[best] * cells.people), float(seen[best, 2] - middle), side))
    return found


def _wander(cells: Cells, settings: LatentClassSettings, rng: np.random.Generator, place: int) -> Floats:
    by_list = place < (2 * settings.scouts + 2) // 3
    high = 0.9 - 0.1 * (place % 8)
    start = start_by_list(cells, settings, high=high) if by_list else start_from_prior(cells, settings, rng=rng)
    chain = Chain(cells, settings, start, rng, step=0.01, lengths=(5, 20))
    traces = []
    for _ in range(SCOUT_TRAJECTORIES // 5):
        trace = chain.run(5)
        chain.adapt_step(trace.accepted, haste=0.5)
        traces.append(trace.heard)
    return np.concatenate(traces)


def _density(values: Floats) -> tuple[Floats, Floats]:
    """Kernel density on 256 points: a histogram smoothed by a Gaussian of Silverman's width."""
    spread = min(values.std(), np.subtract(*np.quantile(values, [0.75, 0.25])) / 1.34) or 1.0
    width = 0.9 * spread * len(values) ** -0.2
    low, high = np.quantile(values, [0.0005, 0.9995])
    edges = np.linspace(low - 4 * width, high + 4 * width, 257)
    heights = np.histogram(values, edges)[0].astype(float)
    step = edges[1] - edges[0]
    reach = np.arange(-128, 129) * step
    kernel = np.exp(-0.5 * (reach / max(width, step)) ** 2)
    return (edges[1:] + edges[:-1]) / 2, np.convolve(heights, kernel / kernel.sum(), mode="same")


def _valleys(heights: Floats) -> list[int]:
    """Places of the lowest points between hills that are worth telling apart."""
    peaks = [i for i in range(1, len(heights) - 1) if heights[i - 1] < heights[i] >= heights[i + 1]]
    cuts: list[int] = []
    while len(peaks) > 1:
        lows = [first + int(np.argmin(heights[first:second])) for first, second in pairwise(peaks)]
        depths = [heights[cut] / min(heights[a], heights[b]) for cut, a, b in zip(lows, peaks, peaks[1:], strict=False)]
        worst = int(np.argmax(depths))
        if depths[worst] <= VALLEY:
            cuts = lows
            break
        peaks.pop(worst if heights[peaks[worst]] < heights[peaks[worst + 1]] else worst + 1)
    return cuts
