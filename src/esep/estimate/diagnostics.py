"""What to look at before believing an estimate: overlaps, influence of lists and cells, checks against the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate import bits, complexes, existence, loglinear, newton
from esep.estimate.bootstrap import one_fewer
from esep.estimate.complexes import Model
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import method
from esep.estimate.newton import superset_sums
from esep.estimate.screening import contained_lists, equal_lists
from esep.estimate.stepwise import choose

Floats = NDArray[np.float64]

FEW_SHARED = 5
MOSTLY_UNSEEN = 0.8
PREDICTIVE_TABLES = 2000


def table_warnings(table: CaptureTable) -> list[str]:
    """What is worth saying about the lists before any method ran."""
    found = [f"lists {one!r} and {other!r} hold exactly the same people" for one, other in equal_lists(table)]
    for j, name in enumerate(table.lists):
        shared = int(table.counts[table.on(j) & (table.sizes > 1)].sum())
        if shared < FEW_SHARED:
            found.append(f"list {name!r} shares only {shared} people with all other lists together")
    for inner, outer in contained_lists(table):
        found.append(f"everyone on list {inner!r} is also on {outer!r}: it may be taken from it, not a second witness")
    return found


def leave_one_list_out(
    table: CaptureTable, names: Sequence[str], *, level: float, seed: int
) -> dict[str, dict[str, float | None]]:
    """For each method and list the N without that list: {method: {list: N or None}}. People only on it fall out."""
    rest = {name: table.select([other for other in table.lists if other != name]) for name in table.lists}
    return {
        chosen: {left: _point(chosen, smaller, level=level, seed=seed) for left, smaller in rest.items()}
        for chosen in names
    }


def _point(name: str, table: CaptureTable, *, level: float, seed: int) -> float | None:
    chosen = method(name)
    if not chosen.min_lists <= table.k <= chosen.max_lists or table.n == 0:
        return None
    if name == "loglinear-stepwise":  # its bootstrap is not needed here
        number = float(choose(table.dense()[None, :], table.k, possible=loglinear.possible_cells(table)).population[0])
        return number if np.isfinite(number) else None
    return chosen.run(table, level=level, seed=seed, progress=None).point


def cell_influence(table: CaptureTable, model: Model, *, top: int = 5) -> list[dict[str, Any]]:
    """Patterns whose people move the model's N most: `one_person` = N minus N with one person of the pattern fewer."""
    whole = float(loglinear.fit_models(table, [model]).population[0, 0])
    fits = loglinear.fit_tables(one_fewer(table), [model], possible=loglinear.possible_cells(table))
    moved = whole - fits.population[:, 0]
    order = np.argsort(-np.where(np.isfinite(moved), np.abs(moved), np.inf), kind="stable")[:top]
    return [
        {
            "pattern": bits.write(int(table.patterns[m]), table.k), "people": int(table.counts[m]),
            "one_person": float(moved[m]) if np.isfinite(moved[m]) else None,
        }
        for m in order
    ]  # fmt: skip


def predictive_checks(table: CaptureTable, model: Model, *, seed: int) -> list[dict[str, Any]]:
    """Mid-p of the observed f1, f2 and pair overlaps under tables drawn from the fitted model.

    Near 0 or 1: the model does not reproduce what was seen. Overlaps that the model fits exactly are near one half.
    """
    counts = table.dense().astype(float)
    expected = fitted_cells(table, model)
    drawn = np.random.default_rng(seed).poisson(expected, size=(PREDICTIVE_TABLES, len(expected))).astype(float)
    sizes = np.bitwise_count(np.arange(len(expected), dtype=np.uint64))
    checks = [("people on exactly one list", drawn[:, sizes == 1].sum(1), counts[sizes == 1].sum())]
    checks.append(("people on exactly two lists", drawn[:, sizes == 2].sum(1), counts[sizes == 2].sum()))
    overlaps, seen = superset_sums(drawn), superset_sums(counts[None, :])[0]
    for pair in complexes.subsets_of_size(table.k, 2):
        i, j = (place for place in range(table.k) if pair >> place & 1)
        checks.append((f"on both {table.lists[i]!r} and {table.lists[j]!r}", overlaps[:, pair], seen[pair]))
    return [
        {"what": what, "observed": float(value), "p": float((draws > value).mean() + (draws == value).mean() / 2)}
        for what, draws, value in checks
    ]


def fitted_cells(table: CaptureTable, model: Model) -> Floats:
    """Expected counts of all 2^k cells under the model; entry 0 (the unseen) is 0."""
    seen = [int(pattern) for pattern in table.patterns]
    found = existence.standing(complexes.terms(model), seen=seen, possible=loglinear.possible_cells(table))
    cells = np.zeros((1, 1 << table.k), dtype=bool)
    cells[0, list(found.cells)] = True
    fit = newton.fit(table.dense()[None, :].astype(float), newton.pad_terms([found.basis]), cells)
    return np.asarray(fit.mu[0])
