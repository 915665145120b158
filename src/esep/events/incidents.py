"""Events: something that happened at a place and time, as its sources have it, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esep.dates import When
from esep.errors import BadDate
from esep.ledger.claims import Claim
from esep.ledger.entities import Identity, entities
from esep.names.keys import search_key

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

ENTRIES = ("single", "series", "umbrella", "planned")


@dataclass(frozen=True)
class Event:
    """An event: a cluster of records under the judgements known at one moment."""

    id: str
    records: tuple[str, ...]
    claims: tuple[Claim, ...]

    def first(self, prop: str) -> str | None:
        """First stated value of a property, or None when no source states it."""
        return next((str(c.value) for c in self.claims if c.prop == prop and c.state == "stated"), None)

    def values(self, prop: str) -> tuple[str, ...]:
        """Distinct stated values of a property, in the order of the ledger."""
        return tuple(dict.fromkeys(str(c.value) for c in self.claims if c.prop == prop and c.state == "stated"))

    def compound(self, prop: str) -> tuple[dict[str, str], ...]:
        """Distinct stated compound values of a property, in the order of the ledger."""
        found = [c.value for c in self.claims if c.prop == prop and c.state == "stated" and isinstance(c.value, dict)]
        return tuple(value for i, value in enumerate(found) if value not in found[:i])

    @property
    def dated(self) -> str | None:
        """EDTF date, or None: a date that no source states stays empty."""
        return next((when.get("date") for when in self.compound("when")), None)

    @property
    def when(self) -> When | None:
        """The date as days, if it is stated and can be read."""
        try:
            return When.parse(self.dated) if self.dated else None
        except BadDate:
            return None

    @property
    def places(self) -> tuple[str, ...]:
        """Places as sources name them; empty where none is stated."""
        return tuple(where["place"] for where in self.compound("where") if where.get("place"))

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries as sources name them, each once."""
        return tuple(dict.fromkeys(where["country"] for where in self.compound("where") if where.get("country")))

    @property
    def entry(self) -> str:
        """single, series, umbrella or planned; single where nothing is stated."""
        return self.first("entry") or "single"

    @property
    def polarity(self) -> str:
        """asserted, reported, denied, feared, planned, unclear …; asserted where no source puts it otherwise."""
        return self.first("polarity") or "asserted"

    @property
    def title(self) -> str:
        """One line: what the sources' summary says, or the type of event."""
        return self.first("summary") or self.first("type") or self.id

    @property
    def sources(self) -> tuple[str, ...]:
        """Source ids, each once."""
        return tuple(dict.fromkeys(claim.source for claim in self.claims if claim.source))

    @property
    def _order(self) -> tuple[bool, date, date, str]:
        when = self.when
        if when is None or (when.earliest is None and when.latest is None):
            return (True, date.max, date.max, self.id)
        return (False, when.earliest or date.min, when.latest or date.max, self.id)


def events(ledger: Ledger, *, known_on: KnownOn = None, identity: Identity = "decided") -> list[Event]:
    """All events in the order of time, those without a date last."""
    upto = ledger.position(known_on)
    clusters = entities(ledger, known_on=upto, identity=identity)
    gathered: dict[str, list[Claim]] = {}
    for claim in ledger.claims(kind="event", known_on=upto):
        gathered.setdefault(clusters.of(claim.subject), []).append(claim)
    found = []
    for entity, claims in gathered.items():
        records = tuple(dict.fromkeys(claim.subject for claim in claims))
        found.append(Event(entity, records, tuple(claims)))
    return sorted(found, key=lambda event: event._order)


def select(
    chronology: Iterable[Event],
    *,
    query: str | None = None,
    during: str | None = None,
    country: str | None = None,
    types: Sequence[str] | None = None,
    entries: Sequence[str] | None = None,
) -> list[Event]:
    """Events that fit: words in any field and any spelling, days that overlap `during` (EDTF), country, type, entry.

    An event without a date is not in any period.
    """
    period = When.parse(during) if during else None
    words = search_key(query).split() if query else []
    found = []
    for event in chronology:
        when = event.when
        if period is not None and (when is None or not when.overlaps(period)):
            continue
        if country is not None and search_key(country) not in {search_key(c) for c in event.countries}:
            continue
        if types is not None and not set(types) & set(event.values("type")):
            continue
        if entries is not None and event.entry not in entries:
            continue
        if words and not _holds(event, words):
            continue
        found.append(event)
    return found


def _holds(event: Event, words: Sequence[str]) -> bool:
    open_claims = (claim for claim in event.claims if not claim.prop.startswith("protected:"))
    words_said = [claim.value for claim in open_claims if isinstance(claim.value, str)]
    text = search_key(" ".join((*words_said, *event.places, *event.countries)))
    tokens = set(text.split())
    return all(any(token.startswith(word) for token in tokens) for word in words)
