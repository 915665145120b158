"""Draws of who is who: S whole answers, each as likely as the evidence makes it.

Inside a component partitions are drawn from their probabilities; records outside of every component stand alone.
Pair evidence alone says too many people with too much certainty, because some pairs of one person's records were
never compared or disagree in everything. So every draw also joins a random number of clusters that evidence left
apart: the missed links, as an audit by people or the shipped made lists estimate them.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.linkage.clustering import joined
from esep.linkage.components import Component, contradiction, nodes_of
from esep.linkage.partitions import LARGEST_LISTED, PartitionPrior, chain_draws, listed_draws
from esep.linkage.running import Run
from esep.linkage.settings import Settings

Key = tuple[str, int]
_TRIES = 20
_MOST_CANDIDATES = 50_000


@dataclass(frozen=True, slots=True)
class Missed:
    """Links that the evidence does not show, as a share of the links it does show: mean, standard deviation, source."""

    mean: float
    sd: float
    source: str


@dataclass(frozen=True)
class Draws:
    """S answers: `labels` int64[S, n] name the cluster of each record by the position of its first member.

    `keys` are list and row of the n records, `missed` what was added for missed links, `seed` repeats the draws.
    """

    keys: tuple[Key, ...]
    labels: NDArray[np.int64]
    missed: Missed
    seed: int

    def __len__(self) -> int:
        return len(self.labels)

    def mappings(self, ids: Sequence[str] | None = None) -> list[dict[str, str]]:
        """Each draw as record id -> label; ids are `list:row` unless given. Labels are ids of first members."""
        names = list(ids) if ids is not None else [f"{name}:{row}" for name, row in self.keys]
        return [{names[i]: names[label] for i, label in enumerate(row)} for row in self.labels.tolist()]

    def people(self) -> NDArray[np.int64]:
        """Number of distinct people in each draw: int64[S]."""
        own: NDArray[np.int64] = (self.labels == np.arange(self.labels.shape[1])).sum(axis=1)
        return own

    def interval(self, level: float = 0.95) -> tuple[int, int]:
        """Interval of the number of distinct people at a level, from the quantiles of the draws."""
        low, high = np.quantile(self.people(), [(1 - level) / 2, (1 + level) / 2])
        return int(np.floor(low)), int(np.ceil(high))

    def patterns(
        self, lists: Sequence[str] | None = None
    ) -> tuple[tuple[str, ...], NDArray[np.uint64], NDArray[np.int64]]:
        """Capture table of the draws: lists, patterns uint64[M] (bit j = on `lists[j]`), counts int64[S, M]."""
        names = tuple(lists) if lists is not None else tuple(sorted({name for name, _ in self.keys}))
        bits = np.array([1 << names.index(name) if name in names else 0 for name, _ in self.keys], dtype=np.uint64)
        tables = []
        for row in self.labels:
            pattern = np.zeros(len(row), dtype=np.uint64)
            np.bitwise_or.at(pattern, row, bits)
            tables.append(Counter(pattern[pattern > 0].tolist()))
        patterns = sorted({pattern for table in tables for pattern in table})
        counts = np.array([[table[pattern] for pattern in patterns] for table in tables], dtype=np.int64)
        return names, np.array(patterns, dtype=np.uint64), counts.reshape(len(tables), len(patterns))


def draw(run: Run, settings: Settings, *, prior: PartitionPrior, missed: Missed, draws: int | None = None) -> Draws:
    """Draw `settings.draws` answers. The same run, settings and seed give the same draws."""
    number = settings.draws if draws is None else draws
    labels = np.tile(np.arange(len(run.records), dtype=np.int64), (number, 1))
    by_size: dict[int, list[Component]] = defaultdict(list)
    for component in run.components:
        by_size[len(component)].append(component)
    for size, some in sorted(by_size.items()):
        rng = np.random.default_rng([settings.seed, size])
        found = np.empty((len(some), number, size), dtype=np.int64)
        for fixed, those in prior.fixed(number):
            if size <= LARGEST_LISTED:
                odds = np.stack([one.odds for one in some])
                found[:, those] = listed_draws(odds, prior=fixed, draws=len(those), rng=rng)
            else:
                found[:, those] = [_chained(one, settings, prior=fixed, draws=len(those)) for one in some]
        for one, drawn in zip(some, found, strict=True):
            _write(labels, one, drawn)
    for group in _decided_alone(run):
        labels[:, list(group)] = group[0]
    if missed.mean > 0:
        _join_missed(labels, run, settings, missed=missed)
    return Draws(tuple(record.key for record in run.records), labels, missed, settings.seed)


def _chained(one: Component, settings: Settings, *, prior: PartitionPrior, draws: int) -> NDArray[np.int64]:
    """Draws of a large component; its seed comes from its members, so that other components do not change it."""
    members = ",".join(str(record) for node in one.nodes for record in node)
    seed = zlib.crc32(f"{settings.seed}:{prior.alpha}:{members}".encode())
    start = joined(one, threshold=settings.threshold)
    return chain_draws(one.odds, start, prior=prior, draws=draws, seed=seed)


def _write(labels: NDArray[np.int64], one: Component, drawn: NDArray[np.int64]) -> None:
    """Put node labels [S, k] into record labels, naming each cluster by its first record."""
    size = len(one)
    firsts = np.array([node[0] for node in one.nodes], dtype=np.int64)
    names = np.empty_like(drawn)
    for draw_number, row in enumerate(drawn):
        lowest = np.full(size + 1, np.iinfo(np.int64).max)
        np.minimum.at(lowest, row, firsts)
        names[draw_number] = lowest[row]
    for place, node in enumerate(one.nodes):
        for record in node:
            labels[:, record] = names[:, place]


def _decided_alone(run: Run) -> list[tuple[int, ...]]:
    """Records decided to be the same that are in no component."""
    inside = {record for one in run.components for node in one.nodes for record in node}
    return [node for node in nodes_of(run.rules, len(run.records)) if len(node) > 1 and node[0] not in inside]


def _join_missed(labels: NDArray[np.int64], run: Run, settings: Settings, *, missed: Missed) -> None:
    """Join as many more clusters in each draw as the missed links say: a gamma share of the links, then Poisson."""
    rng = np.random.default_rng([settings.seed, 7])
    candidates, weights = _candidates(run)
    shape = (missed.mean / max(missed.sd, 1e-9)) ** 2
    for row in labels:
        links = int((row != np.arange(len(row))).sum())
        share = rng.gamma(shape, missed.mean / shape)
        for _ in range(rng.poisson(share * links)):
            _join_one(row, run, settings, rng=rng, candidates=candidates, weights=weights)


def _candidates(run: Run) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Compared pairs with little evidence, and cumulated chances in proportion to their probability."""
    odds = run.log_odds
    weak = np.flatnonzero(odds < 0)
    weak = weak[np.argsort(-odds[weak], kind="stable")[:_MOST_CANDIDATES]]
    pairs = np.stack([run.scored.left[weak], run.scored.right[weak]], axis=1)
    return pairs, np.cumsum(1.0 / (1.0 + np.exp(-np.clip(odds[weak], -500, 0))))


def _join_one(
    row: NDArray[np.int64],
    run: Run,
    settings: Settings,
    *,
    rng: np.random.Generator,
    candidates: NDArray[np.int64],
    weights: NDArray[np.float64],
) -> None:
    """Join two clusters of a draw that no rule keeps apart: one time in two a weak pair, else any two records."""
    for _ in range(_TRIES):
        if len(candidates) and rng.random() < 0.5:
            place = min(int(np.searchsorted(weights, rng.random() * weights[-1])), len(candidates) - 1)
            one, two = candidates[place]
        else:
            one, two = rng.integers(0, len(row), size=2)
        if row[one] != row[two] and _may_join(row, int(one), int(two), run, settings=settings):
            low, high = sorted((row[one], row[two]))
            row[row == high] = low
            return


def _may_join(row: NDArray[np.int64], one: int, two: int, run: Run, *, settings: Settings) -> bool:
    for left in np.flatnonzero(row == row[one]).tolist():
        for right in np.flatnonzero(row == row[two]).tolist():
            pair = (min(left, right), max(left, right))
            if pair in run.rules.apart or contradiction(run.features[left], run.features[right], settings=settings):
                return False
    return True


def together(draws: Draws, members: Sequence[int]) -> NDArray[np.float64]:
    """For each member of a cluster: share of draws in which it is with at least half of the other members."""
    drawn = draws.labels[:, list(members)]
    same = (drawn[:, :, None] == drawn[:, None, :]).sum(axis=2) - 1
    share: NDArray[np.float64] = (2 * same >= len(members) - 1).mean(axis=0)
    return share
