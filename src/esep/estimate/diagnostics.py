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
from esep.estimate.points import point
from esep.estimate.predictive import check_cells
from esep.estimate.screening import contained_lists, equal_lists

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
        chosen: {left: point(chosen, smaller, level=level, seed=seed) for left, smaller in rest.items()}
        for chosen in names
    }


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


def influence_by_rerun(
    table: CaptureTable, name: str, *, level: float, seed: int, top: int = 5
) -> list[dict[str, Any]]:
    """The same for a method that has no single model: rerun with one person of each pattern fewer."""
    whole = point(name, table, level=level, seed=seed)
    if whole is None:
        return []
    rows: list[dict[str, Any]] = []
    for m, people in enumerate(table.counts):
        fewer = table.counts.copy()
        fewer[m] -= 1
        one = CaptureTable.from_codes(
            table.patterns, fewer, lists=table.lists, structural_zero=table.structural_zero
        )
        number = point(name, one, level=level, seed=seed)
        rows.append(
            {
                "pattern": bits.write(int(table.patterns[m]), table.k), "people": int(people),
                "one_person": None if number is None else whole - number,
            }
        )  # fmt: skip
    rows.sort(key=lambda row: (-abs(row["one_person"]) if row["one_person"] is not None else -np.inf, row["pattern"]))
    return rows[:top]


def predictive_checks(table: CaptureTable, models: Sequence[tuple[Model, float]], *, seed: int) -> list[dict[str, Any]]:
    """Mid-p of the observed f1, f2 and pair overlaps under tables drawn from fitted models, each by its weight.

    Near 0 or 1: the model does not reproduce what was seen. Overlaps that a model fits exactly are near one half.
    """
    rng = np.random.default_rng(seed)
    weight = np.array([share for _, share in models])
    times = rng.multinomial(PREDICTIVE_TABLES, weight / weight.sum())
    drawn = [
        rng.poisson(fitted_cells(table, model), size=(number, 1 << table.k))
        for (model, _), number in zip(models, times, strict=True) if number
    ]  # fmt: skip
    return check_cells(table, np.concatenate(drawn))


def fitted_cells(table: CaptureTable, model: Model) -> Floats:
    """Expected counts of all 2^k cells under the model; entry 0 (the unseen) is 0."""
    seen = [int(pattern) for pattern in table.patterns]
    found = existence.standing(complexes.terms(model), seen=seen, possible=loglinear.possible_cells(table))
    cells = np.zeros((1, 1 << table.k), dtype=bool)
    cells[0, list(found.cells)] = True
    fit = newton.fit(table.dense()[None, :].astype(float), newton.pad_terms([found.basis]), cells)
    return np.asarray(fit.mu[0])
