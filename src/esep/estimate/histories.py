"""Capture histories: who is on which lists, as a sorted sparse table of patterns.

A *pattern* is the set of lists that one person is on, kept as an integer whose bit j stands for `lists[j]`. As text
it is written with list 1 first: ``"1010"`` is «on lists 1 and 3 of four». Nothing here allocates 2^k cells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from esep.errors import EstimateError
from esep.estimate import bits

MAX_LISTS = 63

Patterns = NDArray[np.uint64]
Counts = NDArray[np.int64]


def _no_patterns() -> Patterns:
    return np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True, eq=False)
class CaptureTable:
    """People by capture pattern.

    `lists`: k distinct names. `patterns`: uint64[M], ascending, never 0, bit j = lists[j]. `counts`: int64[M], people,
    all > 0. `structural_zero`: uint64[Z], ascending: patterns that nobody could have had (a list not active in this
    place or period, a list that is part of another).
    Raises `EstimateError` for anything else; the constructors below sort, merge and drop empty rows first.
    """

    lists: tuple[str, ...]
    patterns: Patterns
    counts: Counts
    structural_zero: Patterns = field(default_factory=_no_patterns)

    def __post_init__(self) -> None:
        _check_lists(self.lists)
        _check_arrays(self)
        for array in (self.patterns, self.counts, self.structural_zero):
            array.setflags(write=False)

    # -- constructors ------------------------------------------------------------------------------------------

    @classmethod
    def from_codes(
        cls, codes: ArrayLike, counts: ArrayLike, *, lists: Sequence[str], structural_zero: ArrayLike = ()
    ) -> CaptureTable:
        """Table from integer patterns (bit j = lists[j]) with their counts; equal patterns are added up."""
        patterns = np.asarray(codes, dtype=np.uint64).ravel()
        people = whole_counts(counts, where="pattern")
        if len(patterns) != len(people):
            raise EstimateError(f"{len(patterns)} patterns but {len(people)} counts", hint="give one count a pattern")
        _refuse_nobody(patterns, people)
        kept, totals = bits.add_up(patterns, people)
        zero = np.unique(np.asarray(structural_zero, dtype=np.uint64).ravel())
        return cls(tuple(lists), kept, totals, zero)

    @classmethod
    def from_rows(
        cls, rows: ArrayLike, *, lists: Sequence[str] | None = None, counts: ArrayLike | None = None
    ) -> CaptureTable:
        """Table from 0/1 rows: (n, k), one row a person, or one row a pattern with its count in `counts`.

        Cost: one pass over the rows; 10^6 x 8 takes about a tenth of a second.
        """
        ones = _zero_one(rows)
        names = tuple(lists) if lists is not None else default_names(ones.shape[1])
        if len(names) != ones.shape[1]:
            raise EstimateError(f"{ones.shape[1]} columns but {len(names)} list names", hint="give one name a column")
        _check_lists(names)
        codes = bits.pack(ones)
        if counts is not None:
            return cls.from_codes(codes, counts, lists=names)
        if len(codes) and not codes.all():
            row = int(np.flatnonzero(codes == 0)[0]) + 1
            raise EstimateError(f"row {row} is on no list", hint="leave out people that no list holds")
        return cls(names, *bits.tally(codes, len(names)))

    @classmethod
    def from_patterns(
        cls,
        counts: Mapping[str, int],
        *,
        lists: Sequence[str] | None = None,
        structural_zero: Sequence[str] = (),
    ) -> CaptureTable:
        """Table from texts such as ``{"1010": 7}``: the first character is list 1."""
        width = len(next(iter(counts), "")) or (len(lists) if lists is not None else 0)
        names = tuple(lists) if lists is not None else default_names(width)
        codes = [bits.parse(text, len(names)) for text in counts]
        zero = [bits.parse(text, len(names)) for text in structural_zero]
        return cls.from_codes(codes, list(counts.values()), lists=names, structural_zero=zero)

    @classmethod
    def from_csv(cls, path: str | Path, *, lists: Sequence[str] | None = None) -> CaptureTable:
        """Table from a CSV file with one 0/1 column a list and an optional column `n`; without it one row a person."""
        from esep.estimate.reading import read_table  # noqa: PLC0415 - reading makes tables, so it imports this file

        return read_table(Path(path), lists=lists)

    # -- what it says ------------------------------------------------------------------------------------------

    @property
    def k(self) -> int:
        """Number of lists."""
        return len(self.lists)

    @cached_property
    def n(self) -> int:
        """People on at least one list."""
        return int(self.counts.sum())

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many lists each pattern is on: int64[M]."""
        return np.bitwise_count(self.patterns).astype(np.int64)

    @cached_property
    def n_by_size(self) -> Counts:
        """People on exactly c lists, c = 1..k: int64[k], entry c - 1."""
        return np.array([self.counts[self.sizes == c].sum() for c in range(1, self.k + 1)], dtype=np.int64)

    def margin(self, lists: int) -> int:
        """People on all of the lists in the bitmask `lists` (0: everyone)."""
        mask = np.uint64(lists)
        return int(self.counts[(self.patterns & mask) == mask].sum())

    @cached_property
    def list_sizes(self) -> Counts:
        """People on each list: int64[k]."""
        return np.array([self.margin(1 << j) for j in range(self.k)], dtype=np.int64)

    def on(self, j: int) -> NDArray[np.bool_]:
        """Which patterns are on list j: bool[M]."""
        return np.asarray((self.patterns >> np.uint64(j)) & np.uint64(1) == 1)

    def dense(self) -> Counts:
        """Counts of all 2^k patterns, entry 0 (nobody saw them) is 0. Only for k <= 20."""
        if self.k > 20:
            raise EstimateError(f"{self.k} lists make too many cells for a full table", hint="choose at most 20 lists")
        cells = np.zeros(1 << self.k, dtype=np.int64)
        cells[self.patterns.astype(np.int64)] = self.counts
        return cells

    def as_patterns(self) -> dict[str, int]:
        """The table as texts, list 1 first, sorted: the inverse of `from_patterns`."""
        written = {bits.write(int(p), self.k): int(c) for p, c in zip(self.patterns, self.counts, strict=True)}
        return dict(sorted(written.items()))

    @cached_property
    def input_hash(self) -> str:
        """SHA-256 of a text that does not depend on the order of lists or rows: names, then patterns and counts."""
        order = sorted(range(self.k), key=lambda j: self.lists[j])
        same = self.reorder(order)
        lines = ["esep captures 1", *(repr(name) for name in same.lists)]
        lines += [f"{text} {count}" for text, count in same.as_patterns().items()]
        lines += ["impossible", *sorted(bits.write(int(p), self.k) for p in same.structural_zero)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    # -- other tables from it ----------------------------------------------------------------------------------

    def reorder(self, order: Sequence[int]) -> CaptureTable:
        """Same people, lists in the order given (a permutation of 0..k-1)."""
        names = tuple(self.lists[j] for j in order)
        moved, zero = bits.permute(self.patterns, order), bits.permute(self.structural_zero, order)
        return CaptureTable.from_codes(moved, self.counts, lists=names, structural_zero=zero)

    def select(self, lists: Sequence[str]) -> CaptureTable:
        """Only these lists, in this order; people on none of them fall out. Structural zeros hold if all agree."""
        unknown = [name for name in lists if name not in self.lists]
        if unknown:
            raise EstimateError(
                f"no list is called {', '.join(map(repr, unknown))}", hint=f"the lists are {', '.join(self.lists)}"
            )
        order = [self.lists.index(name) for name in lists]
        moved = bits.permute(self.patterns, order)
        zero = bits.wholly_impossible(self.structural_zero, order, self.k)
        seen = moved != 0
        return CaptureTable.from_codes(moved[seen], self.counts[seen], lists=tuple(lists), structural_zero=zero)

    @cached_property
    def canonical_order(self) -> tuple[int, ...]:
        """Order of the lists that depends on the counts and not on names or columns (true ties by name).

        Seeded methods draw on `reorder(canonical_order)`, so that renaming or moving columns changes no draw.
        """
        return bits.canonical_order(self.patterns, self.counts, self.lists)


def default_names(k: int) -> tuple[str, ...]:
    """Names of lists that came without: "1", "2", ..."""
    return tuple(str(j + 1) for j in range(k))


def whole_counts(counts: ArrayLike, *, where: str) -> Counts:
    """Counts as int64, or `EstimateError` saying which `where` (1-based) is negative, fractional or missing."""
    given = np.asarray(counts)
    if given.size == 0:
        return np.zeros(0, dtype=np.int64)
    if given.dtype.kind in "iub":
        people = given.ravel()
    else:
        people = _whole_floats(given.ravel(), where)
    if people.max() > np.iinfo(np.int64).max // 2 or people.sum(dtype=float) > 4e18:
        raise EstimateError("the counts add up to more than 4e18 people", hint="check the column of counts")
    if (people < 0).any():
        row = int(np.flatnonzero(people < 0)[0]) + 1
        raise EstimateError(f"{where} {row} has a negative count", hint="counts are whole numbers of people, 0 or more")
    return people.astype(np.int64)


def _whole_floats(given: NDArray[Any], where: str) -> NDArray[Any]:
    try:
        numbers = given.astype(float)
    except (TypeError, ValueError) as error:
        raise EstimateError("a count is missing or is no number", hint="write 0 where nobody has a pattern") from error
    wrong = ~np.isfinite(numbers) | (numbers != np.round(numbers))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        what = "fractional" if np.isfinite(numbers[row]) else "missing or infinite"
        raise EstimateError(
            f"{where} {row + 1} has a {what} count", hint="counts are whole numbers of people, 0 or more"
        )
    return numbers


def _zero_one(rows: ArrayLike) -> NDArray[np.uint8]:
    given = np.asarray(rows)
    if given.ndim != 2:
        raise EstimateError(f"capture rows have {given.ndim} dimensions, not 2", hint="give one row a person")
    if given.dtype == bool:
        return given.astype(np.uint8)
    if given.dtype.kind not in "iuf" or (given.size and not _all_zero_one(given)):
        raise EstimateError("a capture row holds something other than 0 and 1", hint="1 = on the list, 0 = not on it")
    return given.astype(np.uint8)


def _all_zero_one(given: NDArray[Any]) -> bool:
    if given.dtype.kind == "f":
        return bool(((given == 0) | (given == 1)).all())
    return bool(given.min() >= 0 and given.max() <= 1)


def _refuse_nobody(patterns: Patterns, counts: Counts) -> None:
    nobody = (patterns == 0) & (counts > 0)
    if nobody.any():
        raise EstimateError(
            f"{int(counts[nobody].sum())} people are counted under the pattern of no list",
            hint="leave that row out: how many are on no list is what is to be estimated",
        )


def _check_lists(lists: Sequence[str]) -> None:
    if not lists:
        raise EstimateError("a capture table has no list", hint="give one 0/1 column a list")
    if len(lists) > MAX_LISTS:
        raise EstimateError(f"{len(lists)} lists are more than {MAX_LISTS}", hint="group lists of one origin")
    if len(set(lists)) != len(lists):
        raise EstimateError("two lists have the same name", hint="give every list its own name")


def _check_arrays(table: CaptureTable) -> None:
    patterns, counts = table.patterns, table.counts
    if patterns.dtype != np.uint64 or counts.dtype != np.int64 or patterns.shape != counts.shape or patterns.ndim != 1:
        raise EstimateError(
            "patterns must be uint64[M] and counts int64[M]", hint="use CaptureTable.from_patterns or from_rows"
        )
    if (counts <= 0).any() or (patterns[1:] <= patterns[:-1]).any() or (patterns == 0).any():
        raise EstimateError(
            "patterns must ascend, without 0 and with counts above 0", hint="use CaptureTable.from_codes"
        )
    if len(patterns) and int(patterns[-1]) >> table.k:
        raise EstimateError(f"a pattern names a list beyond the {table.k} given", hint="check the width of patterns")
    if np.isin(patterns, table.structural_zero).any():
        raise EstimateError("people are counted under a pattern said to be impossible", hint="check structural zeros")
