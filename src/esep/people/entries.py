"""Entries on lists of hospitals, morgues and places of detention, and bodies with a name: where to look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from esep.dates import When
from esep.errors import BadDate
from esep.ledger.claims import Claim
from esep.ledger.sources import Sources
from esep.people.bodies import Body
from esep.people.list_kinds import ListKind, list_kind
from esep.people.persons import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One named record on a list of a kind, and the person it belongs to now; or a body with a name.

    `date` and `place` are where and when a body was first seen; a record of a list has its own.
    """

    record: str
    person: str
    source: str
    kind: ListKind
    title: str
    claims: tuple[Claim, ...]
    date: str | None = None
    place: str | None = None

    @property
    def is_body(self) -> bool:
        """Is it a body and no record of a list?"""
        return self.record.startswith("body:")


def entries(people: Iterable[Person], sources: Sources) -> list[Entry]:
    """Named records on lists of a kind, in the order of the ledger."""
    found = []
    for person in (one for one in people if one.kind == "person"):
        for record in person.records:
            claims = tuple(claim for claim in person.claims if claim.subject == record and claim.state == "stated")
            source = next((sources.get(claim.source) for claim in claims if claim.source), None)
            name = next((str(claim.value) for claim in claims if claim.prop == "name"), None)
            kind = list_kind(source) if source is not None else None
            if source is not None and kind is not None and name is not None:
                found.append(Entry(record, person.id, source.id, kind, name, claims))
    return found


def body_entries(bodies: Iterable[Body], claims: Iterable[Claim]) -> list[Entry]:
    """Bodies that a source gives a name to and that nobody has linked to a person."""
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.state == "stated":
            told.setdefault(claim.subject, []).append(claim)
    found = []
    for body in bodies:
        about = tuple(told.get(body.id, ()))
        name = next((str(claim.value) for claim in about if claim.prop == "name"), None)
        if name is not None and body.person is None:
            source = next((claim.source for claim in about if claim.source), "") or ""
            first = next((event for event in body.history if event.date), body.history[0] if body.history else None)
            date, place = (first.date, first.place) if first else (None, None)
            found.append(Entry(body.id, body.id, source, "morgue", name, about, date, place))
    return found


def is_later(when: When | None, day: date) -> bool:
    """Is the date certainly after the day?"""
    return when is not None and when.earliest is not None and when.earliest > day


def day_of(there: Entry, sources: Sources) -> When | None:
    """The day that an entry speaks of: its own date, else that of its list."""
    own = there.date or dated(stated_by(there.claims))
    source = sources.get(there.source)
    return read_day(own or (source.published if source else None))


def read_day(text: str | None) -> When | None:
    """A date, or None for what is none."""
    try:
        return When.parse(text) if text else None
    except BadDate:
        return None


def stated_by(claims: Iterable[Claim]) -> dict[str, Any]:
    """First stated value of each property."""
    found: dict[str, Any] = {}
    for claim in claims:
        if claim.state == "stated":
            found.setdefault(claim.prop, claim.value)
    return found


def dated(stated: Mapping[str, Any]) -> str | None:
    """Day of what happened: of the status, of the death, or the record's own."""
    happened = stated["status"] if isinstance(stated.get("status"), dict) else {}
    found = happened.get("date") or stated.get("death_date") or stated.get("date")
    return str(found) if found else None
