"""Coverage by simulation: would this method's interval hold the true number if a fitted model were true?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.errors import EstimateError
from esep.estimate import catalogue, complexes, loglinear
from esep.estimate.complexes import Model
from esep.estimate.diagnostics import fitted_cells
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import Progress, method
from esep.estimate.printing import columns
from esep.estimate.screening import without_empty_lists

TABLES = 200


@dataclass(frozen=True)
class Coverage:
    """`covered` of `tables` intervals held `population`, `not_above` had their lower end at most there.

    The second is what a bound promises. `unanswered`: tables for which there was no interval.
    """

    method: str
    model: str
    population: int
    tables: int
    covered: int
    not_above: int
    unanswered: int
    level: float

    @property
    def share(self) -> float:
        """Share of all tables whose interval held the truth."""
        return self.covered / self.tables

    @property
    def error(self) -> float:
        """Binomial standard error of the share."""
        return math.sqrt(self.share * (1 - self.share) / self.tables)

    def json(self) -> dict[str, Any]:
        """Plain values."""
        lower = {"lower_end_share": self.not_above / self.tables}
        return {**self.__dict__, "share": self.share, "error": self.error, **lower}


def best_model(table: CaptureTable) -> Model:
    """The best log-linear model by BIC where all are tried (3 to 6 lists), else independence."""
    if not 3 <= table.k <= max(catalogue.ORDER):
        return complexes.independence(table.k)
    fits = catalogue.fitted(table)
    order = catalogue.ranking(fits)
    return fits.models[order[0]] if order else complexes.independence(table.k)


def simulate_coverage(
    table: CaptureTable,
    name: str,
    *,
    model: str | None = None,
    tables: int = TABLES,
    level: float = 0.95,
    seed: int = 20111216,
    progress: Progress | None = None,
) -> Coverage:
    """Draw tables from a log-linear model fitted to `table` (`best_model` unless named), rerun the method on each.

    Every method is asked about the same tables, so a method that assumes something else than the model shows how far
    off it would be. Raises `EstimateError` where the model has no finite fit. Cost: `tables` runs of the method.
    """
    if tables < 1:
        raise EstimateError(f"coverage cannot be simulated on {tables} tables", hint="200 give an error of 1.5 %")
    used, _ = without_empty_lists(table)
    chosen = complexes.parse(model, used.k) if model else best_model(used)
    truth, shares = _whole_population(used, chosen)
    rng = np.random.default_rng(seed)
    covered = not_above = unanswered = 0
    for number in range(tables):
        drawn = rng.multinomial(truth, shares)[:-1]
        cells = np.arange(1, 1 << used.k)[drawn > 0]
        copy = CaptureTable.from_codes(
            cells, drawn[drawn > 0], lists=used.lists, structural_zero=used.structural_zero
        )
        result = method(name).run(copy, level=level, seed=seed + number, progress=None)
        if result.low is None:
            unanswered += 1
        else:
            not_above += result.low <= truth
            covered += result.low <= truth and (result.high is None or truth <= result.high)
        if progress is not None:
            progress(f"simulating {name}", (number + 1) / tables)
    return Coverage(name, complexes.name(chosen), truth, tables, int(covered), int(not_above), unanswered, level)


def _whole_population(table: CaptureTable, model: Model) -> tuple[int, NDArray[np.float64]]:
    """People in all by the fitted model, and the share of each pattern 1 .. 2^k - 1, the unseen last."""
    fits = loglinear.fit_models(table, [model])
    if not fits.status[0, 0].has_point:
        raise EstimateError(
            f"model {complexes.name(model)} has no finite fit ({fits.status[0, 0].value})", hint="name another model"
        )
    shares = np.append(fitted_cells(table, model)[1:], fits.unseen[0, 0])
    return round(float(fits.population[0, 0])), shares / shares.sum()


def coverage_text(found: Sequence[Coverage]) -> str:
    """What came of the simulations, method by method."""
    if not found:
        return "No method gives an interval, so there is nothing to simulate.\n"
    first = found[0]
    rows = [["method", "held", "+-", "lower end not above", "no interval"]]
    rows += [
        [one.method, f"{one.share:.1%}", f"{one.error:.1%}", f"{one.not_above / one.tables:.1%}", str(one.unanswered)]
        for one in found
    ]
    return (
        f"Simulated: {first.tables} tables of {first.population:,} people drawn from the fitted model {first.model};"
        f" how often the {first.level:.0%} interval holds {first.population:,}, with its binomial error. It speaks for"
        f" the interval only as far as that model is true; a bound promises its lower end only.\n{columns(rows)}\n"
    )
