"""Posterior-predictive checks: would the fitted model give as many people on one list, on two, on each pair?"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate.histories import CaptureTable

Floats = NDArray[np.float64]


def check_prediction(
    table: CaptureTable, chances: Floats, shares: Floats, *, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """P(replicate >= observed) for f_1, f_2 and each n_ij, ties counted half; near 0 or 1 the model misses that count.

    `chances` float64[S, J, K] and `shares` float64[S, K]: parameter draws. Each draws as many observed people as the
    table has, so that it is the shape of the table that is checked.
    """
    replicas = [replicate(table, chances[s], shares[s], rng=rng) for s in range(len(shares))]
    rows = []
    for name, look in _questions(table):
        seen, drawn = look(table.patterns, table.counts), np.array([look(*replica) for replica in replicas])
        prob = float(np.mean(drawn > seen) + 0.5 * np.mean(drawn == seen))
        rows.append({"count": name, "observed": int(seen), "predicted": float(drawn.mean()), "p": prob})
    return rows


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
    prob = cells.sum(axis=1)
    prob[0] = 0.0
    prob[table.structural_zero.astype(np.int64)] = 0.0
    counts = rng.multinomial(table.n, prob / prob.sum())
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
    """Names and counting functions; lists in order of name, so that the order of columns changes nothing."""
    questions: list[tuple[str, Any]] = [("f_1", _on_exactly(1)), ("f_2", _on_exactly(2))]
    order = sorted(range(table.k), key=lambda j: table.lists[j])
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            name = f"{table.lists[first]} and {table.lists[second]}"
            questions.append((name, _on_both(first, second)))
    return questions


def _on_exactly(number: int) -> Any:
    return lambda patterns, counts: int(counts[np.bitwise_count(patterns) == number].sum())


def _on_both(first: int, second: int) -> Any:
    mask = np.uint64(1 << first | 1 << second)
    return lambda patterns, counts: int(counts[(patterns & mask) == mask].sum())
