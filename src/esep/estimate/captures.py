"""Captures as linkage hands them over: S tables on the same patterns, one for each draw of who is who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from esep.errors import EstimateError
from esep.estimate.histories import CaptureTable, Counts, Patterns, whole_counts


def _no_patterns() -> Patterns:
    return np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True, eq=False)
class CaptureDraws:
    """`counts`: int64[S, M] people by draw and pattern; S = 1 is an ordinary table. `seed`: of the draws of linkage."""

    lists: tuple[str, ...]
    patterns: Patterns
    counts: NDArray[np.int64]
    structural_zero: Patterns = field(default_factory=_no_patterns)
    seed: int | None = None

    @classmethod
    def from_arrays(
        cls,
        patterns: ArrayLike,
        counts: ArrayLike,
        *,
        lists: Sequence[str],
        structural_zero: ArrayLike = (),
        seed: int | None = None,
    ) -> CaptureDraws:
        """Draws from arrays: patterns of M, counts of (S, M) or (M,). Raises `EstimateError` where they do not fit."""
        codes = np.asarray(patterns, dtype=np.uint64).ravel()
        many = np.atleast_2d(np.asarray(counts))
        if many.ndim != 2 or many.shape[1] != len(codes):
            raise EstimateError(f"{len(codes)} patterns but counts of shape {many.shape}", hint="counts are (S, M)")
        whole = whole_counts(many, where="entry").reshape(many.shape)
        zero = np.unique(np.asarray(structural_zero, dtype=np.uint64).ravel())
        return cls(tuple(lists), codes, whole, zero, seed)

    def table(self, s: int) -> CaptureTable:
        """The capture table of draw s."""
        return self._table(self.counts[s])

    def distinct(self) -> Iterator[tuple[CaptureTable, int]]:
        """Each different table with the number of draws that gave it: many draws agree, so methods run once on each."""
        rows, times = np.unique(self.counts, axis=0, return_counts=True)
        for row, number in zip(rows, times, strict=True):
            yield self._table(row), int(number)

    def _table(self, row: Counts) -> CaptureTable:
        return CaptureTable.from_codes(self.patterns, row, lists=self.lists, structural_zero=self.structural_zero)
