"""Whether chains have settled: rank-normalised split R-hat, bulk and tail effective sample size.

Source: Vehtari, Gelman, Simpson, Carpenter and Buerkner 2021 (Bayesian Analysis 16), sections 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WORST_R_HAT = 1.01
FEWEST_EFFECTIVE = 400.0


@dataclass(frozen=True)
class Convergence:
    """`r_hat`: 1 when chains agree. `bulk`, `tail`: effective number of independent draws for the middle and ends."""

    r_hat: float
    bulk: float
    tail: float

    @property
    def settled(self) -> bool:
        """Whether the draws may be used: the thresholds of the paper."""
        return self.r_hat <= WORST_R_HAT and min(self.bulk, self.tail) >= FEWEST_EFFECTIVE


def judge(chains: Floats) -> Convergence:
    """Diagnostics of one quantity: `chains` float64[C, I], C chains of I draws. Fewer than 8 draws: never settled."""
    if chains.shape[1] < 8:
        return Convergence(float("inf"), 0.0, 0.0)
    halves = split(chains)
    if np.ptp(halves) == 0.0:
        return Convergence(float("inf"), 0.0, 0.0)
    folded = np.abs(halves - np.median(halves))
    r_hat = max(_r_hat(_normal_ranks(halves)), _r_hat(_normal_ranks(folded)))
    low, high = np.quantile(halves, [0.05, 0.95])
    tail = min(effective(halves <= low), effective(halves <= high))
    return Convergence(r_hat, effective(_normal_ranks(halves)), tail)


def split(chains: Floats) -> Floats:
    """Each chain as two halves, so that a drift within a chain shows as a difference between chains."""
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def effective(chains: NDArray[np.generic]) -> float:
    """Effective number of independent draws behind the mean of all chains (Geyer's initial monotone sequence)."""
    values = np.asarray(chains, dtype=np.float64)
    number, length = values.shape
    within = values.var(axis=1, ddof=1).mean()
    if within == 0.0:
        return float(number * length) if np.ptp(values) == 0.0 else 0.0
    total = within * (length - 1) / length + (values.mean(axis=1).var(ddof=1) if number > 1 else 0.0)
    autocovariance = _autocovariance(values).mean(axis=0)
    correlation = 1.0 - (within - autocovariance * length / (length - 1)) / total
    time = _integrated_time(correlation)
    return float(min(number * length / time, number * length * np.log10(number * length)))


def quantile_error(chains: Floats, prob: float) -> float:
    """Monte Carlo standard error of a quantile: through the effective size of being below it (same paper, 4.4)."""
    from scipy.stats import beta  # noqa: PLC0415  scipy loads on first use

    point = np.quantile(chains, prob)
    size = max(effective(split((chains <= point).astype(float))), 1.0)
    low, high = beta.ppf([0.1586553, 0.8413447], size * prob + 1, size * (1 - prob) + 1)
    ends = np.quantile(chains, [low, high])
    return float(ends[1] - ends[0]) / 2


def _r_hat(chains: Floats) -> float:
    length = chains.shape[1]
    within = chains.var(axis=1, ddof=1).mean()
    between = chains.mean(axis=1).var(ddof=1)
    if within == 0.0:
        return float("inf")
    return float(np.sqrt((length - 1) / length + between / within))


def _normal_ranks(chains: Floats) -> Floats:
    from scipy.special import ndtri  # noqa: PLC0415  scipy loads on first use
    from scipy.stats import rankdata  # noqa: PLC0415

    ranks = rankdata(chains.ravel()).reshape(chains.shape)
    result: Floats = ndtri((ranks - 0.375) / (chains.size + 0.25))
    return result


def _autocovariance(chains: Floats) -> Floats:
    length = chains.shape[1]
    padded = 1 << (2 * length - 1).bit_length()
    spectrum = np.fft.rfft(chains - chains.mean(axis=1, keepdims=True), padded, axis=1)
    lags: Floats = np.fft.irfft(np.abs(spectrum) ** 2, padded, axis=1)[:, :length] / length
    return lags


def _integrated_time(correlation: Floats) -> float:
    pairs = len(correlation) // 2
    sums = correlation[: 2 * pairs : 2] + correlation[1 : 2 * pairs : 2]
    negative = np.flatnonzero(sums < 0)
    positive = sums[: negative[0]] if len(negative) else sums
    if not len(positive):
        return 1.0
    return float(max(-1.0 + 2.0 * np.minimum.accumulate(positive).sum(), 1e-3))
