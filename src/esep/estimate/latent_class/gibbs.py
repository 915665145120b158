"""The textbook Gibbs sampler over cells: slow to mix, but written from the model alone, so it can check the rest.

Source: Manrique-Vallier 2016, supplementary material; steps and their order as in the R package LCMCR. Vectorised over
independent chains, without a cap on n0.

The stick-breaking prior is not the same for every order of the classes, and plain Gibbs almost never reorders large
classes: chains stay with the order they began in, each with its own answer (on the table «duck» medians of 1188 to
1223 over a million sweeps). `label_moves` adds what is missing, exchanges of two classes' people (Papaspiliopoulos and
Roberts 2008, section 3), here with the sticks integrated out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from esep.estimate.latent_class.cells import Cells
from esep.estimate.latent_class.settings import LatentClassSettings

Floats = NDArray[np.float64]
LEAST = 1e-300


class GibbsChains:
    """`chains` independent chains: `chances` [C, J, K], `log_shares` [C, K], `alpha` [C], all changed in place."""

    def __init__(
        self,
        cells: Cells,
        settings: LatentClassSettings,
        *,
        chains: int,
        rng: np.random.Generator,
        label_moves: int = 0,
    ) -> None:
        classes = settings.classes
        self.cells, self.settings, self.rng, self.label_moves = cells, settings, rng, label_moves
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
        people = self._relabel(people)
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

    def _relabel(self, people: Floats) -> Floats:
        """Let two classes' people change places, [C, M, K], by Metropolis with chances and sticks integrated out.

        The chances do not tell the classes apart; the sticks, which do, are drawn anew afterwards.
        """
        chains, classes = len(people), people.shape[2]
        order, every = np.tile(np.arange(classes), (chains, 1)), np.arange(chains)
        members = people.sum(axis=1)
        height = self._log_sticks(members)
        for _ in range(self.label_moves):
            one, other = self.rng.integers(classes, size=(2, chains))
            moved = np.tile(np.arange(classes), (chains, 1))
            moved[every, one], moved[every, other] = other, one
            swapped = np.take_along_axis(members, moved, axis=1)
            new = self._log_sticks(swapped)
            taken = np.log(self.rng.random(chains)) < new - height
            order[taken] = np.take_along_axis(order, moved, axis=1)[taken]
            members[taken], height[taken] = swapped[taken], new[taken]
        return np.take_along_axis(people, order[:, None, :], axis=2)

    def _log_sticks(self, members: Floats) -> Floats:
        """Log probability of the class sizes in their order, given alpha, up to a constant; [C]."""
        later = members[:, ::-1].cumsum(axis=1)[:, ::-1] - members
        here, after, alpha = members[:, :-1], later[:, :-1], self.alpha[:, None]
        terms = gammaln(1.0 + here) + gammaln(alpha + after) - gammaln(1.0 + alpha + here + after)
        result: Floats = terms.sum(axis=1)
        return result

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
