"""Would the graphs, with what they say about the unseen, give back the table? Tables drawn from their posterior."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate.graphs.averaging import GraphAverage, GraphSettings, average_graphs
from esep.estimate.graphs.chordal import MOST_LISTS
from esep.estimate.graphs.impossible import State, Weigher
from esep.estimate.graphs.margins import base_score, score_all_margins
from esep.estimate.graphs.streaming import incidence
from esep.estimate.histories import CaptureTable
from esep.estimate.predictive import check_cells, draw_cells

Floats = NDArray[np.float64]
DRAWS = 400


def check_graphs(table: CaptureTable, *, seed: int) -> list[dict[str, Any]] | None:
    """Predictive checks of f_1, f_2 and each overlap; None above seven lists, where graphs are walked over.

    For tables whose patterns can all occur; with impossible ones the method brings its own draws.
    """
    if table.k > MOST_LISTS:
        return None
    same, settings = table.reorder(table.canonical_order), GraphSettings()
    rng = np.random.default_rng([seed, 2])
    states = _states(same, average_graphs(same, settings), settings, rng=rng)
    return check_states(same, states, settings, rng=rng)


def check_states(
    table: CaptureTable, states: Iterable[State], settings: GraphSettings, *, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """The same from draws of graph, unseen and missing numbers: each gives cell chances, and those a table."""
    weigher = Weigher(table, settings)
    tables = []
    for state in states:
        counts = weigher.full(state.missing)
        counts[0] = state.unseen
        tables.append(draw_cells(table, weigher.draw_chances(state.graph, counts, rng=rng), rng=rng))
    return check_cells(table, np.stack(tables))


def _states(
    table: CaptureTable, average: GraphAverage, settings: GraphSettings, *, rng: np.random.Generator
) -> Iterator[State]:
    grid = average.unseen.grid
    scores = np.stack([m.at(grid.nodes) for m in score_all_margins(table, delta=settings.delta_for(table.k))])
    base = base_score(table, grid.nodes, prior=settings.prior)
    drawn = rng.choice(len(average.graph_prob), size=DRAWS, p=average.graph_prob / average.graph_prob.sum())
    for graph, times in zip(*np.unique(drawn, return_counts=True), strict=True):
        weights = base + incidence(average.graphs, slice(graph, graph + 1))[0] @ scores
        mass = np.exp(weights - weights.max()) * grid.widths
        for n0 in rng.choice(grid.nodes, size=times, p=mass / mass.sum()):
            yield State(int(graph), float(n0), np.zeros(0))
