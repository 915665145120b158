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
    on = [((patterns >> np.uint64(j)) & np.uint64(1)).astype(bool) for j in range(k)]
    colours = [0] * k
    for _ in range(k):
        rows = [tuple(sorted(colours[j] for j in range(k) if on[j][m])) for m in range(len(patterns))]
        profiles = [(colours[j], sorted((rows[m], int(counts[m])) for m in np.flatnonzero(on[j]))) for j in range(k)]
        ranks = {repr(p): r for r, p in enumerate(sorted(profiles, key=repr))}
        refined = [ranks[repr(p)] for p in profiles]
        if refined == colours:
            break
        colours = refined
    return tuple(sorted(range(k), key=lambda j: (colours[j], names[j])))
