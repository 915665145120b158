"""Evidence that is cited and not held: «the video» of which a text speaks, until its file arrives.

A wanted item is a source that nobody has: claims ``wanted`` about ``source:ID``, each from the document that cites it::

    wanted         {"what": "video", "supports": ["toll:A", "person:M1"], "note": ""}
    wanted_closed  {"held_as": "source:V7", "by": "", "reason": ""}

It closes when a file is taken in under its id (`esep add --id ID`), or under the id that `held_as` names. Without
`held_as` it is given up, for the reason that stands there: then it stays unheld, and nothing rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from esep.ledger.claims import Claim

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

PROPS = ("wanted", "wanted_closed", "file")
State = Literal["open", "held", "given up"]

CITED_FOR = "claim"
"""Role of a place in a locator: the sentence for which the evidence is cited."""

_ABOUT = ("toll", "person", "group", "event")

SHOWING = ("document", "media", "list")
"""Forms of files that can be evidence; the others are tables of claims."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One piece of evidence that sources cite.

    `supports` are the records whose claims it would support; `cited_in` the sources that speak of it; `held_as` the
    source under which its file is stored; `reason` why it was closed.
    """

    id: str
    what: str
    note: str
    supports: tuple[str, ...]
    cited_in: tuple[str, ...]
    state: State
    held_as: str | None
    reason: str
    claims: tuple[Claim, ...]

    @property
    def is_held(self) -> bool:
        """Is its file here?"""
        return self.state == "held"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which sources have a file here that can show something, and which are cited and not held.

    `typed` are tables that people typed for esep (claims, tolls, persons …): they state, and are no evidence of it.
    """

    stored: frozenset[str]
    wanted: frozenset[str]
    typed: frozenset[str] = frozenset()

    def standing(self, source: str | None) -> Literal["stored", "known", "wanted", "not named"]:
        """Of a source that something rests on."""
        if not source or source in self.typed:
            return "not named"
        if source in self.wanted:
            return "wanted"
        return "stored" if source in self.stored else "known"


def wanted(ledger: Ledger, *, known_on: KnownOn = None) -> list[Wanted]:
    """Every wanted item, open and closed, as known on a moment, in the order in which they were first cited."""
    told = _told(ledger, known_on)
    stored = _stored(told)
    cited = {claim.subject: claim for claim in told if claim.prop == "wanted"}
    return [_item(subject, [claim for claim in told if claim.subject == subject], stored) for subject in cited]


def cited_for(ledger: Ledger, item: Wanted, *, known_on: KnownOn = None) -> tuple[str, ...]:
    """Records whose words stand in the sentence that the item is cited for. Whether it supports them a person says."""
    found: dict[str, None] = {}
    for claim in item.claims:
        sentences = [place for place in claim.locator if place.get("role") == CITED_FOR]
        said = ledger.claims(source=claim.source, known_on=known_on) if sentences and claim.source else ()
        for other in (one for one in said if one.kind in _ABOUT):
            if any(_inside(place, sentence) for place in other.locator for sentence in sentences):
                found[other.subject] = None
    return tuple(found)


def _inside(place: Mapping[str, Any], sentence: Mapping[str, Any]) -> bool:
    if "start" not in place or "end" not in place:
        return False
    return bool(sentence["start"] <= place["start"] and place["end"] <= sentence["end"])


def evidence(ledger: Ledger, *, known_on: KnownOn = None) -> Evidence:
    """Which sources are stored and which only cited, as known on a moment."""
    items = wanted(ledger, known_on=known_on)
    arrived = {one.id for one in items if one.is_held}
    told = _told(ledger, known_on)
    stored, typed = _stored(told), {claim.subject for claim in told if claim.prop == "file"}
    return Evidence(
        frozenset(stored | arrived), frozenset(one.id for one in items if not one.is_held), frozenset(typed - stored)
    )


def _told(ledger: Ledger, known_on: KnownOn) -> list[Claim]:
    upto = ledger.position(known_on)
    return list(ledger.claims(kind="source", props=list(PROPS), known_on=upto))


def _stored(claims: Iterable[Claim]) -> set[str]:
    """Sources with a file that can be evidence."""
    files = (claim for claim in claims if claim.prop == "file" and isinstance(claim.value, Mapping))
    return {claim.subject for claim in files if claim.value.get("form") in SHOWING}


def _item(subject: str, claims: list[Claim], stored: set[str]) -> Wanted:
    cited = [claim for claim in claims if claim.prop == "wanted"]
    closings = [value for claim in claims if claim.prop == "wanted_closed" and (value := _signed(claim.value))]
    closing = closings[-1] if closings else {}
    held_as = next((name for name in (subject, str(closing.get("held_as") or "")) if name in stored), None)
    given_up = bool(closing) and not closing.get("held_as")
    values = [claim.value if isinstance(claim.value, Mapping) else {} for claim in cited]
    return Wanted(
        subject,
        next((str(value["what"]) for value in values if value.get("what")), "not stated"),
        next((str(value["note"]) for value in values if value.get("note")), ""),
        tuple(dict.fromkeys(str(record) for value in values for record in _records(value))),
        tuple(dict.fromkeys(claim.source for claim in cited if claim.source)),
        "held" if held_as else "given up" if given_up else "open",
        held_as,
        str(closing.get("reason") or ""),
        tuple(cited),
    )


def _records(value: Mapping[str, Any]) -> list[Any]:
    supports = value.get("supports")
    return supports if isinstance(supports, list) else [supports] if supports else []


def _signed(value: Any) -> Mapping[str, Any]:
    """The value of a closing that says who closed it and why; nothing otherwise."""
    if not isinstance(value, Mapping):
        return {}
    return value if all(str(value.get(name) or "").strip() for name in ("by", "reason")) else {}
