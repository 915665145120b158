"""Missing people against lists of hospitals, morgues and places of detention: who may stand there, and why.

A candidate is a question. It changes nobody's status: it becomes a judgement only when somebody decides, and one that
was refused is not asked again. Names are compared by the scorer of linkage with its shipped parameters, because such
lists are too short to fit any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from esep.counts.categories import is_death
from esep.dates import When
from esep.ledger.sources import Sources
from esep.linkage import Record, Settings
from esep.people.checks import Check
from esep.people.entries import Entry, dated, day_of, is_later, stated_by
from esep.people.list_kinds import PLACES, ListKind
from esep.people.persons import Person

if TYPE_CHECKING:
    from esep.linkage import Linkage

LEAST = 0.02
"""Less probable pairs are not worth a person's time."""

KIND = "candidate"
"""Kind of the proposals: the missing person's record with a record of a list, or with a body."""

RULE = "candidates-1"
_MISSING = "missing people"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record that may be the missing person.

    `person` and `record` are ids of the missing person and of the record (a body is `body:ID`); `kind` of list, or
    `body`; `probability` by linkage, None where no name was compared; `reasons` speak for it, `against` against it;
    `unsure`: somebody judged the pair and could not tell.
    """

    person: str
    person_record: str
    record: str
    source: str
    kind: ListKind | Literal["body"]
    title: str
    probability: float | None
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    unsure: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Missing person and record."""
        return self.person, self.record


def compared(lost: Sequence[Person], listed: Sequence[Entry]) -> Linkage | None:
    """Every missing person with a name against every entry; None where one side is empty."""
    from esep.linkage import link  # noqa: PLC0415 - Splink and DuckDB load on first use

    asked = [_record_of_person(person, row) for row, person in enumerate(lost, start=1) if person.is_named]
    answers = [_record_of_entry(entry, row) for row, entry in enumerate(listed, start=1)]
    if not asked or not answers:
        return None
    shipped = Settings(train_from=len(asked) + len(answers) + 1, draws=1, duplicate_free=(_MISSING,))
    return link([*asked, *answers], shipped)


def candidates(
    lost: Sequence[Person],
    listed: Sequence[Entry],
    *,
    sources: Sources,
    checks: Iterable[Check] = (),
    refused: Iterable[tuple[str, str]] = (),
    unsure: Iterable[tuple[str, str]] = (),
) -> list[Candidate]:
    """Candidates of every missing person, the most probable first.

    `refused` and `unsure` are pairs of persons (by id) as people decided them: refused ones do not return.
    """
    run = compared(lost, listed)
    if run is None:
        return []
    entry = {one.record: one for one in listed}
    person = {one.id: one for one in lost}
    asked = list(checks)
    closed, doubted = _both_ways(refused), _both_ways(unsure)
    found: list[Candidate] = []
    for place in range(len(run.run.scored)):
        pair = _pair(run, place)
        if pair is None or _probability(run, place) < LEAST:
            continue
        who, there = person[pair[0].record_id], entry[pair[1].record_id]
        if who.id != there.person and (who.id, there.person) not in closed:
            one = _candidate(run, place, who, there, said=_spoken(who, there, sources, asked))
            found.append(replace(one, unsure=(who.id, there.person) in doubted))
    often = Counter(one.record for one in found)
    found = [_with_rivals(one, often[one.record] - 1) for one in found]
    return sorted(found, key=lambda one: (one.person, -(one.probability or 0.0), one.record))


def _probability(run: Linkage, place: int) -> float:
    from esep.linkage.reasons import probability  # noqa: PLC0415 - loads with the scorer

    return probability(float(run.run.log_odds[place]))


def _both_ways(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {pair for one in pairs for pair in (one, one[::-1])}


def _pair(run: Linkage, place: int) -> tuple[Record, Record] | None:
    """The record of a missing person and that of a list; None for two of one side."""
    left, right = (run.records[int(side[place])] for side in (run.run.scored.left, run.run.scored.right))
    if (left.list == _MISSING) == (right.list == _MISSING):
        return None
    return (left, right) if left.list == _MISSING else (right, left)


_Said = tuple[tuple[str, ...], tuple[str, ...]]


def _candidate(run: Linkage, place: int, who: Person, there: Entry, *, said: _Said) -> Candidate:
    from esep.linkage.reasons import field_reasons, in_words  # noqa: PLC0415 - loads with the scorer

    left, right = (run.records[int(side[place])] for side in (run.run.scored.left, run.run.scored.right))
    weighed = field_reasons(run.run.scored, place)
    for_, against = (
        in_words([one for one in weighed if (one.nats > 0) == speaks_for], left, right) for speaks_for in (True, False)
    )
    return Candidate(
        who.id, who.records[0], there.record, there.source, "body" if there.is_body else there.kind, there.title,
        round(_probability(run, place), 3), (*for_, *said[0]), (*against, *said[1]),
    )  # fmt: skip


def _with_rivals(one: Candidate, rivals: int) -> Candidate:
    if not rivals:
        return one
    word = "person" if rivals == 1 else "people"
    return replace(one, against=(*one.against, f"the same record is a candidate for {rivals} other missing {word}"))


def _spoken(who: Person, there: Entry, sources: Sources, checks: Iterable[Check]) -> _Said:
    """What dates and searches say for and against a record of a list."""
    for_, against = [], list(_later(who, day_of(there, sources)))
    places = PLACES[there.kind]
    for check in checks:
        if check.person in who.records and check.place_kind in places:
            where = f"asked at {check.place or check.place_kind}{f' on {check.date}' if check.date else ''}"
            for_ += [f"{where}: found"] if check.answer == "found" else []
            against += [f"{where}: not found"] if check.answer == "not_found" else []
    return tuple(for_), tuple(against)


def _later(who: Person, day: When | None) -> Iterator[str]:
    """Reports of the person that lie after the day of the list: then alive or missing, and not there for good."""
    for line in who.statuses:
        if day is not None and day.latest is not None and is_later(line.when, day.latest) and not is_death(line.status):
            yield f"reported {line.status} on {line.date}, later than the record ({day.text})"


def _record_of_person(person: Person, row: int) -> Record:
    """A missing person with every written form of the name; `record_id` is the id of the person."""
    stated = stated_by(person.claims)
    lost = next((line for line in person.statuses if line.status == "missing"), None)
    return replace(
        _record(stated, _MISSING, row),
        name=person.names[0],
        other_names=person.names[1:],
        date=(lost.date if lost else None) or dated(stated) or "",
        place=(lost.place if lost else None) or str(stated.get("place") or ""),
        record_id=person.id,
    )


def _record_of_entry(entry: Entry, row: int) -> Record:
    stated = stated_by(entry.claims)
    others = tuple(str(claim.value) for claim in entry.claims if claim.prop == "other_name")
    found = replace(_record(stated, entry.source, row), name=entry.title, other_names=others, record_id=entry.record)
    return replace(found, date=entry.date or found.date, place=entry.place or found.place)


def _record(stated: Mapping[str, Any], name: str, row: int) -> Record:
    happened = stated["status"] if isinstance(stated.get("status"), dict) else {}
    return Record(
        name,
        row,
        sex=str(stated.get("sex", "")),
        age=str(stated.get("age", "")),
        birth_date=str(stated.get("birth_date", "")),
        birth_year=str(stated.get("birth_year", "")),
        date=dated(stated) or "",
        place=str(happened.get("place") or stated.get("place") or ""),
        occupation=str(stated.get("occupation", "")),
    )
