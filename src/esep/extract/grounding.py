"""Answers of a back end held against the text: what is not there word for word is dropped, numbers are read again.

A quote must stand in the window (white space may differ); the name, the speaker and the place in an answer must too.
A number counts only if our own grammar reads the same bounds from the same words. Whether a figure is denied, planned
or part of another is taken from the rules, never from the back end. Nothing is aligned by likeness: «at least 80
people» is not found in «at least 70 people».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from esep.errors import CountsError
from esep.extract.answers import Answer
from esep.extract.circumstances import as_of, date_of, layer_of
from esep.extract.clauses import Clause
from esep.extract.counted import Counted
from esep.extract.passages import Passage
from esep.extract.patients import findings
from esep.extract.proposals import Proposal, Span
from esep.extract.standing import polarity_of, scope_of

CATEGORIES = (
    "killed", "injured", "missing", "detained", "convicted", "dismissed", "strikers", "troops",
    "protest-participants", "supporters", "other-human",
)  # fmt: skip
STATUSES = (
    "killed", "injured", "missing", "detained", "charged", "convicted", "tortured", "dismissed", "at_risk",
)  # fmt: skip
_LONGEST_QUOTE = 600


class Ungrounded(Exception):
    """Why an answer is not believed, in words that hold nothing of the text."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a text that was asked about, `text[start:end]`, with its sentences as the rules read them."""

    text: str
    start: int
    end: int
    passages: tuple[Passage, ...]

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.text[self.start : self.end]


@dataclass(frozen=True)
class Grounded:
    """A proposal that stands on words of the text, and what a person should look at."""

    proposal: Proposal
    warnings: tuple[str, ...] = ()


def ground(answer: Answer, window: Window, *, rule: str) -> Grounded:
    """The proposal that an answer makes. Raises `Ungrounded`."""
    places = _places(answer.quote, window)
    if answer.at is not None:
        places = [place for place in places if place[0] == window.start + answer.at]
    if not places:
        raise Ungrounded("the quote is not in the passage")
    if answer.kind == "quantity":
        grounded = _quantity(answer, window, places[0], rule)
    elif answer.kind in ("person", "place", "organisation"):
        grounded = _named(answer, window, places[0], rule)
    else:
        raise Ungrounded("the kind is none of ours")
    if len(places) > 1:
        many = f"these words stand {len(places)} times in the passage: which is meant is for a person to say"
        return Grounded(grounded.proposal, (*grounded.warnings, many))
    return grounded


def _places(quote: object, window: Window) -> list[tuple[int, int]]:
    """Where the words stand in the window: letter for letter, any white space for any white space."""
    if not isinstance(quote, str) or not 0 < len(quote.strip()) <= _LONGEST_QUOTE:
        return []
    words = quote.split()
    before = r"(?<!\w)" if words[0][0].isalnum() else ""  # never half a word, never half a number
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    pattern = re.compile(before + r"\s+".join(map(re.escape, words)) + after)
    found = pattern.finditer(window.text, window.start, window.end)
    return [(match.start(), match.end()) for match in found]


def _verbatim(answer: Answer, field: str, window: Window) -> tuple[int, int] | None:
    """Place of a field that must be words of the window; None where the field is empty."""
    told = answer.fields.get(field)
    if told is None or told == "":
        return None
    found = _places(told, window)
    if not found:
        raise Ungrounded(f"the words of «{field}» are not in the passage")
    return found[0]


def _quantity(answer: Answer, window: Window, place: tuple[int, int], rule: str) -> Grounded:
    category = answer.fields.get("category")
    if category not in CATEGORIES:
        raise Ungrounded("the category is none of ours")
    passage, one = _figure(answer, window, place)
    speaker, town = (_verbatim(answer, field, window) for field in ("attributed_to", "place"))
    found = findings(one, Clause(passage.tokens, passage.marks, passage.counted, passage.language))
    polarity = polarity_of(one, found[:1], passage, has_source=speaker is not None)
    core = passage.quote(*one.figure.core)
    bounds = one.figure.bounds(window.text[core[0] : core[1]])
    scope, date = scope_of(one, found[:1], passage), date_of(passage, *place)
    spans = [Span.of(window.text, "number", *core)]
    spans += [Span.of(window.text, role, *at) for role, at in (("attribution", speaker), ("place", town)) if at]
    value: dict[str, object] = {
        "category": category,
        "lower": bounds.low,
        "upper": bounds.high,
        "hedge": bounds.hedge,
        "word": bounds.word,
        "status": category,
        "population": one.population,
        "scope": scope,
        "stance": polarity,
        "inseparable": any(finding.inseparable for finding in found),
        "as_of": as_of(passage, date, span=place, is_told=False),
        "event_date": date.value if date else None,
        "event_basis": date.basis if date else "none",
        "place": window.text[slice(*town)] if town else None,
        "source": window.text[slice(*speaker)] if speaker else None,
        "layer": layer_of(passage, *place),
    }
    quote = window.text[slice(*place)]
    return Grounded(Proposal("quantity", *place, quote, tuple(spans), value, rule, passage.language))


def _figure(answer: Answer, window: Window, place: tuple[int, int]) -> tuple[Passage, Counted]:
    """The one figure of the quote from which our grammar reads what the answer says."""
    wanted = answer.fields.get("low"), answer.fields.get("high")
    if any(isinstance(bound, bool) or not isinstance(bound, int | None) for bound in wanted):
        raise Ungrounded("the bounds are no whole numbers")
    same = [
        (passage, one)
        for passage in window.passages
        for one in passage.counted
        if not one.is_bare and _within(passage.quote(*one.figure.core), place) and _bounds(one, passage) == wanted
    ]
    if len(same) != 1:
        raise Ungrounded("our grammar does not read that number from the quote")
    return same[0]


def _bounds(one: Counted, passage: Passage) -> tuple[int | None, int | None] | None:
    start, end = passage.quote(*one.figure.core)
    try:
        bounds = one.figure.bounds(passage.text[start:end])
    except CountsError:
        return None
    return bounds.low, bounds.high


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _named(answer: Answer, window: Window, place: tuple[int, int], rule: str) -> Grounded:
    """A person, place or organisation by name; a person's status only with the words that say it."""
    at = _verbatim(answer, "name", window)
    inside = at if at and _within(at, place) else next(iter(_inside(answer, window, place)), None)
    if inside is None:
        raise Ungrounded("the name is not in the quote")
    name = " ".join(window.text[slice(*inside)].split())
    if not any(map(str.isalpha, name)) or any(map(str.isdigit, name)):
        raise Ungrounded("the name is no name")
    spans = [Span.of(window.text, answer.kind, *inside)]
    warnings: tuple[str, ...] = ()
    value: dict[str, object] = {"name": name}
    if answer.kind == "person":
        status, words = _status(answer, window, place)
        value = {"name": name, "status": [status] if status else None, "role": None, "variants": [name]}
        if words:
            spans.append(Span.of(window.text, "status", *words))
            warnings = ("the fate was proposed by a model, not by the grammar of the sentence",)
    passage = _passage_at(window.passages, inside[0])
    proposal = Proposal(answer.kind, *inside, window.text[slice(*inside)], tuple(spans), value, rule, passage.language)
    return Grounded(proposal, warnings)


def _inside(answer: Answer, window: Window, place: tuple[int, int]) -> Iterable[tuple[int, int]]:
    return (at for at in _places(answer.fields.get("name"), window) if _within(at, place))


def _status(answer: Answer, window: Window, place: tuple[int, int]) -> tuple[str | None, tuple[int, int] | None]:
    status = answer.fields.get("status")
    if status is None:
        return None, None
    if status not in STATUSES:
        raise Ungrounded("the status is none of ours")
    words = [at for at in _places(answer.fields.get("status_words"), window) if _within(at, place)]
    if not words:
        raise Ungrounded("the words that say the status are not in the quote")
    return str(status), words[0]


def _passage_at(passages: Sequence[Passage], offset: int) -> Passage:
    return next((p for p in reversed(passages) if p.sentence.start <= offset), passages[0])
