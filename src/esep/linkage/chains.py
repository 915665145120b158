"""A Markov chain over the partitions of a component that is too large to list them all.

Sweeps of Gibbs moves (a node leaves its cluster and joins one, or none) take turns with split-merge moves around a
pair of nodes (chaperones: Miller and others 2016), so that whole clusters can part and meet in one step. Both only
look at the clusters that change.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_BURN_IN = 200
_AGAIN = 40
"""Sweeps after alpha changes: the chain stands near its goal then."""
_BETWEEN = 10
_LEAST_MOVES, _MOVES = 4, 1500
"""Split and merge moves between two sweeps: one a node, fewer in large components, which need longer sweeps."""


@njit(cache=True)
def _site(odds, labels, counts, gain, node, tau, alpha):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Gibbs move: the node leaves its cluster and joins one, or none, in proportion to the partition's probability."""
    size = len(labels)
    counts[labels[node]] -= 1
    gain[:] = 0.0
    for other in range(size):
        if other != node:
            gain[labels[other]] += tau * odds[node, other]
    best, empty = alpha, -1
    for label in range(size):
        if counts[label] > 0:
            best = max(best, gain[label])
        elif empty < 0:
            empty = label
    total = np.exp(alpha - best)
    for label in range(size):
        if counts[label] > 0:
            gain[label] = np.exp(gain[label] - best) if gain[label] - best > -40.0 else 0.0
            total += gain[label]
    point = np.random.random() * total - np.exp(alpha - best)
    chosen = empty
    if point >= 0:
        for label in range(size):
            if counts[label] > 0:
                chosen = label
                point -= gain[label]
                if point < 0:
                    break
    labels[node] = chosen
    counts[chosen] += 1


@njit(cache=True)
def _allocate(odds, members, count, labels, one, two, sides, tau, follow):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Sequential allocation of members to the side of `one` (0) or of `two` (1); the log of its probability.

    With `follow` the sides are those of `labels` (the reverse move), otherwise they are drawn.
    """
    log_q = 0.0
    for place in range(count):
        node = members[place]
        delta = odds[node, one] - odds[node, two]
        for before in range(place):
            delta += odds[node, members[before]] * (1.0 if sides[before] == 0 else -1.0)
        p_one = 1.0 / (1.0 + np.exp(-min(max(tau * delta, -500.0), 500.0)))
        if follow:
            sides[place] = 0 if labels[node] == labels[one] else 1
        else:
            sides[place] = 0 if np.random.random() < p_one else 1
        log_q += np.log(max(p_one if sides[place] == 0 else 1.0 - p_one, 1e-300))
    return log_q


@njit(cache=True)
def _across(odds, members, count, one, two, sides):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Log odds of all pairs between the two sides."""
    total = odds[one, two]
    for place in range(count):
        node = members[place]
        total += odds[node, two] if sides[place] == 0 else odds[node, one]
        for before in range(place):
            if sides[before] != sides[place]:
                total += odds[node, members[before]]
    return total


@njit(cache=True)
def _chaperones(odds, labels, counts, members, sides, one, two, tau, alpha):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Split or merge around a pair drawn without regard to the state; Metropolis and Hastings decide."""
    count = 0
    for node in range(len(labels)):
        if node not in (one, two) and labels[node] in (labels[one], labels[two]):
            members[count] = node
            count += 1
    split = labels[one] == labels[two]
    log_q = _allocate(odds, members, count, labels, one, two, sides, tau, not split)
    across = tau * _across(odds, members, count, one, two, sides)
    accept = alpha - across - log_q if split else across - alpha + log_q
    if np.log(np.random.random()) >= accept:
        return
    goal = labels[one]
    if split:
        goal = 0
        while counts[goal] > 0:
            goal += 1
    counts[labels[two]] -= 1
    labels[two] = goal
    counts[goal] += 1
    for place in range(count):
        if sides[place] == 1:
            counts[labels[members[place]]] -= 1
            labels[members[place]] = goal
            counts[goal] += 1


@njit(cache=True)
def _chain(odds, start, tau, alphas, burn_in, again, between, seed):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Draws int64[draws, size] of a chain, the first under `alphas[0]` and so on; equal alphas stand together."""
    np.random.seed(seed)
    size = len(start)
    left, right, weight, pairs = _proposals(odds)
    labels, counts = start.copy(), np.bincount(start, minlength=size)
    gain, members = np.zeros(size), np.zeros(size, dtype=np.int64)
    sides = np.zeros(size, dtype=np.int64)
    out = np.zeros((len(alphas), size), dtype=np.int64)
    for draw in range(len(alphas)):
        alpha, steps = alphas[draw], between
        if draw == 0:
            steps += burn_in
        elif alpha != alphas[draw - 1]:
            steps += again
        for _ in range(steps):
            for node in range(size):
                _site(odds, labels, counts, gain, node, tau, alpha)
            for _ in range(min(size, max(_LEAST_MOVES, _MOVES // size))):
                at = min(np.searchsorted(weight, np.random.random() * weight[pairs - 1]), pairs - 1)
                one, two = left[at], right[at]
                if np.random.random() < 0.5:
                    one, two = two, one
                _chaperones(odds, labels, counts, members, sides, one, two, tau, alpha)
        out[draw] = labels
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
    odds: NDArray[np.float64], start: NDArray[np.int64], *, tau: float, alphas: NDArray[np.float64], seed: int
) -> NDArray[np.int64]:
    """Draws for one table of two nodes or more, one for each alpha: labels int64[draws, size].

    Equal alphas should stand together and near ones after each other. `seed` in [0, 2**32).
    """
    table = np.ascontiguousarray(odds)
    found: NDArray[np.int64] = _chain(table, start, tau, alphas, _BURN_IN, _AGAIN, _BETWEEN, seed)
    return found
