"""Bodies have their own history: seen, moved, held, handed over, buried, refused. It changes no count of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from esep.ledger.claims import Claim

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

IS_PERSON = "is_person"
"""A person decided whose body it is: `{"person": RECORD, "reason": "", "by": "", "at": ""}`."""

ACTS = ("seen", "moved", "held", "handed_over", "buried", "refused", "feared_hidden")


@dataclass(frozen=True, slots=True)
class BodyEvent:
    """One thing that a source says happened to a body, or is feared to have happened."""

    act: str
    date: str | None
    place: str | None
    by: str | None
    source: str | None
    cid: str


@dataclass(frozen=True, slots=True)
class Body:
    """One body, or a number of bodies, linked to a person or to nobody."""

    id: str
    person: str | None
    count: tuple[int | None, int | None]
    history: tuple[BodyEvent, ...]


def bodies(ledger: Ledger, *, known_on: KnownOn = None) -> list[Body]:
    """All bodies with their histories as known on a moment."""
    upto = ledger.position(known_on)
    gathered: dict[str, list[Claim]] = {}
    for claim in ledger.claims(kind="body", known_on=upto):
        gathered.setdefault(claim.subject, []).append(claim)
    return [_body(subject, claims) for subject, claims in gathered.items()]


def _body(subject: str, claims: list[Claim]) -> Body:
    told = [claim for claim in claims if claim.prop == "body_event" and isinstance(claim.value, dict)]
    decided = [claim for claim in claims if claim.prop == IS_PERSON and isinstance(claim.value, dict)]
    person = next((str(claim.value["person"]) for claim in (*decided, *told) if claim.value.get("person")), None)
    counts = [claim.value for claim in claims if claim.prop == "count" and isinstance(claim.value, dict)]
    count = (counts[0].get("low"), counts[0].get("high")) if counts else (1, 1)
    history = sorted((_event(claim) for claim in told), key=lambda event: event.date or "9999")
    return Body(subject, person, count, tuple(history))


def _event(claim: Claim) -> BodyEvent:
    value = claim.value
    place = value.get("place")
    if value.get("to"):
        place = f"{place} to {value['to']}" if place else f"to {value['to']}"
    return BodyEvent(str(value.get("event")), value.get("date"), place, value.get("by"), claim.source, claim.cid)
