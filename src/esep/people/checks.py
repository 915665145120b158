"""The search for the missing: person by place, what was asked and what was answered.

«Not found», «refused», «not answered» and «not asked» are four different things, and none of them says that
the person is dead or alive. A place that nobody asked is shown as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esep.ledger.claims import Claim

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

ANSWERS = ("found", "not_found", "refused", "not_answered", "not_asked")
KINDS_OF_PLACE = ("hospital", "morgue", "jail", "police")
"""Where relatives ask (as in the founding documents); each that nobody asked is listed as unchecked."""


@dataclass(frozen=True, slots=True)
class Check:
    """One search for one person at one place."""

    id: str
    person: str | None
    place: str | None
    place_kind: str | None
    date: str | None
    answer: str
    answered_by: str | None
    source: str | None
    cid: str


@dataclass(frozen=True, slots=True)
class Search:
    """All that is known of the search for one person: answers by kind of place, and what nobody asked."""

    person: str
    checks: tuple[Check, ...]

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Kinds of place where nobody asked."""
        asked = {check.place_kind for check in self.checks if check.answer != "not_asked"}
        return tuple(kind for kind in KINDS_OF_PLACE if kind not in asked)

    def answers(self, kind: str) -> tuple[str, ...]:
        """Answers got at one kind of place, in the order of their dates."""
        return tuple(check.answer for check in self.checks if check.place_kind == kind)


def checks(ledger: Ledger, *, known_on: KnownOn = None) -> list[Check]:
    """All checks as known on a moment, in the order of the ledger."""
    upto = ledger.position(known_on)
    found = ledger.claims(kind="check", props=["check"], known_on=upto)
    return [_check(claim) for claim in found if isinstance(claim.value, dict)]


def searches(found: Iterable[Check], *, of: dict[str, str]) -> list[Search]:
    """Checks gathered by person. `of` leads from a record to the person it belongs to."""
    by_person: dict[str, list[Check]] = {}
    for check in found:
        if check.person:
            by_person.setdefault(of.get(check.person, check.person), []).append(check)
    return [
        Search(person, tuple(sorted(its, key=lambda check: (check.date or "", check.id))))
        for person, its in by_person.items()
    ]


def _check(claim: Claim) -> Check:
    value = claim.value
    return Check(
        claim.subject,
        value.get("person"),
        value.get("place"),
        value.get("place_kind"),
        value.get("date"),
        str(value.get("answer") or "not_answered"),
        value.get("answered_by"),
        claim.source,
        claim.cid,
    )
