"""Conflicts between figures in neutral sentences: who says what about what, why both cannot be, in what they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from esep.counts.atoms import Region
from esep.counts.readings import Stance
from esep.counts.scopes import Scope
from esep.counts.tables import listed, span

Kind = Literal["different origins", "one origin", "origin unknown", "documented people"]
SHOWN = 3
"""So many speakers of one figure are named in a sentence; the rest are a number."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Documented people in a scope: at least `low`, and the records that this number opens to."""

    scope: Scope
    low: int
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One figure of a conflict, with every statement that gives it, or the documented people behind it."""

    region: Region
    low: int
    high: int | None
    stances: tuple[Stance, ...]
    floors: tuple[Floor, ...]

    @property
    def origins(self) -> tuple[str, ...]:
        """Known origins, sorted."""
        return tuple(sorted({stance.origin for stance in self.stances if stance.origin is not None}))

    @property
    def tolls(self) -> tuple[str, ...]:
        """Ids of the statements."""
        return tuple(sorted({stance.toll.id for stance in self.stances}))

    def text(self) -> str:
        """«22 (killed, Zhanaozen, 2011-12-16, first half hour; said by K. Sholpan)»."""
        if self.floors:
            return f"{self.low:,} documented people ({self.region.text()})"
        return f"{self._figure()} ({self.region.text()}; said by {self._voices()})"

    def _figure(self) -> str:
        figures = list(dict.fromkeys(stance.toll.bounds.text() for stance in self.stances))
        read = span(self.low, self.high)
        said = listed(figures)
        return said if figures == [read] else f"{said}, read as {read},"

    def _voices(self) -> str:
        named = list(self.origins[:SHOWN])
        more = len(self.origins) - len(named)
        named += [f"{more} more"] if more else []
        unknown = len({stance.toll.root for stance in self.stances if stance.origin is None})
        if unknown:
            named.append("1 root that names nobody" if unknown == 1 else f"{unknown} roots that name nobody")
        return listed(named)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures that cannot all be true, while any of them could be with the others gone.

    `kind` says whose they are; `differ_in` lists source, time, scope and definition where the sides differ;
    `because` is the reason in words.
    """

    sides: tuple[Side, ...]
    kind: Kind
    differ_in: tuple[str, ...]
    because: str

    @property
    def tolls(self) -> tuple[str, ...]:
        """Ids of all statements that take part."""
        return tuple(sorted({toll for side in self.sides for toll in side.tolls}))

    def text(self) -> str:
        """The conflict in sentences."""
        said = listed([side.text() for side in self.sides])
        verb = {1: "cannot be true", 2: "cannot both be true"}.get(len(self.sides), "cannot all be true")
        differ = f" They differ in {listed(self.differ_in)}." if self.differ_in else ""
        return f"{said} {verb}: {self.because}. {_KINDS[self.kind]}{differ}"

    def row(self) -> dict[str, Any]:
        """Ready for JSON."""
        sides = [
            {
                "scope": side.region.text(),
                "low": side.low,
                "high": side.high,
                "tolls": side.tolls,
                "origins": side.origins,
                "documented": [key for floor in side.floors for key in floor.ids],
            }
            for side in self.sides
        ]
        return {"kind": self.kind, "differ_in": self.differ_in, "sides": sides, "text": self.text()}


_KINDS: dict[Kind, str] = {
    "different origins": "The figures come from different origins.",
    "one origin": "All figures come from one origin: not explained.",
    "origin unknown": "For at least one figure nobody is named, so it is not known whether they are independent.",
    "documented people": "A figure allows fewer people than are documented.",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How the sides of a conflict lie: everybody of a is in b (`within[a][b]`), nobody is in both (`apart[a][b]`)."""

    within: Sequence[Sequence[bool]]
    apart: Sequence[Sequence[bool]]


def conflict_of(sides: Sequence[Side], layout: Layout) -> Conflict:
    """A conflict of these sides, with its reason."""
    return Conflict(tuple(sides), _kind(sides), _differences(sides), _because(sides, layout))


def _kind(sides: Sequence[Side]) -> Kind:
    if any(side.floors for side in sides):
        return "documented people"
    if not all(side.origins for side in sides):
        return "origin unknown"
    return "different origins" if len({name for side in sides for name in side.origins}) > 1 else "one origin"


def _differences(sides: Sequence[Side]) -> tuple[str, ...]:
    """Which of source, time, scope and definition are not the same on all sides."""
    spoken = [side for side in sides if side.stances]
    tests = {
        "source": (side.origins or ("?", *sorted({s.toll.root for s in side.stances})) for side in spoken),
        "time": (_times(side) for side in spoken),
        "scope": (_aboutness(side.region.scope) for side in sides),
        "definition": (_definition(side) for side in sides),
    }
    return tuple(name for name, values in tests.items() if len(set(values)) > 1)


def _times(side: Side) -> Any:
    dates = sorted({stance.toll.as_of.text if stance.toll.as_of else "not stated" for stance in side.stances})
    return side.region.start, side.region.end, tuple(dates)


def _aboutness(scope: Scope) -> Any:
    return scope.place, scope.who, scope.part, scope.excludes


def _definition(side: Side) -> Any:
    marks = sorted({mark for stance in side.stances for mark in stance.toll.ambiguities})
    return side.region.scope.category, tuple(marks)


def _because(sides: Sequence[Side], layout: Layout) -> str:
    if len(sides) == 1:
        return "nobody can be in that scope"
    if len(sides) == 2:
        return _because_two(sides, layout.within)
    every = range(len(sides))
    for whole in (b for b in every if all(layout.within[a][b] for a in every)):
        parts = [i for i in every if i != whole]
        high = sides[whole].high
        if all(layout.apart[a][b] for a, b in combinations(parts, 2)) and high is not None:
            if sum(sides[i].low for i in parts) > high:
                return f"parts that share nobody would hold more people than the {_number(high)} of the whole"
            return "the parts that make up the whole hold fewer people than it says"
    return "the way these scopes overlap leaves no numbers of people that fit all of them at once"


def _because_two(sides: Sequence[Side], within: Sequence[Sequence[bool]]) -> str:
    if within[0][1] and within[1][0]:
        return "both speak of the same scope and no number fits both"
    part, whole = (0, 1) if within[0][1] else (1, 0)
    low, high = sides[part].low, sides[whole].high
    return (
        f"everybody in the scope «{sides[part].region.text()}» is also in «{sides[whole].region.text()}», "
        f"and at least {low:,} do not fit into {_number(high)}"
    )


def _number(high: int | None) -> str:
    return "any number" if high is None else f"at most {high:,}"


def ordered(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Conflicts in a stable order: documented people first, then by size and words."""
    rank = {"documented people": 0, "different origins": 1, "origin unknown": 2, "one origin": 3}
    return tuple(sorted(conflicts, key=lambda found: (rank[found.kind], len(found.sides), found.text())))
