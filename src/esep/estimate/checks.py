"""Diagnostics put where they belong: on the table, or on the result of the method they bear on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from esep.estimate import complexes, diagnostics
from esep.estimate.histories import CaptureTable
from esep.estimate.results import Estimate
from esep.estimate.screening import without_empty_lists
from esep.estimate.two_lists import pairwise

NOT_LEFT_OUT = ("bootstrap", "latent")
"""Methods with these words in their name are not rerun without each list: the same point elsewhere, or too slow."""
MOST_LISTS = 8


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
    far = [r.method for r in results if (_share(r) or 0) > diagnostics.MOSTLY_UNSEEN and r.role == "estimate"]
    return [f"more than 80 % of the people would be on no list by {', '.join(far)}: far beyond the data"] if far else []


def _deep(results: list[Estimate], table: CaptureTable, *, level: float, seed: int) -> list[Estimate]:
    names = [r.method for r in results if r.point is not None and not any(word in r.method for word in NOT_LEFT_OUT)]
    left_out = {}
    if 3 <= table.k <= MOST_LISTS:
        left_out = diagnostics.leave_one_list_out(table, names, level=level, seed=seed)
    return [_with_model(_with_left_out(r, left_out), table, seed=seed) for r in results]


def _with_left_out(result: Estimate, left_out: dict[str, dict[str, float | None]]) -> Estimate:
    if result.method not in left_out:
        return result
    return replace(result, diagnostics={**result.diagnostics, "without_list": left_out[result.method]})


def _with_model(result: Estimate, table: CaptureTable, *, seed: int) -> Estimate:
    if result.point is None or "model" not in result.details or "bootstrap" in result.method:
        return result
    model = complexes.parse(str(result.details["model"]), table.k)
    found = {
        "cell_influence": diagnostics.cell_influence(table, model),
        "predictive_checks": diagnostics.predictive_checks(table, model, seed=seed),
    }
    return replace(result, diagnostics={**result.diagnostics, **found})


def _with_pairs(results: list[Estimate], pairs: Any) -> list[Estimate]:
    """The pairwise table belongs to the first result that assumes the pairs to be independent."""
    if not pairs:
        return results
    places = [place for place, r in enumerate(results) if r.method in {"loglinear-independent", "petersen"}] or [0]
    results[places[0]] = replace(results[places[0]], diagnostics={**results[places[0]].diagnostics, "pairs": pairs})
    return results
