"""The front page: documented people, claimed numbers with who says so, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esep.publish.page import Page
from esep.publish.pages.counts import Figure, figures
from esep.publish.pages.tolls import page_of
from esep.publish.rules import Rules
from esep.publish.shown_tolls import CASUALTIES, ShownGroup, ShownToll
from esep.publish.view import View
from esep.publish.words import label

_GROUPS_EACH = 2
_VOICES_EACH = 2


@dataclass(frozen=True)
class Claimed:
    """Lowest and highest figure claimed for one scope, with who says each."""

    heading: str
    path: str
    lowest: tuple[ShownToll, ...]
    highest: tuple[ShownToll, ...]
    more_lowest: int
    more_highest: int
    group: ShownGroup


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that is not known, with its number where there is one."""

    text: str
    path: str | None = None


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """The front page."""
    states = figures(view)
    yield Page(
        "index.html",
        "Overview",
        "front.html",
        {
            "total": view.tally.total,
            "casualties": view.tally.casualties,
            "figures": [figure for figure in states if figure.table == "state"],
            "total_figure": next(figure for figure in states if figure.table == "total"),
            "claimed": list(_claimed(view)),
            "limits": list(_limits(view, states)),
            "shown": len(view.people),
        },
    )


def _claimed(view: View) -> Iterator[Claimed]:
    """For every category of casualties, the scopes that most statements are about."""
    for category in CASUALTIES:
        for group in view.tolls.of(category)[:_GROUPS_EACH]:
            if group.lowest:
                yield Claimed(
                    heading=group.scope,
                    path=f"{page_of(group)}#{group.anchor}",
                    lowest=group.lowest[:_VOICES_EACH],
                    highest=group.highest[:_VOICES_EACH],
                    more_lowest=max(0, len(group.lowest) - _VOICES_EACH),
                    more_highest=max(0, len(group.highest) - _VOICES_EACH),
                    group=group,
                )


def _limits(view: View, states: Iterable[Figure]) -> Iterator[Limit]:
    """What a reader must know before using a number of this site."""
    yield Limit(
        "A documented count says how many people the records hold. People whom no source records are not in it,"
        " so it says nothing about how many there were at most."
    )
    named = sum(1 for person in view.people if person.is_named)
    yield Limit(f"{_many(len(view.people) - named, 'entry', 'entries')} of the list have no name, only a description; some of "
                f"these people may also be listed by name.", "people.html")  # fmt: skip
    not_shown = sum(figure.not_shown for figure in states if figure.table == "total")
    if not_shown:
        yield Limit(f"{_many(not_shown, 'counted record', 'counted records')} cannot be opened here, because no basis for"
                    " showing these people is recorded or their role forbids it.", "method.html#not-shown")  # fmt: skip
    if view.tally.ambiguous:
        yield Limit(f"For {_many(len(view.tally.ambiguous), 'person', 'people')} two statuses compete that no date puts in order.")
    if view.unsure:
        yield Limit(f"In {_many(view.unsure, 'case', 'cases')} nobody can tell whether two entries are one; they are counted apart.")
    undated = sum(1 for event in view.events if event.date is None)
    yield Limit(f"{_many(undated, 'event has', 'events have')} no date that a source states.", "chronology.html#undated")
    silent = [label(category) for category in CASUALTIES if not view.tolls.of(category)]
    if silent:
        yield Limit(f"No source here states a number of: {', '.join(silent)}. That is not zero.")
    translated = sum(1 for source in view.sources.values() if source.is_translation)
    if translated:
        yield Limit(f"{_many(translated, 'source is a translation', 'sources are translations')}; the original may not be held.", "sources.html")


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
