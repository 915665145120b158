"""Linear programs over atoms: can figures all be true, and what do they leave for a scope?

Unknowns are numbers of people, one for each cell and each label in it. The programs are solved by HiGHS (Huangfu and
Hall 2018) through SciPy over the reals. Figures are whole numbers, so range ends are rounded inwards; containment and
parts that share nobody give matrices whose corners are whole in the shapes that occur in practice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.counts.atoms import Atoms, label_within
from esep.counts.scopes import World

SLACK = 1e-6
"""People; far below one and far above the solver's tolerance."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """At least `low` and at most `high` people (None: open) in the region at position `region` of its atoms."""

    region: int
    low: int
    high: int | None


@dataclass(frozen=True)
class Program:
    """The linear program of one set of atoms."""

    atoms: Atoms
    world: World

    @cached_property
    def _numbers(self) -> dict[tuple[int, frozenset[tuple[str, str]]], int]:
        """Position of the unknown of each cell and label; the empty label is everybody in the cell."""
        keys: dict[tuple[int, frozenset[tuple[str, str]]], int] = {}
        for cell in range(self.atoms.inside.shape[1]):
            held = [self.atoms.labels[r] for r in np.flatnonzero(self.atoms.inside[:, cell])]
            for label in dict.fromkeys([frozenset(), *held]):
                keys[cell, label] = len(keys)
        return keys

    @cached_property
    def counts(self) -> Any:
        """Sparse matrix that turns unknowns into the number of people of each region."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - heavy, loaded on first use

        pairs = [(r, c) for r, c in np.argwhere(self.atoms.inside).tolist()]
        rows = [r for r, _ in pairs]
        columns = [self._numbers[c, self.atoms.labels[r]] for r, c in pairs]
        shape = (len(self.atoms.regions), max(len(self._numbers), 1))
        return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)

    @cached_property
    def order(self) -> Any:
        """Sparse matrix of the rows «label a minus label b is not above 0» for every a that lies in b."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - heavy, loaded on first use

        by_cell: dict[int, list[frozenset[tuple[str, str]]]] = {}
        for cell, label in self._numbers:
            by_cell.setdefault(cell, []).append(label)
        entries = [
            (self._numbers[cell, a], self._numbers[cell, b])
            for cell, labels in by_cell.items()
            for a in labels
            for b in labels
            if a != b and label_within(a, b, self.world)
        ]
        rows = np.repeat(np.arange(len(entries)), 2)
        columns = np.array(entries, dtype=int).ravel()
        signs = np.tile([1.0, -1.0], len(entries))
        return csr_array((signs, (rows, columns)), shape=(len(entries), max(len(self._numbers), 1)))

    def clash(self, figures: Sequence[Figure]) -> NDArray[np.bool_]:
        """Which two figures cannot both be true: the low end of a part lies above the high end of what holds it."""
        where = np.array([f.region for f in figures], dtype=int)
        low = np.array([f.low for f in figures], dtype=float)
        high = np.array([np.inf if f.high is None else f.high for f in figures])
        over = self.atoms.within[np.ix_(where, where)] & (low[:, None] > high[None, :])
        return np.asarray(over | over.T)

    def is_possible(self, figures: Sequence[Figure]) -> bool:
        """Can all these figures be true at once?"""
        tight = tightest(figures)
        nobody = ~np.asarray(self.atoms.inside.any(axis=1))
        if any(end.is_low and nobody[end.region] for end in tight):
            return False
        if all(end.is_low for end in tight):
            return True
        return self.solution(None, tight) is not None

    def witnesses(self, figures: Sequence[Figure]) -> list[int]:
        """Positions of some figures that already cannot all be true; empty where all can be.

        All figures may be missed by one common number of people, which is made as small as can be. The prices of
        the figures at that optimum are a corner of the alternative polyhedron, and such corners are minimal
        conflicting sets of rows (Gleeson and Ryan 1990).
        """
        from scipy.optimize import linprog  # noqa: PLC0415 - heavy, loaded on first use
        from scipy.sparse import csr_array, hstack, vstack  # noqa: PLC0415 - heavy, loaded on first use

        tight = tightest(figures)
        signs = np.array([-1.0 if end.is_low else 1.0 for end in tight])
        ordered = self.order.shape[0]
        counts = self.counts[[end.region for end in tight]].multiply(signs[:, None])
        missed = csr_array(np.concatenate([np.zeros(ordered), -np.ones(len(tight))])[:, None])
        rows = hstack([vstack([self.order, counts]), missed], format="csr")
        limits = np.concatenate([np.zeros(ordered), signs * np.array([float(end.number) for end in tight])])
        costs = np.append(np.zeros(self.counts.shape[1]), 1.0)
        found = linprog(costs, A_ub=rows, b_ub=limits, bounds=(0, None), method="highs", options={"presolve": False})
        if found.fun is None or found.fun <= SLACK:
            return []
        prices = np.asarray(found.ineqlin.marginals)[ordered:]
        return sorted({tight[i].owner for i in np.flatnonzero(np.abs(prices) > SLACK)})

    def narrowed(self, figures: Sequence[Figure]) -> tuple[Program, list[Figure]]:
        """A program of the regions of these figures alone, with the figures in it: possible in both or in neither."""
        regions = sorted({figure.region for figure in figures})
        place = {region: i for i, region in enumerate(regions)}
        return Program(self.atoms.of(regions), self.world), [replace(f, region=place[f.region]) for f in figures]

    @cached_property
    def _rows(self) -> Any:
        """The order of labels, then one row a region."""
        from scipy.sparse import vstack  # noqa: PLC0415 - heavy, loaded on first use

        return vstack([self.order, self.counts], format="csc")

    def solution(self, costs: Floats | None, ends: Sequence[End]) -> Floats | None:
        """Numbers of all unknowns with the smallest `costs` under these ends; None where there are none, or no limit.

        Without costs any numbers that fit.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy, loaded on first use

        rows = self._rows
        least, most = np.full(rows.shape[0], -np.inf), np.full(rows.shape[0], np.inf)
        ordered = self.order.shape[0]
        most[:ordered] = 0.0
        for end in ends:
            (least if end.is_low else most)[ordered + end.region] = end.number
        goal = np.zeros(rows.shape[1]) if costs is None else costs
        # milp without integrality is a linear program, and takes rows with two ends as they are; without presolve
        # 2,000 agreeing tolls over 300 scopes take 2.9 and not 3.6 s of processor time
        limits = LinearConstraint(rows, least, most)
        found = milp(goal, constraints=limits, bounds=Bounds(0, np.inf), options={"presolve": False})
        return np.asarray(found.x) if found.status == 0 else None


@dataclass(frozen=True, slots=True)
class End:
    """One end of a figure: the row it makes and the figure it comes from."""

    region: int
    number: int
    is_low: bool
    owner: int


def tightest(figures: Sequence[Figure]) -> list[End]:
    """For each region the highest low end and the lowest high end; the others follow from these."""
    best: dict[tuple[int, bool], End] = {}
    for owner, figure in enumerate(figures):
        low = best.get((figure.region, True))
        if figure.low > (low.number if low else 0):
            best[figure.region, True] = End(figure.region, figure.low, True, owner)
        high = best.get((figure.region, False))
        if figure.high is not None and (high is None or figure.high < high.number):
            best[figure.region, False] = End(figure.region, figure.high, False, owner)
    return [best[key] for key in sorted(best)]
