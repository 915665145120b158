"""Running counts: figures of one speaker about one thing, in the order of the dates they speak for.

22, then 70, then more than 100 is one count that rose. Its steps are never added up, and never called a contradiction;
a later lower figure is shown as what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from esep.counts.categories import label
from esep.counts.origins import Speakers
from esep.counts.scopes import World
from esep.counts.tables import listed
from esep.counts.tolls import Toll

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One running count.

    `voice` is the speaker, or the root source; `steps` are the dated figures in order; `undated` those of the same
    speaker and scope whose date is not stated, which no order can place; `later_lower` are pairs in which the later
    figure is certainly lower.
    """

    voice: str
    category: str
    place: str | None
    steps: tuple[Toll, ...]
    undated: tuple[Toll, ...]
    later_lower: tuple[tuple[Toll, Toll], ...]

    @property
    def rises(self) -> bool:
        """Does no step fall below the one before, and the last stand above the first?"""
        ends = [toll.bounds for toll in self.steps]
        return not self.later_lower and len(ends) > 1 and ends[0].stated[:1] < ends[-1].stated[:1]

    def text(self) -> str:
        """«K. Sholpan, killed, Zhanaozen: 22 (2011-12-16), then 70 (2011-12-16), then more than 100 (2011-12-17)»."""
        steps = ", then ".join(dict.fromkeys(f"{toll.bounds.text()} ({_moment(toll)})" for toll in self.steps))
        said = f"{self.voice}, {label(self.category)}, {self.place or 'place not stated'}: {steps}"
        if self.undated:
            said += "; date not stated: " + listed(list(dict.fromkeys(toll.bounds.text() for toll in self.undated)))
        for before, after in self.later_lower:
            said += f"; the later figure {after.bounds.text()} is lower than {before.bounds.text()}"
        return said


def find_series(
    tolls: Iterable[Toll], speakers: Speakers, *, world: World | None = None, by: str = "origin"
) -> tuple[Series, ...]:
    """Running counts of one origin (or, with `by="root"`, of one root source) with at least two dated figures.

    Figures of unknown origin make no series by origin. On one day a part of the day comes before the day it lies in.
    """
    voice = _voice(speakers, by)
    found: dict[Key, list[Toll]] = {}
    for toll in tolls:
        speaker = voice(toll)
        if speaker is not None and toll.is_asserted and toll.bounds.stated and not toll.is_subset:
            place = "\0" if toll.scope.place is None else toll.scope.place
            about = (toll.scope.event, toll.scope.category, place, *toll.scope.who, "\0", *toll.scope.excludes)
            found.setdefault((speaker, *about), []).append(toll)
    series = [_series(key[0], found[key], world or World()) for key in sorted(found)]
    return tuple(one for one in series if len(one.steps) > 1)


def _voice(speakers: Speakers, by: str) -> Callable[[Toll], str | None]:
    if by == "root":
        return lambda toll: toll.root
    return lambda toll: speakers.first_named(toll.chain)


def _series(voice: str, tolls: list[Toll], world: World) -> Series:
    steps = sorted((toll for toll in tolls if is_dated(toll)), key=lambda toll: _place_in_time(toll, world))
    undated = sorted((toll for toll in tolls if not is_dated(toll)), key=lambda toll: (toll.bounds.stated, toll.id))
    lower = tuple((a, b) for a, b in pairwise(steps) if b.bounds.is_below(a.bounds) and a.as_of != b.as_of)
    return Series(voice, tolls[0].scope.category, tolls[0].scope.place, tuple(steps), tuple(undated), lower)


def is_dated(toll: Toll) -> bool:
    """Does the text say, at least in part, for which date the figure speaks?"""
    return toll.as_of is not None and toll.as_of.latest is not None


def _place_in_time(toll: Toll, world: World) -> tuple[date, date, int, tuple[int, ...], str]:
    """Order of dated figures: last day, first day, then the smaller part of a day, then the smaller number."""
    last, first = date.max, date.min
    if toll.as_of is not None:
        last, first = toll.as_of.latest or last, toll.as_of.earliest or first
    depth = len(world.parts.line(toll.scope.part)) if toll.scope.part else 0
    return last, first, -depth, toll.bounds.stated, toll.id


def _moment(toll: Toll) -> str:
    words = [toll.as_of.text if toll.as_of else "date not stated"]
    return ", ".join([*words, toll.scope.part] if toll.scope.part else words)
