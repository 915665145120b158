"""Toll statements: what was said about numbers, grouped so that unlike things are never put into one figure.

Nothing here adds figures up or takes a middle of them. A group shows its lowest and its highest figure, with who says
so, and how many pages, roots and origins stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from esep.counts.bounds import Bounds
from esep.counts.categories import is_casualty, label, rank
from esep.counts.origins import Independence, Speakers, independence
from esep.counts.scopes import Scope, category_line
from esep.counts.words import folded, resource_rows
from esep.dates import When

Reading = Literal["so_far", "total"]
ASSERTED = frozenset(("asserted", "reported", "zero"))
"""Kinds of saying that put a figure forward; a figure that is denied, feared or planned is shown apart."""


@dataclass(frozen=True, slots=True)
class Toll:
    """One statement about a number.

    `source` is the page, `root` the source it goes back to, `chain` the speakers from witness to publisher and
    `kind` theirs (official, union, media …); `as_of` is the date the figure speaks for, `published` that of the page.
    `reading` says whether the text means «so far» or «in total», None where it leaves that open. `words` is what the
    text calls the people; `marks` are ambiguities that a reader noted; `is_subset` says that the text marks its
    figure as a part of something. `stated` is the scope that the source states, where a person decided another, and
    `decisions` are the claims that hold those decisions.
    """

    id: str
    bounds: Bounds
    scope: Scope
    source: str
    root: str
    chain: tuple[str, ...] = ()
    kind: str = ""
    as_of: When | None = None
    published: When | None = None
    reading: Reading | None = None
    polarity: str = "asserted"
    words: str = ""
    marks: tuple[str, ...] = ()
    is_subset: bool = False
    stated: Scope | None = None
    decisions: tuple[str, ...] = ()

    @property
    def is_asserted(self) -> bool:
        """Is the figure put forward, and not denied, feared or planned?"""
        return self.polarity in ASSERTED

    @property
    def ambiguities(self) -> tuple[str, ...]:
        """Marks of a reader, and those of words that are known to mean more than one thing."""
        said = f" {folded(self.words)} "
        found = [mark for word, mark in ambiguous_words() if f" {word} " in said]
        return tuple(dict.fromkeys((*self.marks, *found)))

    @property
    def subset_of(self) -> str:
        """What the figure is a part of, in words, or empty: a narrower category, some people, part of a day."""
        larger = category_line(self.scope.category)[1:]
        reasons = [f"part of {label(larger[0])}"] if larger else []
        reasons += [f"only {', '.join(self.scope.who)}"] if self.scope.who else []
        reasons += [f"only {self.scope.part}"] if self.scope.part else []
        reasons += [f"without {', '.join(self.scope.excludes)}"] if self.scope.excludes else []
        return "; ".join(reasons) or ("part of a larger number" if self.is_subset else "")


@cache
def ambiguous_words() -> tuple[tuple[str, str], ...]:
    """Words that mean more than one thing, each with the mark it earns (editable: `ambiguous_words.csv`)."""
    return tuple((folded(row["word"]), row["mark"]) for row in resource_rows("ambiguous_words.csv"))


def by_count_date(tolls: Iterable[Toll]) -> list[Toll]:
    """In the order of the dates that the figures speak for; those without such a date come last."""
    return sorted(tolls, key=lambda toll: (toll.as_of is None, _order(toll.as_of), _order(toll.published), toll.id))


def by_publication(tolls: Iterable[Toll]) -> list[Toll]:
    """In the order of publication; those without a date come last."""
    return sorted(tolls, key=lambda toll: (toll.published is None, _order(toll.published), toll.id))


def _order(when: When | None) -> tuple[date, date, str]:
    return when.order if when is not None else (date.max, date.max, "")


def is_past(toll: Toll, begins: date) -> bool:
    """Does the figure speak of something that ended before the event of the case began?"""
    if toll.scope.event:
        return True
    for when in (toll.scope.period, toll.as_of):
        if when is not None and when.latest is not None:
            return when.latest < begins
    return False


@dataclass(frozen=True, slots=True)
class TollGroup:
    """Statements of one category, place and kind of people, which may differ in date.

    `lowest` and `highest` are the statements with the smallest and the largest stated number (open ends are not
    numbers), empty where no number is stated; `subset_of` says what the group is a part of, or nothing;
    `not_asserted` are figures that were denied, feared or planned.
    """

    scope: Scope
    tolls: tuple[Toll, ...]
    lowest: tuple[Toll, ...]
    highest: tuple[Toll, ...]
    not_asserted: tuple[Toll, ...]
    subset_of: str
    voices: Independence

    @property
    def ambiguities(self) -> tuple[str, ...]:
        """Every mark of ambiguity in the group, once."""
        return tuple(dict.fromkeys(mark for toll in self.tolls for mark in toll.ambiguities))


def group_tolls(tolls: Iterable[Toll], speakers: Speakers) -> tuple[TollGroup, ...]:
    """Group statements by event, category, place, kind of people, part of the day and exclusions."""
    groups: dict[tuple[Scope, str], list[Toll]] = {}
    for toll in tolls:
        whole = Scope(
            toll.scope.category,
            toll.scope.place,
            None,
            toll.scope.who,
            toll.scope.part,
            toll.scope.excludes,
            toll.scope.event,
        )
        groups.setdefault((whole, toll.subset_of), []).append(toll)
    ordered = sorted(groups, key=_group_order)
    return tuple(_group(scope, subset_of, groups[scope, subset_of], speakers) for scope, subset_of in ordered)


def _group_order(key: tuple[Scope, str]) -> tuple[bool, int, tuple[str, ...], str]:
    """Casualties first, the gravest first; then by words."""
    scope, subset_of = key
    return not is_casualty(scope.category), -rank(scope.category), scope.key, subset_of


def _group(scope: Scope, subset_of: str, tolls: Sequence[Toll], speakers: Speakers) -> TollGroup:
    ordered = by_count_date(tolls)
    asserted = [toll for toll in ordered if toll.is_asserted]
    numbered = [toll for toll in asserted if toll.bounds.stated]
    low = min((min(toll.bounds.stated) for toll in numbered), default=0)
    high = max((max(toll.bounds.stated) for toll in numbered), default=0)
    return TollGroup(
        scope=scope,
        tolls=tuple(ordered),
        lowest=tuple(toll for toll in numbered if min(toll.bounds.stated) == low),
        highest=tuple(toll for toll in numbered if max(toll.bounds.stated) == high),
        not_asserted=tuple(toll for toll in ordered if not toll.is_asserted),
        subset_of=subset_of,
        voices=independence(asserted, speakers),
    )


@dataclass(frozen=True, slots=True)
class FigureVoices:
    """One figure, every statement that gives it, and how many voices stand behind it."""

    text: str
    low: int | None
    high: int | None
    tolls: tuple[str, ...]
    voices: Independence


def figures_of(tolls: Iterable[Toll], speakers: Speakers) -> tuple[FigureVoices, ...]:
    """Each distinct figure that is put forward, from the lowest to the highest, with its pages, roots and origins."""
    same: dict[tuple[tuple[int, ...], str], list[Toll]] = {}
    for toll in tolls:
        if toll.is_asserted:
            same.setdefault((toll.bounds.stated, toll.bounds.text()), []).append(toll)
    return tuple(
        FigureVoices(
            text=text,
            low=group[0].bounds.low,
            high=group[0].bounds.high,
            tolls=tuple(sorted(toll.id for toll in group)),
            voices=independence(group, speakers),
        )
        for (_, text), group in sorted(same.items())
    )


@dataclass(frozen=True, slots=True)
class TollPoint:
    """One statement as a chart draws it.

    `start` and `end` are the days the figure speaks for (`basis` «as of»), or, where the text gives none, the days of
    publication (`basis` «published»), or None. An open end is drawn as open: `low` or `high` is None.
    """

    toll: str
    category: str
    place: str | None
    start: date | None
    end: date | None
    basis: Literal["as of", "published", "none"]
    low: int | None
    high: int | None
    text: str
    root: str
    origin: str | None
    kind: str

    @property
    def is_open(self) -> bool:
        """Is an end of the figure open?"""
        return self.low is None or self.high is None


def toll_points(tolls: Iterable[Toll], speakers: Speakers) -> tuple[TollPoint, ...]:
    """What a chart over as-of dates draws, in the order of those dates; only figures that are put forward."""
    return tuple(_point(toll, speakers) for toll in by_count_date(tolls) if toll.is_asserted)


def _point(toll: Toll, speakers: Speakers) -> TollPoint:
    when = toll.as_of or toll.published
    basis: Literal["as of", "published", "none"] = "as of" if toll.as_of else "published" if toll.published else "none"
    return TollPoint(
        toll=toll.id,
        category=toll.scope.category,
        place=toll.scope.place,
        start=when.earliest if when else None,
        end=when.latest if when else None,
        basis=basis,
        low=toll.bounds.low,
        high=toll.bounds.high,
        text=toll.bounds.text(),
        root=toll.root,
        origin=speakers.first_named(toll.chain),
        kind=toll.kind,
    )
