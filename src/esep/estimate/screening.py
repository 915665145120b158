"""Tables on which no Bayesian method should be run, found before any work is done."""

from __future__ import annotations

import numpy as np

from esep.estimate.histories import CaptureTable
from esep.estimate.status import Status


def unusable(table: CaptureTable, *, min_lists: int, max_lists: int) -> Status | None:
    """Why the table cannot be estimated from, or None.

    Two lists with the same people are one witness; a list that holds everyone shows nothing about what it missed; and
    where nobody is on two lists the posterior is the prior (the R package dga prints it without a word, and LCMCR does
    not come back).
    """
    used = int((table.list_sizes > 0).sum())
    if not table.n:
        return Status.EMPTY_TABLE
    if used < min_lists:
        return Status.TOO_FEW_LISTS
    if table.k > max_lists:
        return Status.TOO_MANY_LISTS
    if has_equal_lists(table):
        return Status.EQUAL_LISTS
    if (table.list_sizes == table.n).any():
        return Status.EVERYONE_ON_ONE_LIST
    return Status.NO_OVERLAP if not (table.sizes > 1).any() else None


def has_equal_lists(table: CaptureTable) -> bool:
    """Whether two lists that are not empty hold exactly the same people."""
    held = {table.on(j).tobytes() for j in np.flatnonzero(table.list_sizes)}
    return len(held) < int((table.list_sizes > 0).sum())


def without_empty_lists(table: CaptureTable) -> CaptureTable:
    """The table without lists that hold nobody: they carry no information and would only cost time."""
    if (table.list_sizes > 0).all():
        return table
    return table.select([name for name, size in zip(table.lists, table.list_sizes, strict=True) if size > 0])
