"""Groups of records that doubt connects: each is a small table of log odds on which clusters and draws are made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from esep.linkage.features import Features
from esep.linkage.settings import Settings

FORBIDDEN = -1e4
"""Log odds of a pair that must not stand in one cluster."""

UNSCORED = -3.0
"""Log odds of a pair inside a component that was not compared."""


@dataclass(frozen=True)
class Component:
    """Records connected by pairs in doubt.

    `nodes`: groups of record positions; records that were decided to be the same are one node. `odds` float64[k, k]
    natural log odds that two nodes are one person (summed over their records), symmetric, 0 on the diagonal,
    `FORBIDDEN` where the two may not be joined.
    """

    nodes: tuple[tuple[int, ...], ...]
    odds: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.nodes)


@dataclass(frozen=True)
class Rules:
    """What is decided before any probability: positions joined, and pairs kept apart with the reason."""

    same: tuple[tuple[int, int], ...]
    apart: Mapping[tuple[int, int], str]
    duplicate_free: frozenset[str]


class Sets:
    """Disjoint sets of positions; the smallest member names a set, so the order of joining changes nothing."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, one: int) -> int:
        """The smallest position of the set that holds `one`."""
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, one: int, two: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.find(one), self.find(two)))
        self._parent[second] = first

    def groups(self) -> list[tuple[int, ...]]:
        """All sets, each sorted, ordered by their first member."""
        found: dict[int, list[int]] = defaultdict(list)
        for one in range(len(self._parent)):
            found[self.find(one)].append(one)
        return [tuple(members) for _, members in sorted(found.items())]


def contradiction(one: Features, other: Features, *, settings: Settings) -> str:
    """Why two records cannot be one person's, "" when nothing says so."""
    if one.list == other.list and one.list in settings.duplicate_free:
        return "both on a list that holds nobody twice"
    if settings.sex_contradicts and one.stated_sex and other.stated_sex and one.stated_sex != other.stated_sex:
        return "different sex"
    confirmed = one.birth_confirmed and other.birth_confirmed and one.birth_day and other.birth_day
    if confirmed and one.birth_day != other.birth_day:
        return "different confirmed dates of birth"
    return ""


def nodes_of(rules: Rules, records: int) -> list[tuple[int, ...]]:
    """Records, those decided to be the same together; a person's decision outweighs every rule."""
    sets = Sets(records)
    for one, two in rules.same:
        sets.join(one, two)
    return sets.groups()


def components(
    pairs: Sequence[tuple[int, int]],
    log_odds: Sequence[float],
    *,
    keep: NDArray[np.bool_],
    found: Sequence[Features],
    rules: Rules,
    settings: Settings,
) -> Iterator[Component]:
    """Connected groups of two nodes or more under the pairs that `keep` selects; all scored pairs fill their tables."""
    nodes = nodes_of(rules, len(found))
    node_of = {record: place for place, node in enumerate(nodes) for record in node}
    odds: dict[tuple[int, int], float] = defaultdict(float)
    scored: Counter[tuple[int, int]] = Counter()
    sets = Sets(len(nodes))
    for (left, right), weight, kept in zip(pairs, log_odds, keep, strict=True):
        one, two = sorted((node_of[left], node_of[right]))
        if one != two:
            odds[one, two] += weight
            scored[one, two] += 1
            if kept and not _kept_apart(nodes[one], nodes[two], found, rules=rules, settings=settings):
                sets.join(one, two)
    for group in sets.groups():
        if len(group) > 1:
            members = tuple(nodes[place] for place in group)
            yield Component(members, _table(group, members, odds, scored, found=found, rules=rules, settings=settings))


def _table(
    group: Sequence[int],
    members: Sequence[tuple[int, ...]],
    odds: Mapping[tuple[int, int], float],
    scored: Mapping[tuple[int, int], int],
    *,
    found: Sequence[Features],
    rules: Rules,
    settings: Settings,
) -> NDArray[np.float64]:
    table = np.zeros((len(group), len(group)))
    for i, j in combinations(range(len(group)), 2):
        pair = (group[i], group[j])
        missing = len(members[i]) * len(members[j]) - scored.get(pair, 0)
        value = odds.get(pair, 0.0) + missing * UNSCORED
        if _kept_apart(members[i], members[j], found, rules=rules, settings=settings):
            value = FORBIDDEN
        table[i, j] = table[j, i] = value
    return table


def _kept_apart(
    left: Sequence[int], right: Sequence[int], found: Sequence[Features], *, rules: Rules, settings: Settings
) -> bool:
    for one in left:
        for two in right:
            pair = (one, two) if one < two else (two, one)
            if pair in rules.apart or contradiction(found[one], found[two], settings=settings):
                return True
    return False
