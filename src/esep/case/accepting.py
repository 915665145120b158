"""What an accepted proposal says, as claims with passage, rule and decider.

A proposal from a text carries `spans` (the place of its words, with the hash of the text), `parts` (finer roles)
and a `value` in the machine format of `esep extract`. A correction replaces fields of that value; it never moves
a span. The words stay in the text: a claim addresses them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from esep.counts.categories import categories
from esep.counts.words import HEDGES
from esep.errors import BadInput
from esep.intake.values import why_not
from esep.ledger.claims import Draft, Locator
from esep.ledger.proposals import Proposal
from esep.ledger.wanted import CITED_FOR

_RECORD_KINDS = {"quantity": "toll", "person": "person", "action": "event", "demand": "demand", "wanted": "source"}
_MORE_FIELDS = {"person": ("date", "place"), "wanted": ("supports", "note")}  # what a decider may add to the text
_TOLL_FIELDS = ("low", "high", "hedge", "as_of", "polarity")
_ENTRIES = {"plan": "planned"}  # what the extractor calls it, and what the chronology does

FINER = (
    "word", "inseparable", "event_basis", "place_carried", "source_is_pronoun", "source_carried", "layer", "date_basis",
    "city_basis", "source_possible", "is_subset",
)  # fmt: skip
"""Inner fields of a proposal that its claims carry on: how sure a reading is, and on what ground."""

NOT_SEPARABLE = "one number for two categories: not separable"
END_UNMARKED = "where the attribution ends is not marked in the text"


def drafts_of(proposal: Proposal, *, corrected: Any, new_cid: Callable[[], str]) -> list[Draft]:
    """Claims of an accepted (or corrected) proposal; each names its passage. Raises `BadInput`."""
    payload = proposal.payload
    if proposal.kind not in _RECORD_KINDS:
        raise BadInput(
            f"proposal {proposal.id} ({proposal.kind}) cannot become a claim by itself",
            hint="places and organisations are accepted with what names them; a plan, denial or fear is no record",
        )
    if corrected is not None and not isinstance(corrected, dict):
        raise BadInput(f"the correction of proposal {proposal.id} is not an object of fields")
    _check_fields(proposal, corrected or {})
    value = {**payload["value"], **(corrected or {})}
    record = f"{_RECORD_KINDS[proposal.kind]}:x-{proposal.id[:16]}"
    locator: Locator = tuple(dict(span) for span in payload["spans"])
    if proposal.kind == "wanted":
        locator = (*locator, *_cited_for(payload, locator))
    value = {**dict.fromkeys(FINER), **payload.get("finer", {}), **value, "warnings": payload.get("warnings")}
    readers = {"quantity": _toll, "person": _person, "action": _event, "demand": _demand, "wanted": _wanted}
    facts = list(readers[proposal.kind](value))
    if wrong := [told for told in (why_not(prop, stated) for prop, stated in facts) if told]:
        raise BadInput(f"proposal {proposal.id}: {'; '.join(wrong)}", hint="correct these fields")
    return [
        Draft(record, prop, stated, source=proposal.subject, locator=locator, cid=new_cid()) for prop, stated in facts
    ]


def _check_fields(proposal: Proposal, corrected: Mapping[str, Any]) -> None:
    known = {*proposal.payload["value"], *_MORE_FIELDS.get(proposal.kind, _MORE_FIELDS["person"])}
    if unknown := sorted(set(corrected) - known):
        raise BadInput(
            f"the correction of proposal {proposal.id} has fields that it does not: {', '.join(unknown)}",
            hint=f"use {', '.join(sorted(known))}",
        )
    for field, words in (("hedge", HEDGES), ("category", tuple(categories()))):
        if field in corrected and corrected[field] not in (None, *words):
            raise BadInput(f"the correction of proposal {proposal.id}: {field} is not one of {', '.join(words)}")


def _toll(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    toll = {field: value.get(field) for field in _TOLL_FIELDS}
    toll |= {
        "status": value.get("category"),
        "scope": {"place": value.get("place"), "period": value.get("event_date"), "kind": value.get("scope")},
        "said_by": _speaker(value),
        "is_subset": value.get("scope") == "subset" or bool(value["is_subset"]),
    }
    carried = value["source_is_pronoun"] or value["source_carried"]
    unended = (carried and toll["said_by"]) or value["source_possible"]
    marks = {NOT_SEPARABLE: value["inseparable"], END_UNMARKED: unended}
    said = (*(value.get("ambiguous") or ()), *(value.get("warnings") or ()))
    toll |= {"marks": [*said, *(mark for mark, holds in marks.items() if holds)]}
    toll |= {name: value[name] for name in ("word", "event_basis", "layer") if value[name]}
    yield "toll", toll


def _speaker(value: Mapping[str, Any]) -> list[str]:
    """The speaker; a pronoun that the extractor put after the name it stands for, as «A. Name (she)», is left out."""
    named = value.get("attributed_to") or ""
    if not isinstance(named, str):
        raise BadInput("attributed_to is not text", hint="write the speaker as the source names it")
    return [re.sub(r" \(\w+\)$", "", named) if value["source_is_pronoun"] else named] if named else []


def _person(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "name", value["name"]
    told = value.get("status") or ()
    for status in [told] if isinstance(told, str) else told:
        found = {"status": status, "date": value.get("date"), "place": value.get("place")}
        yield "status", {key: inner for key, inner in found.items() if inner}


def _event(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if value.get("date"):
        when = {"date": value["date"], "basis": value["date_basis"]}
        yield "when", {key: told for key, told in when.items() if told}
    where = {"place": value.get("city"), "country": value.get("country")}
    if any(where.values()):
        where["basis"] = value["city_basis"] if value.get("city") else None
        yield "where", {key: name for key, name in where.items() if name}
    for prop in ("type", "target", "response", "polarity"):
        if value.get(prop):
            yield prop, value[prop]
    if value.get("entry"):
        yield "entry", _ENTRIES.get(str(value["entry"]), value["entry"])
    organisers = value.get("organisers") or ()
    for organiser in [organisers] if isinstance(organisers, str) else organisers:
        yield "organiser", organiser


def _demand(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for prop in ("demand", "by", "addressed_to", "state", "date"):
        if value.get(prop):
            yield prop, value[prop]


def _wanted(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Evidence that the text cites: what it is called, and the records that a decider says it would support."""
    found = {"what": value.get("what"), "supports": value.get("supports"), "note": value.get("note")}
    yield "wanted", {key: told for key, told in found.items() if told}
    if value.get("medium"):
        yield "medium", value["medium"]


def _cited_for(payload: Mapping[str, Any], locator: Locator) -> Iterator[dict[str, Any]]:
    """Places of the sentences that the evidence is cited for, in the same text."""
    for part in payload.get("parts", ()):
        if part["role"] == CITED_FOR and locator:
            yield {**locator[0], **part}
