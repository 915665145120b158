"""Averaging over graphs on eight lists and more: several walks, lengthened until they agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate.convergence import Convergence, judge
from esep.estimate.graphs.averaging import GraphSettings
from esep.estimate.graphs.grid import Grid, grid_of, log_nodes, refine
from esep.estimate.graphs.posterior import UnseenPosterior
from esep.estimate.graphs.walk import GraphState, MarginScores, Walk, climb, scatter, walk
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import Progress
from esep.estimate.prior_influence import size_is_open, too_few_shared
from esep.estimate.results import CLOSED, LINKED, Estimate
from esep.estimate.status import Status

Floats = NDArray[np.float64]

CHAINS = 4
STEPS, MOST_STEPS = 4000, 32000
FARTHEST = 1e5  # last node of the grid, in people observed
DRAWS = 4000
ASSUMPTIONS = (
    CLOSED,
    LINKED,
    "the dependence between lists is one of the decomposable graphs, each equally likely beforehand",
    "everyone has some chance to be on a list; people differ only as far as the graph lets lists depend on each other",
)


@dataclass(frozen=True, eq=False)
class WalkedAverage:
    """Posterior from the walks together, the walks themselves and whether they agree."""

    unseen: UnseenPosterior
    walks: tuple[Walk, ...]
    convergence: Convergence


def walk_estimate(
    table: CaptureTable,
    same: CaptureTable,
    settings: GraphSettings,
    *,
    level: float,
    seed: int,
    progress: Progress | None,
) -> Estimate:
    """Estimate on `table`, worked out on `same`: the same people, lists in an order that names do not change."""
    found = average_by_walking(same, settings, seed=seed, progress=progress)
    low, middle, high = (found.unseen.quantile(q) for q in ((1 - level) / 2, 0.5, (1 + level) / 2))
    status = Status.OK if found.convergence.settled else Status.NOT_CONVERGED
    open_end = size_is_open(table.n + found.unseen.grid.nodes, found.unseen.mass)
    if status is Status.OK and (open_end or too_few_shared(table)):
        status = Status.PRIOR_DRIVEN
    return Estimate.of(
        table,
        method="decomposable-graphs",
        point=middle,
        interval=(low, high),
        level=level,
        status=status,
        assumptions=ASSUMPTIONS,
        details={"delta": settings.delta_for(same.k), "searched": True, **_describe(found, same)},
        diagnostics={
            "r_hat": found.convergence.r_hat, "ess_bulk": found.convergence.bulk, "ess_tail": found.convergence.tail,
            "walks": len(found.walks),
        },
        seed=seed,
        draws=table.n + found.unseen.draws(DRAWS, rng=np.random.default_rng([seed, 1])),
    )  # fmt: skip


def average_by_walking(
    table: CaptureTable, settings: GraphSettings, *, seed: int, progress: Progress | None = None
) -> WalkedAverage:
    """Walks from the best graph that climbing finds, the empty graph and two random ones."""
    seeds = np.random.SeedSequence(seed).spawn(CHAINS)
    rngs = [np.random.default_rng(one) for one in seeds]
    scores = MarginScores(table, settings, settle_grid(table, settings))
    states = [GraphState.empty(scores) for _ in range(CHAINS)]
    climb(states[0])
    for state, rng in zip(states[2:], rngs[2:], strict=True):
        scatter(state, rng=rng)
    steps = STEPS
    while True:
        for state, rng in zip(states, rngs, strict=True):
            walk(state, steps // 4, rng=rng)
        walks = tuple(walk(state, steps, rng=rng) for state, rng in zip(states, rngs, strict=True))
        agreement = judge(np.log(np.stack([one.unseen for one in walks]) + 0.5))
        found = WalkedAverage(_posterior(walks, scores), walks, agreement)
        if progress is not None:
            progress("walking over graphs", min(1.0, steps / MOST_STEPS))
        if found.convergence.settled or steps >= MOST_STEPS:
            return found
        steps *= 2


def settle_grid(table: CaptureTable, settings: GraphSettings) -> Grid:
    """A log grid, finer where the best graph's posterior is steep."""
    last = min(FARTHEST * table.n, settings.prior.most - table.n)
    coarse = log_nodes(settings.fewest, last, exact=30, per_decade=25)
    scores = MarginScores(table, settings, grid_of(coarse))
    best = GraphState.empty(scores)
    climb(best)
    edges = best.edges()
    nodes, _ = refine(coarse, lambda unseen: _weights_of(table, settings, unseen, edges))
    return grid_of(np.union1d(nodes, log_nodes(settings.fewest, last, exact=100, per_decade=50)))


def _weights_of(
    table: CaptureTable, settings: GraphSettings, unseen: Floats, edges: tuple[tuple[int, int], ...]
) -> Floats:
    """Log weights of the graph with these edges at other numbers unseen; edges are set in an order that stays legal."""
    state = GraphState.empty(MarginScores(table, settings, Grid(unseen, np.arange(len(unseen) + 1.0), has_tail=False)))
    left = list(edges)
    while left:
        pair = next((pair for pair in left if state.may_flip(pair)), None)
        if pair is None:
            break
        state.flip(pair, state.flipped_weights(pair), 0.0)
        left.remove(pair)
    return state.log_weights


def _posterior(walks: tuple[Walk, ...], scores: MarginScores) -> UnseenPosterior:
    mass = np.mean([one.mass for one in walks], axis=0)
    return UnseenPosterior(scores.table.n, scores.grid, mass, np.zeros(1), np.full(1, -2.0))


def _describe(found: WalkedAverage, table: CaptureTable) -> Mapping[str, Any]:
    names = table.lists
    share = np.mean([one.edge_share for one in found.walks], axis=0)
    share = share + share.T
    order = sorted(range(table.k), key=lambda j: names[j])
    edges = [
        {"lists": [names[i], names[j]], "prob": float(min(share[i, j], 1.0))}
        for place, i in enumerate(order)
        for j in order[place + 1 :]
    ]
    seen = {graph for one in found.walks for graph in one.graphs}
    return {"edge_prob": edges, "graphs_visited": len(seen), "last_node": float(found.unseen.grid.nodes[-1])}
