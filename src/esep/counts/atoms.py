"""Scopes cut into atoms: sets of people such that every scope is made of whole ones.

Places, days and schemes of kinds of people are cut into parts that share nobody; their products are *cells*. What no
table decides (a hospital, «oil workers», a part of a day, a narrower category) is a *label* inside a cell: a set of
people that may overlap any other label, except that a label lies in those that hold it. A scope has a set of labels,
and its people in a cell are those who have all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from esep.counts.scopes import Hierarchy, Scope, World, category_line
from esep.dates import When

Labels = frozenset[tuple[str, str]]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Region:
    """A scope with the days that a figure really covers: nothing after the date it speaks for."""

    scope: Scope
    start: date | None
    end: date | None

    @classmethod
    def of(cls, scope: Scope, as_of: When | None = None) -> Region:
        """The region of a scope, cut off after the last day of `as_of`."""
        start = scope.period.earliest if scope.period else None
        end = scope.period.latest if scope.period else None
        until = as_of.latest if as_of else None
        if until is not None and (end is None or until < end) and (start is None or until >= start):
            end = until
        return cls(scope, start, end)

    @property
    def key(self) -> tuple[tuple[str, ...], date, date]:
        """Sort key."""
        return self.scope.key, self.start or date.min, self.end or date.max

    def text(self) -> str:
        """The scope in words, with «until» where it is cut off."""
        latest = self.scope.period.latest if self.scope.period else None
        return self.scope.text() if self.end == latest else f"{self.scope.text()}, until {self.end}"


@dataclass(frozen=True)
class Atoms:
    """Some regions that may share people, cut up.

    `inside[r, c]` says whether cell c is part of region r; `labels[r]` are the labels that its people have in its
    cells, with every label that holds one of them; `within[a, b]` says that everybody of region a is in region b.
    `above` gives the labels that hold each label, and `together` the sets of labels that some scope of the family
    has; in the atoms of a few regions (`is_few`) cells know them all, so that leaving scopes out loses nothing.
    """

    regions: tuple[Region, ...]
    inside: Bools
    labels: tuple[Labels, ...]
    within: Bools
    above: Mapping[tuple[str, str], Labels]
    together: tuple[Labels, ...]
    is_few: bool = False

    def of(self, regions: Sequence[int]) -> Atoms:
        """The atoms of some of the regions, by position."""
        chosen = list(regions)
        return Atoms(
            tuple(self.regions[i] for i in chosen),
            _distinct(self.inside[chosen]),
            tuple(self.labels[i] for i in chosen),
            self.within[np.ix_(chosen, chosen)],
            self.above,
            self.together,
            is_few=True,
        )


def cut(regions: Iterable[Region], world: World) -> list[Atoms]:
    """Cut regions into atoms, one result for each set of regions that can share people."""
    families: dict[tuple[str, str], list[Region]] = {}
    for region in sorted(set(regions), key=lambda region: region.key):
        families.setdefault((region.scope.event, category_line(region.scope.category)[-1]), []).append(region)
    return [atoms for _, family in sorted(families.items()) for atoms in _cut_family(family, world)]


def _cut_family(family: Sequence[Region], world: World) -> list[Atoms]:
    stated = [_labels(region.scope, world) for region in family]
    used = frozenset[tuple[str, str]]().union(*stated)
    above = {one: frozenset(held for held in used if _lies_in(one, held, world)) for one in used}
    labels = [frozenset[tuple[str, str]]().union(*(above[one] for one in label)) for label in stated]
    together = tuple(sorted(set(labels), key=sorted))
    inside = _days(family)
    inside = _crossed(inside, _named(family, world.places, [_places(r.scope) for r in family]))
    for scheme in world.schemes:
        inside = _crossed(inside, _named(family, scheme, [r.scope.who for r in family]))
    results = []
    for members in _connected(inside):
        part = _distinct(inside[members])
        own = tuple(labels[i] for i in members)
        results.append(Atoms(tuple(family[i] for i in members), part, own, _within(part, own), above, together))
    return results


def _places(scope: Scope) -> tuple[str, ...]:
    return (scope.place,) if scope.place is not None else ()


def _days(family: Sequence[Region]) -> Bools:
    """Which stretch of days, between any two dates that occur, lies in which region."""
    first, last = date.min.toordinal(), date.max.toordinal()
    starts = np.array([r.start.toordinal() if r.start else first for r in family])
    ends = np.array([r.end.toordinal() + 1 if r.end else last for r in family])
    cuts = np.unique(np.concatenate([starts, ends]))[:-1]
    return _distinct((starts[:, None] <= cuts) & (cuts < ends[:, None]))


def _named(family: Sequence[Region], hierarchy: Hierarchy, held: Sequence[tuple[str, ...]]) -> Bools:
    """Which part of a table of names lies in which region; the last part is what no name covers."""
    names = {line for names in held for name in names for line in hierarchy.line(name)}
    names |= {name for region in family for name in region.scope.excludes}
    apart = {name for name in names if hierarchy.is_apart(name)}
    for parent in sorted(apart & hierarchy.whole):
        apart |= set(_parts_of(parent, hierarchy))
    leaves = sorted(name for name in apart if not (name in hierarchy.whole and _has_child(hierarchy, name)))
    lines = [set(hierarchy.line(leaf)) for leaf in leaves] + [set()]
    rows = []
    for region, own in zip(family, held, strict=True):
        need = {hierarchy.base(name) for name in own} - {None}
        out = {name for name in region.scope.excludes if name in apart}
        rows.append([need <= line and not out & line for line in lines])
    return _distinct(np.array(rows, dtype=bool).reshape(len(family), len(lines)))


def _parts_of(name: str, hierarchy: Hierarchy) -> list[str]:
    """The parts of a name, and their parts as long as parts make up the whole."""
    parts = sorted(child for child, parent in hierarchy.parents.items() if parent == name)
    return parts + [small for part in parts if part in hierarchy.whole for small in _parts_of(part, hierarchy)]


def _has_child(hierarchy: Hierarchy, name: str) -> bool:
    return name in hierarchy.parents.values()


def _labels(scope: Scope, world: World) -> Labels:
    """What of a scope no cell can express."""
    free = {("place", name) for name in _places(scope) if not world.places.is_apart(name)}
    for kind in scope.who:
        scheme = world.scheme_of(kind)
        if scheme is None or not world.schemes[scheme].is_apart(kind):
            free.add(("who", kind))
    hierarchies = (world.places, *world.schemes)
    free |= {("without", name) for name in scope.excludes if not any(h.is_apart(name) for h in hierarchies)}
    free |= {("part", scope.part)} if scope.part else set()
    free |= {("category", scope.category)} if len(category_line(scope.category)) > 1 else set()
    return frozenset(free)


def _lies_in(smaller: tuple[str, str], larger: tuple[str, str], world: World) -> bool:
    """Does everybody with one label certainly have the other one?"""
    (kind, name), (other_kind, other) = smaller, larger
    if kind != other_kind:
        return False
    if kind == "category":
        return other in category_line(name)
    if kind == "place":
        return world.places.contains(other, name)
    if kind == "part":
        return world.parts.contains(other, name)
    scheme = world.scheme_of(name) if kind == "who" else None
    return name == other or (scheme is not None and world.schemes[scheme].contains(other, name))


def _within(inside: Bools, labels: Sequence[Labels]) -> Bools:
    """Containment of every region in every other: by cells, and by labels (more labels, fewer people)."""
    outside = inside.astype(np.int32) @ (~inside).astype(np.int32).T
    kinds = list(dict.fromkeys(labels))
    number = {label: i for i, label in enumerate(kinds)}
    order = np.array([[a >= b for b in kinds] for a in kinds], dtype=bool)
    own = np.array([number[label] for label in labels])
    return np.asarray((outside == 0) & order[np.ix_(own, own)])


def _crossed(first: Bools, second: Bools) -> Bools:
    """Cells of two ways of cutting, without those that no region holds and without doubles."""
    return _distinct((first[:, :, None] & second[:, None, :]).reshape(len(first), -1))


def _distinct(columns: Bools) -> Bools:
    """Columns that differ and are not empty: atoms that the same regions hold are one atom."""
    columns = columns[:, columns.any(axis=0)]
    if columns.shape[1] < 2:
        return columns
    packed = np.ascontiguousarray(np.packbits(columns, axis=0).T)
    _, first = np.unique(packed.view(np.dtype((np.void, packed.shape[1]))).ravel(), return_index=True)
    return columns[:, np.sort(first)]


def _connected(inside: Bools) -> list[list[int]]:
    """Regions in sets that share a cell, directly or by way of others; a region without cells stands alone."""
    left = list(range(len(inside)))
    results = []
    while left:
        members = np.zeros(len(inside), dtype=bool)
        members[left[0]] = True
        while True:
            grown = members | (inside[:, inside[members].any(axis=0)].any(axis=1))
            if (grown == members).all():
                break
            members = grown
        results.append([i for i in left if members[i]])
        left = [i for i in left if not members[i]]
    return results
