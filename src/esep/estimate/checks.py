"""Diagnostics put where they belong: on the table, or on the result of the method they bear on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from esep.estimate import complexes, diagnostics, heterogeneity
from esep.estimate.graphs.checking import check_graphs
from esep.estimate.histories import CaptureTable
from esep.estimate.predictive import check_cells
from esep.estimate.results import Estimate
from esep.estimate.screening import without_empty_lists
from esep.estimate.two_lists import pairwise

MOST_LISTS = 8
"""Lists are left out in turn on tables of up to so many lists."""
RERUN_LISTS = 5
"""One person of each pattern is left out, with the whole method rerun, on tables of up to so many lists."""
NOT_RERUN = frozenset({"latent-class", "loglinear-stepwise", "loglinear-search"})
"""For latent classes one person moves less than the Monte Carlo error; the others bring the model that they chose."""

@dataclass(frozen=True, eq=False)
class Checked:
    """Results with their diagnostics, warnings in words, and what was found about the table."""

    results: tuple[Estimate, ...]
    warnings: tuple[str, ...]
    diagnostics: dict[str, Any]


def check(results: Sequence[Estimate], table: CaptureTable, *, level: float, seed: int, deep: bool) -> Checked:
    """Add the share unseen to every result; with `deep` also the influence of lists and cells, and model checks."""
    used, empty = without_empty_lists(table)
    shared = [replace(r, diagnostics={**r.diagnostics, "share_unseen": _share(r)}) for r in results]
    warnings = [f"list {name!r} holds nobody and was left out" for name in empty]
    if used.n:
        warnings += diagnostics.table_warnings(used)
    warnings += _unseen_warning(shared)
    found: dict[str, Any] = {
        "list_sizes": dict(zip(used.lists, map(int, used.list_sizes), strict=True)),
        "people_by_number_of_lists": [int(c) for c in used.n_by_size],
    }
    if used.k > 1 and used.n:
        found["pairs"] = pairwise(used)
    if deep and any(r.point is not None for r in shared):
        shared = _deep(shared, used, level=level, seed=seed)
    return Checked(tuple(_with_pairs(shared, found.get("pairs"))), tuple(warnings), found)


def _share(result: Estimate) -> float | None:
    return None if result.point is None or result.unseen is None else result.unseen / result.point


def _unseen_warning(results: Sequence[Estimate]) -> list[str]:
    proper = [r for r in results if r.role == "estimate" and r.point is not None] or results
    far = [r.method for r in proper if (_share(r) or 0) > diagnostics.MOSTLY_UNSEEN]
    return [f"more than 80 % of the people would be on no list by {', '.join(far)}: far beyond the data"] if far else []


def _deep(results: list[Estimate], table: CaptureTable, *, level: float, seed: int) -> list[Estimate]:
    slow = {"latent-class", "decomposable-graphs"} if len(table.structural_zero) else set()
    names = [r.method for r in results if r.point is not None and r.method not in slow]
    left_out: dict[str, dict[str, float | None]] = {}
    if 3 <= table.k <= MOST_LISTS:
        left_out = diagnostics.leave_one_list_out(table, names, level=level, seed=seed)
    return [_examined(r, table, left_out.get(r.method), level=level, seed=seed) for r in results]


def _examined(
    result: Estimate, table: CaptureTable, left_out: dict[str, float | None] | None, *, level: float, seed: int
) -> Estimate:
    if result.point is None:
        return result
    found: dict[str, Any] = {} if left_out is None else {"without_list": left_out}
    influence = _influence(result, table, level=level, seed=seed)
    if influence is not None:
        found["cell_influence"] = influence
    if "predictive_checks" not in result.diagnostics:
        checked = _predicted(result, table, seed=seed)
        if checked is not None:
            found["predictive_checks"] = checked
    return replace(result, diagnostics={**result.diagnostics, **found})


def _influence(result: Estimate, table: CaptureTable, *, level: float, seed: int) -> list[dict[str, Any]] | None:
    if "model" in result.details:
        return diagnostics.cell_influence(table, complexes.parse(str(result.details["model"]), table.k))
    too_slow = result.method == "decomposable-graphs" and len(table.structural_zero)
    if result.method in NOT_RERUN or table.k > RERUN_LISTS or too_slow:
        return None
    return diagnostics.influence_by_rerun(table, result.method, level=level, seed=seed)


def _predicted(result: Estimate, table: CaptureTable, *, seed: int) -> list[dict[str, Any]] | None:
    """Checks of the model behind a result; None where there is none of all patterns (two lists, Chao, coverage)."""
    if "model" in result.details:
        model = complexes.parse(str(result.details["model"]), table.k)
        return diagnostics.predictive_checks(table, [(model, 1.0)], seed=seed)
    if "top_models" in result.details:
        weighed = [(complexes.parse(row["model"], table.k), row["weight"]) for row in result.details["top_models"]]
        return diagnostics.predictive_checks(table, weighed, seed=seed)
    if result.method.startswith("heterogeneity-"):
        expected = heterogeneity.fitted_cells(table, result.method.removeprefix("heterogeneity-"))
        rng = np.random.default_rng(seed)
        return check_cells(table, rng.poisson(expected, size=(diagnostics.PREDICTIVE_TABLES, len(expected))))
    return check_graphs(table, seed=seed) if result.method == "decomposable-graphs" else None


def _with_pairs(results: list[Estimate], pairs: Any) -> list[Estimate]:
    """The pairwise table belongs to the first result that assumes the pairs to be independent."""
    if not pairs:
        return results
    places = [place for place, r in enumerate(results) if r.method in {"loglinear-independent", "petersen"}] or [0]
    results[places[0]] = replace(results[places[0]], diagnostics={**results[places[0]].diagnostics, "pairs": pairs})
    return results
