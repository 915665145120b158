"""Points of every method by the shortest way: for reruns with a list or a person fewer, where no interval is asked."""

from __future__ import annotations

import math

from esep.estimate import loglinear
from esep.estimate.graphs.method import GraphEstimator
from esep.estimate.histories import CaptureTable
from esep.estimate.latent_class.method import LatentClassEstimator
from esep.estimate.latent_class.settings import LatentClassSettings
from esep.estimate.methods import Estimator, Method, Progress, Recipe, method
from esep.estimate.results import Estimate
from esep.estimate.status import Status
from esep.estimate.stepwise import choose

LEAN = LatentClassSettings(
    chains=2, draws=750, most_draws=3000, warm_up=500, scouts=0, ladders=0, sensitivity=(), seconds=2.0
)
"""Latent classes without the search for other answers: two chains, refused where they do not settle."""


def point(name: str, table: CaptureTable, *, level: float, seed: int) -> float | None:
    """N by that method, or None where it gives none on this table."""
    chosen = quick(name)
    if not chosen.min_lists <= table.k <= chosen.max_lists or table.n == 0:
        return None
    return chosen.run(table, level=level, seed=seed, progress=None).point


def quick(name: str) -> Method:
    """The method with everything left out that its point does not need."""
    if name == "loglinear-bic-bootstrap":
        return method("loglinear-bic")
    known: dict[str, Estimator] = {
        "loglinear-stepwise": _stepwise,
        "decomposable-graphs": GraphEstimator(examines=False),
        "latent-class": LatentClassEstimator(LEAN),
    }
    whole = method(name)
    return Recipe(name, whole.min_lists, whole.max_lists, known[name]) if name in known else whole


def _stepwise(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    """The chosen model without its bootstrap."""
    found = choose(table.dense()[None, :], table.k, possible=loglinear.possible_cells(table))
    number = float(found.population[0])
    name = "loglinear-stepwise"
    if not math.isfinite(number):
        return Estimate.refused(table, method=name, status=Status.NO_FINITE_MLE, level=level)
    return Estimate.of(table, method=name, point=number, level=level)
