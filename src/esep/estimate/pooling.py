"""Doubt about who is who: one result from many tables, each from one draw of the linkage.

Every draw of the linkage counts the same. What the capture model finds does not flow back into the linkage (the «cut»
posterior), which the assumptions say. Tables that agree are estimated once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate.captures import CaptureDraws
from esep.estimate.draws import unseen_draws
from esep.estimate.histories import CaptureTable
from esep.estimate.intervals import two_sided
from esep.estimate.results import LINKED, Estimate
from esep.estimate.status import Status, gravest

Floats = NDArray[np.float64]

PER_TABLE = 1000
ENOUGH_DRAWS = 20
"""With fewer draws of the linkage its share of the variance is only roughly known (10 leave +-47 %)."""
CUT = "linkage drawn from its own model: what the lists say about numbers does not flow back into who is who"


def pool(captures: CaptureDraws, run: Callable[[CaptureTable], Estimate], *, seed: int) -> Estimate:
    """Pooled result of `run` over the draws of the linkage.

    diagnostics: `linkage_share` of the variance of log(unseen + 1/2), number of draws and of different tables,
    statuses. A draw without a finite estimate counts as infinite in the ranking, so that it widens the upper end.
    """
    tables = list(captures.distinct())
    results = [(run(table), times) for table, times in tables]
    if len(results) == 1:
        return results[0][0]
    rng = np.random.default_rng(seed)
    drawn = [(_population(result, rng), times) for result, times in results]
    numbers = np.concatenate([draw for draw, _ in drawn])
    weight = np.concatenate([np.full(len(draw), times / len(draw)) for draw, times in drawn])
    level = results[0][0].level
    low, point, high = (_quantile(numbers, weight, q) for q in ((1 - level) / 2, 0.5, (1 + level) / 2))
    observed = [table.n for table, times in tables for _ in range(times)]
    whole = _blank(results, captures, observed=round(float(np.median(observed))), seed=seed)
    whole = replace(
        whole,
        diagnostics=_diagnostics(results),
        details={"observed_range": [min(observed), max(observed)], **whole.details},
    )
    if not math.isfinite(point):
        return replace(whole, status=Counter(r.status for r, _ in results if r.point is None).most_common(1)[0][0])
    ended = math.isfinite(high) and all(r.high is not None for r, _ in results if r.point is not None)
    caution = gravest((result.status for result, _ in results), otherwise=Status.OK)
    return replace(
        whole, status=caution if ended else Status.UNBOUNDED_ABOVE, point=point, low=low,
        high=high if ended else None, draws=_resampled(numbers, weight, rng),
    )  # fmt: skip


def _population(result: Estimate, rng: np.random.Generator) -> Floats:
    if result.point is None:
        return np.array([np.inf])
    return result.observed + unseen_draws(result, size=PER_TABLE, rng=rng)


def _quantile(numbers: Floats, weight: Floats, share: float) -> float:
    order = np.argsort(numbers, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    return float(numbers[order][min(int(np.searchsorted(reached, share)), len(numbers) - 1)])


def _resampled(numbers: Floats, weight: Floats, rng: np.random.Generator) -> Floats:
    finite = np.isfinite(numbers)
    chances = weight[finite] / weight[finite].sum()
    return np.asarray(rng.choice(numbers[finite], size=4 * PER_TABLE, p=chances))


def _blank(results: list[tuple[Estimate, int]], captures: CaptureDraws, *, observed: int, seed: int) -> Estimate:
    first = results[0][0]
    kept = tuple(assumption for assumption in first.assumptions if assumption != LINKED)
    return replace(
        first, point=None, low=None, high=None, draws=None, observed=observed, seed=seed, lists=captures.lists,
        assumptions=(*kept, CUT), details={"role": first.role, "interval_method": "pooled over draws of the linkage"},
        input_hash=_joint_hash(results),
    )  # fmt: skip


def _joint_hash(results: list[tuple[Estimate, int]]) -> str:
    return sha256("\n".join(sorted(f"{r.input_hash} {times}" for r, times in results)).encode()).hexdigest()


def _diagnostics(results: list[tuple[Estimate, int]]) -> dict[str, Any]:
    times = np.array([t for r, t in results if r.point is not None], dtype=float)
    moments = np.array([_log_moments(r) for r, _ in results if r.point is not None]).reshape(-1, 2)
    drawn = sum(t for _, t in results)
    report: dict[str, Any] = {
        "linkage_draws": drawn,
        "different_tables": len(results),
        "draws_by_status": dict(
            Counter({s: sum(t for r, t in results if r.status == s) for s in {r.status.value for r, _ in results}})
        ),
        "enough_linkage_draws": drawn >= ENOUGH_DRAWS,
        "linkage_share": None,
    }
    if len(moments) > 1:
        within, mean = float(times @ moments[:, 1] / times.sum()), float(times @ moments[:, 0] / times.sum())
        between = float(times @ (moments[:, 0] - mean) ** 2 / max(times.sum() - 1, 1))
        report["linkage_share"] = between / (within + between) if within + between > 0 else 0.0
    return report


def _log_moments(result: Estimate) -> tuple[float, float]:
    """Mean and variance of log(unseen + 1/2) of one result."""
    if result.draws is not None:
        logs = np.log(np.maximum(result.draws - result.observed, 0) + 0.5)
        return float(logs.mean()), float(logs.var())
    point, low = math.log((result.unseen or 0.0) + 0.5), math.log(max((result.low or 0) - result.observed, 0) + 0.5)
    if result.high is None:
        return point, ((point - low) / two_sided(result.level)) ** 2
    width = math.log(max(result.high - result.observed, 0) + 0.5) - low
    return point, (width / (2 * two_sided(result.level))) ** 2
