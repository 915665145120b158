"""How toll statements are read before they are compared: «so far» or «in total», and in the order of one speaker.

A text that leaves open whether its figure is a running or a final one is read both ways. Figures of one speaker are a
running count first: a later figure takes the high end off an earlier one that it exceeds, and the low end off an
earlier one that it undercuts, both shown. Where no date puts two different figures of one speaker about one scope in
order, they are a class of its own, «not explained», and stand together for the range between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from esep.counts.atoms import Region
from esep.counts.bounds import Bounds
from esep.counts.origins import Speakers
from esep.counts.scopes import World
from esep.counts.series import is_dated
from esep.counts.tables import listed
from esep.counts.tolls import Reading, Toll, by_count_date

UNDATED = "same speaker, same stated scope, date not stated: not explained"
SAME_DATE = "same speaker, same stated scope, same date: not explained"


@dataclass(frozen=True, slots=True)
class Stance:
    """One statement under one reading: at least `low` and at most `high` (None: open) people in `region`."""

    toll: Toll
    origin: str | None
    region: Region
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Replaced:
    """An earlier figure that a later one of the same speaker replaces: it was exceeded, or the later one is lower."""

    earlier: Toll
    later: Toll
    why: Literal["exceeded", "later lower"]

    def text(self) -> str:
        """«17 (2012-01-25) stands for 15 (2011-12-18)», in neutral words."""
        before, after = (f"{toll.bounds.text()} ({toll.as_of})" for toll in (self.earlier, self.later))
        if self.why == "exceeded":
            return f"{before} was a running count: the same speaker later said {after}"
        return f"the later figure {after} of the same speaker is lower than {before}"


@dataclass(frozen=True, slots=True)
class Unexplained:
    """Different figures of one speaker about one stated scope that no date puts in order."""

    origin: str
    region: Region
    tolls: tuple[Toll, ...]
    why: str

    def text(self) -> str:
        """«10, 17 and 15, killed, Zhanaozen: same speaker, same stated scope, date not stated: not explained»."""
        figures = listed(list(dict.fromkeys(toll.bounds.text() for toll in self.tolls)))
        return f"{self.origin}: {figures}, {self.region.scope.text()}: {self.why}"


@dataclass(frozen=True, slots=True)
class Heard:
    """All statements under one reading, with what one speaker's own order explains and what it does not."""

    reading: Reading
    stances: tuple[Stance, ...]
    replaced: tuple[Replaced, ...]
    unexplained: tuple[Unexplained, ...]


def hear(
    tolls: Sequence[Toll], *, reading: Reading, speakers: Speakers, world: World, about_share: float
) -> Heard:
    """Read statements under one reading for those that leave it open.

    `about_share` is the tolerance of «about N» as a share of N.
    """
    stances = [_stance(toll, reading, speakers, about_share) for toll in by_count_date(tolls)]
    voices: dict[str, list[int]] = {}
    for i, stance in enumerate(stances):
        if stance.origin is not None:
            voices.setdefault(stance.origin, []).append(i)
    replaced: list[Replaced] = []
    unexplained: list[Unexplained] = []
    for voice in sorted(voices):
        own = [stances[i] for i in voices[voice]]
        own, changes = _in_order(own, world)
        own, doubts = _out_of_order(own)
        replaced.extend(changes)
        unexplained.extend(doubts)
        for i, stance in zip(voices[voice], own, strict=True):
            stances[i] = stance
    return Heard(reading, tuple(stances), tuple(replaced), tuple(unexplained))


def _stance(toll: Toll, reading: Reading, speakers: Speakers, about_share: float) -> Stance:
    bounds: Bounds = toll.bounds.with_tolerance(about_share)
    is_open = (toll.reading or reading) == "so_far"
    # «up to 200» is a limit in itself; «17 so far» has none
    high = None if is_open and toll.bounds.low is not None else bounds.high
    return Stance(toll, speakers.first_named(toll.chain), Region.of(toll.scope, toll.as_of), bounds.least, high)


def _is_later(second: Toll, first: Toll) -> bool:
    """Does `second` certainly speak for a later date than `first`?"""
    if first.as_of is None or second.as_of is None:
        return False
    return (
        first.as_of.latest is not None
        and second.as_of.earliest is not None
        and first.as_of.latest < second.as_of.earliest
    )


def _in_order(own: Sequence[Stance], world: World) -> tuple[list[Stance], list[Replaced]]:
    """Loosen the ends of earlier figures of one speaker that later ones exceed or undercut."""
    results, changes = [], []
    for first in own:
        low, high = first.low, first.high
        for second in own:
            if not _is_later(second.toll, first.toll):
                continue
            if high is not None and second.low > high and world.contains(first.toll.scope, second.toll.scope):
                changes.append(Replaced(first.toll, second.toll, "exceeded"))
                high = None
            if second.high is not None and second.high < low and world.contains(second.toll.scope, first.toll.scope):
                changes.append(Replaced(first.toll, second.toll, "later lower"))
                low = 0
        results.append(replace(first, low=low, high=high))
    return results, changes


def _out_of_order(own: Sequence[Stance]) -> tuple[list[Stance], list[Unexplained]]:
    """Put figures of one speaker and one scope that differ without an order of dates into one range."""
    results, doubts = list(own), []
    by_scope: dict[object, list[int]] = {}
    for i, stance in enumerate(own):
        by_scope.setdefault(stance.toll.scope, []).append(i)
    for members in by_scope.values():
        odd = [i for i in members if any(_differ(own[i], own[j]) for j in members)]
        if not odd:
            continue
        low = min(own[i].low for i in odd)
        ends = [own[i].high for i in odd]
        high = None if None in ends else max(end for end in ends if end is not None)
        widest = Region.of(own[odd[0]].toll.scope)
        for i in odd:
            results[i] = replace(own[i], low=low, high=high, region=widest)
        is_dated_ = all(is_dated(own[i].toll) for i in odd)
        tolls = tuple(sorted((own[i].toll for i in odd), key=lambda toll: (toll.bounds.stated, toll.id)))
        doubts.append(Unexplained(own[odd[0]].origin or "", widest, tolls, SAME_DATE if is_dated_ else UNDATED))
    return results, doubts


def _differ(first: Stance, second: Stance) -> bool:
    """Can the two not both be true, while no date says which came later?"""
    if _is_later(first.toll, second.toll) or _is_later(second.toll, first.toll):
        return False
    return _exceeds(first, second) or _exceeds(second, first)


def _exceeds(part: Stance, whole: Stance) -> bool:
    """Does `part` say more people than `whole` allows, and do its days lie within the days of `whole`?"""
    if whole.high is None or part.low <= whole.high:
        return False
    days, longer = part.region, whole.region
    starts = longer.start is None or (days.start is not None and days.start >= longer.start)
    return starts and (longer.end is None or (days.end is not None and days.end <= longer.end))
