"""Links that the evidence does not show, added to draws of who is who."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esep.linkage.components import Against, records_apart
from esep.linkage.running import Run

_TRIES = 20
_MOST_CANDIDATES = 50_000


def join_missed(labels: NDArray[np.int32], run: Run, said: Against, *, mean: float, sd: float, seed: int) -> None:
    """Join more clusters in each draw of `labels` [S, n]: a gamma share of its links, then Poisson.

    Two clusters that no rule keeps apart: one time in two those of a pair with little evidence, else of any two.
    """
    rng = np.random.default_rng([seed, 7])
    pairs, weights = _candidates(run)
    shape = (mean / max(sd, 1e-9)) ** 2
    for row in labels:
        links = int((row != np.arange(len(row))).sum())
        number = int(rng.poisson(rng.gamma(shape, mean / shape) * links))
        own = int(rng.integers(0, 2**32))
        _join(row, number, pairs, weights, said.free, said.sex, said.day, said.codes, own)


def _candidates(run: Run) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Compared pairs with little evidence, and cumulated chances in proportion to their probability."""
    odds = run.log_odds
    weak = np.flatnonzero(odds < 0)
    if len(weak) > _MOST_CANDIDATES:
        weak = np.sort(weak[np.argpartition(-odds[weak], _MOST_CANDIDATES)[:_MOST_CANDIDATES]])
    pairs = np.stack([run.scored.left[weak], run.scored.right[weak]], axis=1)
    return pairs, np.cumsum(1.0 / (1.0 + np.exp(-np.clip(odds[weak], -500, 0))))


@njit(cache=True)
def _join(row, number, pairs, weights, free, sex, day, codes, seed):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Members of a cluster hang in a ring (`after`), so that a join looks at no other record."""
    np.random.seed(seed)
    records = len(row)
    after, last = np.arange(records), np.arange(records)
    for record in range(records):
        label = row[record]
        if label != record:
            after[last[label]], last[label], after[record] = record, record, label
    for _ in range(number):
        for _ in range(_TRIES):
            if len(pairs) and np.random.random() < 0.5:
                place = min(np.searchsorted(weights, np.random.random() * weights[-1]), len(pairs) - 1)
                one, two = pairs[place, 0], pairs[place, 1]
            else:
                one, two = np.random.randint(0, records), np.random.randint(0, records)
            if row[one] != row[two] and _may_join(one, two, after, free, sex, day, codes):
                low, high = min(row[one], row[two]), max(row[one], row[two])
                member = high
                while True:
                    row[member] = low
                    if after[member] == high:
                        break
                    member = after[member]
                after[member], after[low] = after[low], high
                break


@njit(cache=True)
def _may_join(one, two, after, free, sex, day, codes):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    left = one
    while True:
        right = two
        while True:
            if records_apart(left, right, free, sex, day, codes):
                return False
            right = after[right]
            if right == two:
                break
        left = after[left]
        if left == one:
            return True
