"""Events as the site shows them: what, when, where, who, by which source; what no source states stays empty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from esep.events.incidents import Event
from esep.publish.redaction import Redaction
from esep.publish.rules import Rules
from esep.publish.words import label, slug

_TEXTS = ("summary", "actor", "organiser", "target", "response", "participants")


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One entry of the chronology. `withheld` is the number of texts that are not shown."""

    id: str
    entry: str
    polarity: str
    date: str | None
    time: str | None
    year: str | None
    places: tuple[str, ...]
    countries: tuple[str, ...]
    types: tuple[str, ...]
    summary: tuple[str, ...]
    actors: tuple[str, ...]
    organisers: tuple[str, ...]
    target: tuple[str, ...]
    response: tuple[str, ...]
    participants: tuple[str, ...]
    sources: tuple[str, ...]
    withheld: int

    @property
    def anchor(self) -> str:
        """Place on the page of the chronology."""
        return f"e-{slug(self.id)}"


def show_events(events: Iterable[Event], *, rules: Rules, redaction: Redaction) -> tuple[ShownEvent, ...]:
    """All events in the order given."""
    return tuple(_show(event, rules, redaction) for event in events)


def _show(event: Event, rules: Rules, redaction: Redaction) -> ShownEvent:
    types = set(event.values("type"))
    allow = redaction.act if types & rules.acts_unnamed else redaction.told
    said = {prop: event.values(prop) if prop in rules.event_props else () for prop in _TEXTS}
    kept = {prop: tuple(filter(None, map(allow, values))) for prop, values in said.items()}
    times = [when["time"] for when in event.compound("when") if when.get("time")]
    when = event.when
    return ShownEvent(
        id=event.id,
        entry=event.entry,
        polarity=event.polarity,
        date=event.dated,
        time=redaction.text(times[0]) if times else None,
        year=str(when.earliest.year) if when and when.earliest else None,
        places=tuple(filter(None, map(redaction.text, event.places))),
        countries=tuple(filter(None, map(redaction.text, event.countries))),
        types=tuple(label(word) for word in event.values("type") if redaction.allows(word)),
        summary=kept["summary"],
        actors=kept["actor"],
        organisers=kept["organiser"],
        target=kept["target"],
        response=kept["response"],
        participants=kept["participants"],
        sources=event.sources,
        withheld=sum(len(said[prop]) - len(kept[prop]) for prop in _TEXTS),
    )
