"""Rows of the nouns: sources, claims, people, events, tolls, checks, bodies, demands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from esep.case.results import Listing
from esep.counts.toll_report import TollReport
from esep.events.incidents import Event, select
from esep.events.incidents import events as all_events
from esep.events.statements import statements
from esep.ledger.claims import KINDS, Claim
from esep.ledger.entities import Identity
from esep.ledger.ledger import KnownOn, Ledger
from esep.ledger.proposals import Proposal
from esep.ledger.sources import Source, Sources
from esep.names.keys import search_key, search_tokens
from esep.people import bodies as all_bodies
from esep.people import checks as all_checks
from esep.people.floors import floors_in
from esep.people.listing import search
from esep.people.persons import Person, persons

_SEALED = "protected:"


def proposals(found: Iterable[Proposal]) -> Listing:
    """Open proposals."""
    rows = [
        {"id": p.id, "kind": p.kind, "subject": p.subject, "with": p.grounds, "found": p.payload, "rule": p.rule}
        for p in found
    ]
    columns: tuple[str, ...] = ("id", "kind", "subject", "with", "found", "rule")
    for row in rows:
        told = row["found"].get("warnings") if isinstance(row["found"], dict) else None
        if told:  # a number that needs a second look is never shown without its warning
            row["look_again"] = told
            columns = (*columns, "look_again") if columns[-1] != "look_again" else columns
    return Listing(columns, rows)


def sources(found: Sources, query: str | None) -> Listing:
    """Sources, those whose title, publisher or id holds the query."""
    columns = ("id", "title", "publisher", "published", "language", "medium", "root", "url")
    rows = [_source_row(source) for source in found if _fits(source, query)]
    return Listing(columns, rows)


def _source_row(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title if source.is_resolved else None,
        "publisher": source.publisher,
        "published": source.published,
        "language": source.language,
        "medium": source.medium,
        "root": source.root,
        "reprint_of": source.reprint_of,
        "translation_of": source.translation_of,
        "part_of": source.part_of,
        "disclaimer": source.disclaimer,
        "url": source.url,
        "resolved": source.is_resolved,
        "wanted": "wanted" in source.facts,
    }


def _fits(source: Source, query: str | None) -> bool:
    if not query:
        return True
    text = " " + search_key(" ".join((source.id, source.title, source.publisher or "")))
    return all(f" {word}" in text for word in search_tokens(query))


def claims(ledger: Ledger, query: str | None, *, known_on: KnownOn, withdrawn: bool) -> Listing:
    """Claims about a record, from a source, of a property, or one with a cid. Contacts are never shown."""
    wanted: dict[str, Any] = {}
    if query:
        kind = query.partition(":")[0]
        if kind in ("source", "part"):
            wanted = {"source": query}
        elif kind in KINDS:
            wanted = {"subjects": [query]}
        elif len(query) != len("0" * 32):
            wanted = {"props": [query]}
    found: Iterable[Claim] = ledger.claims(known_on=known_on, withdrawn=withdrawn, **wanted)
    if query and not wanted:
        found = [ledger.claim(query)]
    columns = ("seq", "cid", "op", "subject", "prop", "value", "state", "source", "locator")
    return Listing(columns, [claim_row(claim) for claim in found])


def claim_row(claim: Claim) -> dict[str, Any]:
    """A claim as a row; what is protected is named and not shown."""
    is_sealed = claim.prop.startswith(_SEALED)
    return {
        "seq": claim.seq,
        "cid": claim.cid,
        "op": claim.op,
        "subject": claim.subject,
        "prop": claim.prop,
        "value": None if is_sealed else _without_sealed(claim.value),
        "state": "withheld" if is_sealed else claim.state,
        "target": claim.target,
        "source": claim.source,
        "locator": [dict(place) for place in claim.locator],
        "lang": claim.lang,
        "original": None if is_sealed else claim.original,
        "erased": claim.erased,
    }


def _without_sealed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_sealed(inner) for key, inner in value.items() if not key.startswith(_SEALED)}
    return [_without_sealed(inner) for inner in value] if isinstance(value, list) else value


def people(
    ledger: Ledger,
    query: str | None,
    *,
    as_of: date | None,
    known_on: KnownOn,
    identity: Identity,
    limit: int | None,
) -> Listing:
    """People and groups, by name; statuses dated after `as_of` are left out."""
    found = persons(ledger, known_on=known_on, identity=identity)
    if query:
        if known_on is None and identity == "decided":
            ids = {entry.id for entry in search(ledger, query)}
            found = [person for person in found if person.id in ids]
        else:
            found = [person for person in found if _has_name(person, query)]
    found.sort(key=lambda person: (search_key(person.title), person.id))
    columns = ("id", "kind", "name", "statuses", "places", "sources", "records")
    rows = [_person_row(person, as_of) for person in found[:limit]]
    note = f"{len(found) - len(rows)} more" if len(rows) < len(found) else ""
    return Listing(columns, rows, note)


def _has_name(person: Person, query: str) -> bool:
    tokens = {token for name in person.names for token in search_tokens(name)}
    words = search_tokens(query)
    return bool(words) and all(any(token.startswith(word) for token in tokens) for word in words)


def _person_row(person: Person, as_of: date | None) -> dict[str, Any]:
    lines = [
        line for line in person.statuses if as_of is None or line.when is None or line.when.possibly_by(as_of)
    ]
    low, high = person.size
    return {
        "id": person.id,
        "kind": person.kind,
        "name": person.title,
        "names": list(person.names),
        "named": person.is_named,
        "low": low,
        "high": high,
        "statuses": [f"{line.status} {line.date}" if line.date else line.status for line in lines],
        "places": list(dict.fromkeys(line.place for line in lines if line.place)),
        "sources": list(person.sources),
        "records": list(person.records),
        "disagreements": [found.prop for found in person.disagreements],
    }


def events(ledger: Ledger, query: str | None, *, during: str | None, known_on: KnownOn) -> Listing:
    """The chronology."""
    found = select(all_events(ledger, known_on=known_on), query=query, during=during)
    columns = ("id", "date", "places", "countries", "type", "entry", "title", "sources")
    return Listing(columns, [_event_row(event) for event in found])


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "date": event.dated,
        "places": list(event.places),
        "countries": list(event.countries),
        "type": event.first("type"),
        "entry": event.entry,
        "polarity": event.polarity,
        "date_basis": next((when["basis"] for when in event.compound("when") if when.get("basis")), None),
        "place_basis": [where.get("basis") for where in event.compound("where")],
        "title": event.title,
        "organisers": list(event.values("organiser")),
        "actors": list(event.values("actor")),
        "target": event.first("target"),
        "response": event.first("response"),
        "sources": list(event.sources),
        "records": list(event.records),
    }


def tolls(
    ledger: Ledger, found: Sources, *, as_of: date | None, known_on: KnownOn, reconcile: bool = False
) -> TollReport:
    """Toll statements; those whose date lies after `as_of` are left out. `reconcile` compares them too."""
    upto = ledger.position(known_on)
    said = statements(ledger, sources=found, as_of=as_of, known_on=upto)
    if not reconcile:
        return said.report()
    return replace(said.report(), reconciliation=said.reconciled(floors_in(ledger, said.worlds.world, known_on=upto)))


def checks(ledger: Ledger, query: str | None, *, known_on: KnownOn) -> Listing:
    """Checks for the missing, then the kinds of place where nobody asked."""
    found = all_checks.checks(ledger, known_on=known_on)
    everybody = persons(ledger, known_on=known_on)
    of = {record: person.id for person in everybody for record in person.records}
    rows: list[dict[str, Any]] = []
    for search_for in all_checks.searches(found, of=of):
        for check in search_for.checks:
            rows.append(_check_row(check, search_for.person))
        rows += [
            {"id": None, "person": search_for.person, "place_kind": kind, "answer": "not_asked"}
            for kind in search_for.unchecked
        ]
    rows += [_check_row(check, None) for check in found if not check.person]
    kept = [row for row in rows if not query or query in (row["person"], row["place_kind"], row["answer"])]
    return Listing(("id", "person", "place_kind", "place", "date", "answer", "answered_by", "source"), kept)


def _check_row(check: all_checks.Check, person: str | None) -> dict[str, Any]:
    return {
        "id": check.id,
        "person": person,
        "place_kind": check.place_kind,
        "place": check.place,
        "date": check.date,
        "answer": check.answer,
        "answered_by": check.answered_by,
        "source": check.source,
    }


def bodies(ledger: Ledger, *, known_on: KnownOn) -> Listing:
    """Bodies, one row an event of their history."""
    rows = [
        {"id": body.id, "person": body.person, "event": event.act, "date": event.date, "place": event.place,
         "by": event.by, "source": event.source}
        for body in all_bodies.bodies(ledger, known_on=known_on)
        for event in body.history
    ]  # fmt: skip
    return Listing(("id", "person", "event", "date", "place", "by", "source"), rows)


def demands(ledger: Ledger, query: str | None, *, known_on: KnownOn) -> Listing:
    """Demands, one row each, with every voice that made it."""
    gathered: dict[str, dict[str, Any]] = {}
    for claim in ledger.claims(kind="demand", known_on=known_on):
        row = gathered.setdefault(claim.subject, {"id": claim.subject, "sources": []})
        if not claim.prop.startswith(_SEALED):
            row.setdefault(claim.prop, claim.value)
        if claim.source and claim.source not in row["sources"]:
            row["sources"].append(claim.source)
    words = search_tokens(query or "")
    rows = [row for row in gathered.values() if all(word in search_key(str(row.get("demand"))) for word in words)]
    return Listing(("id", "demand", "by", "addressed_to", "state", "date", "sources"), rows)
