"""Averaging over graphs where some patterns could not occur: the model conditioned on the patterns that could.

With cell chances theta and q their sum over impossible patterns, people fall into possible patterns with chances
theta / (1 - q). Summing the full multinomial over the number m of people that would have been under impossible
patterns gives exactly that, under a prior 1/N on the number with them:

    sum over m of (N + m - 1)! / ((N - 1)! m!) q^m = (1 - q)^-N.

So m is drawn as missing numbers (Tanner and Wong 1987), and given m the closed form of `averaging` holds for graph and
unseen together. m has no meaning as people; N counts only those who could have been listed.
Quasi-independence and its kin: Bishop, Fienberg and Holland 1975, chapter 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from esep.estimate.convergence import Convergence, judge
from esep.estimate.graphs.averaging import GraphSettings
from esep.estimate.graphs.chordal import ChordalGraphs, chordal_graphs
from esep.estimate.graphs.grid import Grid, grid_of, log_nodes, refine
from esep.estimate.graphs.posterior import UnseenPosterior
from esep.estimate.graphs.streaming import incidence
from esep.estimate.histories import CaptureTable
from esep.estimate.log_gamma import log_gamma_ratio
from esep.estimate.methods import Progress

Floats = NDArray[np.float64]

MOST_LISTS = 5  # six lists have 18 154 graphs, to be weighed at every step
CHAINS = 4
WARM_UP, STEPS, MOST_STEPS = 200, 600, 2400
JUMPS = (0.03, 0.2, 1.0)  # sizes of Metropolis steps, on the log scale
KEPT_STATES = 100  # of each chain
FARTHEST = 1e5  # last node of the grid, in people observed


@dataclass(frozen=True, eq=False)
class State:
    """One draw: place of the graph, people unseen, numbers under impossible patterns (float64[Z])."""

    graph: int
    unseen: float
    missing: Floats


@dataclass(frozen=True, eq=False)
class ImpossibleAverage:
    """`graph_prob` float64[G] in the order of `graphs`; the posterior of the unseen; whether the chains agree.

    `states`: some draws of everything together, evenly taken.
    """

    graphs: ChordalGraphs
    graph_prob: Floats
    unseen: UnseenPosterior
    convergence: Convergence
    states: tuple[State, ...]
    delta: float


def average_possible(
    table: CaptureTable, settings: GraphSettings, *, seed: int, progress: Progress | None = None
) -> ImpossibleAverage:
    """Average over all chordal graphs on 3 to 5 lists, given that structural zeros of `table` could not occur."""
    weigher = Weigher(table, settings)
    rngs = [np.random.default_rng(one) for one in np.random.SeedSequence(seed).spawn(CHAINS)]
    grid = _settled(weigher, _coarse(table, settings), rng=rngs[0])
    states = [np.zeros(len(weigher.impossible)) for _ in rngs]
    chains = [_Chain.run(weigher, grid, states[place], WARM_UP, rng=rng) for place, rng in enumerate(rngs)]
    steps = STEPS
    while True:
        chains = [
            _Chain.run(weigher, grid, chain.missing, steps, rng=rng) for chain, rng in zip(chains, rngs, strict=True)
        ]
        agreement = judge(np.log(np.stack([chain.unseen for chain in chains]) + 0.5))
        if progress is not None:
            progress("drawing impossible patterns", min(1.0, steps / MOST_STEPS))
        if agreement.settled or steps >= MOST_STEPS:
            break
        steps *= 2
    mass = np.mean([chain.mass for chain in chains], axis=0)
    posterior = UnseenPosterior(table.n, grid, mass / mass.sum(), np.zeros(1), np.full(1, -2.0))
    graph_prob = np.mean([chain.graph_prob for chain in chains], axis=0)
    return ImpossibleAverage(
        weigher.graphs, graph_prob / graph_prob.sum(), posterior, agreement,
        tuple(state for chain in chains for state in chain.states), settings.delta_for(table.k),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Chain:
    """`unseen` float64[I]: n0 at each step; `mass`, `graph_prob`: means over steps; `states`: some of the steps."""

    unseen: Floats
    mass: Floats
    graph_prob: Floats
    missing: Floats
    states: tuple[State, ...]

    @classmethod
    def run(
        cls, weigher: Weigher, grid: Grid, missing: Floats, steps: int, *, rng: np.random.Generator
    ) -> _Chain:
        """Draw graph and unseen together, then cell chances, then the numbers under impossible patterns."""
        unseen, mass, graph_prob = np.empty(steps), np.zeros(len(grid.nodes)), np.zeros(len(weigher.graphs))
        states: list[State] = []
        here = weigher.weigh(missing, grid)
        for step in range(steps):
            here, missing = _jump(weigher, grid, here, missing, rng=rng)
            joint = here.joint
            by_node = joint.sum(axis=0)
            mass += by_node
            graph_prob += joint.sum(axis=1)
            node = min(int(np.searchsorted(np.cumsum(by_node), rng.random())), len(by_node) - 1)
            column = joint[:, node] / by_node[node]
            graph = min(int(np.searchsorted(np.cumsum(column), rng.random())), len(column) - 1)
            left, right = grid.edges[node], grid.edges[node + 1]
            n0 = float(max(np.round(left + (right - left) * rng.random()), weigher.settings.fewest))
            if step % max(1, steps // KEPT_STATES) == 0:
                states.append(State(graph, n0, missing))
            missing = weigher.draw_missing(graph, missing, n0, rng=rng)
            here = weigher.weigh(missing, grid)
            unseen[step] = n0
        return cls(unseen, mass / steps, graph_prob / steps, missing, tuple(states))


@dataclass(frozen=True, eq=False)
class _Weighed:
    """`joint` float64[G, g]: probability of graph and node; `log_weight` of the numbers missing, both summed out."""

    joint: Floats
    log_weight: float


def _jump(
    weigher: Weigher, grid: Grid, here: _Weighed, missing: Floats, *, rng: np.random.Generator
) -> tuple[_Weighed, Floats]:
    """A Metropolis step over the numbers missing, graph and unseen summed out: it crosses between graphs' answers."""
    scale = JUMPS[int(rng.integers(len(JUMPS)))]
    moved = np.ones(len(missing), dtype=bool)
    if rng.random() < 0.5:
        moved = np.arange(len(missing)) == rng.integers(len(missing))
    noise = np.exp(scale * rng.standard_normal(len(missing)))
    there = np.where(moved, np.floor(np.minimum((missing + 0.5) * noise, 1e12)), missing)
    odds = float((_log_chance(missing, there, scale) - _log_chance(there, missing, scale))[moved].sum())
    if not np.isfinite(odds) or (there == missing).all():
        return here, missing
    tried = weigher.weigh(there, grid)
    if np.log(rng.random()) < tried.log_weight - here.log_weight + odds:
        return tried, there
    return here, missing


def _log_chance(to: Floats, start: Floats, scale: float) -> Floats:
    """Log chance that a step from `start` lands on the whole number `to`: float64[Z]."""
    from scipy.special import log_ndtr, ndtr  # noqa: PLC0415  scipy loads on first use

    with np.errstate(divide="ignore"):
        low, high = ((np.log(end) - np.log(start + 0.5)) / scale for end in (to, to + 1.0))
        flip = low > 0  # take the tail that keeps its digits
        inside = np.where(flip, ndtr(-low) - ndtr(-high), ndtr(high) - ndtr(low))
        far = np.where(flip, log_ndtr(-low), log_ndtr(high))
        result: Floats = np.where(inside > 0, np.log(np.maximum(inside, 1e-300)), far)
    return result


class Weigher:
    """Weights of every graph at every number unseen, once the numbers under impossible patterns are given."""

    def __init__(self, table: CaptureTable, settings: GraphSettings) -> None:
        self.table, self.settings = table, settings
        self.graphs = chordal_graphs(table.k)
        self.impossible = table.structural_zero[table.structural_zero != 0].astype(np.int64)
        self.counts = table.dense().astype(np.float64)
        self.sets = np.arange(1 << table.k)
        self.total = 2.0**table.k * settings.delta_for(table.k)
        self.each = 2.0 ** (table.k - np.bitwise_count(self.sets.astype(np.uint64))) * settings.delta_for(table.k)

    @cached_property
    def signs(self) -> Floats:
        """Which margins each graph multiplies by and divides by: float64[G, 2^k]."""
        return incidence(self.graphs, slice(0, len(self.graphs)))

    @cached_property
    def margins(self) -> list[NDArray[np.int64]]:
        """For each set of lists, which cell of its margin every pattern falls into; cell 0 is «on none of them»."""
        return [np.unique(self.sets & chosen, return_inverse=True)[1].ravel() for chosen in self.sets]

    @cached_property
    def sums(self) -> tuple[Floats, NDArray[np.int64]]:
        """Matrix from counts to the cells of all margins, 0/1 float64[3^k, 2^k], and the first row of each margin."""
        sizes = [1 << int(chosen).bit_count() for chosen in self.sets]
        begin = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        matrix = np.zeros((sum(sizes), len(self.sets)))
        for chosen in self.sets:
            matrix[begin[chosen] + self.margins[chosen], self.sets] = 1.0
        return matrix, begin

    def full(self, missing: Floats) -> Floats:
        """Counts of all patterns, the unseen left out."""
        counts = self.counts.copy()
        counts[self.impossible] = missing
        return counts

    def log_weights(self, missing: Floats, unseen: Floats) -> Floats:
        """Log weight of graph g and number unseen: float64[G, g], up to a constant of the numbers missing."""
        counts = self.full(missing)
        scores = self._scores(counts, unseen)
        seen, people = counts.sum(), self.table.n + unseen
        base = log_gamma_ratio(unseen + 1.0, seen) - np.log(unseen + seen)
        base += self.settings.prior.log_density(people) + np.log(people)
        result: Floats = self.signs @ scores + base
        return result

    def weigh(self, missing: Floats, grid: Grid) -> _Weighed:
        """Graph and node together, given the numbers missing, and the log weight of those numbers themselves."""
        from scipy.special import gammaln  # noqa: PLC0415  scipy loads on first use

        weights = self.log_weights(missing, grid.nodes)
        peak = float(weights.max())
        chances = np.exp(weights - peak) * grid.widths
        whole = float(chances.sum())
        return _Weighed(chances / whole, peak + float(np.log(whole) - gammaln(missing + 1.0).sum()))

    def _scores(self, counts: Floats, unseen: Floats) -> Floats:
        """Log h of every set of lists, as in `margins.score_margin`: float64[2^k, g]."""
        from scipy.special import gammaln  # noqa: PLC0415  scipy loads on first use

        matrix, begin = self.sums
        cells = matrix @ counts
        each = np.repeat(self.each, np.diff(np.append(begin, len(cells))))
        parts = gammaln(cells + each) - gammaln(each)
        parts[begin] = -gammaln(self.each)  # the cell of the unseen stands below
        constant = gammaln(self.total) + np.add.reduceat(parts, begin)
        nobody = self.each + cells[begin]
        listed = self.total - self.each + counts.sum() - cells[begin]
        scores: Floats = constant[:, None] - log_gamma_ratio(nobody[:, None] + unseen, listed[:, None])
        scores[0] = 0.0
        return scores

    def draw_missing(self, graph: int, missing: Floats, unseen: float, *, rng: np.random.Generator) -> Floats:
        """Numbers under impossible patterns: negative binomial, given cell chances drawn under the graph."""
        counts = self.full(missing)
        counts[0] = unseen
        chances = self.draw_chances(graph, counts, rng=rng)[self.impossible]
        barred = min(float(chances.sum()), 1.0 - 1e-12)
        if barred <= 0.0:
            return np.zeros(len(self.impossible))
        people = self.table.n + unseen
        number = rng.poisson(min(rng.gamma(people) * barred / (1.0 - barred), 1e15))
        return rng.multinomial(number, chances / chances.sum()).astype(np.float64)

    def draw_chances(self, graph: int, counts: Floats, *, rng: np.random.Generator) -> Floats:
        """Chances of all 2^k patterns from their hyper-Dirichlet posterior (Dawid and Lauritzen 1993), float64[2^k]."""
        chances = np.ones(1 << self.table.k)
        for clique, separator in clique_order(tuple(int(c) for c in self.graphs.cliques[graph] if c)):
            cells = self.margins[clique]
            drawn = np.maximum(rng.gamma(np.bincount(cells, weights=counts) + self.each[clique]), 1e-300)
            below = self.margins[separator]
            first = np.zeros(len(drawn), dtype=np.int64)
            first[cells] = below  # cell of the separator that each cell of the clique lies in
            chances *= (drawn / np.bincount(first, weights=drawn)[first])[cells]
        return chances


@lru_cache(maxsize=4096)
def clique_order(cliques: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Cliques in an order with the running intersection property, each with its separator from those before.

    Prim's maximum spanning tree over shared lists gives such an order (Jensen and Jensen 1994).
    """
    left, order = list(cliques[1:]), [(cliques[0], 0)]
    while left:
        best = max(
            ((one, before & one) for one in left for before, _ in order), key=lambda pair: pair[1].bit_count()
        )
        order.append(best)
        left.remove(best[0])
    return tuple(order)


def _coarse(table: CaptureTable, settings: GraphSettings) -> Floats:
    last = min(FARTHEST * table.n, settings.prior.most - table.n)
    return log_nodes(settings.fewest, last, exact=30, per_decade=20)


def _settled(weigher: Weigher, nodes: Floats, *, rng: np.random.Generator) -> Grid:
    """A grid fine enough where the posterior is steep, at numbers missing that a first short chain visits."""
    missing, visited = np.zeros(len(weigher.impossible)), []
    for _ in range(4):
        missing = _Chain.run(weigher, grid_of(nodes), missing, WARM_UP // 4, rng=rng).missing
        visited.append(missing)
    finer, _ = refine(nodes, lambda unseen: _mixed(weigher, visited, unseen))
    return grid_of(finer)


def _mixed(weigher: Weigher, visited: Sequence[Floats], unseen: Floats) -> Floats:
    """Log density over several numbers missing together."""
    rows = []
    for missing in visited:
        weights = weigher.log_weights(missing, unseen)
        peak = weights.max(axis=0)
        line = peak + np.log(np.exp(weights - peak).sum(axis=0))
        rows.append(line - line.max())
    return np.asarray(np.logaddexp.reduce(rows, axis=0))
