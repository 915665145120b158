"""All models of a table, fitted once: what is enumerated for how many lists, and the ranking by BIC."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

import numpy as np

from esep.estimate import complexes, loglinear
from esep.estimate.complexes import Model
from esep.estimate.histories import CaptureTable
from esep.estimate.loglinear import ModelFits

ORDER = {2: 1, 3: 2, 4: 3, 5: 2, 6: 2}
"""Largest term enumerated by number of lists: everything up to four lists, pairs at five and six."""


TIE = 1e-7
"""Models whose BIC differ by less are tied."""


def models_for(k: int) -> tuple[Model, ...]:
    """The models that are tried on k lists (2 to 6)."""
    return complexes.all_models(k, max_order=ORDER[k])


def fitted(table: CaptureTable) -> ModelFits:
    """Every model of `models_for` on the table; (1, M). Kept for the last few tables, as several methods ask."""
    return _fitted(table.k, table.dense().tobytes(), tuple(map(int, table.structural_zero)))


@lru_cache(maxsize=4)
def _fitted(k: int, counts: bytes, structural_zero: tuple[int, ...]) -> ModelFits:
    cells = np.frombuffer(counts, dtype=np.int64)
    possible = tuple(cell for cell in range(1, 1 << k) if cell not in set(structural_zero))
    return loglinear.fit_tables(cells[None, :], models_for(k), possible=possible)


def ranking(fits: ModelFits, *, row: int = 0) -> list[int]:
    """Places of the models that may rank, best BIC first; ties by the smaller N, then by name.

    N before the name, because names change with the order of the lists and the answer must not.
    """
    places = np.flatnonzero(fits.ranks[row])
    bic = np.round(fits.bic[row, places] / TIE)
    people = np.round(fits.population[row, places], 6)
    order = places[np.lexsort((people, bic))]
    same = Counter(zip(bic.tolist(), people.tolist(), strict=True))
    if max(same.values(), default=1) == 1:
        return [int(place) for place in order]
    keys = {p: (b, n) for p, b, n in zip(places.tolist(), bic.tolist(), people.tolist(), strict=True)}
    named = {p: complexes.name(fits.models[p]) if same[key] > 1 else "" for p, key in keys.items()}
    return sorted(keys, key=lambda p: (*keys[p], named[p]))


def report(fits: ModelFits, order: list[int], *, top: int = 10) -> dict[str, Any]:
    """What to print of a ranking: the first models, how many stand outside it and why, facial rescues beside it."""
    statuses = Counter(status.value for status in fits.status[0])
    facial = [place for place in np.flatnonzero(fits.status[0] == "ok-facial")][:top]
    return {
        "models": len(fits.models),
        "models_by_status": dict(sorted(statuses.items())),
        "best_models": [line(fits, place) for place in order[:top]],
        "facial_models": [line(fits, int(place)) for place in facial],
    }


def line(fits: ModelFits, place: int, *, row: int = 0) -> dict[str, Any]:
    """One fitted model as plain values."""
    return {
        "model": complexes.name(fits.models[place]),
        "status": fits.status[row, place].value,
        "point": float(fits.population[row, place]),
        "standard_error": float(fits.standard_error[row, place]),
        "deviance": float(fits.deviance[row, place]),
        "aic": float(fits.aic[row, place]),
        "bic": float(fits.bic[row, place]),
    }
