"""What a figure is about: category, place, period, who is counted and who is not; and which scope holds which.

A scope that no table mentions is not guessed at: nothing is assumed about it except that its people are among
everybody. Two scopes exclude each other only where a table says that the parts of something are apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from esep.counts.categories import categories, label
from esep.dates import When
from esep.errors import CountsError


@dataclass(frozen=True)
class Hierarchy:
    """Names within names: towns in regions, defendants among the detained, hours in days.

    `parents` gives the next larger name of each. Parts of one name share nobody, unless the name is in
    `overlapping`; they make up all of it only if it is in `whole`. Raises `CountsError` for a name within itself.
    """

    parents: Mapping[str, str] = field(default_factory=dict)
    overlapping: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in self.parents:
            self.line(name)

    @classmethod
    def of(
        cls,
        names: Iterable[str],
        contains: Callable[[str, str], bool],
        *,
        overlapping: frozenset[str] = frozenset(),
        whole: frozenset[str] = frozenset(),
    ) -> Hierarchy:
        """Hierarchy of `names` where `contains(a, b)` says that b lies in a: the parent is the smallest such a."""
        known = sorted(set(names))
        above = {b: [a for a in known if a != b and contains(a, b)] for b in known}
        parents = {b: max(larger, key=lambda a: (len(above[a]), a)) for b, larger in above.items() if larger}
        return cls(parents, overlapping, whole)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that the table mentions."""
        return frozenset(self.parents) | frozenset(self.parents.values())

    def line(self, name: str) -> tuple[str, ...]:
        """The name and everything that holds it, smallest first."""
        found = [name]
        while (parent := self.parents.get(found[-1])) is not None:
            if parent in found:
                raise CountsError(f"{name!r} lies within itself by way of {parent!r}", hint="correct the parents")
            found.append(parent)
        return tuple(found)

    def contains(self, larger: str, smaller: str) -> bool:
        """Does `larger` hold all of `smaller`? Every name holds itself."""
        return larger in self.line(smaller)

    def is_apart(self, name: str) -> bool:
        """Is the name in the table, and does it share nobody with the other parts at every step upward?"""
        above = self.line(name)[1:]
        return name in self.names and "" not in self.overlapping and not any(n in self.overlapping for n in above)

    def base(self, name: str) -> str | None:
        """The smallest name at or above this one that shares nobody with its neighbours, or None."""
        return next((held for held in self.line(name) if self.is_apart(held)), None)


@dataclass(frozen=True, slots=True)
class Scope:
    """What one figure counts.

    `category` is a name of the table of categories; `place` None is a place that is not stated; `period` are the days
    of the harm and None is not stated; `who` are the kinds of people, all of which hold at once (empty: everyone);
    `part` is a named part of the period («first half hour»); `excludes` are places or kinds of people left out;
    `event` tells past events apart (empty: the event of the case).
    """

    category: str
    place: str | None = None
    period: When | None = None
    who: tuple[str, ...] = ()
    part: str = ""
    excludes: tuple[str, ...] = ()
    event: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Sort key; a stated place comes before one that is not."""
        period = self.period.text if self.period else ""
        return (self.event, self.category, self.place or "\uffff", *self.who, self.part, period, *self.excludes)

    def text(self) -> str:
        """In words: «killed, Zhanaozen, 2011-12-16, first half hour, without: not linked»."""
        words = [label(self.category), *self.who, self.place or "place not stated"]
        words += [self.period.text] if self.period else []
        words += [self.part] if self.part else []
        words += [f"event {self.event}"] if self.event else []
        words += ["without: " + ", ".join(self.excludes)] if self.excludes else []
        return ", ".join(words)


@dataclass(frozen=True)
class World:
    """What is decided about scopes: places, named parts of days, and schemes of kinds of people.

    Each scheme is one way to divide people («linked», «not linked»; or «police», «civilians»); kinds of two schemes
    may meet in one person.
    """

    places: Hierarchy = field(default_factory=Hierarchy)
    parts: Hierarchy = field(default_factory=Hierarchy)
    schemes: tuple[Hierarchy, ...] = ()

    def scheme_of(self, kind: str) -> int | None:
        """Position of the scheme that knows this kind of people, or None."""
        return next((i for i, scheme in enumerate(self.schemes) if kind in scheme.names), None)

    def contains(self, larger: Scope, smaller: Scope) -> bool:
        """Is everyone counted under `smaller` certainly counted under `larger`?"""
        return (
            larger.event == smaller.event
            and larger.category in category_line(smaller.category)
            and (larger.place is None or (smaller.place is not None and self._in_place(larger.place, smaller.place)))
            and (larger.period is None or (smaller.period is not None and smaller.period.within(larger.period)))
            and (not larger.part or (bool(smaller.part) and self.parts.contains(larger.part, smaller.part)))
            and all(any(self._in_kind(kind, other) for other in smaller.who) for kind in larger.who)
            and all(self._is_left_out(name, smaller) for name in larger.excludes)
        )

    def _in_place(self, larger: str, smaller: str) -> bool:
        return self.places.contains(larger, smaller)

    def _in_kind(self, larger: str, smaller: str) -> bool:
        scheme = self.scheme_of(larger)
        return larger == smaller or (scheme is not None and self.schemes[scheme].contains(larger, smaller))

    def _is_left_out(self, name: str, scope: Scope) -> bool:
        """Does the scope hold nobody of `name`: because it leaves it out too, or lies apart from it?"""
        if name in scope.excludes:
            return True
        if scope.place is not None and self._lie_apart(self.places, name, scope.place):
            return True
        return any(self._lie_apart(scheme, name, kind) for scheme in self.schemes for kind in scope.who)

    @staticmethod
    def _lie_apart(hierarchy: Hierarchy, first: str, second: str) -> bool:
        """Does everybody of `second` lie in a part that shares nobody with `first`?"""
        base = hierarchy.base(second)
        if base is None or not hierarchy.is_apart(first):
            return False
        return not hierarchy.contains(first, base) and not hierarchy.contains(base, first)


def category_line(name: str) -> tuple[str, ...]:
    """The category and those it is a part of, smallest first: in hospital, injured."""
    found = [name]
    while (known := categories().get(found[-1])) is not None and known.within:
        found.append(known.within)
    return tuple(found)
