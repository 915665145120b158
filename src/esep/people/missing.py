"""Who is missing now: single persons for whom a search makes sense."""

from __future__ import annotations

from collections.abc import Iterable

from esep.counts.states import state_on
from esep.people.counting import counted
from esep.people.persons import Person


def missing(people: Iterable[Person]) -> list[Person]:
    """Single persons whose state is missing, or of whom a source says that it does not know what became of them."""
    return [person for person in people if person.kind == "person" and _is_missing(person)]


def _is_missing(person: Person) -> bool:
    if not person.statuses:
        return any(claim.prop == "status" and claim.state == "unknown" for claim in person.claims)
    return any(share.status.status == "missing" for one in counted([person]) for share in state_on(one, None).shares)
