"""Which pairs of records are compared: those that share a key (`keys`) and whose names are not clearly different.

A block of more than 10,000 pairs, or costlier than long lists have time for (`keys.COSTS`), is left out and named: its
records still meet where a finer key (two words and a year of birth, ...) joins them. When a list is added later, blocks
left out before stay out and those compared before stay in, or new pairs would be chosen otherwise than old ones. Pairs
whose names are clearly different go no further, unless one day of birth or the names of kin join them: one in five
hundred of the pairs of one person, and most of the time. Memory stays bounded: pairs are made and looked at in parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esep.linkage.features import Features
from esep.linkage.keys import COSTS, KINDS, WITHOUT_NAMES, Keys, Positions, block_keys
from esep.linkage.settings import Settings

NameScores = Callable[[Positions, Positions], NDArray[np.float64]]
"""Evidence in nats from the names of pairs of records, by position."""

LEAST_NAME = -3.0
"""Nats below which two names are clearly different. Between -6 and -3 lay 455,000 of the million pairs of 100,000 made
records: 209 of them were one person's, 34 stood in doubt in the end and 11 were joined (of 100,347)."""

NO_KEYS = np.zeros(0, dtype=np.uint64)

_PART = 1_000_000
_GROWN = 1.25
"""How much larger blocks of known lists, and all of them together, may grow with lists added later."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """Records added later: those at `first` and after; `left_out` are the keys of blocks left out before."""

    first: int
    left_out: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Block:
    """Blocks of one kind of key that were too large: how many, records in the largest, pairs left out in all."""

    kind: str
    keys: int
    records: int
    pairs: int


@dataclass(frozen=True)
class Blocked:
    """Pairs to compare, as positions with `left < right` in ascending order, and what their names say in nats.

    `seen` counts the pairs whose names were looked at; `too_large` are the blocks that were left out, `left_out`
    uint64[B] their keys.
    """

    left: Positions
    right: Positions
    names: NDArray[np.float64]
    seen: int
    too_large: tuple[Block, ...]
    left_out: NDArray[np.uint64] = field(default_factory=lambda: NO_KEYS)
    every_pair: bool = False

    def __len__(self) -> int:
        return len(self.left)


def every_pair(found: Sequence[Features], *, apart: Positions, names: NameScores, first: int = 0) -> Blocked:
    """All pairs of records; for short lists. `apart` as in `block`; only pairs with a record at `first` or later."""
    left, right = (side.astype(np.int64) for side in np.triu_indices(len(found), k=1))
    allowed = ((apart[left] != apart[right]) | (apart[left] < 0)) & (right >= first)
    left, right = left[allowed], right[allowed]
    return Blocked(left, right, names(left, right), len(left), (), every_pair=True)


def block(
    found: Sequence[Features],
    *,
    apart: Positions,
    names: NameScores,
    settings: Settings,
    fresh: Fresh | None = None,
) -> Blocked:
    """Pairs that share a key, each once.

    `apart` int64[n]: records with the same number, 0 or more, are never compared (a list that holds nobody twice).
    With `fresh` only pairs with an added record are made.
    """
    keys = block_keys(found)
    blocks, too_large = blocks_of(keys, settings, len(found), known=None if fresh is None else fresh.left_out)
    parts, seen = [_NO_PAIRS], 0
    for left, right, sure in _made(blocks, apart, 0 if fresh is None else fresh.first):
        scores = names(left, right)
        keep = sure | (scores >= LEAST_NAME)
        parts.append((left[keep], right[keep], scores[keep]))
        seen += len(left)
    left, right, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Blocked(left, right, scores, seen, too_large, blocks.left_out)


_Made = tuple[Positions, Positions, NDArray[np.bool_]]
_NO_PAIRS = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


@dataclass(frozen=True)
class Blocks:
    """Blocks of two records and more: `members[begins[b]:begins[b + 1]]`, ascending; `sure[b]`: whatever the names.

    Record i stands in `members` at `places[of_record[i]:of_record[i + 1]]`, in the blocks `blocks` there. `left_out`
    uint64: keys of blocks that are not compared.
    """

    members: Positions
    begins: Positions
    sure: NDArray[np.bool_]
    of_record: Positions
    blocks: Positions
    places: Positions
    left_out: NDArray[np.uint64]


@dataclass(frozen=True)
class BlockSizes:
    """Blocks in the order of their keys: `edges` int64[B + 1] into the keys, records, kind and pairs of each, int64[B].

    `compared` bool[B]: whether a block is compared as it stands.
    """

    edges: Positions
    records: Positions
    kinds: Positions
    pairs: Positions
    compared: NDArray[np.bool_]


def block_sizes(keys: Keys, *, settings: Settings, records: int, known: NDArray[np.uint64] | None = None) -> BlockSizes:
    """How large the blocks of `keys` are, and which are compared within the budget of pairs.

    `known` are keys that were left out before, when some of these records were blocked: they stay out, and the others
    stay in unless an added list makes them, or all of them together, a quarter larger than they may be otherwise.
    """
    edges = np.flatnonzero(np.concatenate([[True], keys.keys[1:] != keys.keys[:-1], [True]]))
    if not len(keys.keys):
        edges = np.zeros(1, dtype=np.int64)
    members, kinds = np.diff(edges), keys.kinds()[edges[:-1]]
    pairs = members * (members - 1) // 2
    if known is None:
        return BlockSizes(edges, members, kinds, pairs, _within_budget(pairs, kinds, settings, records))
    more = replace(settings, largest_block=int(settings.largest_block * _GROWN))
    pairs_then, starts = pairs.copy(), keys.keys[edges[:-1]]  # ascending, so each known key is looked up in them
    places = np.minimum(np.searchsorted(starts, known), max(len(starts) - 1, 0))
    pairs_then[places[starts[places] == known]] = more.largest_block + 1
    return BlockSizes(edges, members, kinds, pairs, _within_budget(pairs_then, kinds, more, int(records * _GROWN)))


def _within_budget(pairs: Positions, kinds: Positions, settings: Settings, records: int) -> NDArray[np.bool_]:
    """Blocks up to a size, those of the most telling kinds up to a larger one, as far as the budget reaches."""
    fits = pairs <= settings.largest_block
    costs = pairs * np.array(COSTS)[kinds]
    order = np.argsort(costs[fits], kind="stable")
    spent = np.cumsum(pairs[fits][order])
    levels, last = np.unique(costs[fits][order][::-1], return_index=True)  # blocks of one cost stay or go together
    within = spent[len(order) - 1 - last] <= settings.pairs_a_record * records
    compared: NDArray[np.bool_] = fits & (costs <= levels[within].max(initial=min(COSTS)))
    return compared


def blocks_of(
    keys: Keys, settings: Settings, records: int, *, known: NDArray[np.uint64] | None = None
) -> tuple[Blocks, tuple[Block, ...]]:
    """Blocks to compare, and those that are left out as too large; `known` as in `block_sizes`."""
    found = block_sizes(keys, settings=settings, records=records, known=known)
    sizes, kinds = found.records, found.kinds
    kept = (found.pairs > 0) & found.compared
    too_large = _left_out(kinds[~found.compared], sizes[~found.compared])
    members = keys.records[np.repeat(kept, sizes)]
    begins = np.concatenate([[0], np.cumsum(sizes[kept])])
    block_of = np.repeat(np.arange(int(kept.sum())), sizes[kept])
    places = np.argsort(members, kind="stable")
    of_record = np.searchsorted(members[places], np.arange(records + 1))
    left_out = keys.keys[found.edges[:-1][~found.compared]]
    sure = kinds[kept] <= WITHOUT_NAMES
    return Blocks(members, begins, sure, of_record, block_of[places], places, left_out), too_large


def _left_out(kinds: Positions, sizes: Positions) -> tuple[Block, ...]:
    """The largest first."""
    found = []
    for kind in np.unique(kinds).tolist():
        its = sizes[kinds == kind]
        found.append(Block(KINDS[kind], len(its), int(its.max()), int((its * (its - 1) // 2).sum())))
    return tuple(sorted(found, key=lambda block: (-block.records, block.kind)))


def _made(blocks: Blocks, apart: Positions, first: int) -> Iterator[tuple[Positions, Positions, NDArray[np.bool_]]]:
    """Pairs in parts of some millions, with whether they count whatever the names."""
    later = blocks.begins[blocks.blocks + 1] - blocks.places - 1
    most = np.concatenate([[0], np.cumsum(later)])[blocks.of_record]
    stamp, at = np.full(len(apart), -1, dtype=np.int64), 0
    while at < len(blocks.of_record) - 1:
        end = max(at + 1, int(np.searchsorted(most, most[at] + _PART, side="right")) - 1)
        size = int(most[end] - most[at])
        left, right = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
        sure = np.empty(size, dtype=np.bool_)
        number = _pairs(
            blocks.members, blocks.begins, blocks.sure, blocks.of_record, blocks.blocks, blocks.places,
            apart, first, at, end, stamp, left, right, sure,
        )  # fmt: skip
        yield left[:number], right[:number], sure[:number]
        at = end


@njit(cache=True)
def _pairs(  # type: ignore[no-untyped-def]  # noqa: PLR0917
    members, begins, sure, of_record, blocks, places, apart, first_fresh, start, end, stamp, left, right, out_sure,
):  # fmt: skip
    """Partners after each record in its blocks, each once and ascending; blocks that are sure come first."""
    at = 0
    for record in range(start, end):
        first = at
        for turn in range(2):
            for place in range(of_record[record], of_record[record + 1]):
                block = blocks[place]
                if sure[block] != (turn == 0):
                    continue
                for spot in range(places[place] + 1, begins[block + 1]):
                    other = members[spot]
                    if other < first_fresh or stamp[other] == record:
                        continue
                    stamp[other] = record
                    if apart[record] >= 0 and apart[record] == apart[other]:
                        continue
                    right[at] = 2 * other + turn
                    at += 1
        right[first:at].sort()
        for place in range(first, at):
            left[place], out_sure[place] = record, right[place] % 2 == 0
            right[place] //= 2
    return at
