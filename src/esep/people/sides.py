"""What a person needs to see of a record to decide who it is: each value as its source states it, and how old it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esep.ledger.claims import Claim
from esep.ledger.sources import Sources
from esep.people.persons import Person

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger

SHOWN = (
    "name", "other_name", "description", "people", "sex", "birth_date", "birth_year", "age", "status", "date", "place",
    "occupation", "kin", "circumstance", "note",
)  # fmt: skip
"""Properties shown, in this order. Contacts and whatever is protected are never among them."""

_AS_THEY_ARE = frozenset(SHOWN) - {"people", "status", "kin"}


@dataclass(frozen=True, slots=True)
class Side:
    """One record to look at.

    `person` is the id it has by judgements, `others` the further records decided to be the same; `values` what it
    states, by property; `source`, `published`, `recorded` say who says so, since when, and when we took it in.
    `people` is how many it speaks of, at least.
    """

    record: str
    person: str
    others: tuple[str, ...]
    values: Mapping[str, str]
    source: str
    published: str
    recorded: str
    people: int = 1


def sides(ledger: Ledger, people: Iterable[Person], sources: Sources) -> dict[str, Side]:
    """Every record of these persons and groups."""
    stamps: dict[str, str] = dict(ledger.database.rows("SELECT id, at FROM batch"))
    everybody = list(people)
    titles = {record: person.title for person in everybody for record in person.records}
    return {side.record: side for person in everybody for side in _of(person, sources, stamps, titles)}


def _of(
    person: Person, sources: Sources, stamps: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Side]:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in person.claims:
        claims[claim.subject].append(claim)
    for record in person.records:
        held = claims[record]
        named = next((claim.source for claim in held if claim.source), None)
        source = sources.get(named) if named else None
        low, high = person.size
        values = dict(_values(held, titles))
        if person.kind == "group":
            values["people"] = str(low) if low == high else f"{low} or more" if high is None else f"{low} to {high}"
        yield Side(
            record,
            person.id,
            tuple(other for other in person.records if other != record),
            {prop: values[prop] for prop in SHOWN if values.get(prop)},
            source.title if source else named or "",
            source.published or "" if source else "",
            stamps.get(held[0].batch, "")[:10] if held else "",
            low,
        )


def _values(claims: Sequence[Claim], titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    told: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in claims:
        if claim.state != "stated":
            continue
        if claim.prop in _AS_THEY_ARE and isinstance(claim.value, str | int):
            told[claim.prop][str(claim.value)] = None
        elif claim.prop == "status" and isinstance(claim.value, dict):
            parts = (str(claim.value.get(part) or "") for part in ("status", "date", "place"))
            told["status"][" ".join(filter(None, parts))] = None
        elif claim.prop == "relative_of" and isinstance(claim.value, dict):
            other = str(claim.value.get("record") or "")
            told["kin"][f"{claim.value.get('relation') or 'relative'} of {titles.get(other, other)}"] = None
    yield from ((prop, "; ".join(values)) for prop, values in told.items())
