"""The textbook Gibbs sampler over cells: slow to mix, but written from the model alone, so it can check the rest.

Source: Manrique-Vallier 2016, supplementary material; steps and their order as in the R package LCMCR. Vectorised over
independent chains, without a cap on n0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from esep.estimate.latent_class.cells import Cells
from esep.estimate.latent_class.settings import LatentClassSettings

Floats = NDArray[np.float64]
LEAST = 1e-300


class GibbsChains:
    """`chains` independent chains: `chances` [C, J, K], `log_shares` [C, K], `alpha` [C], all changed in place."""

    def __init__(
        self, cells: Cells, settings: LatentClassSettings, *, chains: int, rng: np.random.Generator
    ) -> None:
        classes = settings.classes
        self.cells, self.settings, self.rng = cells, settings, rng
        self.chances = rng.beta(*settings.chance_prior, size=(chains, cells.lists, classes))
        self.log_shares = np.log(np.full((chains, classes), 1.0 / classes))
        self.alpha = np.ones(chains)
        self.unseen = np.zeros(chains)

    def sweep(self) -> Floats:
        """One sweep of every chain; the new n0, float64[C]."""
        seen = self._split(self._joint(self.cells.on[: len(self.cells.counts)]), self.cells.counts)
        nobody = np.zeros((1, self.cells.lists), np.uint8)
        hidden_rows = np.concatenate([nobody, self.cells.on[len(self.cells.counts) :]])
        joint = self._joint(hidden_rows)
        hidden = self._hidden(joint)
        self.unseen = hidden[:, 0].sum(axis=1)
        people = np.concatenate([seen, hidden], axis=1)
        on = np.concatenate([self.cells.on[: len(self.cells.counts)], hidden_rows]).astype(np.float64)
        self._draw_chances(people, on)
        self._draw_shares(people.sum(axis=1))
        return self.unseen

    def _joint(self, on: NDArray[np.uint8]) -> Floats:
        """Chance of class and pattern together, [C, M, K]."""
        with np.errstate(divide="ignore"):
            hit, miss = np.log(self.chances), np.log1p(-self.chances)
        rows = on.astype(np.float64)
        log = np.einsum("mj,cjk->cmk", rows, hit) + np.einsum("mj,cjk->cmk", 1 - rows, miss)
        joint: Floats = np.exp(log + self.log_shares[:, None, :])
        return joint

    def _split(self, joint: Floats, counts: Floats) -> Floats:
        """Share people of each pattern out among the classes, [C, M, K]."""
        prob = joint / joint.sum(axis=2, keepdims=True)
        numbers = np.broadcast_to(counts.astype(np.int64), joint.shape[:2])
        people: Floats = self.rng.multinomial(numbers, prob).astype(np.float64)
        return people

    def _hidden(self, joint: Floats) -> Floats:
        """People in the cells that nobody could see: negative multinomial, [C, 1 + Z, K]; row 0 is n0."""
        share = joint.sum(axis=(1, 2))
        mean = self.rng.standard_gamma(self.cells.people, size=len(share))[:, None, None] * joint
        people: Floats = self.rng.poisson(mean / np.maximum(1.0 - share, LEAST)[:, None, None]).astype(np.float64)
        return people

    def _draw_chances(self, people: Floats, on: Floats) -> None:
        first, second = self.settings.chance_prior
        with_list = np.einsum("mj,cmk->cjk", on, people)
        total = people.sum(axis=1)[:, None, :]
        drawn = self.rng.beta(first + with_list, second + total - with_list)
        self.chances = np.clip(drawn, LEAST, 1 - 1e-15)

    def _draw_shares(self, members: Floats) -> None:
        """Stick-breaking variables from two gammas, so that log(1 - V) keeps its digits; then alpha."""
        later = members[:, ::-1].cumsum(axis=1)[:, ::-1] - members
        one = np.maximum(self.rng.standard_gamma(1.0 + members[:, :-1]), LEAST)
        two = np.maximum(self.rng.standard_gamma(self.alpha[:, None] + later[:, :-1]), LEAST)
        log_rest = np.log(two) - np.log(one + two)
        log_stick = np.log(one) - np.log(one + two)
        passed = np.cumsum(log_rest, axis=1)
        zeros = np.zeros((len(members), 1))
        before = np.concatenate([zeros, passed], axis=1)
        self.log_shares = np.concatenate([log_stick, zeros], axis=1) + before
        shape = self.settings.alpha_shape + self.settings.classes - 1
        self.alpha = self.rng.standard_gamma(shape, size=len(members)) / (self.settings.alpha_rate - passed[:, -1])
