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
}


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """One page."""
    single = [event for event in view.events if event.entry not in _APART]
    years: dict[str, list[ShownEvent]] = {}
    for event in single:
        if event.year:
            years.setdefault(event.year, []).append(event)
    apart = {heading: [e for e in view.events if e.entry == entry] for entry, heading in _APART.items()}
    values = {
        "years": years,
        "apart": {heading: entries for heading, entries in apart.items() if entries},
        "undated": [event for event in single if not event.year],
    }
    yield Page("chronology.html", "Chronology", "chronology.html", values)
