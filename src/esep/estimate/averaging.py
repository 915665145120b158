"""Averaging over log-linear models by BIC: the doubt about the model goes into the interval.

Weight of a model: exp(-BIC / 2) over the models that may rank, equal prior weights. Each model's unseen is log-normal
with median exp(u) and the Wald variance of log unseen; quantiles come from the mixture's distribution function.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from esep.estimate import catalogue, complexes
from esep.estimate.histories import CaptureTable
from esep.estimate.loglinear import ModelFits
from esep.estimate.loglinear_methods import MODEL_TRUE, no_model
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import CLOSED, LINKED, Estimate

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-12
DRAWS = 4000


def weights(bic: Floats) -> Floats:
    """exp(-BIC / 2), normalised; float64[M]."""
    raw = np.exp(-(bic - bic.min()) / 2)
    return np.asarray(raw / raw.sum())


def mixture_quantile(share: float, weight: Floats, centre: Floats, spread: Floats) -> float:
    """Quantile of a mixture of normals on the log scale. weight, centre, spread: float64[M]."""
    if len(weight) == 1:
        return float(ndtri(share) * spread[0] + centre[0])
    ends = centre + ndtri(share) * spread
    low, high = float(ends.min()) - 1e-6, float(ends.max()) + 1e-6
    return float(brentq(lambda y: float(weight @ ndtr((y - centre) / spread)) - share, low, high, xtol=1e-10))


def _average(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    name = "loglinear-average"
    fits = catalogue.fitted(table)
    order = catalogue.ranking(fits)
    if not order:
        return no_model(table, fits, name=name, level=level)
    places = np.array(order)
    weight = weights(fits.bic[0, places])
    centre, spread = np.log(fits.unseen[0, places]), np.sqrt(fits.log_variance[0, places])
    kept = weight > NEGLIGIBLE
    mixture = (weight[kept] / weight[kept].sum(), centre[kept], spread[kept])
    low, middle, high = (mixture_quantile(q, *mixture) for q in ((1 - level) / 2, 0.5, (1 + level) / 2))
    return Estimate.of(
        table, method=name, point=table.n + math.exp(middle), level=level, seed=seed,
        interval=(table.n + math.exp(low), table.n + math.exp(high)),
        assumptions=(CLOSED, LINKED, MODEL_TRUE.replace("the chosen", "one of the averaged")),
        details=_details(table, fits, places, weight), draws=table.n + _draws(mixture, seed),
        diagnostics={
            "effective_models": float(1 / (weight**2).sum()),
            "excluded_models": int(len(fits.models) - len(order)),
            "models_by_status": catalogue.report(fits, [])["models_by_status"],
        },
    )  # fmt: skip


def _details(table: CaptureTable, fits: ModelFits, places: NDArray[np.int64], weight: Floats) -> dict[str, Any]:
    population = fits.population[0, places]
    mean = float(weight @ population)
    within = np.nan_to_num(fits.standard_error[0, places] ** 2)
    variance = float(weight @ (within + (population - mean) ** 2))
    top = [
        {"model": complexes.name(fits.models[p]), "weight": float(w), "point": float(fits.population[0, p])}
        for p, w in zip(places[:10], weight[:10], strict=True)
    ]
    return {
        "point_is": "median of the mixture", "mean": mean, "standard_error": math.sqrt(variance), "top_models": top,
        "interval_method": "mixture of log-normal intervals, weighted by BIC",
    }  # fmt: skip


def _draws(mixture: tuple[Floats, Floats, Floats], seed: int) -> Floats:
    """Draws of the unseen from the mixture, people."""
    weight, centre, spread = mixture
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(weight), size=DRAWS, p=weight)
    return np.asarray(np.exp(centre[chosen] + spread[chosen] * rng.standard_normal(DRAWS)))


AVERAGE = Recipe("loglinear-average", 3, 6, _average)
