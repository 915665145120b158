"""Chao's lower bound from the people on exactly one and on exactly two lists, for lists of any reach.

Give person i the odds u_i v_j of being on list j, nothing else tying the lists, and the chance q_i of being on none.
Then sum(q) are on none, list j alone has v_j sum(q u) in expectation, and just j and k have v_j v_k sum(q u^2). By
Cauchy and Schwarz  alone_j * alone_k <= none * both_jk  for every pair of lists, so sums over the pairs give the bound,
with equality where people do not differ. Lists of equal reach make it the usual (k - 1) / k * f1^2 / (2 f2); two lists
make it Chapman's estimate.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from esep.estimate import roles
from esep.estimate.histories import CaptureTable
from esep.estimate.intervals import log_interval
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import CLOSED, LINKED, Estimate
from esep.estimate.status import Status

BOUND = "people differ in how likely they are to be listed, and nothing else ties the lists: then this is a lower bound"


def chao_bound(
    singles: NDArray[np.int64], twice: int, *, n: int, pairs: NDArray[np.bool_] | None = None
) -> tuple[float, float]:
    """Unseen people, at least, and the standard error of the total: sum over pairs of z_j z_k / (f2 + 1).

    `singles`: int[k], people on list j alone, z_j. `twice`: people on exactly two lists, f2. `n`: people on any list.
    `pairs`: bool[k, k], symmetric, the pairs of lists that are used (all of them, if left out).
    Source: Chao 1989 (Biometrics 45, 427-438), the estimator for lists of unequal reach, exact on average for people
    who do not differ; the variance is the delta method on the multinomial table.
    """
    used = ~np.eye(len(singles), dtype=bool) if pairs is None else pairs
    slope = (used @ singles.astype(float)) / (twice + 1)
    unseen = float(singles @ slope) / 2
    decline = unseen / (twice + 1)
    squares = n + float(singles @ (2 * slope + slope**2)) + twice * (decline**2 - 2 * decline)
    mean = n + float(singles @ slope) - twice * decline
    return unseen, math.sqrt(max(squares - mean**2 / (n + unseen), 0.0))


def _usable(table: CaptureTable) -> NDArray[np.bool_]:
    """Pairs of lists of which one may be on either alone and on just both: bool[k, k]."""
    impossible = {int(code) for code in table.structural_zero}
    alone = np.array([1 << j not in impossible for j in range(table.k)])
    both = np.array([[1 << i | 1 << j not in impossible for j in range(table.k)] for i in range(table.k)])
    return both & np.outer(alone, alone) & ~np.eye(table.k, dtype=bool)


def _chao(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    pairs = _usable(table)
    if not pairs.any():
        return Estimate.refused(table, method="chao-bound", status=Status.IMPOSSIBLE_PATTERNS, level=level)
    people = dict(zip(table.patterns.tolist(), table.counts.tolist(), strict=True))
    singles = np.array([people.get(1 << j, 0) for j in range(table.k)], dtype=np.int64)
    twice = sum(people.get(1 << int(i) | 1 << int(j), 0) for i, j in np.argwhere(np.triu(pairs)))
    unseen, error = chao_bound(singles, twice, n=table.n, pairs=pairs)
    standing = roles.of("chao-bound", lists=table.k)
    once, on_two = int(table.n_by_size[0]), int(table.n_by_size[1])
    return Estimate.of(
        table, method="chao-bound", point=table.n + unseen, level=level, assumptions=(CLOSED, LINKED, BOUND),
        interval=log_interval(table.n, table.n + unseen, error, level=level),
        details={
            "role": standing.role, "role_reason": standing.reason, "standard_error": error,
            "on_one_list": once, "on_two_lists": on_two,
            "as_for_abundance_counts": table.n + once * (once - 1) / (2 * (on_two + 1)),
        },
    )  # fmt: skip


CHAO = Recipe("chao-bound", 2, 63, _chao)
