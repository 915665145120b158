"""One answer: clusters that agree with the evidence and break no rule."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esep.linkage.components import FORBIDDEN, Component

Labels = NDArray[np.int64]


@njit(cache=True)
def _contract(odds, least):  # type: ignore[no-untyped-def]
    """Join the two clusters with the highest sum of log odds while it is above `least`.

    Greedy additive edge contraction (Keuper and others 2015) for correlation clustering. Ties go to the first pair.
    """
    size = len(odds)
    table = odds.copy()
    labels = np.arange(size)
    alive = np.ones(size, dtype=np.bool_)
    while True:
        best, at_i, at_j = least, -1, -1
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


def joined(component: Component, *, threshold: float) -> Labels:
    """Label of each node in the point answer.

    Two clusters join while their pairs together say with more than this probability, in (0, 1), that they are one.
    """
    labels: Labels = _contract(component.odds, float(np.log(threshold) - np.log1p(-threshold)))
    return labels
