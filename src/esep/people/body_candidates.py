"""Missing people against bodies without a name: only sex, age, place, date and marks can be compared.

Many people fit such a description, so there is no probability here and never a match by name: each candidate says in
how many things the two agree and what speaks against it. Where the two exclude each other nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from esep.dates import Age, When
from esep.errors import BadDate
from esep.ledger.claims import Claim
from esep.names.keys import search_key, search_tokens
from esep.people.bodies import Body
from esep.people.candidates import Candidate
from esep.people.entries import is_later, read_day
from esep.people.persons import Person

WITHOUT_A_NAME = "no name was compared: sex, age, place, date and marks only, and many people fit them"
_YEAR = 365.25
_ESTIMATED, _TOO_FAR = 5, 10
"""Years by which an age that was guessed from a body is often out, and by which it is taken to exclude somebody."""
_LEAST_AGREEMENTS = 2
_SHORTEST_MARK = 4
_TELLING = ("description", "circumstance", "note", "occupation")


@dataclass(frozen=True, slots=True)
class _Compared:
    """What two descriptions share and what differs; `excluded`: they cannot be one person."""

    agree: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    excluded: bool = False


def body_candidates(
    lost: Sequence[Person],
    bodies: Iterable[Body],
    claims: Iterable[Claim],
    *,
    refused: Iterable[tuple[str, str]] = (),
) -> list[Candidate]:
    """Bodies that nobody has named and nobody has linked, for each missing person, those that share most first.

    `claims` are all claims about bodies; `refused` are pairs (person, body) that people refused.
    """
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.subject, []).append(claim)
    closed = set(refused)
    found = []
    for body in bodies:
        about = told.get(body.id, [])
        if is_nameless(body, about):
            fitting = [(person, _compare(person, body, about)) for person in lost if (person.id, body.id) not in closed]
            fitting = [(person, one) for person, one in fitting if _is_worth(one)]
            found += [_candidate(person, body, one, about, rivals=len(fitting) - 1) for person, one in fitting]
    return sorted(found, key=lambda one: (one.person, len(one.against) - len(one.reasons), one.record))


def is_nameless(body: Body, about: Iterable[Claim]) -> bool:
    """One body that no source gives a name to and that nobody has linked to a person."""
    named = any(claim.prop == "name" and claim.state == "stated" for claim in about)
    return body.person is None and body.count == (1, 1) and not named


def _is_worth(one: _Compared) -> bool:
    return not one.excluded and len(one.agree) >= _LEAST_AGREEMENTS


def _candidate(person: Person, body: Body, one: _Compared, about: Sequence[Claim], *, rivals: int) -> Candidate:
    described = next((str(claim.value) for claim in about if claim.prop == "description"), "no description")
    source = next((claim.source for claim in about if claim.source), "") or ""
    also = [f"{rivals} other missing {'person fits' if rivals == 1 else 'people fit'} it too"] if rivals else []
    return Candidate(
        person.id, person.records[0], body.id, source, "body", described, None,
        one.agree, (WITHOUT_A_NAME, *one.differ, *also),
    )  # fmt: skip


def _compare(person: Person, body: Body, about: Sequence[Claim]) -> _Compared:
    parts = (_sex, _age, _place, _day, _marks)
    compared = [part(person, body, about) for part in parts]
    return _Compared(
        tuple(said for one in compared for said in one.agree),
        tuple(said for one in compared for said in one.differ),
        any(one.excluded for one in compared),
    )


def _sex(person: Person, body: Body, about: Sequence[Claim]) -> _Compared:
    theirs, its = set(person.values("sex")), _texts(about, "sex")
    if len(theirs) != 1 or len(its) != 1:
        return _Compared()
    return _Compared(agree=(f"sex: {its[0]}",)) if theirs == set(its) else _Compared(excluded=True)


def _age(person: Person, body: Body, about: Sequence[Claim]) -> _Compared:
    """Years of birth that the two leave, the body's from its age on the day when it was first seen."""
    day = _seen(body)
    its = [_years(text, day) for text in _texts(about, "age")]
    theirs = list(_born(person))
    if not its or its[0] is None or not theirs:
        return _Compared()
    first, last = its[0]
    gap = min(max(first - born[1], born[0] - last, 0) for born in theirs)
    if gap > _TOO_FAR:
        return _Compared(excluded=True)
    said = f"age: body taken to be {_texts(about, 'age')[0]}"
    if not gap:
        return _Compared(agree=(f"{said}, which fits",))
    words = "as such guesses often are" if gap <= _ESTIMATED else "more than such guesses often are"
    return _Compared(differ=(f"{said}, about {gap} years off, {words}",))


def _born(person: Person) -> Iterator[tuple[int, int]]:
    """First and last year of birth by each statement."""
    for text in (*person.values("birth_date"), *person.values("birth_year")):
        when = read_day(text)
        if when is not None and when.earliest is not None and when.latest is not None:
            yield when.earliest.year, when.latest.year
    days = [line.when.earliest for line in person.statuses if line.when and line.when.earliest]
    for text in person.values("age"):
        years = _years(text, min(days) if days else None)
        if years is not None:
            yield years


def _years(age: str, day: date | None) -> tuple[int, int] | None:
    """Years of birth that an age on a day leaves."""
    try:
        known = Age.parse(age)
    except BadDate:
        return None
    if day is None:
        return None
    return day.year - (120 if known.high is None else known.high) - 1, day.year - known.low


def _place(person: Person, body: Body, about: Sequence[Claim]) -> _Compared:
    theirs = {search_key(line.place): line.place for line in person.statuses if line.place}
    its = {search_key(event.place): event.place for event in body.history if event.place}
    if not theirs or not its:
        return _Compared()
    shared = [place for key, place in its.items() if any(key in other or other in key for other in theirs)]
    if shared:
        return _Compared(agree=(f"place: {shared[0]}",))
    return _Compared(differ=(f"place: {next(iter(its.values()))}, and not {next(iter(theirs.values()))}",))


def _day(person: Person, body: Body, about: Sequence[Claim]) -> _Compared:
    """The body was first seen after the person was last reported alive, or not."""
    seen = _first(body)
    dated = [line for line in person.statuses if line.when is not None and line.when.earliest is not None]
    if seen is None or seen.latest is None or seen.earliest is None or not dated:
        return _Compared()
    alive = next((line for line in dated if is_later(line.when, seen.latest)), None)
    if alive is not None:
        return _Compared(excluded=True)
    last = max(line.when.earliest for line in dated if line.when is not None and line.when.earliest is not None)
    days = (seen.earliest - last).days
    if days > _YEAR:
        return _Compared(differ=(f"date: first seen {seen.text}, more than a year after the person was last reported",))
    return _Compared(agree=(f"date: first seen {seen.text}, not before the person was last reported ({last})",))


def _marks(person: Person, body: Body, about: Sequence[Claim]) -> _Compared:
    """Words that both descriptions hold, in any spelling, as the body's description writes them."""
    its = _words(about)
    theirs = _words(person.claims).keys() - {token for name in person.names for token in search_tokens(name)}
    shared = sorted(its[token] for token in its.keys() & theirs)
    return _Compared(agree=(f"words in both descriptions: {', '.join(shared)}",)) if shared else _Compared()


def _words(claims: Iterable[Claim]) -> dict[str, str]:
    """Search tokens of descriptions with the words that they were folded from."""
    texts = (str(claim.value) for claim in claims if _is_telling(claim))
    words = (word.strip(".,;:()«»\"") for text in texts for word in text.split())
    return {token: word for word in words for token in search_tokens(word) if len(token) >= _SHORTEST_MARK}


def _is_telling(claim: Claim) -> bool:
    return claim.state == "stated" and (claim.prop in _TELLING or claim.prop.startswith("x:"))


def _texts(about: Iterable[Claim], prop: str) -> list[str]:
    return list(dict.fromkeys(str(claim.value) for claim in about if claim.prop == prop and claim.state == "stated"))


def _first(body: Body) -> When | None:
    days = [when for event in body.history if (when := read_day(event.date)) and when.earliest]
    return min(days, key=lambda when: when.order) if days else None


def _seen(body: Body) -> date | None:
    first = _first(body)
    return first.earliest if first else None
