"""What a run looked at and found, in tables that a reader can check: blocks, weights, probabilities, links by list.

Every table is plain values, so that the text, the JSON and the page of a run show the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from esep.linkage.blocking import BlockSizes, block_sizes
from esep.linkage.keys import KINDS, block_keys
from esep.linkage.reasons import probability

if TYPE_CHECKING:
    from esep.linkage.linkage import Link, Linkage

_MOST_RECORDS = 200_000
"""Above so many records the keys are not gone through once more for the report."""

_LEAST_SHARE = 1e-12
"""In place of a share of 0, so that its weight stays a number."""

_EDGES = (0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)


@dataclass(frozen=True, slots=True)
class BlockKind:
    """One kind of key: how many keys two records or more share, pairs that share one, the largest block in records.

    `left_out` are pairs of blocks that were too large. A pair that shares several keys is counted under each.
    """

    kind: str
    keys: int
    pairs: int
    largest: int
    left_out: int


@dataclass(frozen=True, slots=True)
class LevelWeight:
    """One level of one comparison: share among records of one person `m` and of two `u`, nats, pairs that had it.

    `nats` is ln(m / u): above 0 it speaks for one person, below 0 against. Rare values of some fields weigh more, and
    names weigh more or less by their lists (`faults`). A level that says nothing shows m as u.
    """

    level: str
    m: float
    u: float
    nats: float
    pairs: int


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """Levels of one comparison, and how many compared pairs could not be compared because a side does not state it."""

    field: str
    levels: tuple[LevelWeight, ...]
    not_stated: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Compared pairs with a probability from `low` to `high` (the last bin holds its upper end)."""

    low: float
    high: float
    pairs: int


@dataclass(frozen=True, slots=True)
class ListPair:
    """Links inside one list or between two: pairs of records in one cluster, and pairs in doubt that are not."""

    lists: tuple[str, str]
    joined: int
    in_doubt: int

    @property
    def is_within(self) -> bool:
        """Inside one list?"""
        return self.lists[0] == self.lists[1]

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        return {"lists": list(self.lists), "joined": self.joined, "in_doubt": self.in_doubt}


def blocks(linkage: Linkage) -> tuple[BlockKind, ...] | None:
    """Keys by kind, those with most pairs first; empty when every pair was compared, None where there are too many.

    Cost: makes the keys of every record once more.
    """
    if linkage.run.blocked.every_pair:
        return ()
    if len(linkage.records) > _MOST_RECORDS:
        return None
    keys = block_keys(linkage.run.features)
    found = block_sizes(
        keys, settings=linkage.settings, records=len(linkage.records), known=linkage.run.frozen.left_out
    )
    kinds = (_kind(found, kind) for kind in np.unique(found.kinds).tolist())
    return tuple(sorted((one for one in kinds if one.keys), key=lambda one: (-one.pairs, one.kind)))


def _kind(found: BlockSizes, kind: int) -> BlockKind:
    shared = (found.kinds == kind) & (found.records > 1)
    pairs, left_out = found.pairs[shared], found.pairs[shared & ~found.compared]
    largest = int(found.records[shared].max(initial=0))
    return BlockKind(KINDS[kind], int(shared.sum()), int(pairs.sum()), largest, int(left_out.sum()))


def weights(linkage: Linkage) -> tuple[FieldWeights, ...]:
    """Weight of every level of every comparison, in the order in which levels are shown."""
    gammas = linkage.run.scored.gammas
    found = []
    for place, comparison in enumerate(linkage.run.parameters["comparisons"]):
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        seen = Counter(gammas[:, place].tolist())
        rows = tuple(_level(level, seen[len(levels) - 1 - at]) for at, level in enumerate(levels))
        found.append(FieldWeights(comparison["output_column_name"], rows, seen[-1]))
    return tuple(found)


def _level(level: Mapping[str, Any], pairs: int) -> LevelWeight:
    m, u = (max(float(level[name]), _LEAST_SHARE) for name in ("m_probability", "u_probability"))
    return LevelWeight(level["label_for_charts"], m, u, round(float(np.log(m / u)), 2), pairs)


def probabilities(linkage: Linkage) -> tuple[Bin, ...]:
    """Compared pairs by probability; bins are narrow at both ends, where most pairs are."""
    odds = np.clip(linkage.run.log_odds, -700, 700)
    numbers, _ = np.histogram(1.0 / (1.0 + np.exp(-odds)), bins=np.array(_EDGES))
    return tuple(Bin(low, high, int(n)) for (low, high), n in zip(pairwise(_EDGES), numbers, strict=True))


def links_by_list(linkage: Linkage) -> tuple[ListPair, ...]:
    """Links inside every list and between every two, also where there are none."""
    names = sorted({record.list for record in linkage.records})
    joined = Counter(_list_pairs(linkage))
    doubted = Counter(_doubted(linkage))
    pairs = [(one, two) for place, one in enumerate(names) for two in names[place:]]
    return tuple(ListPair(pair, joined[pair], doubted[pair]) for pair in pairs)


def _list_pairs(linkage: Linkage) -> Iterator[tuple[str, str]]:
    for cluster in linkage.clusters:
        lists = sorted(linkage.records[place].list for place in cluster.members)
        yield from ((one, two) for at, one in enumerate(lists) for two in lists[at + 1 :])


def _doubted(linkage: Linkage) -> Iterator[tuple[str, str]]:
    """Lists of pairs probable enough to stay in doubt that stand in different clusters."""
    label, scored = linkage.labels, linkage.run.scored
    for place in np.flatnonzero(linkage.run.log_odds >= _log_odds(linkage.settings.keep_above)).tolist():
        left, right = int(scored.left[place]), int(scored.right[place])
        if label[left] != label[right]:
            one, two = sorted((linkage.records[left].list, linkage.records[right].list))
            yield one, two


def _log_odds(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))


def weakest_inside(linkage: Linkage, most: int = 20) -> list[Link]:
    """Pairs inside clusters with the least evidence, the weakest first."""
    label, scored = linkage.labels, linkage.run.scored
    order = np.argsort(linkage.run.log_odds, kind="stable").tolist()
    inside = (place for place in order if label[int(scored.left[place])] == label[int(scored.right[place])])
    return [linkage.link_at(place) for place, _ in zip(inside, range(most), strict=False)]


def nearly_joined(linkage: Linkage, most: int = 20) -> list[Link]:
    """Pairs between clusters with the most evidence, the strongest first; only those in doubt."""
    label, scored = linkage.labels, linkage.run.scored
    found: list[Link] = []
    for place in np.argsort(-linkage.run.log_odds, kind="stable").tolist():
        if probability(float(linkage.run.log_odds[place])) < linkage.settings.keep_above or len(found) == most:
            break
        if label[int(scored.left[place])] != label[int(scored.right[place])]:
            found.append(linkage.link_at(place))
    return found


def details(linkage: Linkage) -> dict[str, Any]:
    """Pairs by key, weights and probabilities as plain values; links by list stand in the summary of a run."""
    told = blocks(linkage)
    return {
        "blocks": None if told is None else [_plain(one, BlockKind.__slots__) for one in told],
        "weights": [
            {
                "field": one.field,
                "not_stated": one.not_stated,
                "levels": [_plain(level, LevelWeight.__slots__) for level in one.levels],
            }
            for one in weights(linkage)
        ],
        "probabilities": [_plain(one, Bin.__slots__) for one in probabilities(linkage)],
    }


def _plain(value: object, fields: Iterable[str]) -> dict[str, Any]:
    return {field: getattr(value, field) for field in fields}
