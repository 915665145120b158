"""Tempered chains: copies of the sampler at flatter targets, which cross between answers and hand states down.

Copy t targets prior x likelihood^beta_t, beta from 1 down to where about twenty people count. Neighbours exchange
states by Metropolis; the betas are spaced so that every pair exchanges about equally often (Syed, Bouchard-Cote,
Deligiannidis and Doucet 2022, JRSS B 84, section 5).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.estimate.convergence import Convergence, effective, judge, split
from esep.estimate.latent_class.cells import Cells, start_from_prior
from esep.estimate.latent_class.chain import Chain, draw_unseen
from esep.estimate.latent_class.cost import ladder_seconds
from esep.estimate.latent_class.sampling import log_unseen
from esep.estimate.latent_class.settings import LatentClassSettings

Floats = NDArray[np.float64]

HOTTEST_PEOPLE = 20.0
LENGTHS = (10, 40)
RESPACINGS = 4
MOST_ROUNDS = 4000


@dataclass(frozen=True, eq=False)
class Tempered:
    """`unseen` float64[E, I]: n0 at beta = 1 in each of E independent ladders; `heard` and `states` as in `Draws`."""

    unseen: Floats
    heard: Floats
    states: Floats
    convergence: Convergence
    temperatures: int


def temper(cells: Cells, settings: LatentClassSettings, *, rounds: int, seed: np.random.SeedSequence) -> Tempered:
    """Run `settings.ladders` independent ladders of `rounds` kept rounds each (as many again to settle in)."""
    *seeds, last = seed.spawn(settings.ladders + 1)
    runs = [_Ladder(cells, settings, np.random.default_rng(one)).run(rounds) for one in seeds]
    heard = np.stack([run[0] for run in runs])
    states = np.concatenate([run[1][:: max(1, rounds // 200)] for run in runs])
    unseen = draw_unseen(heard, cells.people, rng=np.random.default_rng(last))
    return Tempered(unseen, heard, states, judge(log_unseen(unseen)), ladder_length(cells))


def ladder_length(cells: Cells) -> int:
    """Number of temperatures: more for more people, because the likelihood is steeper."""
    return int(np.clip(round(2.2 * math.log(max(cells.people, 21.0) / HOTTEST_PEOPLE) + 4), 5, 20))


def may_double(cells: Cells, settings: LatentClassSettings, rounds: int) -> bool:
    """Whether ladders of twice so many rounds are still worth their time."""
    steps, temperatures = sum(LENGTHS) // 2, ladder_length(cells)
    cost = ladder_seconds(cells, settings, rounds=2 * rounds, temperatures=temperatures, steps=steps)
    return 2 * rounds <= MOST_ROUNDS and cost <= settings.seconds


def share_error(inside: NDArray[np.bool_]) -> float:
    """Standard error of the share of draws inside a region: the larger of between-ladder and within-ladder error."""
    shares = inside.mean(axis=1)
    between = shares.std(ddof=1) / math.sqrt(len(shares))
    share = float(shares.mean())
    within = math.sqrt(share * (1 - share) / max(effective(split(inside.astype(float))), 1.0))
    return max(float(between), within)


class _Ladder:
    """One ladder of chains, hottest last."""

    def __init__(self, cells: Cells, settings: LatentClassSettings, rng: np.random.Generator) -> None:
        hottest = min(1.0, HOTTEST_PEOPLE / max(cells.people, 1.0))
        betas = np.exp(np.linspace(0.0, math.log(hottest), ladder_length(cells)))
        starts = [start_from_prior(cells, settings, rng=rng) for _ in betas]
        self.rng = rng
        self.chains = [
            Chain(cells, settings, x, rng, beta=float(beta), lengths=LENGTHS)
            for x, beta in zip(starts, betas, strict=True)
        ]
        self.heard = np.zeros((len(betas), 3))
        self.accepted, self.tried = np.zeros(len(betas) - 1), np.zeros(len(betas) - 1)

    def run(self, rounds: int) -> tuple[Floats, Floats]:
        """Settle in, then keep what the coldest chain hears in each of `rounds` rounds."""
        for chain in self.chains:
            chain.warm_up(240)
        for part in range(RESPACINGS):
            for turn in range(max(rounds // RESPACINGS, 1)):
                self._round(turn, tune=True)
            if part < RESPACINGS - 1:
                self._respace()
        cold = self.chains[0]
        heard, states = np.empty((rounds, 3)), np.empty((rounds, len(cold.x)))
        for turn in range(rounds):
            self._round(turn, tune=False)
            heard[turn], states[turn] = self.heard[0], cold.x
        return heard, states

    def _round(self, turn: int, *, tune: bool) -> None:
        for place, chain in enumerate(self.chains):
            trace = chain.run(1)
            self.heard[place] = trace.heard[0]
            if tune:
                chain.adapt_step(trace.accepted, haste=0.1)
        for place in range(turn % 2, len(self.chains) - 1, 2):
            self._exchange(place)

    def _exchange(self, place: int) -> None:
        """Let two neighbours exchange states with the Metropolis probability."""
        cold, hot = self.chains[place], self.chains[place + 1]
        gain = (cold.beta - hot.beta) * (self.heard[place + 1, 2] - self.heard[place, 2])
        chance = math.exp(min(0.0, gain))
        self.accepted[place] += chance
        self.tried[place] += 1
        if self.rng.random() < chance:
            cold.x, hot.x = hot.x, cold.x
            self.heard[[place, place + 1]] = self.heard[[place + 1, place]]

    def _respace(self) -> None:
        """Move the betas so that rejections are spread evenly."""
        refused = np.maximum(1.0 - self.accepted / np.maximum(self.tried, 1.0), 0.02)
        passed = np.concatenate([[0.0], np.cumsum(refused)])
        logs = np.log([chain.beta for chain in self.chains])
        steps = np.log([chain.step for chain in self.chains])
        moved = np.interp(np.linspace(0.0, passed[-1], len(logs)), passed, logs)
        for chain, beta, step in zip(self.chains, moved, np.interp(-moved, -logs, steps), strict=True):
            chain.beta, chain.step = float(math.exp(beta)), float(math.exp(step))
        self.accepted[:], self.tried[:] = 0.0, 0.0
