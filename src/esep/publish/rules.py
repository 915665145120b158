"""What is published, in one file to be reviewed as a whole: who gets a page, which columns and names are shown.

Everything here is an allow-list. A column, property or status that is not named is not published, whatever a source
says; nothing is published because it was not forbidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from esep.people.persons import Person

PROTECTED = "protected:"
"""Properties under this prefix are contacts, givers and relatives; no rule can publish them."""


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PERSON_PROPS: Mapping[str, str] = MappingProxyType(
    {
        "name": "Name",
        "other_name": "Other name",
        "description": "Description",
        "count": "Number of people",
        "status": "Status",
        "sex": "Sex",
        "age": "Age",
        "birth_year": "Year of birth",
        "birth_date": "Date of birth",
        "occupation": "Occupation",
        "workplace": "Place of work",
        "cause": "Cause",
        "circumstance": "Circumstance",
        "outcome": "Outcome",
        "date": "Date",
        "place": "Place",
        "death_date": "Date of death",
        "x:characters": "Characters of the text",
        "public_basis": "Basis for showing",
    }
)

PERSON_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "status": ("status", "date", "place", "count", "side"),
        "count": ("low", "high", "hedge"),
        "age": ("low", "high", "hedge", "text"),
        "public_basis": ("basis", "reason"),
    }
)

EVENT_PROPS: Mapping[str, str] = MappingProxyType(
    {
        "when": "Date",
        "where": "Place",
        "type": "Type",
        "summary": "What happened",
        "actor": "Actors",
        "organiser": "Organisers",
        "target": "Addressed to",
        "response": "Response",
        "participants": "Participants",
        "entry": "Kind of entry",
    }
)

SOURCE_PROPS: Mapping[str, str] = MappingProxyType(
    {
        "title": "Title",
        "publisher": "Publisher",
        "published": "Published",
        "language": "Language",
        "medium": "Kind",
        "url": "Address",
        "disclaimer": "Disclaimer",
    }
)

DOWNLOADS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "people": _columns("id kind name states sources"),
        "names": _columns("person name lang source claim"),
        "statuses": _columns("person status date place part side sources claims"),
        "claims": _columns("claim subject what value state source place_in_source"),
        "tolls": _columns(
            "id section category low high hedge word figure place scope subset_of period as_of published polarity"
            " speaker source root"
        ),
        "events": _columns(
            "id date time places countries type summary actors organisers response entry polarity sources"
        ),
        "sources": _columns("id title publisher published language kind address root copy_of"),
        "counts": _columns("table status low high named records shown as_of"),
        "estimates": _columns("estimate title method role status point low high level lists seed version input"),
        "lists": _columns("estimate lists people"),
    }
)

INFERRED = ("estimates", "lists")
"""Downloads about people whom no list names, and about the lists: they stand apart from those of what is documented."""


@dataclass(frozen=True)
class Rules:
    """The disclosure rules of one site.

    `statuses_shown`: a person needs one of these to get a page; `roles_never` and `sides_never`: whoever has one of
    these in any record gets none. `roles_public`: people who act in a public function and may be named as speakers and
    actors, without a page. `speakers_named`: kinds of speakers who are named; all others are «witness 1», «witness 2».
    `person_props`, `event_props`: claims shown, with their headings; `downloads`: columns of every file.
    `acts_unnamed`: types of events that are never tied to the name of a private person.
    """

    statuses_shown: frozenset[str] = frozenset(
        _columns(
            "killed injured missing detained tortured charged tried convicted acquitted jailed suspended_sentence"
            " amnestied released freed dismissed died_later died_in_custody died_other at_risk"
        )
    )
    roles_never: frozenset[str] = frozenset(
        _columns(
            "witness police_witness relative judge official prosecutor hospital doctor journalist property_victim"
            " giver recorder volunteer"
        )
    )
    sides_never: frozenset[str] = frozenset(("official",))
    roles_public: frozenset[str] = frozenset(
        _columns(
            "official judge prosecutor company politician party_leader union_leader organiser deputy mep ngo osce"
            " defender lawyer union_lawyer observer author"
        )
    )
    speakers_named: frozenset[str] = frozenset(
        _columns("official media ngo party union company journalist author encyclopedia database rumour court")
    )
    acts_unnamed: frozenset[str] = frozenset(_columns("arson blockade disorder looting riot body_moved sabotage"))
    person_props: Mapping[str, str] = field(default_factory=lambda: PERSON_PROPS)
    person_fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: PERSON_FIELDS)
    event_props: Mapping[str, str] = field(default_factory=lambda: EVENT_PROPS)
    source_props: Mapping[str, str] = field(default_factory=lambda: SOURCE_PROPS)
    downloads: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DOWNLOADS)

    def may_show(self, person: Person) -> bool:
        """May this person or group have a page?"""
        return self.why_not(person) is None

    def why_not(self, person: Person) -> str | None:
        """Why this person has no page, in words for the page on method; None if there is one."""
        statuses = {line.status for line in person.statuses}
        sides = {line.side for line in person.statuses if line.side}
        if self.roles_never & set(roles_of(person)) or self.sides_never & sides:
            return "a witness, relative, judge, official or other person whose role is never shown"
        if not self.statuses_shown & statuses:
            return "no status of a casualty or prisoner"
        return None if person.public_basis else "no recorded basis for showing"

    def is_public_function(self, person: Person) -> bool:
        """May this person be named as a speaker or actor, although there is no page?"""
        roles = set(roles_of(person))
        sides = {line.side for line in person.statuses if line.side}
        if self.sides_never & sides:
            return True
        return bool(roles) and roles <= self.roles_public

    def is_published(self, prop: str) -> bool:
        """May claims of this property about a person be shown?"""
        return prop in self.person_props and not prop.startswith(PROTECTED)


RULES = Rules()


def roles_of(person: Person) -> tuple[str, ...]:
    """Roles that records state beside or instead of a status."""
    return tuple(str(role) for role in person.values("role"))
