"""From persons to the form that tallies take, and the documented count of a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from esep.counts.states import Counted
from esep.counts.tally import LevelOf, Tally, tally
from esep.ledger.entities import Identity
from esep.people.levels import Levels
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
    levels: Levels | None = None,
) -> Tally:
    """The documented count: people recorded, as of a day of the world and as known on a moment.

    `levels` adds how far each state is verified.
    """
    everybody = persons(ledger, known_on=known_on, identity=identity)
    return tally(counted(everybody), by=by, as_of=as_of, level_of=level_of(everybody, levels) if levels else None)


def level_of(people: Iterable[Person], levels: Levels) -> LevelOf:
    """Level of verification by person and status."""
    of = {person.id: person for person in people}
    return lambda entity, status: levels.level(of[entity], status)
