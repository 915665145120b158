"""Posterior of the number unseen, averaged over all decomposable graphs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from esep.estimate.graphs.chordal import ChordalGraphs, chordal_graphs
from esep.estimate.graphs.grid import Grid, grid_of, log_nodes, refine
from esep.estimate.graphs.margins import (
    MarginScore,
    base_power,
    base_score,
    score_all_margins,
)
from esep.estimate.graphs.posterior import UnseenPosterior
from esep.estimate.graphs.priors import PopulationPrior
from esep.estimate.graphs.streaming import incidence, sum_over_graphs, sum_weights
from esep.estimate.histories import CaptureTable

Floats = NDArray[np.float64]

BEYOND_END = 1e-5  # probability that may lie beyond the last node
FARTHEST = 1e9  # the pilot looks this many times the observed number ahead


@dataclass(frozen=True)
class GraphSettings:
    """`delta`: prior people in each full cell, 2^-k where None (the only default that behaves); `prior` on N.

    `fewest` unseen: 1, as in the R package dga. At 0 the sparse prior (d_A far below 1) puts a spike that has
    nothing to do with the lists: on the hepatitis table of Chao 2001 it moves the median from 379 to 293.
    """

    delta: float | None = None
    prior: PopulationPrior = field(default_factory=PopulationPrior)
    fewest: int = 1

    def delta_for(self, lists: int) -> float:
        """Delta used for a table of so many lists."""
        return 2.0**-lists if self.delta is None else self.delta


@dataclass(frozen=True, eq=False)
class GraphAverage:
    """`graph_prob` float64[G] in the order of `graphs`, and the posterior of n0."""

    graphs: ChordalGraphs
    graph_prob: Floats
    unseen: UnseenPosterior
    log_marginal: float
    delta: float


def average_graphs(
    table: CaptureTable, settings: GraphSettings | None = None, *, grid: Grid | None = None
) -> GraphAverage:
    """Average over every chordal graph on the lists of `table` (2 to 7 lists).

    Without `grid` a log grid is made, as long and as fine as this posterior needs, with an analytic tail beyond it.
    Cost: five lists some milliseconds, seven lists some seconds.
    """
    settings = settings or GraphSettings()
    delta = settings.delta_for(table.k)
    work = _Work(table, chordal_graphs(table.k), score_all_margins(table, delta=delta), settings)
    return replace(work.finish(grid or work.settle_grid()), delta=delta)


@dataclass(frozen=True, eq=False)
class _Work:
    """One table, one delta, one prior."""

    table: CaptureTable
    graphs: ChordalGraphs
    margins: list[MarginScore]
    settings: GraphSettings

    def scores(self, nodes: Floats) -> Floats:
        return np.stack([margin.at(nodes) for margin in self.margins])

    def base(self, nodes: Floats) -> Floats:
        return base_score(self.table, nodes, prior=self.settings.prior)

    def log_density(self, nodes: Floats) -> Floats:
        return sum_over_graphs(self.graphs, self.scores(nodes), base=self.base(nodes))

    def powers(self) -> Floats:
        """Power of n0 to which each graph's weight tends (checked against numerical slopes in the tests)."""
        steps = np.array([margin.step for margin in self.margins])
        chunk, power = 1 << 14, base_power(self.table, prior=self.settings.prior)
        parts = [
            incidence(self.graphs, slice(start, start + chunk)) @ steps for start in range(0, len(self.graphs), chunk)
        ]
        result: Floats = power - np.concatenate(parts)
        return result

    def settle_grid(self) -> Grid:
        """Nodes of the published rule up to an end that leaves little behind, and more where the density is steep."""
        bounded = np.isfinite(self.settings.prior.most)
        first = self.settings.fewest
        farthest = max(self.settings.prior.most - self.table.n if bounded else FARTHEST * self.table.n, first + 2.0)
        pilot = _upto(log_nodes(first, farthest, exact=30, per_decade=12), farthest)
        nodes, heights = refine(np.union1d(pilot, [farthest]), self.log_density)
        end = _end(nodes, heights)
        return grid_of(np.union1d(_upto(log_nodes(first, end), end), _upto(nodes, end)), has_tail=not bounded)

    def finish(self, grid: Grid) -> GraphAverage:
        sums = sum_weights(self.graphs, self.scores(grid.nodes), base=self.base(grid.nodes), widths=grid.widths)
        powers = self.powers()
        tail = _log_tail(sums.at_last, powers, grid)
        by_graph = np.logaddexp(sums.by_graph, tail)
        total = _log_sum(by_graph)
        unseen = UnseenPosterior(
            observed=self.table.n,
            grid=grid,
            mass=np.exp(sums.by_node + np.log(grid.widths) - total),
            tail_mass=np.exp(tail - total),
            tail_power=powers,
        )
        return GraphAverage(self.graphs, np.exp(by_graph - total), unseen, log_marginal=total, delta=float("nan"))


def _log_tail(at_last: Floats, powers: Floats, grid: Grid) -> Floats:
    """Log mass beyond the last node g, p(g) g / (-e - 1); none where the grid is meant to be everything."""
    if not grid.has_tail:
        return np.full_like(at_last, -np.inf)
    falling = np.minimum(powers, -1.0 - 1e-9)
    with np.errstate(divide="ignore"):
        result: Floats = at_last + np.log(grid.nodes[-1]) - np.log(-falling - 1.0)
    return result


def _log_sum(values: Floats) -> float:
    peak = values.max()
    return float(peak + np.log(np.exp(values - peak).sum()))


def _upto(nodes: Floats, end: float) -> Floats:
    return nodes[nodes <= end]


def _end(nodes: Floats, heights: Floats) -> float:
    """First node beyond which less than `BEYOND_END` of the probability lies."""
    widths = grid_of(nodes).widths
    mass = np.exp(heights - heights.max()) * widths
    beyond = 1.0 - np.cumsum(mass) / mass.sum()
    return float(nodes[min(int(np.argmax(beyond < BEYOND_END)) + 1, len(nodes) - 1)])
