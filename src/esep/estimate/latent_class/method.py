"""The method «latent-class»: chains, a tempered cross-check, scouts for other answers, one result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate.convergence import quantile_error
from esep.estimate.histories import CaptureTable
from esep.estimate.latent_class.cells import Cells, cells_of, unpack
from esep.estimate.latent_class.cost import chain_seconds
from esep.estimate.latent_class.identification import kinds_told_apart
from esep.estimate.latent_class.modes import BetterFit, Hill, find_hills, log_population, scout
from esep.estimate.latent_class.sampling import Draws, log_unseen, sample
from esep.estimate.latent_class.settings import LatentClassSettings
from esep.estimate.latent_class.tempering import Tempered, may_double, share_error, temper
from esep.estimate.methods import Progress, Recipe
from esep.estimate.predictive import check_prediction
from esep.estimate.prior_influence import size_is_open
from esep.estimate.results import CLOSED, LINKED, Estimate
from esep.estimate.status import Status

Floats = NDArray[np.float64]

ASSUMPTIONS = (
    CLOSED,
    LINKED,
    "people fall into a few unknown kinds; within a kind, being on one list changes nothing about being on another",
)
NAME = "latent-class"
FEWEST_SHARED = 5  # people on two lists or more, below which the prior gives the answer
KEPT_DRAWS = 4000
ROUNDS = 200
MOST_TEMPERED = 1e7  # people above whom neighbouring temperatures would not exchange
SHARE_ERROR = 0.0125  # two runs then agree within 0.05 but for chance below one in two hundred


@dataclass(frozen=True)
class LatentClassEstimator:
    """Bayesian latent classes with a stick-breaking prior (Manrique-Vallier 2016); no upper cap on the unseen."""

    settings: LatentClassSettings = field(default_factory=LatentClassSettings)

    def __call__(self, table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
        """Median and central interval of N; no point where the chains have not settled."""
        same = table.reorder(table.canonical_order)
        cells = cells_of(same)
        needed = chain_seconds(cells, self.settings, self.settings.draws)
        if needed > 5 * self.settings.seconds:
            details = {"cpu_seconds_needed": round(needed), "cpu_seconds_allowed": 5 * self.settings.seconds}
            return Estimate.refused(
                table, method=NAME, status=Status.TOO_MANY_LISTS, level=level, assumptions=ASSUMPTIONS, details=details
            )
        settings = self.settings if _shared(table) >= FEWEST_SHARED else _only_chains(self.settings)
        found = explore(cells, settings, seed=seed, progress=progress)
        population = table.n + found.unseen
        ends = np.quantile(population, [(1 - level) / 2, 0.5, (1 + level) / 2])
        return Estimate.of(
            table,
            method=NAME,
            point=float(ends[1]),
            interval=(float(ends[0]), float(ends[2])),
            level=level,
            status=_status(found, table),
            assumptions=ASSUMPTIONS,
            details={"kinds_told_apart": kinds_told_apart(table.k), **_details(found, settings, observed=table.n)},
            diagnostics=_diagnostics(found, same, seed=seed),
            seed=seed,
            draws=_thin(population),
        )


LATENT_CLASS = Recipe(NAME, 3, 63, LatentClassEstimator())


@dataclass(frozen=True, eq=False)
class Exploration:
    """Everything one run found. `unseen` float64[C, I] are the draws to be used."""

    chains: Draws
    tempered: Tempered | None
    hills: list[Hill]
    better: list[BetterFit]
    other_classes: Mapping[int, Draws]

    @property
    def used(self) -> Draws | Tempered:
        """The tempered draws where there are several hills or the chains alone do not settle."""
        if self.tempered is not None and (len(self.hills) > 1 or not self.chains.convergence.settled):
            return self.tempered
        return self.chains

    @property
    def unseen(self) -> Floats:
        """Draws of n0, chains x draws."""
        return self.used.unseen


def explore(cells: Cells, settings: LatentClassSettings, *, seed: int, progress: Progress | None = None) -> Exploration:
    """Chains, then ladders lengthened until the shares of the hills are known, scouts, and other numbers of classes."""
    main, tempering, scouting, *others = np.random.SeedSequence(seed).spawn(3 + len(settings.sensitivity))
    tell = _teller(progress)
    chains = sample(cells, settings, seed=main, progress=lambda share: tell("chains", 0.5 * share))
    tempered, hills = _temper_until_known(cells, settings, chains=chains, seed=tempering)
    tell("tempered chains", 0.8)
    better = scout(cells, settings, heard=chains.heard.reshape(-1, 3), seed=scouting)
    swings = {}
    for classes, one in zip(settings.sensitivity, others, strict=True):
        lean = replace(settings, classes=classes, chains=2, draws=500, most_draws=500, warm_up=400)
        swings[classes] = sample(cells, lean, seed=one)
    tell("other numbers of classes", 1.0)
    return Exploration(chains, tempered, hills, better, swings)


def _temper_until_known(
    cells: Cells, settings: LatentClassSettings, *, chains: Draws, seed: np.random.SeedSequence
) -> tuple[Tempered | None, list[Hill]]:
    """A look with two ladders; where it or the chains give cause, all ladders, twice as long until shares are known."""
    if settings.ladders < 2 or cells.people > MOST_TEMPERED:
        return None, find_hills(log_population(chains.unseen, cells.people))
    rounds = ROUNDS
    tempered = temper(cells, replace(settings, ladders=2), rounds=rounds, seed=seed)
    hills = find_hills(log_population(tempered.unseen, cells.people))
    while len(hills) > 1 or not chains.convergence.settled:
        errors = [share_error(_inside(tempered.unseen, hill, cells.people)) for hill in hills]
        known = max(errors) <= SHARE_ERROR and tempered.convergence.settled
        if known or not may_double(cells, settings, rounds):
            break
        rounds *= 2
        tempered = temper(cells, settings, rounds=rounds, seed=seed)
        hills = find_hills(log_population(tempered.unseen, cells.people))
    return tempered, hills


def _inside(unseen: Floats, hill: Hill, people: float) -> NDArray[np.bool_]:
    values = log_population(unseen, people)
    inside: NDArray[np.bool_] = (values > hill.low) & (values <= hill.high)
    return inside


def _agree(found: Exploration) -> bool:
    """Whether chains and ladders give the same median, within four of their joint Monte Carlo errors."""
    if found.tempered is None:
        return True
    one, two = log_unseen(found.chains.unseen), log_unseen(found.tempered.unseen)
    error = np.hypot(quantile_error(one, 0.5), quantile_error(two, 0.5))
    return bool(abs(np.median(one) - np.median(two)) <= 4 * error + 1e-9)


def _status(found: Exploration, table: CaptureTable) -> Status:
    several = len(found.hills) > 1
    if several and found.tempered is not None:
        errors = [share_error(_inside(found.tempered.unseen, hill, table.n)) for hill in found.hills]
        if max(errors) > SHARE_ERROR:
            return Status.NOT_CONVERGED
    elif not found.used.convergence.settled or not _agree(found):
        return Status.NOT_CONVERGED
    if size_is_open(table.n + found.unseen.ravel()) or _shared(table) < FEWEST_SHARED:
        return Status.PRIOR_DRIVEN
    if kinds_told_apart(table.k) < 2:
        return Status.PRIOR_CHOOSES
    return Status.MULTIMODAL if several or found.better else Status.OK


def _shared(table: CaptureTable) -> int:
    return int(table.counts[table.sizes > 1].sum())


def _only_chains(settings: LatentClassSettings) -> LatentClassSettings:
    """Without the search for other answers: where the prior gives the answer anyway."""
    return replace(settings, scouts=0, ladders=0, sensitivity=())


def _details(found: Exploration, settings: LatentClassSettings, *, observed: int) -> Mapping[str, Any]:
    _, shares = unpack(found.chains.states, lists=_lists(found.chains.states, settings.classes))
    occupied = (shares > 0.5 / max(observed, 1)).sum(axis=1)
    return {
        "classes_at_most": settings.classes,
        "classes_used": float(occupied.mean()),
        "alpha_prior": [settings.alpha_shape, settings.alpha_rate],
        "chance_prior": list(settings.chance_prior),
        "quantiles": _quantiles(found.unseen, observed),
        "sensitivity_classes": [
            {"classes": classes, "settled": draws.convergence.r_hat < 1.05, **_quantiles(draws.unseen, observed)}
            for classes, draws in found.other_classes.items()
        ],
    }


def _diagnostics(found: Exploration, table: CaptureTable, *, seed: int) -> Mapping[str, Any]:
    used = found.used
    values = log_unseen(used.unseen)
    chances, shares = unpack(used.states, table.k)
    rng = np.random.default_rng([seed, 1])
    return {
        "r_hat": used.convergence.r_hat,
        "ess_bulk": used.convergence.bulk,
        "ess_tail": used.convergence.tail,
        "draws": int(values.size),
        "chains": int(values.shape[0]),
        "tempered": used is found.tempered,
        "mcse_log_unseen": {str(q): quantile_error(values, q) for q in (0.025, 0.5, 0.975)},
        "modes": _modes(found, table.n),
        "predictive_checks": check_prediction(table, chances, shares, rng=rng),
    }


def _modes(found: Exploration, observed: int) -> list[dict[str, Any]]:
    """Each answer with its population, its share of the posterior and the error of that share."""
    source = found.unseen
    rows: list[dict[str, Any]] = []
    for hill in found.hills:
        inside = _inside(source, hill, observed)
        middle = float(np.median(source[inside])) if inside.any() else float("nan")
        rows.append({"population": observed + middle, "share": float(inside.mean()), "error": share_error(inside)})
    low, high = np.quantile(source, [0.0005, 0.9995])
    for fit in found.better:
        there = source < low if fit.side == "below" else source > high
        near = there & (np.abs(log_unseen(source) - np.log(fit.unseen + 0.5)) < 0.5)
        rows.append(
            {
                "population": round(observed + fit.unseen), "share": float(near.mean()), "error": share_error(near),
                "better_fit_by": fit.gain,
                "note": "fits the lists better than the posterior's own draws; the prior leaves it aside",
            }
        )  # fmt: skip
    return rows


def _quantiles(unseen: Floats, observed: int) -> dict[str, float]:
    probs = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
    return {str(p): float(observed + q) for p, q in zip(probs, np.quantile(unseen, probs), strict=True)}


def _thin(population: Floats) -> Floats:
    """At most `KEPT_DRAWS` draws, chains side by side."""
    flat = population.ravel()
    kept: Floats = flat[np.unique(np.linspace(0, len(flat) - 1, min(len(flat), KEPT_DRAWS)).astype(int))]
    return kept


def _lists(states: Floats, classes: int) -> int:
    return int((states.shape[1] + 1) // classes - 1)


def _teller(progress: Progress | None) -> Callable[[str, float], None]:
    return progress or (lambda doing, share: None)
