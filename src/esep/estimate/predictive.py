"""Posterior-predictive checks: would the fitted model give as many people on one list, on two, on each pair?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate.histories import CaptureTable

Floats = NDArray[np.float64]
Inside = Callable[[NDArray[np.uint64]], NDArray[np.bool_]]
"""Which patterns a count is about."""


def check_prediction(
    table: CaptureTable, chances: Floats, shares: Floats, *, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """P(replicate >= observed) for f_1, f_2 and each n_ij, ties counted half; near 0 or 1 the model misses that count.

    `chances` float64[S, J, K] and `shares` float64[S, K]: parameter draws. Each draws as many observed people as the
    table has, so that it is the shape of the table that is checked.
    """
    replicas = [replicate(table, chances[s], shares[s], rng=rng) for s in range(len(shares))]
    return [
        _row(name, look(table.patterns, table.counts), np.array([look(*replica) for replica in replicas]))
        for name, look in _questions(table)
    ]


def check_cells(table: CaptureTable, drawn: NDArray[Any]) -> list[dict[str, Any]]:
    """The same from whole tables: `drawn` int64[S, 2^k] counts of all patterns, entry 0 ignored."""
    codes = np.arange(drawn.shape[1], dtype=np.uint64)
    drawn = drawn.copy()
    drawn[:, 0] = 0
    seen = table.dense()[None, :]
    return [
        _row(name, int((seen * mask).sum()), (drawn * mask).sum(axis=1))
        for name, mask in ((name, inside(codes)) for name, inside in _masks(table))
    ]


def draw_cells(table: CaptureTable, chances: Floats, *, rng: np.random.Generator) -> NDArray[np.int64]:
    """Counts of `table.n` people over the patterns that can be seen: int64[2^k]. `chances` float64[2^k], any scale."""
    prob = chances.copy()
    prob[0] = 0.0
    prob[table.structural_zero.astype(np.int64)] = 0.0
    return np.asarray(rng.multinomial(table.n, prob / prob.sum()), dtype=np.int64)


def _row(name: str, seen: int, drawn: NDArray[Any]) -> dict[str, Any]:
    prob = float(np.mean(drawn > seen) + 0.5 * np.mean(drawn == seen))
    return {"count": name, "observed": int(seen), "predicted": float(drawn.mean()), "p": prob}


def replicate(
    table: CaptureTable, chances: Floats, shares: Floats, *, rng: np.random.Generator
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Patterns and counts of `table.n` people drawn from the model, given that each is on a list."""
    if table.k <= 12:
        return _replicate_cells(table, chances, shares, rng=rng)
    return _replicate_people(table, chances, shares, rng=rng)


def _replicate_cells(
    table: CaptureTable, chances: Floats, shares: Floats, *, rng: np.random.Generator
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    cells = shares[None, :]
    for list_chances in chances:
        cells = np.concatenate([cells * (1 - list_chances), cells * list_chances])
    counts = draw_cells(table, cells.sum(axis=1), rng=rng)
    patterns = np.flatnonzero(counts)
    return patterns.astype(np.uint64), counts[patterns].astype(np.int64)


MOST_PEOPLE = 20000


def _replicate_people(
    table: CaptureTable, chances: Floats, shares: Floats, *, rng: np.random.Generator
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Person by person, for many lists: at most `MOST_PEOPLE`, weighted up to the table's number."""
    wanted = min(table.n, MOST_PEOPLE)
    bits = np.uint64(1) << np.arange(table.k, dtype=np.uint64)
    kept: list[NDArray[np.uint64]] = []
    missing = wanted
    listed = float(shares @ (1 - np.prod(1 - chances, axis=0)))
    for _ in range(50):
        batch = min(int(missing / max(listed, 1e-3) * 1.1) + 10, 200000)
        kind = rng.choice(len(shares), size=batch, p=shares / shares.sum())
        on = rng.random((batch, table.k)) < chances[:, kind].T
        codes = (on * bits).sum(axis=1, dtype=np.uint64)
        kept.append(codes[(codes != 0) & ~np.isin(codes, table.structural_zero)][:missing])
        missing -= len(kept[-1])
        if missing <= 0:
            break
    patterns, counts = np.unique(np.concatenate(kept), return_counts=True)
    return patterns, np.round(counts * (table.n / max(counts.sum(), 1))).astype(np.int64)


def _questions(table: CaptureTable) -> list[tuple[str, Any]]:
    """Names and counting functions of patterns and counts."""
    return [(name, _counting(inside)) for name, inside in _masks(table)]


def _counting(inside: Inside) -> Callable[[NDArray[np.uint64], NDArray[np.int64]], int]:
    return lambda patterns, counts: int(counts[inside(patterns)].sum())


def _masks(table: CaptureTable) -> list[tuple[str, Inside]]:
    """Names and the patterns that each counts; lists in order of name, so that the order of columns changes nothing."""
    masks: list[tuple[str, Inside]] = [("f_1", _on_exactly(1)), ("f_2", _on_exactly(2))]
    order = sorted(range(table.k), key=lambda j: table.lists[j])
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            masks.append((f"{table.lists[first]} and {table.lists[second]}", _on_both(first, second)))
    return masks


def _on_exactly(number: int) -> Inside:
    return lambda patterns: np.bitwise_count(patterns) == number


def _on_both(first: int, second: int) -> Inside:
    mask = np.uint64(1 << first | 1 << second)
    return lambda patterns: (patterns & mask) == mask
