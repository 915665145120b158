"""A capture table as the sampler wants it, and where chains begin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.estimate.histories import CaptureTable
from esep.estimate.latent_class.settings import LatentClassSettings

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cells:
    """`on` uint8[M + Z, J]: seen patterns, then impossible ones. `counts` float64[M]."""

    on: NDArray[np.uint8]
    counts: Floats

    @property
    def lists(self) -> int:
        """J, the number of lists."""
        return int(self.on.shape[1])

    @property
    def people(self) -> float:
        """People observed."""
        return float(self.counts.sum())


def cells_of(table: CaptureTable) -> Cells:
    """Cells of the table, impossible patterns behind the seen ones (without the all-zero pattern)."""
    impossible = table.structural_zero[table.structural_zero != 0]
    patterns = np.concatenate([table.patterns, impossible])
    lists = np.arange(table.k, dtype=np.uint64)
    on = (patterns[:, None] >> lists & np.uint64(1)).astype(np.uint8)
    return Cells(np.ascontiguousarray(on), table.counts.astype(np.float64))


def start_from_prior(cells: Cells, settings: LatentClassSettings, *, rng: np.random.Generator) -> Floats:
    """A start drawn from the prior: dispersed, as R-hat needs (like-started chains agree without having mixed)."""
    chances = rng.beta(*settings.chance_prior, size=cells.lists * settings.classes)
    alpha = max(rng.gamma(settings.alpha_shape, 1 / settings.alpha_rate), 0.05)
    sticks = rng.exponential(1 / alpha, size=settings.classes - 1)
    return pack(chances, sticks)


def start_by_list(cells: Cells, settings: LatentClassSettings, *, high: float) -> Floats:
    """A start with one class a list, which nearly only that list finds: few unseen, the opposite of one class."""
    chances = np.full((cells.lists, settings.classes), 0.02)
    sizes = cells.counts @ cells.on[: len(cells.counts)]
    order = np.argsort(-sizes, kind="stable")[: settings.classes]
    chances[order, np.arange(len(order))] = high
    shares = np.full(settings.classes, 0.01)
    shares[: len(order)] += sizes[order] / sizes.sum()
    left = shares[::-1].cumsum()[::-1]
    return pack(chances.ravel(), -np.log1p(-shares[:-1] / left[:-1]))


def pack(chances: Floats, sticks: Floats) -> Floats:
    """State vector from chances (J * K, class varies fastest) and e_h = -log(1 - V_h) (K - 1)."""
    safe = np.clip(chances, 1e-12, 1 - 1e-12)
    return np.concatenate([np.log(safe) - np.log1p(-safe), np.log(np.maximum(sticks, 1e-300))])


def unpack(states: Floats, lists: int) -> tuple[Floats, Floats]:
    """Chances [S, J, K] and class shares [S, K] of state vectors [S, D]."""
    classes = (states.shape[1] + 1) // (lists + 1)
    chances = 1.0 / (1.0 + np.exp(-states[:, : lists * classes])).reshape(-1, lists, classes)
    sticks = np.exp(np.minimum(states[:, lists * classes :], 600.0))
    passed = np.cumsum(sticks, axis=1)
    before = np.concatenate([np.zeros((len(states), 1)), passed[:, :-1]], axis=1)
    shares = -np.expm1(-sticks) * np.exp(-before)
    return chances, np.concatenate([shares, np.exp(-passed[:, -1:])], axis=1)
