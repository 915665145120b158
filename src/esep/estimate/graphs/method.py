"""The method «decomposable-graphs»: averaging over every decomposable graph, with its sensitivity to the prior."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from esep.errors import StatisticalWarning
from esep.estimate.graphs.averaging import GraphAverage, GraphSettings, average_graphs
from esep.estimate.graphs.chordal import MOST_LISTS
from esep.estimate.graphs.naming import edge_probabilities, top_graphs
from esep.estimate.graphs.posterior import UnseenPosterior
from esep.estimate.graphs.walk_method import ASSUMPTIONS, FEWEST_SHARED, walk_estimate
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import Estimate
from esep.estimate.status import Status

DRAWS = 4000
FARTHEST_POPULATION = 1e9
SWING = 10.0  # sensitivity to the prior above which the prior and not the lists gives the answer
NAME = "decomposable-graphs"


@dataclass(frozen=True)
class GraphEstimator:
    """Madigan-York averaging: over all graphs to seven lists, by a walk over graphs above."""

    settings: GraphSettings = field(default_factory=GraphSettings)

    def __call__(self, table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
        """Median and central interval of N; never the mean, which is infinite. To seven lists the seed is for draws."""
        if len(table.structural_zero):
            why = "the closed form over graphs has no place for impossible patterns"
            return self._refused(table, Status.NOT_IDENTIFIED, level=level, reason=why)
        same = table.reorder(table.canonical_order)
        if table.k > MOST_LISTS:
            return walk_estimate(table, same, self.settings, level=level, seed=seed, progress=progress)
        average = average_graphs(same, self.settings)
        _tell(progress, "averaging over graphs", 1 / 3)
        swings = self._sensitivity(same, average.delta, progress=progress)
        return Estimate.of(
            table,
            method=NAME,
            point=average.unseen.quantile(0.5),
            interval=interval(average.unseen, level=level),
            level=level,
            status=_status(average.unseen, swings, table),
            assumptions=ASSUMPTIONS,
            details=describe(average, same),
            diagnostics={"sensitivity": swings, **self._doubts(average, table)},
            seed=seed,
            draws=table.n + average.unseen.draws(DRAWS, rng=np.random.default_rng(seed)),
        )

    def _refused(self, table: CaptureTable, status: Status, *, level: float, reason: str) -> Estimate:
        return Estimate.refused(
            table, method=NAME, status=status, level=level, assumptions=ASSUMPTIONS, details={"reason": reason}
        )

    def _sensitivity(self, table: CaptureTable, delta: float, *, progress: Progress | None) -> list[dict[str, float]]:
        """Median and 95 % interval with a quarter and four times the prior weight."""
        rows = []
        for step, factor in enumerate((0.25, 4.0)):
            other = average_graphs(table, replace(self.settings, delta=delta * factor))
            low, high = interval(other.unseen, level=0.95)
            rows.append({"delta": delta * factor, "median": other.unseen.quantile(0.5), "low": low, "high": high})
            _tell(progress, "sensitivity to the prior", (step + 2) / 3)
        return rows

    def _doubts(self, average: GraphAverage, table: CaptureTable) -> dict[str, Any]:
        if average.delta <= 4 * 2.0**-table.k:
            return {}
        words = (
            f"delta {average.delta:g} is above 4 x 2^-k: the complete graph is favoured and the estimate pulled towards"
            " the people observed"
        )
        warnings.warn(words, StatisticalWarning, stacklevel=4)
        return {"warning": words}


GRAPHS = Recipe(NAME, 3, 20, GraphEstimator())


def interval(unseen: UnseenPosterior, *, level: float) -> tuple[float, float]:
    """Central interval of the population."""
    return unseen.quantile((1 - level) / 2), unseen.quantile((1 + level) / 2)


def describe(average: GraphAverage, table: CaptureTable) -> Mapping[str, Any]:
    """Prior, evidence and what the graphs say about the dependence of the lists."""
    return {
        "delta": average.delta,
        "graphs": len(average.graphs),
        "log_marginal": average.log_marginal,
        "edge_prob": edge_probabilities(average, table.lists),
        "top_graphs": top_graphs(average, table.lists),
        "complete_graph_prob": float(average.graph_prob[-1]),
        "probability_beyond_grid": average.unseen.beyond,
        "last_node": float(average.unseen.grid.nodes[-1]),
    }


def _status(unseen: UnseenPosterior, swings: list[dict[str, float]], table: CaptureTable) -> Status:
    if table.counts[table.sizes > 1].sum() < FEWEST_SHARED:
        return Status.PRIOR_DRIVEN
    middle = unseen.quantile(0.5)
    if middle > FARTHEST_POPULATION and middle > 1e3 * unseen.observed:
        return Status.PRIOR_DRIVEN
    medians = [max(row["median"] - unseen.observed, 1.0) for row in swings]
    if max(medians) > SWING * min(medians):
        return Status.PRIOR_DRIVEN
    return Status.OK


def _tell(progress: Progress | None, doing: str, share: float) -> None:
    if progress is not None:
        progress(doing, share)
