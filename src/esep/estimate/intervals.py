"""Intervals that need only a point and a variance."""

from __future__ import annotations

import math

from scipy.special import ndtri


def two_sided(level: float) -> float:
    """Normal quantile of a two-sided interval, 1.96 at 0.95."""
    return float(ndtri((1 + level) / 2))


def log_interval(observed: float, point: float, standard_error: float, *, level: float) -> tuple[float, float]:
    """Log-normal interval of the unseen: n + (N - n) exp(+-z sqrt(log(1 + (se / (N - n))^2))).

    Source: Burnham in Rexstad & Burnham 1991. People; (observed, observed) when nobody is unseen.
    """
    unseen = point - observed
    if unseen <= 0:
        return observed, observed
    width = two_sided(level) * math.sqrt(math.log1p((standard_error / unseen) ** 2))
    high = observed + unseen * math.exp(width) if width < 700 else math.inf
    return observed + unseen * math.exp(-width), high
