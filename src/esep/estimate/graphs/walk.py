"""A Metropolis walk over chordal graphs, for more lists than can be enumerated; n0 is summed out at every step.

Single edges are joined or cut where the graph stays chordal (Giudici and Green 1999, Biometrika 86, section 3): an edge
may be cut when the lists that both ends share are all joined, and set when those shared lists separate the two ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from esep.estimate.graphs.averaging import GraphSettings
from esep.estimate.graphs.grid import Grid
from esep.estimate.graphs.margins import base_score, score_margin
from esep.estimate.histories import CaptureTable

Floats = NDArray[np.float64]
Pair = tuple[int, int]
MOST_KEPT = 6000  # margin scores kept in memory, each one float64 a node


@dataclass
class MarginScores:
    """Scores of sets of lists on a grid, worked out when first asked for."""

    table: CaptureTable
    settings: GraphSettings
    grid: Grid
    known: dict[int, Floats] = field(default_factory=dict)

    def of(self, chosen: int) -> Floats | float:
        """Score of the set at every node; 0 for the empty set."""
        if not chosen:
            return 0.0
        if chosen not in self.known:
            if len(self.known) >= MOST_KEPT:
                self.known.clear()
            score = score_margin(self.table, chosen, delta=self.settings.delta_for(self.table.k))
            self.known[chosen] = score.at(self.grid.nodes)
        return self.known[chosen]

    def of_empty_graph(self) -> Floats:
        """Log weight of the graph without edges at every node."""
        total = base_score(self.table, self.grid.nodes, prior=self.settings.prior)
        for member in range(self.table.k):
            total = total + self.of(1 << member)
        return total


@dataclass
class GraphState:
    """One chordal graph: `neighbours` bit sets, and its log weight at every node of the grid."""

    scores: MarginScores
    neighbours: list[int]
    log_weights: Floats
    log_marginal: float

    @classmethod
    def empty(cls, scores: MarginScores) -> GraphState:
        """The graph without edges."""
        weights = scores.of_empty_graph()
        return cls(scores, [0] * scores.table.k, weights, _log_sum(weights, scores.grid))

    def joined(self, pair: Pair) -> bool:
        """Whether the two lists are joined."""
        return bool(self.neighbours[pair[0]] >> pair[1] & 1)

    def may_flip(self, pair: Pair) -> bool:
        """Whether joining or cutting the pair leaves a chordal graph."""
        first, second = pair
        shared = self.neighbours[first] & self.neighbours[second]
        if self.joined(pair):
            return all(not shared & ~(self.neighbours[j] | 1 << j) for j in members(shared))
        return not self._reaches(first, second, avoiding=shared)

    def flipped_weights(self, pair: Pair) -> Floats:
        """Log weights after the flip, which must be a legal one."""
        first, second = pair
        shared = self.neighbours[first] & self.neighbours[second]
        one, other = 1 << first, 1 << second
        gain = (
            self.scores.of(shared | one | other) + self.scores.of(shared)
            - self.scores.of(shared | one) - self.scores.of(shared | other)
        )  # fmt: skip
        return self.log_weights - gain if self.joined(pair) else self.log_weights + gain

    def flip(self, pair: Pair, weights: Floats, log_marginal: float) -> None:
        """Join or cut the pair."""
        first, second = pair
        self.neighbours[first] ^= 1 << second
        self.neighbours[second] ^= 1 << first
        self.log_weights, self.log_marginal = weights, log_marginal

    def edges(self) -> tuple[Pair, ...]:
        """Joined pairs in order."""
        return tuple((i, j) for i in range(len(self.neighbours)) for j in members(self.neighbours[i]) if i < j)

    def _reaches(self, start: int, goal: int, *, avoiding: int) -> bool:
        reached, front = 1 << start, 1 << start
        while front:
            spread = 0
            for member in members(front):
                spread |= self.neighbours[member]
            front = spread & ~reached & ~avoiding
            reached |= front
            if front >> goal & 1:
                return True
        return False


@dataclass(frozen=True, eq=False)
class Walk:
    """What one chain saw: `unseen` float64[I] a draw of n0 at each step; `mass` float64[g] mean posterior on the grid;
    `edge_share` float64[k, k]; `graphs` share of the steps at each graph.
    """

    unseen: Floats
    mass: Floats
    edge_share: Floats
    graphs: dict[tuple[Pair, ...], float]


def walk(state: GraphState, steps: int, *, rng: np.random.Generator) -> Walk:
    """`steps` Metropolis steps from `state`, which is moved."""
    lists, grid = state.scores.table.k, state.scores.grid
    firsts, chances = rng.integers(lists, size=(steps, 2)), np.log(rng.random(steps))
    uniform, unseen = rng.random(steps), np.empty(steps)
    total, edge_share = np.zeros(len(grid.nodes)), np.zeros((lists, lists))
    graphs: dict[tuple[Pair, ...], float] = {}
    mass, arrived = _mass(state), 0
    reached = np.cumsum(mass)
    for step in range(steps):
        pair = (int(firsts[step, 0]), int(firsts[step, 1]))
        if pair[0] != pair[1] and state.may_flip(pair):
            weights = state.flipped_weights(pair)
            marginal = _log_sum(weights, grid)
            if chances[step] < marginal - state.log_marginal:
                _stay(state, mass, step - arrived, total=total, edge_share=edge_share, graphs=graphs)
                state.flip(pair, weights, marginal)
                mass, arrived = _mass(state), step
                reached = np.cumsum(mass)
        unseen[step] = grid.nodes[min(int(np.searchsorted(reached, uniform[step])), len(reached) - 1)]
    _stay(state, mass, steps - arrived, total=total, edge_share=edge_share, graphs=graphs)
    return Walk(unseen, total / steps, edge_share / steps, {key: time / steps for key, time in graphs.items()})


def climb(state: GraphState) -> None:
    """Flip the best edge until none improves the graph."""
    pairs = [(i, j) for j in range(len(state.neighbours)) for i in range(j)]
    while True:
        tries = [(pair, state.flipped_weights(pair)) for pair in pairs if state.may_flip(pair)]
        scored = [(_log_sum(weights, state.scores.grid), pair, weights) for pair, weights in tries]
        best = max(scored, key=lambda row: row[0])
        if best[0] <= state.log_marginal + 1e-9:
            return
        state.flip(best[1], best[2], best[0])


def scatter(state: GraphState, *, rng: np.random.Generator) -> None:
    """Flip many legal edges at random, whatever they cost: a dispersed start."""
    lists = len(state.neighbours)
    for first, second in rng.integers(lists, size=(3 * lists * lists, 2)):
        pair = (int(first), int(second))
        if first != second and state.may_flip(pair):
            weights = state.flipped_weights(pair)
            state.flip(pair, weights, _log_sum(weights, state.scores.grid))


def members(chosen: int) -> Sequence[int]:
    """Lists in a bit set."""
    return [j for j in range(chosen.bit_length()) if chosen >> j & 1]


def _stay(
    state: GraphState, mass: Floats, steps: int, *, total: Floats, edge_share: Floats,
    graphs: dict[tuple[Pair, ...], float],
) -> None:  # fmt: skip
    edges = state.edges()
    total += steps * mass
    graphs[edges] = graphs.get(edges, 0.0) + steps
    for first, second in edges:
        edge_share[first, second] += steps


def _mass(state: GraphState) -> Floats:
    weights = np.exp(state.log_weights - state.log_weights.max()) * state.scores.grid.widths
    result: Floats = weights / weights.sum()
    return result


def _log_sum(weights: Floats, grid: Grid) -> float:
    peak = float(weights.max())
    return peak + float(np.log(np.exp(weights - peak) @ grid.widths))
