"""Draws of the unseen from any result: those of the method, or rebuilt from its point and interval."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from esep.estimate.intervals import two_sided
from esep.estimate.results import Estimate

Floats = NDArray[np.float64]


def unseen_draws(estimate: Estimate, *, size: int, rng: np.random.Generator) -> Floats:
    """`size` draws of people on no list, in random order; float64[size].

    From the method's own draws where it has them. Otherwise from a log-normal in two halves, whose median is the
    point and whose two spreads meet the ends of the interval; an open upper end takes the spread of the lower half.
    Raises `ValueError` for a result without a point.
    """
    if estimate.point is None:
        raise ValueError(f"{estimate.method} has no point here ({estimate.status.value})")
    if estimate.draws is not None:
        return np.asarray(rng.choice(estimate.draws, size=size) - estimate.observed)
    middle = math.log(max(estimate.point - estimate.observed, 0.0) + 0.5)
    down, up = _spreads(estimate, middle)
    noise = rng.standard_normal(size)
    return np.asarray(np.maximum(np.exp(middle + np.where(noise < 0, down, up) * noise) - 0.5, 0.0))


def _spreads(estimate: Estimate, middle: float) -> tuple[float, float]:
    z = two_sided(estimate.level)
    low = middle if estimate.low is None else math.log(max(estimate.low - estimate.observed, 0.0) + 0.5)
    down = max(middle - low, 0.0) / z
    if estimate.high is None:
        return down, down
    return down, max(math.log(max(estimate.high - estimate.observed, 0.0) + 0.5) - middle, 0.0) / z
