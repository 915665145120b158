"""Chao's lower bound from the people on exactly one and exactly two lists."""

from __future__ import annotations

import math

from esep.estimate.histories import CaptureTable
from esep.estimate.intervals import log_interval
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import CLOSED, LINKED, Estimate

BOUND = "a lower bound: people differ in how likely they are to be listed, which can only raise the true number"


def chao_bound(once: int, twice: int) -> tuple[float, float]:
    """Unseen people, at least, and the standard error: f1 (f1 - 1) / (2 (f2 + 1)), bias-corrected.

    Source: Chao 1987 and 1989; variance as in Colwell's EstimateS guide, equations 8 and 9 without the factor for few
    samples, for f2 > 0 and f2 = 0.
    """
    unseen = once * (once - 1) / (2 * (twice + 1))
    variance = unseen + once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
    variance += once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    return unseen, math.sqrt(max(variance, 0.0))


def _chao(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    once, twice = int(table.n_by_size[0]), int(table.n_by_size[1])
    unseen, error = chao_bound(once, twice)
    return Estimate.of(
        table, method="chao-bound", point=table.n + unseen, level=level, assumptions=(CLOSED, LINKED, BOUND),
        interval=log_interval(table.n, table.n + unseen, error, level=level),
        details={"standard_error": error, "on_one_list": once, "on_two_lists": twice, "role": "bound"},
    )  # fmt: skip


CHAO = Recipe("chao-bound", 2, 63, _chao)
