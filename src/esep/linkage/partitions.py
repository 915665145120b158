"""Partitions of a component and their probabilities.

The probability of a partition is proportional to exp(tau * sum of log odds of the pairs it joins + alpha * number of
clusters); partitions that break a rule have none. Up to 8 nodes every partition is listed (2, 5, 15, 52, 203, 877,
4,140 of them), above that a Markov chain draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numba import njit
from numpy.typing import NDArray

LARGEST_LISTED = 8
_BURN_IN = 200
_BETWEEN = 10
_PARTS = 11
_LEAST_MOVES, _MOVES = 4, 1500
"""Split and merge moves between two sweeps: one a node, fewer in large components, where each costs size squared."""


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
    odds: NDArray[np.float64], *, prior: PartitionPrior, draws: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Independent draws for tables of one size up to 8: labels int64[tables, draws, size]."""
    size = odds.shape[-1]
    cumulated = probabilities(odds, prior=prior).cumsum(axis=1)
    chosen = np.empty((len(odds), draws), dtype=np.int64)
    for table, points in enumerate(rng.random((len(odds), draws))):
        chosen[table] = np.minimum(np.searchsorted(cumulated[table], points), cumulated.shape[1] - 1)
    return all_partitions(size)[chosen].astype(np.int64)


@njit(cache=True)
def _site(odds, labels, node, tau, alpha):  # type: ignore[no-untyped-def]
    """Gibbs move: the node leaves its cluster and joins one, or none, in proportion to the partition's probability."""
    size = len(labels)
    gain = np.zeros(size + 1)
    seen = np.zeros(size, dtype=np.bool_)
    for other in range(size):
        if other != node:
            gain[labels[other]] += tau * odds[node, other]
            seen[labels[other]] = True
    empty = -1
    for label in range(size):
        if not seen[label]:
            empty = label
            break
    best = alpha
    for label in range(size):
        if seen[label]:
            best = max(best, gain[label])
    total = np.exp(alpha - best)
    for label in range(size):
        if seen[label]:
            total += np.exp(gain[label] - best)
    point = np.random.random() * total
    point -= np.exp(alpha - best)
    if point < 0:
        labels[node] = empty
        return
    for label in range(size):
        if seen[label]:
            point -= np.exp(gain[label] - best)
            if point < 0:
                labels[node] = label
                return


@njit(cache=True)
def _allocate(  # type: ignore[no-untyped-def]  # noqa: PLR0917
    odds, members, count, labels, one, two, side_one, side_two, tau, follow
):
    """Sequential allocation of members to the side of `one` or of `two`; returns the log of its probability.

    With `follow` the sides are those in `labels` (the reverse move), otherwise they are drawn and written there.
    """
    log_q = 0.0
    sides = np.zeros(count, dtype=np.int64)
    for place in range(count):
        node = members[place]
        delta = tau * (odds[node, one] - odds[node, two])
        for before in range(place):
            sign = 1.0 if sides[before] == 0 else -1.0
            delta += sign * tau * odds[node, members[before]]
        p_one = 1.0 / (1.0 + np.exp(-min(max(delta, -500.0), 500.0)))
        if follow:
            sides[place] = 0 if labels[node] == side_one else 1
        else:
            sides[place] = 0 if np.random.random() < p_one else 1
            labels[node] = side_one if sides[place] == 0 else side_two
        log_q += np.log(max(p_one if sides[place] == 0 else 1.0 - p_one, 1e-300))
    return log_q


@njit(cache=True)
def _inside(odds, labels, label):  # type: ignore[no-untyped-def]
    total = 0.0
    for i in range(len(labels)):
        if labels[i] == label:
            for j in range(i + 1, len(labels)):
                if labels[j] == label:
                    total += odds[i, j]
    return total


@njit(cache=True)
def _chaperones(odds, labels, one, two, tau, alpha):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Split or merge around a pair drawn without regard to the state (Miller and others 2016, chaperones).

    Split: the others of their cluster are allocated one by one; merge is its reverse. Metropolis-Hastings decides.
    """
    size = len(labels)
    members, count = np.zeros(size, dtype=np.int64), 0
    for node in range(size):
        if node not in (one, two) and labels[node] in (labels[one], labels[two]):
            members[count] = node
            count += 1
    before = labels.copy()
    if labels[one] == labels[two]:
        free = 0
        while (labels == free).any():
            free += 1
        old = _inside(odds, labels, labels[one])
        keep = labels[one]
        labels[two] = free
        log_q = _allocate(odds, members, count, labels, one, two, keep, free, tau, False)
        change = tau * (_inside(odds, labels, keep) + _inside(odds, labels, free) - old) + alpha
        accept = change - log_q
    else:
        side_one, side_two = labels[one], labels[two]
        old = _inside(odds, labels, side_one) + _inside(odds, labels, side_two)
        log_q = _allocate(odds, members, count, labels, one, two, side_one, side_two, tau, True)
        for node in range(size):
            if labels[node] == side_two:
                labels[node] = side_one
        change = tau * (_inside(odds, labels, side_one) - old) - alpha
        accept = change + log_q
    if np.log(np.random.random()) >= accept:
        labels[:] = before


@njit(cache=True)
def _chain(odds, start, tau, alpha, draws, burn_in, between, seed):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Draws int64[draws, size] of a chain that alternates sweeps over nodes with split-merge moves."""
    np.random.seed(seed)
    size = len(start)
    left, right, weight, pairs = _proposals(odds)
    labels = start.copy()
    out = np.zeros((draws, size), dtype=np.int64)
    for step in range(burn_in + draws * between):
        for node in range(size):
            _site(odds, labels, node, tau, alpha)
        for _ in range(min(size, max(_LEAST_MOVES, _MOVES // size))):
            if pairs:
                at = np.searchsorted(weight, np.random.random() * weight[pairs - 1])
                at = min(at, pairs - 1)
                if np.random.random() < 0.5:
                    _chaperones(odds, labels, left[at], right[at], tau, alpha)
                else:
                    _chaperones(odds, labels, right[at], left[at], tau, alpha)
        if step >= burn_in and (step - burn_in) % between == between - 1:
            out[(step - burn_in) // between] = labels
    return out


@njit(cache=True)
def _proposals(odds):  # type: ignore[no-untyped-def]
    """Pairs to split or merge around and the cumulated weight sigmoid(odds) + 0.05 with which they are drawn."""
    size = len(odds)
    pairs = size * (size - 1) // 2
    left, right = np.zeros(pairs, dtype=np.int64), np.zeros(pairs, dtype=np.int64)
    weight = np.zeros(pairs)
    place, total = 0, 0.0
    for i in range(size):
        for j in range(i + 1, size):
            total += 1.0 / (1.0 + np.exp(-min(max(odds[i, j], -500.0), 500.0))) + 0.05
            left[place], right[place], weight[place] = i, j, total
            place += 1
    return left, right, weight, pairs


def chain_draws(
    odds: NDArray[np.float64], start: NDArray[np.int64], *, prior: PartitionPrior, draws: int, seed: int
) -> NDArray[np.int64]:
    """Draws for one table of any size: labels int64[draws, size]. `seed` in [0, 2**32)."""
    found: NDArray[np.int64] = _chain(
        np.ascontiguousarray(odds), start, prior.tau, prior.alpha, draws, _BURN_IN, _BETWEEN, seed
    )
    return found
