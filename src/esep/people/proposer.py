"""Who may be the same: one stored key and nothing that speaks against it. It only proposes; people decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from esep.dates import When
from esep.errors import BadDate
from esep.ledger.proposals import Proposal, same_pair
from esep.names.keys import search_key
from esep.people.persons import Person

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger

RULE = "same-key-1"
LARGEST_BLOCK = 150
"""A key shared by more persons than this (an `unknown`, a very common name) says too little to be worth a pair."""

_NOBODY = frozenset(("", "unknown", "neizvestno", "belgisiz", "unnamed"))


def propose_same(people: Iterable[Person]) -> Iterator[Proposal]:
    """Pairs of persons that share a search key of any of their names, without a contradiction.

    Groups are offered too, when two of one size are described in the same place and status: they stay apart
    until somebody decides.
    """
    blocks: dict[tuple[str, str], list[Person]] = {}
    for person in people:
        for key in sorted(_keys(person)):
            blocks.setdefault((person.kind, key), []).append(person)
    offered: set[tuple[str, str]] = set()
    for (kind, key), block in sorted(blocks.items()):
        if 1 < len(block) <= LARGEST_BLOCK:
            for one, other in combinations(block, 2):
                pair = (one.records[0], other.records[0])
                if pair not in offered and not contradictions(one, other):
                    offered.add(pair)
                    yield same_pair(*pair, payload={"reasons": [_reason(kind, key)], "key": key}, rule=RULE)


def contradictions(one: Person, other: Person) -> list[str]:
    """What speaks against two persons being one: sex, years of birth more than a year apart, dates of birth."""
    found = []
    sexes, other_sexes = set(one.values("sex")), set(other.values("sex"))
    if sexes and other_sexes and not sexes & other_sexes:
        found.append("different sex")
    years, other_years = _birth_years(one), _birth_years(other)
    if years and other_years and min(abs(a - b) for a in years for b in other_years) > 1:
        found.append("born more than a year apart")
    births, other_births = _birth_days(one), _birth_days(other)
    if births and other_births and not any(a.overlaps(b) for a in births for b in other_births):
        found.append("different dates of birth")
    return found


def propose_for(ledger: Ledger, people: Iterable[Person]) -> list[Proposal]:
    """Proposals for pairs that nobody has judged yet."""
    judged = {judgement.pair for judgement in ledger.judgements()}
    return [proposal for proposal in propose_same(people) if (proposal.subject, proposal.grounds) not in judged]


def _keys(person: Person) -> set[str]:
    if person.kind == "group":
        low, high = person.size
        return {f"{low}-{high} {line.status} {search_key(line.place or '')}" for line in person.statuses}
    keys = {" ".join(sorted(search_key(name).split())) for name in person.names}
    return {key for key in keys if key not in _NOBODY and len(key.split()) > 1}


def _reason(kind: str, key: str) -> str:
    if kind == "group":
        return "groups of one size with the same status in the same place"
    return f"same name in the folded form «{key}»"


def _birth_years(person: Person) -> set[int]:
    years = {int(value[:4]) for prop in ("birth_year", "birth_date") for value in person.values(prop)
             if value[:4].isdigit()}  # fmt: skip
    return years


def _birth_days(person: Person) -> list[When]:
    found = []
    for value in person.values("birth_date"):
        try:
            found.append(When.parse(value))
        except BadDate:
            continue
    return [when for when in found if when.precision == "day"]
