"""More lists than can be enumerated: a beam search by BIC over models that differ in one term.

From the best models found so far every term that could go in and every one that could go out is tried. The result is
called «searched», never «the best of all».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from esep.estimate import catalogue, complexes, loglinear
from esep.estimate.complexes import Model
from esep.estimate.histories import CaptureTable
from esep.estimate.loglinear_methods import estimate_model, no_model
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import Estimate

BEAM = 4
"""Models whose neighbours are tried in each round."""
MAX_ORDER = 2
MAX_ROUNDS = 60


@dataclass(frozen=True)
class Found:
    """`models`: tried models that may rank, best BIC first; `tried`: how many were fitted; `rounds` until no gain."""

    models: tuple[Model, ...]
    tried: int
    rounds: int


def neighbours(model: Model, k: int, *, max_order: int = MAX_ORDER) -> list[Model]:
    """Models with one term more (of at most `max_order` lists) or one pair or larger term less."""
    wanted = [term for size in range(2, max_order + 1) for term in complexes.subsets_of_size(k, size)]
    more = [model | 1 << term for term in wanted if complexes.can_add(model, term)]
    fewer = [model & ~(1 << term) for term in complexes.maximal_terms(model) if term.bit_count() >= 2]
    return more + fewer


def beam_search(
    table: CaptureTable, *, beam: int = BEAM, max_order: int = MAX_ORDER, progress: Progress | None = None
) -> Found:
    """Search from independence until a round brings no better model."""
    start = complexes.independence(table.k)
    scores = _scores(table, [start])
    front, best = [start], scores[start]
    for rounds in range(1, MAX_ROUNDS + 1):
        new = {m for model in front for m in neighbours(model, table.k, max_order=max_order)} - scores.keys()
        scores |= _scores(table, sorted(new))
        ranked = sorted(scores, key=lambda model: (scores[model], complexes.name(model)))
        front = ranked[:beam]
        if progress is not None:
            progress("searching models", rounds / MAX_ROUNDS)
        if scores[front[0]] >= best and np.isfinite(best):
            break
        best = scores[front[0]]
    return Found(tuple(m for m in ranked if np.isfinite(scores[m])), len(scores), rounds)


def _scores(table: CaptureTable, models: Sequence[Model]) -> dict[Model, float]:
    if not models:
        return {}
    fits = loglinear.fit_models(table, models)
    bic = np.where(fits.ranks[0], fits.bic[0], np.inf)
    return dict(zip(models, map(float, bic), strict=True))


def _search(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    found = beam_search(table, progress=progress)
    name = "loglinear-search"
    fits = loglinear.fit_models(table, found.models[:50] or [complexes.independence(table.k)])
    order = catalogue.ranking(fits)
    if not order:
        return no_model(table, fits, name=name, level=level)
    details = {
        **catalogue.report(fits, order), "models": found.tried, "rounds": found.rounds, "searched": True,
        "note": "searched, not enumerated; the interval does not count the doubt about the model",
    }  # fmt: skip
    return estimate_model(table, fits, order[0], name=name, level=level, details=details)


SEARCH = Recipe("loglinear-search", 3, 12, _search)
