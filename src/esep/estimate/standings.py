"""Existence of many models on one zero pattern at once.

Almost always the seen cells alone already determine all terms that are met; that is a rank, found for all models of
a batch from one superset sum (the same trick as in `newton`). Only the models left over are asked one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from esep.estimate import complexes, existence, newton
from esep.estimate.complexes import Model
from esep.estimate.existence import RANK_TOLERANCE
from esep.estimate.status import Status

_BATCH = 4096


@dataclass(frozen=True, eq=False)
class Standings:
    """M models. `terms`: int16[M, P], what is fitted, -1 at the end; `cells`: bool[M, 2^k]; `finite`: terms fitted."""

    terms: NDArray[np.int16]
    cells: NDArray[np.bool_]
    status: NDArray[np.object_]
    finite: NDArray[np.int64]


@lru_cache(maxsize=64)
def standings(seen: tuple[int, ...], models: tuple[Model, ...], *, possible: tuple[int, ...], width: int) -> Standings:
    """Standing of every model. seen, possible: cells (never 0) with people, and that could have some; width: 2^k."""
    parts = [
        _some(models[start : start + _BATCH], seen, possible=possible, width=width)
        for start in range(0, len(models), _BATCH)
    ]
    longest = max(part.terms.shape[1] for part in parts)
    padded = [np.pad(p.terms, ((0, 0), (0, longest - p.terms.shape[1])), constant_values=-1) for p in parts]
    return Standings(
        np.concatenate(padded),
        np.concatenate([part.cells for part in parts]),
        np.concatenate([part.status for part in parts]),
        np.concatenate([part.finite for part in parts]),
    )


def _some(models: tuple[Model, ...], seen: tuple[int, ...], *, possible: tuple[int, ...], width: int) -> Standings:
    terms = newton.pad_terms([complexes.terms(model) for model in models])
    there, met, full = _ranks(terms, seen, width)
    gone = np.zeros((len(models), width))
    np.add.at(gone, (np.arange(len(models))[:, None], np.where(there, terms, 0)), (there & ~met).astype(float))
    cells = np.zeros(width, dtype=bool)
    cells[list(possible)] = True
    compact = np.take_along_axis(np.where(met, terms, -1), np.argsort(~met, axis=1, kind="stable"), axis=1)
    status = np.empty(len(models), dtype=object)
    status[:] = Status.OK
    status[(there & ~met).any(axis=1)] = Status.OK_EXTENDED
    result = Standings(
        compact.astype(np.int16), cells & (newton.subset_sums(gone) == 0), status, met.sum(axis=1).astype(np.int64)
    )
    for row in np.flatnonzero(~full):
        _ask(result, int(row), models[row], seen, possible)
    return result


def _ranks(
    terms: NDArray[np.int64], seen: tuple[int, ...], width: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """(M, P) which entries are terms and which of them are met by seen cells; (M,) whether those have full rank."""
    indicator = np.zeros(width)
    indicator[list(seen)] = 1
    sums = newton.superset_sums(indicator)
    there = terms >= 0
    slot = np.where(there, terms, 0)
    met = there & (sums[slot] > 0)
    gram = np.where(met[:, :, None] & met[:, None, :], sums[slot[:, :, None] | slot[:, None, :]], 0.0)
    np.einsum("bii->bi", gram)[~met] = 1.0
    sizes = np.linalg.eigvalsh(gram)
    return there, met, np.asarray(sizes[:, 0] > RANK_TOLERANCE * sizes[:, -1])


def _ask(result: Standings, row: int, model: Model, seen: tuple[int, ...], possible: tuple[int, ...]) -> None:
    found = existence.standing(complexes.terms(model), seen=seen, possible=possible)
    result.terms[row] = -1
    result.terms[row, : len(found.basis)] = found.basis
    result.cells[row] = False
    result.cells[row, list(found.cells)] = True
    result.status[row], result.finite[row] = found.status, len(found.basis)
