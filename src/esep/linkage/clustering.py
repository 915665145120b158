"""One answer out of many: the clusters that draws of who is who agree on most.

Pairs that stand together in more than half of the draws speak for joining, the others against: expected Binder loss
(Lau and Green 2007, Bayesian model-based clustering procedures, section 2), so that the answer and the probabilities
beside it say the same.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esep.linkage.components import FORBIDDEN, Component

Labels = NDArray[np.int64]


@njit(cache=True)
def _contract(odds):  # type: ignore[no-untyped-def]
    """Join the two clusters with the highest sum while it is above 0.

    Greedy additive edge contraction (Keuper and others 2015) for correlation clustering. Ties go to the first pair.
    """
    size = len(odds)
    table = odds.copy()
    labels = np.arange(size)
    alive = np.ones(size, dtype=np.bool_)
    while True:
        best, at_i, at_j = 0.0, -1, -1
        for i in range(size):
            if alive[i]:
                for j in range(i + 1, size):
                    if alive[j] and table[i, j] > best:
                        best, at_i, at_j = table[i, j], i, j
        if at_i < 0:
            return labels
        alive[at_j] = False
        for k in range(size):
            if labels[k] == at_j:
                labels[k] = at_i
            if k not in (at_i, at_j):
                table[at_i, k] = max(table[at_i, k] + table[at_j, k], 2.0 * FORBIDDEN)
                table[k, at_i] = table[at_i, k]


def likeliest(component: Component) -> Labels:
    """Label of each node when clusters join while their pairs together speak for it: where chains of draws begin."""
    labels: Labels = _contract(component.odds)
    return labels


def agreed(component: Component, drawn: NDArray[np.int32], *, threshold: float) -> Labels:
    """Label of each node in the point answer, from its labels in draws int32[S, k].

    `threshold`: share of draws, in (0, 1), that a pair has to stand together in to speak for joining.
    """
    shares = (drawn[:, :, None] == drawn[:, None, :]).mean(axis=0) - threshold
    np.fill_diagonal(shares, 0.0)
    labels: Labels = _contract(np.where(component.odds <= FORBIDDEN, FORBIDDEN, shares))
    return labels
