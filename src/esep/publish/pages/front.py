"""The front page: documented people, claimed numbers with who says so, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esep.publish.page import Page
from esep.publish.pages.counts import Figure, figures
from esep.publish.pages.tolls import draw, page_of
from esep.publish.rules import Rules
from esep.publish.shown_tolls import CASUALTIES, ShownGroup, ShownToll
from esep.publish.view import View
from esep.publish.words import label

_GROUPS_EACH = 2


@dataclass(frozen=True)
class Claimed:
    """One scope of claimed numbers, and the page on which its statements stand.

    `beyond` (page, scope, statement): of statements about the same category and place in another scope (a part of
    the days, without some people), those with the largest number, if it is larger than any of this scope. A part
    cannot be larger than the whole, so a reader who saw only this scope's highest would be misled.
    """

    path: str
    group: ShownGroup
    beyond: tuple[tuple[str, ShownGroup, ShownToll], ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that is not known, with its number where there is one."""

    text: str
    path: str | None = None


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """The front page."""
    states = figures(view)
    by_name = {figure.name: figure for figure in states if figure.table == "state"}
    first = [by_name[name] for name in CASUALTIES if name in by_name]
    deaths = view.tolls.of(CASUALTIES[0])[:1]
    yield Page(
        "index.html",
        "Overview",
        "front.html",
        {
            "casualties": first,
            "absent": [label(name) for name in CASUALTIES if name not in by_name],
            "others": [figure for figure in by_name.values() if figure not in first],
            "totals": {figure.name: figure for figure in states if figure.table == "total"},
            "claimed": list(_claimed(view)),
            "drawn": [draw(group) for group in deaths],
            "limits": list(_limits(view, states)),
        },
    )


def _claimed(view: View) -> Iterator[Claimed]:
    """For every category of casualties, the scopes that most statements are about."""
    for category in CASUALTIES:
        for group in view.tolls.of(category)[:_GROUPS_EACH]:
            if group.lowest:
                yield Claimed(page_of(group), group, _beyond(view, group))


def _beyond(view: View, group: ShownGroup) -> tuple[tuple[str, ShownGroup, ShownToll], ...]:
    top = max((_largest(toll) for toll in group.highest), default=0)
    others = [
        (other, toll)
        for other in view.tolls.of(group.category)
        if other is not group and other.place == group.place
        for toll in other.tolls
        if toll.is_asserted and _largest(toll) > top
    ]
    most = max((_largest(toll) for _, toll in others), default=0)
    return tuple((page_of(other), other, toll) for other, toll in others if _largest(toll) == most)


def _largest(toll: ShownToll) -> int:
    """The largest number that a statement states; 0 where it states none."""
    return max(toll.low or 0, toll.high or 0)


def _limits(view: View, states: Iterable[Figure]) -> Iterator[Limit]:
    """What a reader must know before using a number of this site."""
    yield Limit(
        "A documented count says how many people the records hold. People whom no source records are not in it,"
        " so it says nothing about how many there were at most."
    )
    yield _estimated(view)
    yield from _unnamed(view)
    yield from _hidden(view, states)
    if view.tally.ambiguous:
        people = _many(len(view.tally.ambiguous), "person", "people")
        yield Limit(f"For {people} two statuses compete that no date puts in order.")
    if view.unsure:
        cases = _many(view.unsure, "pair of entries", "pairs of entries")
        yield Limit(f"For {cases} nobody can tell whether both are one; they are counted apart.")
    if undated := sum(1 for event in view.events if event.date is None):
        yield Limit(f"{_many(undated, 'event has', 'events have')} no stated date.", "chronology.html#undated")
    if silent := [label(category) for category in CASUALTIES if not view.tolls.of(category)]:
        yield Limit(f"No source here states a number of: {', '.join(silent)}. That is not zero.")
    if translated := sum(1 for source in view.sources.values() if source.is_translation):
        sources = _many(translated, "source is a translation", "sources are translations")
        yield Limit(f"{sources}; the original may not be held.", "sources.html")


def _estimated(view: View) -> Limit:
    if any(one.methods for one in view.estimates):
        words = "How many people no list names was estimated; estimates stand on a page of their own and are no counts."
        return Limit(words, "estimate.html")
    return Limit("No estimate was made of how many people no source records.", "estimate.html#takes")


def _unnamed(view: View) -> Iterator[Limit]:
    if unnamed := sum(1 for person in view.people if not person.is_named):
        entries = _many(unnamed, "entry has", "entries have")
        yield Limit(f"{entries} no name, only a description; such people may also be listed by name.", "people.html")


def _hidden(view: View, states: Iterable[Figure]) -> Iterator[Limit]:
    if hidden := sum(figure.not_shown for figure in states if figure.name == "people" and figure.table == "total"):
        entries = _many(hidden, "counted entry", "counted entries")
        reason = "no basis for showing them is recorded, or a role forbids it"
        yield Limit(f"{entries} cannot be opened here: {reason}.", "method.html#not-shown")


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
