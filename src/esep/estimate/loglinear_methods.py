"""Log-linear methods: independence, the best model by BIC with a profile, and with a bootstrap of the choice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate import bootstrap, catalogue, complexes, existence, loglinear
from esep.estimate.complexes import Model
from esep.estimate.histories import CaptureTable
from esep.estimate.intervals import log_interval
from esep.estimate.loglinear import ModelFits
from esep.estimate.methods import Progress, Recipe
from esep.estimate.profile import loglinear_shares, profile
from esep.estimate.results import CLOSED, EQUAL_CHANCES, LINKED, Estimate
from esep.estimate.results import INDEPENDENT as INDEPENDENT_LISTS
from esep.estimate.status import Status

MODEL_TRUE = "the chosen log-linear model holds also for people on no list"
KEPT_MODELS = 20
"""Models kept for the bootstrap: the best by BIC on the table itself."""


def estimate_model(
    table: CaptureTable, fits: ModelFits, place: int, *, name: str, level: float, details: dict[str, Any]
) -> Estimate:
    """Result of one fitted model with its profile interval."""
    status: Status = fits.status[0, place]
    assumptions = (CLOSED, LINKED, MODEL_TRUE)
    if not status.has_point:
        return Estimate.refused(
            table, method=name, status=status, level=level, details=details, assumptions=assumptions
        )
    unseen, error = float(fits.unseen[0, place]), float(fits.standard_error[0, place])
    counts = table.dense().astype(float)
    around = profile(
        loglinear_shares(counts, _standing(table, fits.models[place])), observed=table.n, start=unseen, level=level
    )
    point = table.n + unseen
    return Estimate.of(
        table, method=name, point=point, level=level, status=status, assumptions=assumptions,
        interval=(table.n + around.low, table.n + around.high),
        details={
            **catalogue.line(fits, place),
            "interval_method": "profile likelihood, given the model",
            "multinomial_point": table.n + around.point,
            "wald_interval": list(log_interval(table.n, point, error, level=level)),
            **details,
            "profile": around.curve(table.n),
        },
    )  # fmt: skip


def _standing(table: CaptureTable, model: Model) -> existence.Standing:
    seen = [int(pattern) for pattern in table.patterns]
    return existence.standing(complexes.terms(model), seen=seen, possible=loglinear.possible_cells(table))


def no_model(table: CaptureTable, fits: ModelFits, *, name: str, level: float, seed: int | None = None) -> Estimate:
    """The refusal when no model may rank: the status that most of them have."""
    commonest: Status = Counter(fits.status[0]).most_common(1)[0][0]
    status = commonest if not commonest.has_point else Status.NO_FINITE_MLE
    details = catalogue.report(fits, [])
    return Estimate.refused(table, method=name, status=status, level=level, details=details, seed=seed)


def _independent(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    fits = loglinear.fit_models(table, [complexes.independence(table.k)])
    result = estimate_model(table, fits, 0, name="loglinear-independent", level=level, details={})
    return replace(result, assumptions=(CLOSED, LINKED, INDEPENDENT_LISTS, EQUAL_CHANCES))


def _bic(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    fits = catalogue.fitted(table)
    order = catalogue.ranking(fits)
    if not order:
        return no_model(table, fits, name="loglinear-bic", level=level)
    details = {**catalogue.report(fits, order), "note": "the interval does not count the doubt about the model"}
    return estimate_model(table, fits, order[0], name="loglinear-bic", level=level, details=details)


def best_by_bic(models: tuple[Model, ...], possible: tuple[int, ...]) -> bootstrap.Analysis:
    """Analysis of many tables: N of the best model by BIC (the least N of tied ones), inf where none may rank."""

    def analysis(counts: NDArray[np.int64]) -> NDArray[np.float64]:
        fits = loglinear.fit_tables(counts, models, possible=possible)
        bic = np.where(fits.ranks, fits.bic, np.inf)
        tied = bic <= bic.min(axis=1, keepdims=True) + catalogue.TIE
        return np.asarray(np.where(tied & np.isfinite(bic), fits.population, np.inf).min(axis=1))

    return analysis


def bic_bootstrap(
    table: CaptureTable,
    *,
    level: float,
    seed: int,
    progress: Progress | None = None,
    replicates: int = bootstrap.DEFAULT_REPLICATES,
    kept: int = KEPT_MODELS,
    fix_seen: bool = True,
) -> Estimate:
    """Best model by BIC; BCa interval in which every resample chooses again among the `kept` best models.

    `fix_seen`: every resample has as many people as the table, as published (Silverman, Chan and Vincent 2024), so that
    the limits are those of their software; the doubt about the model makes up for the chance this leaves out.
    """
    name = "loglinear-bic-bootstrap"
    fits = catalogue.fitted(table)
    order = catalogue.ranking(fits)
    if not order:
        return no_model(table, fits, name=name, level=level, seed=seed)
    own = table.reorder(table.canonical_order)
    moved = np.argsort(table.canonical_order).tolist()
    models = tuple(complexes.relabel(fits.models[place], moved) for place in order[:kept])
    point = float(fits.population[0, order[0]])
    found = bootstrap.bca(
        own, best_by_bic(models, loglinear.possible_cells(own)), point=point, level=level, seed=seed,
        replicates=replicates, progress=progress, fix_seen=fix_seen,
    )  # fmt: skip
    return Estimate.of(
        table, method=name, point=point, interval=(found.low, found.high), level=level,
        status=fits.status[0, order[0]], assumptions=(CLOSED, LINKED, MODEL_TRUE), seed=seed,
        details={
            "model": complexes.name(fits.models[order[0]]),
            "interval_method": "BCa bootstrap, the choice of the model repeated", "models_kept": len(models),
            "people_seen_in_resamples": "as many as in the table" if fix_seen else "drawn",
        },
        diagnostics=bca_diagnostics(found),
    )  # fmt: skip


def bca_diagnostics(found: bootstrap.Bca) -> dict[str, Any]:
    """What to know of a bootstrap: how much of it was infinite, how skew, whether an end was cut or widened."""
    return {
        "replicates": len(found.replicates),
        "infinite_share": found.infinite_share,
        "bias_correction": found.bias,
        "acceleration": found.acceleration,
        "level_clipped": found.clipped,
        "resamples_lopsided": found.lopsided,
    }


INDEPENDENT = Recipe("loglinear-independent", 2, 12, _independent)
BIC = Recipe("loglinear-bic", 3, 6, _bic)
BIC_BOOTSTRAP = Recipe("loglinear-bic-bootstrap", 3, 6, bic_bootstrap)
