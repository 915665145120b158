"""What no method can repair, looked for before any of them runs: nobody listed, nobody shared, copied lists."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np

from esep.estimate.histories import CaptureTable
from esep.estimate.status import Status

Refusal = tuple[Status, Mapping[str, Any]]


def refusal(table: CaptureTable) -> Refusal | None:
    """The status that every method gives on this table, with what was found; None when methods may run.

    Lists that hold nobody should have been left out by `without_empty_lists`.
    """
    if table.n == 0:
        return Status.EMPTY_TABLE, {}
    if table.k < 2:
        return Status.TOO_FEW_LISTS, {"lists": table.k, "needed": 2}
    copies = equal_lists(table)
    if copies:
        return Status.EQUAL_LISTS, {"equal_lists": [list(pair) for pair in copies]}
    if (table.sizes == 1).all():
        return Status.NO_OVERLAP, {}
    holders = [table.lists[j] for j in np.flatnonzero(table.list_sizes == table.n)]
    if holders:
        return Status.EVERYONE_ON_ONE_LIST, {"lists_with_everyone": holders}
    return None


def without_empty_lists(table: CaptureTable) -> tuple[CaptureTable, tuple[str, ...]]:
    """The table without lists that hold nobody, and their names."""
    empty = tuple(name for name, size in zip(table.lists, table.list_sizes, strict=True) if size == 0)
    kept = [name for name in table.lists if name not in empty]
    return (table.select(kept), empty) if empty and kept else (table, ())


def equal_lists(table: CaptureTable) -> list[tuple[str, str]]:
    """Pairs of lists that hold exactly the same people (at least one)."""
    on = [table.on(j) for j in range(table.k)]
    return [
        (table.lists[i], table.lists[j])
        for i, j in combinations(range(table.k), 2)
        if on[i].any() and np.array_equal(on[i], on[j])
    ]


def contained_lists(table: CaptureTable) -> list[tuple[str, str]]:
    """Pairs (inner, outer) where everyone on the first list is also on the second, which holds more."""
    on = [table.on(j) for j in range(table.k)]
    return [
        (table.lists[i], table.lists[j])
        for i in range(table.k)
        for j in range(table.k)
        if i != j and on[i].any() and not (on[i] & ~on[j]).any() and (on[j] & ~on[i]).any()
    ]
