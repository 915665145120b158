"""Records of persons in the form that linkage takes: one for each mention, under its source as the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from esep.ledger.claims import Claim
from esep.linkage import Record
from esep.people.persons import Person


def records_of(people: Sequence[Person]) -> list[Record]:
    """One record for each mention of a person. Names of kin come from `relative_of`, never from protected claims."""
    names = {record: person.names for person in people for record in person.records}
    mentions = [(person, record) for person in people for record in person.records]
    held: dict[str, list[Claim]] = defaultdict(list)
    for person in people:
        for claim in person.claims:
            if claim.state == "stated":
                held[claim.subject].append(claim)
    return [_mention(held[record], record, row=row, names=names) for row, (_, record) in enumerate(mentions, start=1)]


def _mention(claims: Sequence[Claim], record: str, *, row: int, names: Mapping[str, tuple[str, ...]]) -> Record:
    stated: dict[str, Any] = {}
    for claim in claims:
        stated.setdefault(claim.prop, claim.value)
    happened: Mapping[str, Any] = stated["status"] if isinstance(stated.get("status"), dict) else {}
    kin = [claim.value.get("record") for claim in claims if claim.prop == "relative_of" and _is_object(claim)]
    return Record(
        next((claim.source for claim in claims if claim.source), "") or "",
        row,
        name=str(stated.get("name", "")),
        other_names=tuple(str(claim.value) for claim in claims if claim.prop == "other_name"),
        sex=str(stated.get("sex", "")),
        age=str(stated.get("age", "")),
        birth_date=str(stated.get("birth_date", "")),
        birth_year=str(stated.get("birth_year", "")),
        date=str(happened.get("date") or stated.get("date") or ""),
        place=str(happened.get("place") or stated.get("place") or ""),
        occupation=str(stated.get("occupation", "")),
        kin=tuple(name for relative in kin for name in names.get(str(relative), ())),
        record_id=record,
    )


def _is_object(claim: Claim) -> bool:
    return isinstance(claim.value, dict)
