"""Groups of records that doubt connects: each is a small table of log odds on which clusters and draws are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
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
    if not rules.same:
        return [(record,) for record in range(records)]
    sets = Sets(records)
    for one, two in rules.same:
        sets.join(one, two)
    return sets.groups()


@njit(cache=True)
def _connect(parent, left, right):  # type: ignore[no-untyped-def]
    for pair in range(len(left)):
        one, two = left[pair], right[pair]
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        while parent[two] != two:
            parent[two] = parent[parent[two]]
            two = parent[two]
        if one < two:
            parent[two] = one
        else:
            parent[one] = two
    for one in range(len(parent)):
        parent[one] = parent[parent[one]]


def connected(size: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each of `size` positions the smallest one that these pairs connect it with: int64[size]."""
    parent = np.arange(size, dtype=np.int64)
    _connect(parent, left, right)
    return parent


@dataclass(frozen=True)
class Against:
    """What keeps records apart, as arrays over records, and codes `left * n + right` of pairs that people decided.

    `free`: number of a list that holds nobody twice; `sex`: of the stated sex; `day`: confirmed day of birth. Below 0
    or 0: says nothing.
    """

    free: NDArray[np.int64]
    sex: NDArray[np.int64]
    day: NDArray[np.int64]
    codes: NDArray[np.int64]


def against(found: Sequence[Features], *, rules: Rules, settings: Settings) -> Against:
    """What `contradiction` and decisions say, laid out for compiled loops."""
    lists = {name: number for number, name in enumerate(settings.duplicate_free)}
    sexes = {"m": 1, "f": 2} if settings.sex_contradicts else {}
    days = ((one.birth_day or 0) if one.birth_confirmed else 0 for one in found)
    return Against(
        np.array([lists.get(one.list, -1) for one in found], dtype=np.int64),
        np.array([sexes.get(one.stated_sex or "", 0) for one in found], dtype=np.int64),
        np.fromiter(days, dtype=np.int64, count=len(found)),
        np.array(sorted(left * len(found) + right for left, right in rules.apart), dtype=np.int64),
    )


@njit(cache=True)
def records_apart(one, two, free, sex, day, codes):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """The rules of `contradiction`, and what people decided, for two records."""
    if free[one] >= 0 and free[one] == free[two]:
        return True
    if sex[one] > 0 and sex[two] > 0 and sex[one] != sex[two]:
        return True
    if day[one] > 0 and day[two] > 0 and day[one] != day[two]:
        return True
    code = min(one, two) * len(free) + max(one, two)
    place = np.searchsorted(codes, code)
    return place < len(codes) and codes[place] == code


@njit(cache=True)
def _nodes_apart(one, two, members, begins, free, sex, day, codes):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    for left in members[begins[one] : begins[one + 1]]:
        for right in members[begins[two] : begins[two + 1]]:
            if records_apart(left, right, free, sex, day, codes):
                return True
    return False


@njit(cache=True)
def _pairs_apart(left, right, members, begins, free, sex, day, codes):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    found = np.zeros(len(left), dtype=np.bool_)
    for pair in range(len(left)):
        found[pair] = _nodes_apart(left[pair], right[pair], members, begins, free, sex, day, codes)
    return found


@njit(cache=True)
def _tables(  # type: ignore[no-untyped-def]  # noqa: PLR0917
    groups, group_at, place, left, right, odds, scored, members, begins, free, sex, day, codes, out, out_at
):
    """Fill the tables of all components, one after the other in `out`; `place` is a node's place in its group."""
    for number in range(len(group_at) - 1):
        size = group_at[number + 1] - group_at[number]
        nodes = groups[group_at[number] : group_at[number + 1]]
        table = out[out_at[number] : out_at[number + 1]].reshape(size, size)
        for i in range(size):
            for j in range(i + 1, size):
                one, two = nodes[i], nodes[j]
                pairs = (begins[one + 1] - begins[one]) * (begins[two + 1] - begins[two])
                table[i, j] = pairs * UNSCORED
        for pair in range(scored[number], scored[number + 1]):
            i, j = place[left[pair]], place[right[pair]]
            table[min(i, j), max(i, j)] += odds[pair] - UNSCORED
        for i in range(size):
            for j in range(i + 1, size):
                if _nodes_apart(nodes[i], nodes[j], members, begins, free, sex, day, codes):
                    table[i, j] = FORBIDDEN
                table[j, i] = table[i, j]


def components(
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    log_odds: NDArray[np.float64],
    *,
    keep: NDArray[np.bool_],
    found: Sequence[Features],
    rules: Rules,
    settings: Settings,
) -> Iterator[Component]:
    """Connected groups of two nodes or more under the pairs that `keep` selects; all scored pairs fill their tables."""
    nodes = nodes_of(rules, len(found))
    members = np.array([record for node in nodes for record in node], dtype=np.int64)
    begins = np.cumsum([0, *map(len, nodes)])
    node_of = np.empty(len(found), dtype=np.int64)
    node_of[members] = np.repeat(np.arange(len(nodes)), np.diff(begins))
    one, two = np.sort(np.stack([node_of[left], node_of[right]]), axis=0)
    other = one != two
    one, two, log_odds, keep = one[other], two[other], log_odds[other], keep[other]
    said = against(found, rules=rules, settings=settings)
    sides = (members, begins, said.free, said.sex, said.day, said.codes)
    joins = keep.copy()
    joins[keep] = ~_pairs_apart(one[keep], two[keep], *sides)
    names = connected(len(nodes), one[joins], two[joins])
    sizes = np.bincount(names, minlength=len(nodes))
    groups = np.flatnonzero(sizes[names] > 1)
    groups = groups[np.argsort(names[groups], kind="stable")]
    group_at = np.concatenate([[0], np.cumsum(sizes[sizes > 1])])
    place = np.zeros(len(nodes), dtype=np.int64)
    place[groups] = np.arange(len(groups)) - np.repeat(group_at[:-1], np.diff(group_at))
    inside = (names[one] == names[two]) & (sizes[names[one]] > 1)
    one, two, log_odds = one[inside], two[inside], log_odds[inside]
    order = np.lexsort((two, one, names[one]))
    one, two, log_odds = one[order], two[order], log_odds[order]
    scored = np.searchsorted(names[one], np.append(names[groups[group_at[:-1]]], len(nodes)))
    out_at = np.concatenate([[0], np.cumsum(np.diff(group_at) ** 2)])
    out = np.zeros(int(out_at[-1]))
    _tables(groups, group_at, place, one, two, log_odds, scored, *sides, out, out_at)
    for number, (start, end) in enumerate(zip(group_at[:-1].tolist(), group_at[1:].tolist(), strict=True)):
        table = out[out_at[number] : out_at[number + 1]].reshape(end - start, end - start)
        yield Component(tuple(nodes[node] for node in groups[start:end].tolist()), table)
