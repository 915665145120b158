"""Partitions of a component and their probabilities.

The probability of a partition is proportional to exp(tau * sum of log odds of the pairs it joins + alpha * number of
clusters); partitions that break a rule have none. Up to 8 nodes every partition is listed (2, 5, 15, 52, 203, 877,
4,140 of them), above that a Markov chain draws (`chains`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numba import njit
from numpy.typing import NDArray

LARGEST_LISTED = 8
_PARTS = 11


@dataclass(frozen=True, slots=True)
class PartitionPrior:
    """How far the summed evidence is trusted (`tau`), and what one person more is worth (`alpha`, in nats).

    `spread` is how much alpha differs from one set of lists to another (standard deviation): it is the same error
    for all pairs of a set, so every draw takes one alpha for all its components, and intervals do not shrink to
    nothing as lists grow.
    """

    tau: float = 1.0
    alpha: float = 0.0
    spread: float = 0.0

    def fixed(self, draws: int) -> list[tuple[PartitionPrior, range]]:
        """Priors with one alpha each, at the middles of equal parts of the normal curve, and which draws take them."""
        if self.spread <= 0:
            return [(PartitionPrior(self.tau, self.alpha), range(draws))]
        parts = min(_PARTS, max(draws, 1))
        points = [NormalDist(self.alpha, self.spread).inv_cdf((part + 0.5) / parts) for part in range(parts)]
        return [(PartitionPrior(self.tau, alpha), range(part, draws, parts)) for part, alpha in enumerate(points)]


@cache
def all_partitions(size: int) -> NDArray[np.int8]:
    """Every partition of `size` nodes as labels int8[Bell(size), size], each cluster named by its first node."""
    found: list[list[int]] = [[0]]
    for node in range(1, size):
        found = [[*labels, label] for labels in found for label in (*sorted(set(labels)), node)]
    return np.array(found, dtype=np.int8)


@cache
def joins(size: int) -> NDArray[np.float64]:
    """Whether each partition joins each pair: float64[Bell(size), size (size - 1) / 2], pairs as in `triu_indices`."""
    labels = all_partitions(size)
    left, right = np.triu_indices(size, k=1)
    joined: NDArray[np.float64] = (labels[:, left] == labels[:, right]).astype(np.float64)
    return joined


@cache
def cluster_numbers(size: int) -> NDArray[np.float64]:
    """Number of clusters of each partition."""
    labels = all_partitions(size)
    own: NDArray[np.float64] = (labels == np.arange(size)).sum(axis=1).astype(np.float64)
    return own


def probabilities(odds: NDArray[np.float64], *, prior: PartitionPrior) -> NDArray[np.float64]:
    """Probability of every partition for tables of one size: float64[tables, Bell(size)], from [tables, size, size]."""
    size = odds.shape[-1]
    left, right = np.triu_indices(size, k=1)
    scores: NDArray[np.float64] = prior.tau * odds[:, left, right] @ joins(size).T + prior.alpha * cluster_numbers(size)
    scores -= scores.max(axis=1, keepdims=True)
    weights = np.exp(scores)
    shares: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return shares


def listed_draws(
    odds: NDArray[np.float64], *, prior: PartitionPrior, points: NDArray[np.float64]
) -> NDArray[np.int8]:
    """Independent draws for tables of one size up to 8: labels int8[tables, draws, size].

    `points` float64[tables, draws]: a random number in [0, 1) for each draw.
    """
    cumulated = probabilities(odds, prior=prior).cumsum(axis=1)
    labels: NDArray[np.int8] = all_partitions(odds.shape[-1])[_chosen(cumulated, points)]
    return labels


@njit(cache=True)
def _chosen(cumulated, points):  # type: ignore[no-untyped-def]
    found = np.empty(points.shape, dtype=np.int64)
    for table in range(len(points)):
        found[table] = np.minimum(np.searchsorted(cumulated[table], points[table]), cumulated.shape[1] - 1)
    return found
