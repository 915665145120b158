"""Chao's estimator from the people on exactly one and exactly two lists, and when it is a lower bound.

For people who differ it is a lower bound if the lists are alike. Lists of unequal reach push it up, so that it can lie
above the truth: then it is shown as sensitivity, and `heterogeneity-chao`, which gives each list its own reach, is the
lower bound to look at.
"""

from __future__ import annotations

import math

from esep.estimate import roles
from esep.estimate.histories import CaptureTable
from esep.estimate.intervals import log_interval
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import CLOSED, LINKED, Estimate
from esep.estimate.status import Status

BOUND = "people differ in how likely they are to be listed, and nothing else ties the lists: then this is a lower bound"
ALIKE = "lists of about the same reach (unequal ones push this number up)"
UNLIKE = 1.5
"""Lists whose sizes lie further apart than this are not alike; at 1.5 independent lists overshoot by about 2 %."""


def chao_bound(once: int, twice: int, *, lists: int) -> tuple[float, float]:
    """Unseen people, at least, and the standard error: ((k - 1) / k) f1 (f1 - 1) / (2 (f2 + 1)), bias-corrected.

    With the factor (k - 1) / k it is exact on average for equal people and equal lists; without it, as for abundance
    counts (k without end), two lists would give twice the unseen. Source: Chao 1987 and 1989; variance as in Colwell's
    EstimateS guide for incidence counts.
    """
    factor = (lists - 1) / lists
    base = once * (once - 1) / (2 * (twice + 1))
    variance = factor * base + factor**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
    variance += factor**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    return factor * base, math.sqrt(max(variance, 0.0))


def _chao(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    if len(table.structural_zero):
        return Estimate.refused(table, method="chao-bound", status=Status.IMPOSSIBLE_PATTERNS, level=level)
    once, twice = int(table.n_by_size[0]), int(table.n_by_size[1])
    unseen, error = chao_bound(once, twice, lists=table.k)
    alike = int(table.list_sizes.max()) <= UNLIKE * int(table.list_sizes.min())
    standing = roles.chao_bound(alike=alike)
    return Estimate.of(
        table, method="chao-bound", point=table.n + unseen, level=level, assumptions=(CLOSED, LINKED, ALIKE, BOUND),
        interval=log_interval(table.n, table.n + unseen, error, level=level),
        details={
            "role": standing.role, "role_reason": standing.reason, "standard_error": error,
            "on_one_list": once, "on_two_lists": twice,
            "without_the_factor_for_few_lists": table.n + unseen * table.k / (table.k - 1),
        },
    )  # fmt: skip


CHAO = Recipe("chao-bound", 2, 63, _chao)
