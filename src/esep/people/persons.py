"""A person (or group): what every source says of them, side by side, with the disagreements left standing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from esep.errors import NotFound
from esep.ledger.claims import Claim
from esep.ledger.entities import Identity, entities
from esep.ledger.identity import mint
from esep.people.statuses import StatusLine, status_lines

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

SINGLE = ("sex", "birth_date", "birth_year")
"""Properties of which a person has one: two different values are a disagreement that is shown."""

NAMES = ("name", "other_name")


@dataclass(frozen=True)
class Disagreement:
    """Different values that sources state for a thing a person has one of, with the claims that state each."""

    prop: str
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Person:
    """A person or group: a cluster of records under the judgements known at one moment."""

    id: str
    kind: str
    records: tuple[str, ...]
    claims: tuple[Claim, ...]

    def stated(self, prop: str) -> tuple[Claim, ...]:
        """Claims that state a property, in the order of the ledger."""
        return tuple(claim for claim in self.claims if claim.prop == prop and claim.state == "stated")

    def values(self, prop: str) -> tuple[Any, ...]:
        """Distinct stated values of a property, in the order of the ledger."""
        return tuple(dict.fromkeys(str(claim.value) for claim in self.stated(prop)))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All written forms, each once: printed names before other names and before restored forms."""
        restored = {claim.subject for claim in self.stated("name_form") if claim.value == "restored"}
        claims = [claim for prop in NAMES for claim in self.stated(prop)]
        ordered = sorted(claims, key=lambda claim: (claim.prop != "name", claim.subject in restored))
        return tuple(dict.fromkeys(str(claim.value) for claim in ordered))

    @property
    def is_named(self) -> bool:
        """Whether any record has a name."""
        return bool(self.names)

    @property
    def title(self) -> str:
        """Name to show, or the description of somebody without one, or the id."""
        descriptions = self.values("description")
        return str(self.names[0] if self.names else descriptions[0] if descriptions else self.id)

    @cached_property
    def statuses(self) -> tuple[StatusLine, ...]:
        """The dated history of statuses, with the claims that state each."""
        return status_lines(self.claims)

    @property
    def sources(self) -> tuple[str, ...]:
        """Source ids, each once, in the order of the ledger."""
        return tuple(dict.fromkeys(claim.source for claim in self.claims if claim.source))

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where sources differ about sex or birth."""
        found = []
        for prop in SINGLE:
            values: dict[str, list[str]] = {}
            for claim in self.stated(prop):
                values.setdefault(str(claim.value), []).append(claim.cid)
            if len(values) > 1:
                found.append(Disagreement(prop, {value: tuple(cids) for value, cids in values.items()}))
        return tuple(found)

    @property
    def size(self) -> tuple[int, int | None]:
        """Number of people: 1 for a person, the stated count of a group (low, high; high None is open)."""
        counts = [claim.value for claim in self.stated("count") if isinstance(claim.value, dict)]
        if self.kind != "group" or not counts:
            return 1, 1
        return int(counts[0].get("low") or 1), counts[0].get("high")

    @property
    def public_basis(self) -> tuple[Claim, ...]:
        """Recorded grounds on which this person may be shown in public; empty: not to be shown."""
        return self.stated("public_basis")


def persons(
    ledger: Ledger,
    *,
    kinds: Sequence[str] = ("person", "group"),
    known_on: KnownOn = None,
    identity: Identity = "decided",
) -> list[Person]:
    """All persons and groups as known on a moment, in the order of their first records."""
    upto = ledger.position(known_on)
    clusters = entities(ledger, known_on=upto, identity=identity)
    gathered: dict[str, list[Claim]] = {}
    for kind in kinds:
        for claim in ledger.claims(kind=kind, known_on=upto):
            gathered.setdefault(claim.subject, []).append(claim)
    groups: dict[str, list[str]] = {}
    for record in gathered:
        groups.setdefault(clusters.of(record), []).append(record)
    return [_person(entity, records, gathered) for entity, records in groups.items()]


def _person(entity: str, records: Iterable[str], gathered: Mapping[str, Sequence[Claim]]) -> Person:
    members = tuple(records)
    claims = sorted((claim for record in members for claim in gathered[record]), key=lambda claim: claim.seq)
    return Person(entity, members[0].partition(":")[0], members, tuple(claims))


def person(ledger: Ledger, entity: str, *, known_on: KnownOn = None, identity: Identity = "decided") -> Person:
    """One person by id; an old id, or the id of a record, leads to the person it belongs to now.

    Raises `NotFound`. Now and decided, this reads two indexed tables; any other moment clusters every judgement.
    """
    if known_on is None and identity == "decided":
        records = _records_now(ledger, entity)
    else:
        clusters = entities(ledger, known_on=known_on, identity=identity)
        records = clusters.records(_record_of(ledger, entity))
    claims = tuple(ledger.claims(subjects=records, known_on=known_on)) if records else ()
    if not claims:
        raise NotFound(f"no person {entity}", hint="look people up with «esep people CASE QUERY»")
    now = ledger.database.one("SELECT entity FROM identity WHERE record = ?", [records[0]])
    is_now = known_on is None and identity == "decided"
    return Person(now[0] if now and is_now else mint(records[0]), records[0].partition(":")[0], tuple(records), claims)


def _records_now(ledger: Ledger, entity: str) -> tuple[str, ...]:
    sql = (
        "SELECT record FROM identity WHERE entity = (SELECT entity FROM identity WHERE minted = ? OR record = ?)"
        " ORDER BY first, record"
    )
    return tuple(row[0] for row in ledger.database.rows(sql, [entity, entity]))


def _record_of(ledger: Ledger, entity: str) -> str:
    row = ledger.database.one("SELECT record FROM identity WHERE minted = ? OR record = ?", [entity, entity])
    return str(row[0]) if row else entity

