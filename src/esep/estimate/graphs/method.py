"""The method «decomposable-graphs»: averaging over every decomposable graph, with its sensitivity to the prior."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from esep.errors import StatisticalWarning
from esep.estimate.graphs.averaging import GraphAverage, GraphSettings, average_graphs
from esep.estimate.graphs.checking import check_states
from esep.estimate.graphs.chordal import MOST_LISTS
from esep.estimate.graphs.impossible import MOST_LISTS as MOST_WITH_IMPOSSIBLE
from esep.estimate.graphs.impossible import ImpossibleAverage, average_possible
from esep.estimate.graphs.naming import edge_probabilities, top_graphs
from esep.estimate.graphs.posterior import UnseenPosterior
from esep.estimate.graphs.walk_method import ASSUMPTIONS, walk_estimate
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import Progress, Recipe
from esep.estimate.prior_influence import leaves_interval, size_is_open, too_few_shared
from esep.estimate.results import Estimate
from esep.estimate.status import Status

DRAWS = 4000
NAME = "decomposable-graphs"


@dataclass(frozen=True)
class GraphEstimator:
    """Madigan-York averaging: over all graphs to seven lists, by a walk over graphs above.

    `examines`: also work out the sensitivity to the prior, on which the status rests.
    """

    settings: GraphSettings = field(default_factory=GraphSettings)
    examines: bool = True

    def __call__(self, table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
        """Median and central interval of N; never the mean, which is infinite. To seven lists the seed is for draws."""
        same = table.reorder(table.canonical_order)
        if len(table.structural_zero):
            return self._conditioned(table, same, level=level, seed=seed, progress=progress)
        if table.k > MOST_LISTS:
            return walk_estimate(table, same, self.settings, level=level, seed=seed, progress=progress)
        average = average_graphs(same, self.settings)
        _tell(progress, "averaging over graphs", 1 / 3)
        swings = self._sensitivity(same, average.delta, progress=progress) if self.examines else []
        ends = interval(average.unseen, level=level)
        return Estimate.of(
            table,
            method=NAME,
            point=average.unseen.quantile(0.5),
            interval=ends,
            level=level,
            status=_status(average.unseen, swings, table),
            assumptions=ASSUMPTIONS,
            details=describe(average, same),
            diagnostics={"sensitivity": swings, **self._doubts(average, table)},
            seed=seed,
            draws=table.n + average.unseen.draws(DRAWS, rng=np.random.default_rng(seed)),
        )

    def _conditioned(
        self, table: CaptureTable, same: CaptureTable, *, level: float, seed: int, progress: Progress | None
    ) -> Estimate:
        """Given that structural zeros could not occur: graph, unseen and cell chances drawn together."""
        if table.k > MOST_WITH_IMPOSSIBLE:
            details = {"lists": table.k, "at_most": MOST_WITH_IMPOSSIBLE, "reason": "with patterns that cannot occur"}
            return Estimate.refused(
                table, method=NAME, status=Status.TOO_MANY_LISTS, level=level, assumptions=ASSUMPTIONS, details=details
            )
        average = average_possible(same, self.settings, seed=seed, progress=progress)
        found = average.convergence
        return Estimate.of(
            table,
            method=NAME,
            point=average.unseen.quantile(0.5),
            interval=interval(average.unseen, level=level),
            level=level,
            status=_status(average.unseen, [], table) if found.settled else Status.NOT_CONVERGED,
            assumptions=ASSUMPTIONS,
            details={**describe(average, same), "conditioned_on_possible_patterns": True},
            diagnostics={
                "r_hat": found.r_hat, "ess_bulk": found.bulk, "ess_tail": found.tail,
                "predictive_checks": check_states(
                    same, average.states, self.settings, rng=np.random.default_rng([seed, 2])
                ),
            },
            seed=seed,
            draws=table.n + average.unseen.draws(DRAWS, rng=np.random.default_rng(seed)),
        )  # fmt: skip

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


def describe(average: GraphAverage | ImpossibleAverage, table: CaptureTable) -> Mapping[str, Any]:
    """Prior, evidence and what the graphs say about the dependence of the lists."""
    found = {
        "delta": average.delta,
        "graphs": len(average.graphs),
        "edge_prob": edge_probabilities(average, table.lists),
        "top_graphs": top_graphs(average, table.lists),
        "complete_graph_prob": float(average.graph_prob[-1]),
        "probability_beyond_grid": average.unseen.beyond,
        "last_node": float(average.unseen.grid.nodes[-1]),
    }
    return {**found, "log_marginal": average.log_marginal} if isinstance(average, GraphAverage) else found


def _status(unseen: UnseenPosterior, swings: list[dict[str, float]], table: CaptureTable) -> Status:
    """The rule of `prior_influence`: another prior on size or dependence gives another answer, or nothing speaks."""
    population = unseen.observed + unseen.grid.nodes
    medians = [row["median"] for row in swings]
    moved = leaves_interval(medians, interval(unseen, level=0.95))
    if moved or too_few_shared(table) or size_is_open(population, unseen.mass):
        return Status.PRIOR_DRIVEN
    return Status.OK


def _tell(progress: Progress | None, doing: str, share: float) -> None:
    if progress is not None:
        progress(doing, share)
