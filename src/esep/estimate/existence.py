"""Whether a log-linear model has a finite best fit, and whether that fit says anything about people on no list.

All of it depends on the *zero pattern* of the table alone, not on the counts, so answers are memoised on it: within
a bootstrap most resamples share a few patterns. Sources: Fienberg & Rinaldo 2012 (existence, facial sets), Chan,
Silverman & Vincent 2021 (terms at minus infinity).

1. Terms whose overlap is empty are set to minus infinity, and the cells they cover leave the table («extended»).
2. The fit exists when no direction of the remaining terms leaves every seen cell alone and lowers empty cells only.
   Otherwise the cells that such a direction lowers leave too, and what is left is the facial set.
3. The number of unseen is exp(u of the empty set); it is estimable when the unit vector of that term lies in the row
   space of the design on the cells that are left, even where other terms are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog, nnls

from esep.estimate.status import Status

Floats = NDArray[np.float64]
RANK_TOLERANCE = 1e-12
"""Relative, on the eigenvalues of A'A: A is 0/1, so that sums of A'A are exact and small values stand apart."""
SMALL = 1e-9


@dataclass(frozen=True)
class Standing:
    """What a model can do on a zero pattern.

    `terms`: those that stay finite, empty set first; `cells`: the cells the fit speaks of, ascending (never 0 among
    them). `basis`: terms that span what is fitted there, fewer than `terms` when some are not identified.
    """

    status: Status
    terms: tuple[int, ...]
    cells: tuple[int, ...]
    basis: tuple[int, ...]

    @property
    def ranks(self) -> bool:
        """Whether the model may stand in a ranking by AIC or BIC (facial rescues are shown, not ranked)."""
        return self.status in {Status.OK, Status.OK_EXTENDED}


def standing(terms: Sequence[int], *, seen: Sequence[int], possible: Sequence[int]) -> Standing:
    """Standing of a model. `seen`: cells with people; `possible`: cells that could have people (0 not among them)."""
    kept, cells = extended(terms, seen=seen, possible=possible)
    return _standing(kept, frozenset(seen), cells, len(kept) < len(terms))


def extended(
    terms: Sequence[int], *, seen: Sequence[int], possible: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Terms with a non-empty overlap, and the cells that hold no other term."""
    wanted = np.asarray(terms, dtype=np.int64)
    met = ((np.asarray(seen, dtype=np.int64)[:, None] & wanted) == wanted).any(axis=0)
    kept, gone = tuple(wanted[met].tolist()), wanted[~met]
    if not len(gone):
        return kept, tuple(possible)
    cells = np.asarray(possible, dtype=np.int64)
    return kept, tuple(cells[((cells[:, None] & gone) != gone).all(axis=1)].tolist())


@lru_cache(maxsize=200_000)
def _standing(kept: tuple[int, ...], seen: frozenset[int], cells: tuple[int, ...], is_extended: bool) -> Standing:
    positive = np.fromiter((cell in seen for cell in cells), dtype=bool, count=len(cells))
    found = face_of(design(kept, cells), positive)
    left = tuple(cell for cell, stays in zip(cells, found.cells, strict=True) if stays)
    status = Status.OK_EXTENDED if found.status is Status.OK and is_extended else found.status
    return Standing(status, kept, left, tuple(kept[column] for column in found.columns))


@dataclass(frozen=True, eq=False)
class Face:
    """Standing of any design: `cells`, bool, those in the facial set; `columns` that span the fit there."""

    status: Status
    cells: NDArray[np.bool_]
    columns: tuple[int, ...]


def face_of(matrix: Floats, positive: NDArray[np.bool_]) -> Face:
    """Steps 2 and 3 for a design whose first column is the intercept. `positive`: bool, cells with people."""
    every = tuple(range(matrix.shape[1]))
    if not positive.any():
        return Face(Status.NO_FINITE_MLE, positive, ())
    if _rank(matrix[positive]) == len(every):
        return Face(Status.OK, np.ones(len(matrix), dtype=bool), every)
    falling = _falling(matrix, positive)
    face = matrix[~falling]
    full = _rank(face) == len(every)
    if not falling.any() and full:
        return Face(Status.OK, ~falling, every)
    if not _estimable(face):
        return Face(Status.NO_FINITE_MLE if falling.any() else Status.NOT_IDENTIFIED, ~falling, ())
    return Face(Status.OK_FACIAL, ~falling, every if full else _spanning(face))


def design(terms: Sequence[int], cells: Sequence[int] | NDArray[np.int64]) -> Floats:
    """A[x, S] = 1 when the term S is part of the cell x."""
    wanted = np.asarray(terms, dtype=np.int64)
    return np.asarray(((np.asarray(cells, dtype=np.int64)[:, None] & wanted) == wanted).astype(float))


def _rank(matrix: Floats) -> int:
    if not matrix.size:
        return 0
    sizes = np.linalg.eigvalsh(matrix.T @ matrix)
    return int((sizes > RANK_TOLERANCE * sizes[-1]).sum())


def _null_space(matrix: Floats) -> Floats:
    """Columns that `matrix` sends to zero."""
    sizes, vectors = np.linalg.eigh(matrix.T @ matrix)
    return np.asarray(vectors[:, sizes <= RANK_TOLERANCE * sizes[-1]])


def _falling(matrix: Floats, positive: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells that some direction lowers while it moves no seen cell and raises none: outside the facial set.

    By Stiemke's alternative such a direction exists unless a strictly positive y has rows' y = 0. Least squares over
    y >= 1 decides it and, where y fails, its residual is the direction; the cells it lowers leave, and the rest is
    asked again, because adding the first direction often enough makes up for what a later one raises there. Where the
    residual is too small to trust, the linear program decides.
    """
    directions = _null_space(matrix[positive])
    falling = np.zeros(len(matrix), dtype=bool)
    moves = matrix[~positive] @ directions
    left = np.flatnonzero(~positive)[(np.abs(moves) > SMALL).any(axis=1)]
    while len(left):
        rows = matrix[left] @ directions
        down = _lowered(rows)
        falling[left[down]] = True
        left = left[~down & (np.abs(rows) > SMALL).any(axis=1)] if down.any() else left[:0]
    return falling


def _lowered(rows: Floats) -> NDArray[np.bool_]:
    """Rows that one direction (or all of them, by the linear program) lowers without raising another."""
    if rows.shape[1] == 1:
        same = bool((rows >= -SMALL).all() or (rows <= SMALL).all())
        return np.asarray((np.abs(rows[:, 0]) > SMALL) & same)
    try:
        least, _ = nnls(rows.T, -rows.sum(axis=0))
    except RuntimeError:  # too many rounds: leave it to the linear program
        return lowered_by_program(rows)
    residual = rows.T @ (1 + least)
    size = float(np.linalg.norm(residual))
    if size < SMALL:
        return np.zeros(len(rows), dtype=bool)
    height = rows @ residual / size
    if size < 1e-4 or height.min() < -1e-6:
        return lowered_by_program(rows)
    return np.asarray(height > 1e-6)


def lowered_by_program(rows: Floats) -> NDArray[np.bool_]:
    """All rows that can be lowered, by one linear program: maximise sum z, 0 <= z <= 1, z <= -(rows d).

    The sum of two such directions lowers the rows of both, so at the optimum z is 1 exactly on them.
    """
    bound, free = rows.shape
    found = linprog(
        np.concatenate([np.zeros(free), -np.ones(bound)]),
        A_ub=np.hstack([rows, np.eye(bound)]),
        b_ub=np.zeros(bound),
        bounds=[(None, None)] * free + [(0, 1)] * bound,
        method="highs",
    )
    return np.asarray(found.x[free:] > 0.5)


def _estimable(face: Floats) -> bool:
    """Whether the first unit vector lies in the row space, so that the number of unseen follows from the fit."""
    if not len(face):
        return False
    null = _null_space(face)
    return not null.size or bool((np.abs(null[0]) < 1e-7).all())


def _spanning(face: Floats) -> tuple[int, ...]:
    """Columns, chosen in order, that span all columns of the face."""
    chosen: list[int] = []
    for column in range(face.shape[1]):
        if _rank(face[:, [*chosen, column]]) == len(chosen) + 1:
            chosen.append(column)
    return tuple(chosen)
