"""When the prior and not the lists gives the answer: the rule behind the status `prior-driven`.

A posterior is only as good as its prior where another prior, which nobody could call wrong, gives another answer. Two
are tried, and in both the median under the other prior is held against what is reported; where the lists hold next to
nothing, none need be tried:

1. **Size.** 1 / N^2 in place of 1 / N, one power of N, as Jeffreys' rule leaves it open (weight to every doubling, or
   to its half at each). On a posterior of standard deviation s on the log scale it moves the median by s^2, out of the
   central half when s > 0.67: the ends of the 95 % interval are then 14 times apart, so the lists do not settle the
   order of magnitude.
2. **Dependence.** Where the method has a weight of prior people (`delta` of graphs): a quarter and four times of it.
   If one of those medians lies outside the reported interval, the interval holds for that weight only.
3. **Evidence.** How far a list reaches is known from those whom it shares with others. With fewer people on two lists
   or more than there are lists, some list has nobody of its own to speak for its reach.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from esep.estimate.histories import CaptureTable

Floats = NDArray[np.float64]

HALF = (0.25, 0.75)


def weighted_quantile(values: Floats, weights: Floats, share: float) -> float:
    """Smallest value that `share` of the weight does not exceed."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][min(int(np.searchsorted(reached, share * reached[-1])), len(values) - 1)])


def size_is_open(population: Floats, weights: Floats | None = None) -> bool:
    """Rule 1. population: draws of N, or nodes of a grid with their `weights`."""
    mass = np.ones(len(population)) if weights is None else weights
    low, high = (weighted_quantile(population, mass, share) for share in HALF)
    other = weighted_quantile(population, mass / np.maximum(population, 1.0), 0.5)
    return not low <= other <= high


def too_few_shared(table: CaptureTable) -> bool:
    """Rule 3."""
    return int(table.counts[table.sizes > 1].sum()) < table.k


def leaves_interval(medians: Sequence[float], interval: tuple[float, float]) -> bool:
    """Rule 2. medians: of the posteriors under the other weights."""
    return any(not interval[0] <= median <= interval[1] for median in medians)
