"""Several chains from dispersed starts, lengthened until they agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.estimate.convergence import Convergence, judge
from esep.estimate.latent_class.cells import Cells, start_from_prior
from esep.estimate.latent_class.chain import Chain, draw_unseen
from esep.estimate.latent_class.cost import chain_seconds
from esep.estimate.latent_class.settings import LatentClassSettings

Floats = NDArray[np.float64]
KEPT_STATES = 800


@dataclass(frozen=True, eq=False)
class Draws:
    """`unseen` float64[C, I]: n0 by chain; `heard` float64[C, I, 3]: q, p0, log likelihood; `states` float64[S, D]:
    some parameter vectors, evenly taken, for predictive checks; `convergence` of log n0.
    """

    unseen: Floats
    heard: Floats
    states: Floats
    convergence: Convergence


def log_unseen(unseen: Floats) -> Floats:
    """The scale on which convergence is judged and results are pooled: log(n0 + 1/2)."""
    result: Floats = np.log(unseen + 0.5)
    return result


def sample(
    cells: Cells,
    settings: LatentClassSettings,
    *,
    seed: np.random.SeedSequence,
    progress: Callable[[float], None] = lambda share: None,
) -> Draws:
    """Chains of `settings.draws` trajectories, doubled until settled or `most_draws` is reached."""
    *seeds, last = seed.spawn(settings.chains + 1)
    rng = np.random.default_rng(last)
    chains = [_warm(cells, settings, np.random.default_rng(one)) for one in seeds]
    progress(0.2)
    number, heard, states = settings.draws, [], []
    while True:
        traces = [chain.run(number) for chain in chains]
        heard.append(np.stack([trace.heard for trace in traces]))
        states.append(np.stack([trace.states[:: max(1, 4 * number // KEPT_STATES)] for trace in traces]))
        draws = _drawn(cells, np.concatenate(heard, axis=1), np.concatenate(states, axis=1), rng)
        done = sum(block.shape[1] for block in heard)
        progress(min(1.0, 0.2 + 0.8 * done / settings.most_draws))
        if draws.convergence.settled or not _may_double(cells, settings, done):
            progress(1.0)
            return draws
        number = done


def _warm(cells: Cells, settings: LatentClassSettings, rng: np.random.Generator) -> Chain:
    chain = Chain(cells, settings, start_from_prior(cells, settings, rng=rng), rng)
    chain.warm_up(settings.warm_up)
    return chain


def _drawn(cells: Cells, heard: Floats, states: Floats, rng: np.random.Generator) -> Draws:
    unseen = draw_unseen(heard, cells.people, rng=rng)
    flat = states.reshape(-1, states.shape[-1])
    kept = flat[np.unique(np.linspace(0, len(flat) - 1, min(len(flat), KEPT_STATES)).astype(int))]
    return Draws(unseen, heard, kept, judge(log_unseen(unseen)))


def _may_double(cells: Cells, settings: LatentClassSettings, done: int) -> bool:
    return 2 * done <= settings.most_draws and chain_seconds(cells, settings, 2 * done) <= settings.seconds
