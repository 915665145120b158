"""Patterns as integers: packing 0/1 rows, adding up, moving lists, a canonical order of lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from esep.errors import EstimateError

Patterns = NDArray[np.uint64]
Counts = NDArray[np.int64]

_COUNTING_BITS = 22  # up to here one array of all patterns is cheaper than a sort


def pack(ones: NDArray[np.uint8]) -> Patterns:
    """Rows of 0/1, (n, k) with k <= 63, as one integer each: bit j = column j."""
    rows, _ = ones.shape
    bytes_ = np.packbits(ones, axis=1, bitorder="little")
    wide = np.zeros((rows, 8), dtype=np.uint8)
    wide[:, : bytes_.shape[1]] = bytes_
    return wide.view("<u8").ravel().astype(np.uint64, copy=False)


def tally(codes: Patterns, k: int) -> tuple[Patterns, Counts]:
    """Distinct patterns, ascending, and how often each occurs."""
    if k > _COUNTING_BITS:
        kept, counts = np.unique(codes, return_counts=True)
        return kept, counts.astype(np.int64)
    cells = np.bincount(codes.astype(np.int64), minlength=1 << k)
    seen = np.flatnonzero(cells)
    return seen.astype(np.uint64), cells[seen].astype(np.int64)


def add_up(codes: Patterns, counts: Counts) -> tuple[Patterns, Counts]:
    """Distinct patterns, ascending, with the sum of their counts; patterns that nobody has are dropped."""
    kept, where = np.unique(codes, return_inverse=True)
    totals = np.zeros(len(kept), dtype=np.int64)
    np.add.at(totals, where.ravel(), counts)
    return kept[totals > 0], totals[totals > 0]


def parse(text: str, k: int) -> int:
    """Integer of a pattern text of k characters 0/1, list 1 first."""
    if len(text) != k or set(text) - {"0", "1"}:
        raise EstimateError(
            f"the pattern {text!r} is not {k} characters of 0 and 1", hint="the first character is list 1"
        )
    return int(text[::-1], 2)


def write(pattern: int, k: int) -> str:
    """Text of a pattern, list 1 first."""
    return format(pattern, f"0{k}b")[::-1]


def permute(patterns: Patterns, order: Sequence[int]) -> Patterns:
    """Patterns over the lists `order` (new bit i = old bit order[i]); may leave lists out."""
    moved = np.zeros_like(patterns)
    for new, old in enumerate(order):
        moved |= ((patterns >> np.uint64(old)) & np.uint64(1)) << np.uint64(new)
    return moved


def wholly_impossible(zeros: Patterns, order: Sequence[int], k: int) -> Patterns:
    """Patterns over the chosen lists all of whose completions over the other lists are impossible.

    A completion on no chosen list never counts, because those people are not in the selected table.
    """
    if not len(zeros):
        return zeros
    moved, times = np.unique(permute(zeros, order), return_counts=True)
    possible = (times == 1 << (k - len(order))) & (moved != 0)
    return np.asarray(moved[possible], dtype=np.uint64)


def canonical_order(patterns: Patterns, counts: Counts, names: Sequence[str]) -> tuple[int, ...]:
    """Order of lists from the table alone: colours refined by who is listed with whom, true ties by name.

    Lists that stay tied after the refinement are, but for contrived tables, exchangeable, so that their order
    changes nothing.
    """
    k = len(names)
    on = (patterns[:, None] >> np.arange(k, dtype=np.uint64)) & np.uint64(1) == 1
    colours = np.zeros(k, dtype=np.int64)
    for _ in range(k):
        members = on @ (colours[:, None] == np.arange(colours.max() + 1)).astype(np.int64)
        _, kinds = np.unique(np.column_stack([members, counts]), axis=0, return_inverse=True)
        profiles = [(int(colours[j]), tuple(np.sort(kinds.ravel()[on[:, j]]).tolist())) for j in range(k)]
        ranks = {profile: rank for rank, profile in enumerate(sorted(set(profiles)))}
        refined = np.array([ranks[profile] for profile in profiles])
        if np.array_equal(refined, colours):
            break
        colours = refined
    return tuple(sorted(range(k), key=lambda j: (int(colours[j]), names[j])))
