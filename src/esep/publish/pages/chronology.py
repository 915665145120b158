"""The chronology: dated entries by year, then series, umbrella entries and plans apart, then what nobody dates."""

from __future__ import annotations

from collections.abc import Iterable

from esep.publish.page import Page
from esep.publish.rules import Rules
from esep.publish.shown_events import ShownEvent
from esep.publish.view import View

_APART = {
    "series": "Series: repeated actions, each entry counted once as a series",
    "umbrella": "Umbrella entries: accounts of several actions together",
    "planned": "Planned: announced or called for; not a report that it happened",
    "feared": "Feared: somebody is afraid of it; not a report that it happened",
    "denied": "Denied: somebody says that it did not happen",
    "unclear": "Unclear: the source leaves open whether or how it happened",
    "absence_of_reports": "No reports: the source says that nobody reported it",
}


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """One page."""
    single = [event for event in view.events if _kind(event) not in _APART]
    years: dict[str, list[ShownEvent]] = {}
    for event in single:
        if event.year:
            years.setdefault(event.year, []).append(event)
    apart = {heading: [e for e in view.events if _kind(e) == entry] for entry, heading in _APART.items()}
    values = {
        "years": years,
        "apart": {heading: entries for heading, entries in apart.items() if entries},
        "undated": [event for event in single if not event.year],
        "disclaimers": view.disclaimers(source for event in view.events for source in event.sources),
    }
    yield Page("chronology.html", "Chronology", "chronology.html", values)


def _kind(event: ShownEvent) -> str:
    """What keeps an entry out of the list of things that happened, or «single»."""
    return event.polarity if event.polarity in _APART else event.entry
