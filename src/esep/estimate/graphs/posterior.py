"""The posterior of the number unseen on a grid, with its analytic tail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.estimate.graphs.grid import Grid

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class UnseenPosterior:
    """Probability of each number unseen.

    `mass` float64[g] on the nodes of `grid`; `tail_mass` and `tail_power` float64[G]: what lies beyond the last node,
    falling as n0 to that power. Mass and tail together are 1. The mean is left out on purpose: it is infinite whenever
    the complete graph has weight (the tail falls slower than n0^-2).
    """

    observed: int
    grid: Grid
    mass: Floats
    tail_mass: Floats
    tail_power: Floats

    @property
    def beyond(self) -> float:
        """Probability beyond the last node."""
        return float(self.tail_mass.sum())

    def cdf(self) -> Floats:
        """Probability of at most each node, float64[g]."""
        return np.cumsum(self.mass)

    def quantile(self, prob: float) -> float:
        """Smallest population N (observed and unseen) that holds `prob` of the posterior, as a whole number."""
        if not 0.0 < prob < 1.0:
            raise ValueError(f"a quantile needs a probability between 0 and 1, not {prob}")
        reached = self.cdf()
        place = int(np.searchsorted(reached, prob))
        unseen = self._in_tail(1.0 - prob) if place == len(reached) else self._inside(place, prob=prob, reached=reached)
        return self.observed + float(np.round(unseen))

    def draws(self, number: int, *, rng: np.random.Generator) -> Floats:
        """`number` independent draws of n0 (whole numbers), float64[number]."""
        uniform = rng.random(number)
        place = np.searchsorted(self.cdf(), uniform)
        inside = np.minimum(place, len(self.mass) - 1)
        left, right = self.grid.edges[inside], self.grid.edges[inside + 1]
        drawn = np.round(left + (right - left) * rng.random(number))
        for index in np.flatnonzero(place == len(self.mass)):
            drawn[index] = np.round(self._in_tail(1.0 - uniform[index]))
        people: Floats = np.maximum(drawn, 0.0)
        return people

    def _inside(self, place: int, *, prob: float, reached: Floats) -> float:
        left, right = self.grid.edges[place], self.grid.edges[place + 1]
        if right - left <= 1.0:
            return float(self.grid.nodes[place])
        before = reached[place] - self.mass[place]
        return float(left + (right - left) * (prob - before) / self.mass[place])

    def _in_tail(self, above: float) -> float:
        """Number unseen that `above` of the posterior exceeds, where it lies beyond the last node."""
        heavy = self.tail_mass > self.beyond * 1e-12
        mass, power = self.tail_mass[heavy], np.minimum(self.tail_power[heavy] + 1.0, -1e-9)
        low, high = 0.0, 700.0
        for _ in range(100):
            middle = (low + high) / 2
            if float(mass @ np.exp(power * middle)) > above:
                low = middle
            else:
                high = middle
        return float(self.grid.nodes[-1] * np.exp(min(high, 600.0)))
