"""Numbers unseen at which the posterior is worked out, and how much each stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EXACT = 200  # every whole number up to here is a node
PER_DECADE = 100
STEEPEST = 0.3  # log density may change by so much between two nodes before the gap is split
NEGLIGIBLE = 25.0  # gaps whose density is this far below the best, in nats, are left alone
ROUNDS = 14


@dataclass(frozen=True, eq=False)
class Grid:
    """`nodes` float64[g]: rising whole numbers n0. `edges` float64[g + 1]: node i stands for edges[i] to edges[i+1].

    A log grid ends at its last node, where the analytic tail begins; a grid of all whole numbers has no tail.
    """

    nodes: Floats
    edges: Floats
    has_tail: bool

    @property
    def widths(self) -> Floats:
        """How many whole numbers each node stands for."""
        return np.diff(self.edges)


def whole_grid(first: int, last: int) -> Grid:
    """Every whole number from `first` to `last`, each standing for itself: the grid of the R package dga."""
    nodes = np.arange(first, last + 1, dtype=np.float64)
    return Grid(nodes, np.arange(first - 0.5, last + 1.0), has_tail=False)


def grid_of(nodes: Floats, *, has_tail: bool = True) -> Grid:
    """Grid on the given nodes, whose last opens the tail or, under a bounded prior, is the last number there is."""
    middles = (nodes[1:] + nodes[:-1]) / 2
    last = nodes[-1] if has_tail else nodes[-1] + 0.5
    return Grid(nodes, np.concatenate([[nodes[0] - 0.5], middles, [last]]), has_tail=has_tail)


def log_nodes(first: int, last: float, *, exact: int = EXACT, per_decade: int = PER_DECADE) -> Floats:
    """Whole numbers `first` to `exact`, then `per_decade` a decade up to the first node from `last` on."""
    decades = np.log10(max(last, exact + 1.0) / exact)
    spread = exact * 10.0 ** (np.arange(1, int(np.ceil(decades * per_decade)) + 1) / per_decade)
    return np.unique(np.round(np.concatenate([np.arange(first, exact + 1.0), spread])))


def refine(nodes: Floats, log_density: Callable[[Floats], Floats]) -> tuple[Floats, Floats]:
    """Split gaps until the density changes little between neighbours wherever it matters; nodes and densities.

    Without this a table of a million people, whose posterior is narrower than a step of the log grid, would fall
    between two nodes.
    """
    heights = log_density(nodes)
    for _ in range(ROUNDS):
        fresh = _inside(nodes, heights)
        if not len(fresh):
            break
        everything = np.concatenate([nodes, fresh])
        order = np.argsort(everything)
        heights = np.concatenate([heights, log_density(fresh)])[order]
        nodes = everything[order]
    return nodes, heights


def _inside(nodes: Floats, heights: Floats) -> Floats:
    """Three new whole numbers inside every gap that matters and is too steep."""
    with np.errstate(invalid="ignore"):
        jump = np.abs(np.diff(heights))
    taller = np.maximum(heights[1:], heights[:-1])
    wide = np.diff(nodes) > 1.5
    steep = wide & (taller > heights.max() - NEGLIGIBLE) & (jump > STEEPEST)
    left, gap = nodes[:-1][steep], np.diff(nodes)[steep]
    inside = np.round(left[:, None] + gap[:, None] * np.array([0.25, 0.5, 0.75]))
    return np.setdiff1d(inside.ravel(), nodes)
