"""Draws of who is who: S whole answers, each as likely as the evidence makes it.

Inside a component partitions are drawn from their probabilities; records outside of every component stand alone.
Pair evidence alone says too many people with too much certainty, because some pairs of one person's records were
never compared or disagree in everything. So every draw also joins a random number of clusters that evidence left
apart: the missed links, as an audit by people or the shipped made lists estimate them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esep.linkage.chains import chain_draws
from esep.linkage.clustering import agreed, likeliest
from esep.linkage.components import Component, against, nodes_of
from esep.linkage.keys import text_code
from esep.linkage.missing import join_missed
from esep.linkage.partitions import LARGEST_LISTED, PartitionPrior, listed_draws
from esep.linkage.running import Run
from esep.linkage.settings import Settings

Key = tuple[str, int]
_TABLES = 2_000
"""Components that are drawn from at once: bounds memory."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Links that the evidence does not show.

    `mean` and `sd`: a share of the links that it does show. `one_word`: a record with one word of a name has little to
    be known by; when it stands alone, it belongs to somebody on another list so many times as often as other records
    do. An audit by people counts these among all others, so it is 0 there.
    """

    mean: float
    sd: float
    source: str
    one_word: float = 0.0


@dataclass(frozen=True)
class Chain:
    """What was drawn in a large component, before missed links: labels int16[S, k] of its nodes."""

    component: Component
    labels: NDArray[np.int16]


@dataclass(frozen=True)
class Draws:
    """S answers: `labels` int32[S, n] name the cluster of each record by the position of its first member.

    `point` int32[n] is what they agree on: the position of one record of each record's person. `keys` are list and row
    of the n records, `missed` what was added for missed links, `seed` repeats the draws; `chains` of the large
    components are kept, so that a list added later draws only from those that it touches.
    """

    keys: tuple[Key, ...]
    labels: NDArray[np.int32]
    point: NDArray[np.int32]
    missed: Missed
    seed: int
    chains: tuple[Chain, ...] = ()

    def __len__(self) -> int:
        return len(self.labels)

    def mappings(self, ids: Sequence[str] | None = None) -> list[dict[str, str]]:
        """Each draw as record id -> label; ids are `list:row` unless given. Labels are ids of first members."""
        names = list(ids) if ids is not None else [f"{name}:{row}" for name, row in self.keys]
        return [{names[i]: names[label] for i, label in enumerate(row)} for row in self.labels.tolist()]

    def people(self) -> NDArray[np.int64]:
        """Number of distinct people in each draw: int64[S]."""
        here = np.arange(self.labels.shape[1])
        return np.array([(row == here).sum() for row in self.labels], dtype=np.int64)

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
            tables.append(np.unique(pattern[pattern > 0], return_counts=True))
        patterns = np.unique(np.concatenate([those for those, _ in tables])) if tables else np.zeros(0, dtype=np.uint64)
        counts = np.zeros((len(tables), len(patterns)), dtype=np.int64)
        for number, (those, times) in enumerate(tables):
            counts[number, np.searchsorted(patterns, those)] = times
        return names, patterns, counts


def draw(
    run: Run,
    settings: Settings,
    *,
    prior: PartitionPrior,
    missed: Missed,
    draws: int | None = None,
    before: Draws | None = None,
) -> Draws:
    """Draw `settings.draws` answers. The same run, settings and seed give the same draws.

    `before`: draws under the same prior and settings, whose large components are not drawn from again where they are
    the same; it changes only how long this takes.
    """
    number = settings.draws if draws is None else draws
    lots = _Lots(run, settings.seed)
    chains = _Chains(lots, prior=prior, draws=number, seed=settings.seed, before=before)
    labels = np.tile(np.arange(len(run.records), dtype=np.int32), (number, 1))
    by_size: dict[int, list[Component]] = defaultdict(list)
    for component in run.components:
        by_size[len(component)].append(component)
    for size, some in sorted(by_size.items()):
        if size > LARGEST_LISTED:
            for one in some:
                _write(labels, [one], chains.of(one).labels[None])
            continue
        for at in range(0, len(some), _TABLES):
            part = some[at : at + _TABLES]
            _write(labels, part, _listed(part, lots, prior=prior, draws=number))
    point = _point(run, labels, lots, threshold=settings.threshold)
    for group in _decided_alone(run):
        labels[:, list(group)] = point[list(group)] = group[0]
    if missed.mean > 0 or missed.one_word > 0:
        said = against(run.features, rules=run.rules, settings=settings)
        join_missed(labels, run, said, missed=missed, seed=settings.seed)
    return Draws(tuple(record.key for record in run.records), labels, point, missed, settings.seed, tuple(chains.made))


class _Lots:
    """Chance and order in a component, told by list and row of its members alone: other records change neither."""

    def __init__(self, run: Run, seed: int) -> None:
        self._codes = [text_code(f"{name}:{row}") for name, row in (record.key for record in run.records)]
        self._seed = seed

    def order(self, one: Component) -> NDArray[np.int64]:
        """Places of the nodes in an order of their own."""
        return np.argsort(np.array([min(self._codes[r] for r in node) for node in one.nodes], dtype=np.uint64))

    def seed(self, one: Component) -> int:
        """A seed of 64 bits."""
        return (sum(self._codes[record] for node in one.nodes for record in node) + self._seed) % 2**64


def _in_order(one: Component, order: NDArray[np.int64]) -> Component:
    return Component(tuple(one.nodes[place] for place in order.tolist()), one.odds[np.ix_(order, order)])


def _listed(part: Sequence[Component], lots: _Lots, *, prior: PartitionPrior, draws: int) -> NDArray[np.int8]:
    """Draws of components of one size up to 8: labels int8[components, draws, size] of their nodes."""
    orders = np.stack([lots.order(one) for one in part])
    odds = np.stack([one.odds[np.ix_(order, order)] for one, order in zip(part, orders, strict=True)])
    points = np.stack([np.random.default_rng(lots.seed(one)).random(draws) for one in part])
    drawn = np.empty((len(part), draws, orders.shape[1]), dtype=np.int8)
    for fixed, those in prior.fixed(draws):
        drawn[:, those] = listed_draws(odds, prior=fixed, points=points[:, those])
    return np.take_along_axis(drawn, np.argsort(orders, axis=1)[:, None, :], axis=2)


def _point(run: Run, labels: NDArray[np.int32], lots: _Lots, *, threshold: float) -> NDArray[np.int32]:
    """The point answer int32[n], before missed links: each record's person, by the position of a member."""
    point = np.arange(len(run.records), dtype=np.int32)
    for component in run.components:
        one = _in_order(component, lots.order(component))
        drawn = labels[:, [node[0] for node in one.nodes]]
        for node, label in zip(one.nodes, agreed(one, drawn, threshold=threshold).tolist(), strict=True):
            point[list(node)] = one.nodes[label][0]
    return point


class _Chains:
    """Draws of large components, each made once; those of `before` count where the component is the same."""

    def __init__(self, lots: _Lots, *, prior: PartitionPrior, draws: int, seed: int, before: Draws | None) -> None:
        self._lots, self._prior, self._draws = lots, prior, draws
        usable = before is not None and before.seed == seed and len(before) == draws
        self._known = {one.component.nodes: one for one in before.chains} if before and usable else {}
        self.made: list[Chain] = []

    def of(self, one: Component) -> Chain:
        chain = self._known.get(one.nodes)
        if chain is None or not np.array_equal(chain.component.odds, one.odds):
            own = Component(one.nodes, one.odds.copy())  # its table is a view of the tables of a whole run
            chain = Chain(own, _chained(one, self._lots, prior=self._prior, draws=self._draws))
        self.made.append(chain)
        return chain


def _chained(one: Component, lots: _Lots, *, prior: PartitionPrior, draws: int) -> NDArray[np.int16]:
    """Draws of a large component."""
    places = lots.order(one)
    own = _in_order(one, places)
    parts = prior.fixed(draws)
    order = np.array([draw for _, those in parts for draw in those], dtype=np.int64)
    alphas = np.array([fixed.alpha for fixed, those in parts for _ in those])
    drawn = chain_draws(own.odds, likeliest(own), tau=prior.tau, alphas=alphas, seed=lots.seed(one) % 2**32)
    found = np.empty((draws, len(one)), dtype=np.int16)
    found[np.ix_(order, places)] = drawn
    return found


def _write(labels: NDArray[np.int32], some: Sequence[Component], drawn: NDArray[np.integer[Any]]) -> None:
    """Put node labels [components, S, size] into record labels, naming each cluster by its first record."""
    nodes = [node for one in some for node in one.nodes]
    members = np.array([record for node in nodes for record in node], dtype=np.int64)
    _write_nodes(labels, drawn, members, np.cumsum([0, *map(len, nodes)]))


@njit(cache=True)
def _write_nodes(labels, drawn, members, begins):  # type: ignore[no-untyped-def]
    """Nodes stand in the order of their first records, so the first node of a cluster names it."""
    components, draws, size = drawn.shape
    first = np.empty(size, dtype=np.int64)
    for component in range(components):
        for draw in range(draws):
            first[:] = -1
            for place in range(size):
                node, label = component * size + place, drawn[component, draw, place]
                if first[label] < 0:
                    first[label] = members[begins[node]]
                for record in members[begins[node] : begins[node + 1]]:
                    labels[draw, record] = first[label]


def _decided_alone(run: Run) -> list[tuple[int, ...]]:
    """Records decided to be the same that are in no component."""
    if not run.rules.same:
        return []
    inside = {record for one in run.components for node in one.nodes for record in node}
    return [node for node in nodes_of(run.rules, len(run.records)) if len(node) > 1 and node[0] not in inside]


def together(draws: Draws, clusters: Sequence[Sequence[int]]) -> list[NDArray[np.float64]]:
    """For each member of each cluster: share of draws in which it is with at least half of the other members."""
    members = np.array([record for members in clusters for record in members], dtype=np.int64)
    begins = np.cumsum([0, *map(len, clusters)])
    shares = _together(draws.labels, members, begins) / max(len(draws), 1)
    return np.split(shares, begins[1:-1])


@njit(cache=True)
def _together(labels, members, begins):  # type: ignore[no-untyped-def]
    times = np.zeros(len(members))
    for row in labels:
        for cluster in range(len(begins) - 1):
            start, end = begins[cluster], begins[cluster + 1]
            for one in range(start, end):
                same = 0
                for other in range(start, end):
                    same += row[members[other]] == row[members[one]]
                times[one] += 2 * (same - 1) >= end - start - 1
    return times
