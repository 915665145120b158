"""People and groups as the site shows them: only claims that the rules allow, each text checked for hidden names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from esep.ledger.claims import Claim
from esep.ledger.identity import mint
from esep.names.keys import search_key, search_tokens
from esep.people.checks import Search
from esep.people.levels import Levels
from esep.people.persons import NAMES, Person
from esep.people.statuses import StatusLine
from esep.publish.redaction import Redaction
from esep.publish.rules import Rules
from esep.publish.shown_levels import ShownLevel, show_status_levels
from esep.publish.words import Words, label, place_in_source, words

_WORDS = ("name", "other_name", "description", "circumstance", "outcome", "place", "cause", "occupation", "workplace")

_NOT_PRINTED = frozenset(("restored", "composed"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One published claim: what it says, who says it, and where. `value` None: see `state`."""

    cid: str
    subject: str
    prop: str
    heading: str
    value: Words | None
    state: str
    source: str | None
    place: str
    quote: Words | None
    note: str


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One status at one date and place, with the claims that state it. `places` are the spellings of one place."""

    status: str
    date: str | None
    places: tuple[Words, ...]
    part: int | None
    side: str | None
    sources: tuple[str, ...]
    cids: tuple[str, ...]

    @property
    def text(self) -> str:
        """«killed», or «killed (1 of the group)»."""
        return label(self.status) + (f" ({self.part} of the group)" if self.part else "")


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing a person has one of, and the values that sources state for it, each with its claims."""

    heading: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A judgement that two of the records are one person: when and why."""

    left: str
    right: str
    on: str
    reason: str | None

    @property
    def ids(self) -> tuple[str, str]:
        """Public ids of the two records; a record's own name may tell who gave it."""
        return mint(self.left), mint(self.right)


@dataclass(frozen=True)
class ShownPerson:
    """A person or group with a page."""

    id: str
    kind: str
    title: Words
    is_named: bool
    names: tuple[Words, ...]
    size: tuple[int, int | None]
    statuses: tuple[StatusRow, ...]
    facts: tuple[Fact, ...]
    differences: tuple[Difference, ...]
    joined: tuple[Joined, ...]
    search: Search | None
    records: tuple[str, ...]
    levels: tuple[ShownLevel, ...] = ()

    @property
    def path(self) -> str:
        """Page of this person inside the site."""
        return f"people/{self.id}.html"

    @property
    def states(self) -> tuple[str, ...]:
        """Statuses ever reported, each once, in the order of their dates."""
        return tuple(dict.fromkeys(row.status for row in self.statuses))

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources of the published claims, each once."""
        return tuple(dict.fromkeys(fact.source for fact in self.facts if fact.source))

    @property
    def evidence(self) -> tuple[str, ...]:
        """Sources that findings about this person rest on."""
        return tuple(dict.fromkeys(source for level in self.levels for source in level.sources))

    @property
    def dates(self) -> tuple[str, ...]:
        """First and last stated date of a status; none, one or two."""
        dated = [row.date for row in self.statuses if row.date]
        return tuple(dict.fromkeys(dated[:1] + dated[-1:]))

    @property
    def keys(self) -> tuple[str, ...]:
        """Search tokens of all names, or of the description."""
        texts = [name.text for name in self.names] or [self.title.text]
        return tuple(sorted({token for text in texts for token in search_tokens(text)}))

    @property
    def order(self) -> tuple[bool, str, str]:
        """Named people first, by the key of the shown name."""
        return (not self.is_named, search_key(self.title.text), self.id)


def show_people(
    people: Iterable[Person],
    *,
    rules: Rules,
    redaction: Redaction,
    judgements: Sequence[Joined],
    searches: Mapping[str, Search],
    levels: Levels | None = None,
) -> tuple[ShownPerson, ...]:
    """Everybody with a page, in the order of their names."""
    by_record: dict[str, list[Joined]] = {}
    for one in judgements:
        by_record.setdefault(one.left, []).append(one)
    shown = []
    for person in people:
        if rules.may_show(person):
            records = set(person.records)
            its = (one for record in person.records for one in by_record.get(record, ()))
            joined = tuple(one for one in its if one.right in records)
            its_page = _show(person, joined, rules=rules, redaction=redaction, search=searches.get(person.id))
            verified = show_status_levels(levels.of(person), redaction) if levels else ()
            shown.append(replace(its_page, levels=verified))
    return tuple(sorted(shown, key=lambda one: one.order))


def _show(
    person: Person, joined: tuple[Joined, ...], *, rules: Rules, redaction: Redaction, search: Search | None
) -> ShownPerson:
    restored = frozenset(claim.subject for claim in person.stated("name_form") if claim.value in _NOT_PRINTED)
    published = (claim for claim in person.claims if rules.is_published(claim.prop))
    facts = tuple(_fact(claim, rules, redaction, restored=restored) for claim in published)
    names = _names(person, facts)
    return ShownPerson(
        id=person.id,
        kind=person.kind,
        title=names[0] if names else _description(facts, person.id),
        is_named=bool(names),
        names=names,
        size=person.size,
        statuses=_status_rows(person.statuses, redaction),
        facts=facts,
        differences=tuple(
            Difference(
                rules.person_props[found.prop],
                tuple((redaction.told(value) or "withheld", cids) for value, cids in found.values.items()),
            )
            for found in person.disagreements
            if rules.is_published(found.prop)
        ),
        joined=joined,
        search=search,
        records=tuple(record.partition(":")[2] for record in person.records),
    )


def _names(person: Person, facts: Iterable[Fact]) -> tuple[Words, ...]:
    by_text = {fact.value.text: fact.value for fact in facts if fact.prop in NAMES and fact.value}
    return tuple(by_text[name] for name in person.names if name in by_text)


def _description(facts: Iterable[Fact], entity: str) -> Words:
    found = (fact.value for fact in facts if fact.prop == "description" and fact.value)
    return next(found, words(f"person without a name {entity}", "en"))


def _fact(claim: Claim, rules: Rules, redaction: Redaction, *, restored: Collection[str]) -> Fact:
    text = _text(claim, rules)
    is_name = claim.prop in NAMES
    kept = text if is_name else redaction.told(text)
    state = claim.state if claim.state != "stated" or kept is not None else "withheld"
    language = claim.lang if is_name or claim.prop in _WORDS else "en"
    quoted = claim.original if any("start" in place for place in claim.locator) else None
    quote = redaction.told(quoted)
    return Fact(
        cid=claim.cid,
        subject=claim.subject,
        prop=claim.prop,
        heading=rules.person_props[claim.prop],
        value=words(kept, language) if kept is not None else None,
        state=state,
        source=claim.source,
        place=redaction.text(place_in_source(claim)) or "",
        quote=words(quote, claim.lang) if quote else None,
        note="form made by the compilers" if is_name and claim.subject in restored else "",
    )


def _text(claim: Claim, rules: Rules) -> str | None:
    """What a claim says, in words; only named fields of a compound value."""
    if claim.state != "stated":
        return None
    if not isinstance(claim.value, dict):
        return None if isinstance(claim.value, list) else str(claim.value)
    value = {field: claim.value.get(field) for field in rules.person_fields.get(claim.prop, ())}
    if claim.prop in ("count", "age"):
        return _number(value)
    if claim.prop == "status" and value["status"] is not None:
        value["status"] = label(str(value["status"]))
        value["count"] = f"{value['count']} of the group" if value["count"] else None
    return ", ".join(str(part) for part in value.values() if part is not None) or None


def _number(value: Mapping[str, Any]) -> str | None:
    low, high = value.get("low"), value.get("high")
    if low is None and high is None:
        return str(value["text"]) if value.get("text") else None
    if high is None or low is None:
        return f"at least {low}" if high is None else f"up to {high}"
    number = f"{low}" if low == high else f"{low} to {high}"
    return f"about {number}" if value.get("hedge") == "about" else number


def _status_rows(lines: Iterable[StatusLine], redaction: Redaction) -> tuple[StatusRow, ...]:
    """Lines of the history; those that differ only in the spelling of the place are one row."""
    found: dict[tuple[object, ...], list[StatusLine]] = {}
    for line in lines:
        key = (line.status, line.date, search_key(line.place or ""), line.count, line.side)
        found.setdefault(key, []).append(line)
    return tuple(_status_row(same, redaction) for same in found.values())


def _status_row(same: Sequence[StatusLine], redaction: Redaction) -> StatusRow:
    places = dict.fromkeys(place for line in same if (place := redaction.text(line.place)))
    return StatusRow(
        status=same[0].status,
        date=same[0].date,
        places=tuple(words(place) for place in places),
        part=same[0].count,
        side=same[0].side,
        sources=tuple(dict.fromkeys(source for line in same for source in line.sources)),
        cids=tuple(claim.cid for line in same for claim in line.claims),
    )
