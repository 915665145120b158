"""One chain of Hamiltonian trajectories: tuned while it warms up, then left alone."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from esep.estimate.latent_class.cells import Cells
from esep.estimate.latent_class.settings import LatentClassSettings

Floats = NDArray[np.float64]

AIM = 0.8  # acceptance that the step is tuned to
LABEL_MOVES = 3
SHORT_SHARE, SHORT_FACTOR = 0.2, 0.25  # some small steps, so that no chain sits where its step is too long
FEW_PEOPLE = 30.0  # the warm-up begins as if so many people had been observed
BLOCK = 10


@dataclass
class Chain:
    """State vector `x` at inverse temperature `beta` and its tuning. Changes in place; draws come from its own `rng`.

    `lengths`: fewest and most leapfrog steps of a trajectory.
    """

    cells: Cells
    settings: LatentClassSettings
    x: Floats
    rng: np.random.Generator
    beta: float = 1.0
    step: float = 0.05
    lengths: tuple[int, int] = (20, 100)
    scale: Floats = field(default_factory=lambda: np.ones(0))

    def __post_init__(self) -> None:
        """Start with the same scale in every direction."""
        self.scale = np.ones(len(self.x))

    def run(self, number: int) -> Trace:
        """Make `number` trajectories."""
        from esep.estimate.latent_class.kernel import trajectories  # noqa: PLC0415  Numba loads on first use

        size = len(self.x)
        lengths = self.rng.integers(self.lengths[0], self.lengths[1] + 1, number)
        jitter = self.rng.uniform(0.8, 1.2, number)
        jitter[self.rng.random(number) < SHORT_SHARE] *= SHORT_FACTOR
        states, heard = np.empty((number, size)), np.empty((number, 3))
        accepted = trajectories(
            self.x, self.cells.on, self.cells.counts, self.settings.prior_numbers(), self.beta,
            self.step * jitter, self.scale, lengths, self.rng.standard_normal((number, size)),
            self.rng.random((number, 1 + 4 * LABEL_MOVES)), states, heard,
        )  # fmt: skip
        return Trace(states, heard, float(accepted))

    def adapt_step(self, accepted: float, *, haste: float) -> None:
        """Lengthen or shorten the step towards the acceptance aimed at."""
        self.step = min(max(self.step * math.exp(haste * (accepted - AIM)), 1e-7), 1.0)

    def adapt_scale(self, states: Floats) -> None:
        """Scale each direction by its spread so far, held back a little towards a small one."""
        number = len(states)
        self.scale = np.sqrt((states.var(axis=0) * number + 0.01) / (number + 5))

    def warm_up(self, number: int) -> None:
        """Tune in about `number` trajectories: a third while the data are let in, the rest in three windows."""
        full, blocks = self.beta, max(number // (3 * BLOCK), 4)
        hottest = min(1.0, FEW_PEOPLE / (self.cells.people * full)) if self.cells.people else 1.0
        for block in range(blocks):
            self.beta = full * hottest ** max(1.0 - 2.0 * block / blocks, 0.0)
            self.adapt_step(self.run(BLOCK).accepted, haste=1.0)
        self.beta = full
        for _ in range(3):
            window = self.run(max(number // 8, BLOCK))
            ratio = np.median(self.scale)
            self.adapt_scale(window.states)
            self.step = min(self.step * ratio / np.median(self.scale), 0.3)
            for _ in range(6):
                self.adapt_step(self.run(max(number // 64, BLOCK)).accepted, haste=1.5)


@dataclass(frozen=True, eq=False)
class Trace:
    """What a run saw: `states` float64[I, D]; `heard` float64[I, 3] = q, p0, log likelihood; mean acceptance."""

    states: Floats
    heard: Floats
    accepted: float


def unseen_odds(heard: Floats) -> Floats:
    """Expected unseen for each person observed, p0 / q."""
    odds: Floats = heard[..., 1] / heard[..., 0]
    return odds


def draw_unseen(heard: Floats, people: float, *, rng: np.random.Generator) -> Floats:
    """Draws of n0 given the parameters: Poisson(Gamma(n) p0 / q), the negative binomial of the prior 1/N.

    No cap: above 1e15 the Poisson spread no longer shows in a float64 and its mean stands for it.
    """
    mean = rng.standard_gamma(people, size=heard.shape[:-1]) * unseen_odds(heard)
    mean = np.minimum(np.nan_to_num(mean, nan=0.0, posinf=1e300), 1e300)
    small = mean < 1e15
    drawn = rng.poisson(np.where(small, mean, 0.0)).astype(np.float64)
    return np.where(small, drawn, np.round(mean))
