"""Coverage by simulation: would this method's interval hold the true number if its own answer were true?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from esep.errors import EstimateError
from esep.estimate import complexes, loglinear
from esep.estimate.complexes import Model
from esep.estimate.diagnostics import fitted_cells
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import Progress, method


@dataclass(frozen=True)
class Coverage:
    """`covered` of `tables` intervals held `population`; `unanswered`: tables for which there was no interval."""

    method: str
    model: str
    population: int
    tables: int
    covered: int
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
        return {**self.__dict__, "share": self.share, "error": self.error}


def simulate_coverage(
    table: CaptureTable,
    name: str,
    *,
    model: str | None = None,
    tables: int = 200,
    level: float = 0.95,
    seed: int = 20111216,
    progress: Progress | None = None,
) -> Coverage:
    """Draw tables from a log-linear model fitted to `table` (independence unless named), rerun the method on each."""
    chosen: Model = complexes.parse(model, table.k) if model else complexes.independence(table.k)
    fits = loglinear.fit_models(table, [chosen])
    if not fits.status[0, 0].has_point:
        raise EstimateError(
            f"model {complexes.name(chosen)} has no finite fit ({fits.status[0, 0].value})", hint="name another model"
        )
    truth = round(float(fits.population[0, 0]))
    shares = np.append(fitted_cells(table, chosen)[1:], fits.unseen[0, 0])
    rng = np.random.default_rng(seed)
    covered = unanswered = 0
    for number in range(tables):
        drawn = rng.multinomial(truth, shares / shares.sum())[:-1]
        copy = CaptureTable.from_codes(np.arange(1, 1 << table.k), drawn, lists=table.lists)
        result = method(name).run(copy, level=level, seed=seed + number, progress=None)
        if result.low is None:
            unanswered += 1
        else:
            covered += result.low <= truth and (result.high is None or truth <= result.high)
        if progress is not None:
            progress("simulating", (number + 1) / tables)
    return Coverage(name, complexes.name(chosen), truth, tables, int(covered), unanswered, level)
