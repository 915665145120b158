"""Ratios of gamma functions that keep their digits where both arguments are large."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

STIRLING_FROM = 64.0


def log_gamma_ratio(start: ArrayLike, step: ArrayLike) -> NDArray[np.float64]:
    """Log Gamma(start + step) - log Gamma(start), for start > 0 and step >= 0 (arrays broadcast).

    From `STIRLING_FROM` on by the difference of two Stirling series (the terms left out are below 1e-16 there),
    so that a small step at start = 1e9 does not drown in the rounding of two numbers near 2e10.
    """
    from scipy.special import gammaln  # noqa: PLC0415  scipy loads on first use

    begin, step = np.broadcast_arrays(np.asarray(start, dtype=np.float64), np.asarray(step, dtype=np.float64))
    large = begin >= STIRLING_FROM
    safe = np.where(large, begin, STIRLING_FROM)
    end = safe + step
    series = (safe - 0.5) * np.log1p(step / safe) + step * (np.log(end) - 1.0) + _correction(end) - _correction(safe)
    direct = gammaln(np.where(large, 1.0, begin + step)) - gammaln(np.where(large, 1.0, begin))
    ratio: NDArray[np.float64] = np.where(large, series, direct)
    return ratio


def _correction(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tail of Stirling's series: 1/12x - 1/360x^3 + 1/1260x^5 - 1/1680x^7 (Abramowitz and Stegun 6.1.41)."""
    inverse = 1.0 / value
    square = inverse * inverse
    result: NDArray[np.float64] = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
    return result
