"""From persons to the form that tallies take, and the documented count of a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from esep.counts.states import Counted
from esep.counts.tally import Tally, tally
from esep.ledger.entities import Identity
from esep.people.persons import Person, persons

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger


def counted(people: Iterable[Person]) -> list[Counted]:
    """Persons and groups as tallies take them; who has no status of their own (kin, officials) is left out."""
    found = []
    for person in people:
        if person.statuses:
            low, high = person.size
            history = tuple(line.counted() for line in person.statuses)
            kind: Literal["person", "group"] = "group" if person.kind == "group" else "person"
            found.append(Counted(person.id, kind, person.is_named, low, high, history))
    return found


def documented(
    ledger: Ledger,
    *,
    by: Sequence[Literal["status", "place", "day"]] = ("status",),
    as_of: date | None = None,
    known_on: KnownOn = None,
    identity: Identity = "decided",
) -> Tally:
    """The documented count: people recorded, as of a day of the world and as known on a moment."""
    return tally(counted(persons(ledger, known_on=known_on, identity=identity)), by=by, as_of=as_of)
