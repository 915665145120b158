"""Names that may not appear, and the check that every published text passes.

A text that names a person who is not shown is withheld as a whole: cutting the name out would leave the sentence that
leads to it. One word of a hidden name is enough, unless the same word is part of a name that is shown (a family name, a
common first name): then the whole name is. Names of people in a public function stay (a minister who speaks).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from esep.intake.contacts import looks_like_contact
from esep.ledger.claims import Claim
from esep.names.keys import search_tokens
from esep.people.persons import Person
from esep.publish.rules import PROTECTED, Rules

_SHORTEST = 4  # letters of a word that gives a name away by itself; shorter ones are initials and particles
_NAMES_OF_PEOPLE = frozenset(f"{PROTECTED}{prop}" for prop in ("giver", "relative", "contact", "asked_by"))

_POSSESSIVE = re.compile(r"['’ʼ]s?(?!\w)", re.IGNORECASE)

Words = tuple[str, ...]


@dataclass(frozen=True)
class Redaction:
    """What may not be said: `words` alone, `phrases` when all their words stand in a text, `private` in some acts.

    All are search tokens, so that every spelling and script of a name is caught.
    """

    words: frozenset[str] = frozenset()
    phrases: tuple[Words, ...] = ()
    private: frozenset[str] = frozenset()

    def allows(self, text: str) -> bool:
        """Does the text name nobody who is not shown, and hold no contact?"""
        said = _said(text)
        if self.words & said:
            return False
        return not any(said.issuperset(phrase) for word in said for phrase in self._beginning.get(word, ()))

    @cached_property
    def _beginning(self) -> Mapping[str, list[Words]]:
        """Phrases by their first word: a text is compared with few of them, however many there are."""
        found: dict[str, list[Words]] = {}
        for phrase in self.phrases:
            found.setdefault(phrase[0], []).append(phrase)
        return found

    def text(self, text: str | None) -> str | None:
        """The text, or None where it is missing or may not be shown."""
        return text if text and self.allows(text) else None

    def told(self, text: str | None) -> str | None:
        """What a source tells in its own words, or None where that may not be shown or holds a contact of anybody."""
        return None if text and looks_like_contact(text) else self.text(text)

    def act(self, text: str | None) -> str | None:
        """The text, or None where it names any private person, shown or not."""
        return self.told(text) if text and not self.private & _said(text) else None


def redaction(people: Iterable[Person], protected: Iterable[Claim], *, rules: Rules) -> Redaction:
    """What people without a page (but those in a public function) are called, and every `protected:` value."""
    hidden, shown, public = set[str](), set[str](), set[str]()
    hidden_names, open_names = set[Words](), set[Words]()
    for person in people:
        is_shown, is_public = rules.may_show(person), rules.is_public_function(person)
        group = shown if is_shown else public if is_public else hidden
        group.update(word for name in person.names for word in _telling(name))
        (open_names if is_shown or is_public else hidden_names).update(map(_whole, person.names))
    phrases = set[Words]()
    for claim in protected:
        for text in strings(claim.value):
            phrases.add(tuple(sorted(set(search_tokens(text)))))
            hidden.update(_telling(text) if claim.prop in _NAMES_OF_PEOPLE else ())
    kept = {phrase for phrase in phrases if any(len(word) >= _SHORTEST for word in phrase)}
    kept |= _unmistakable(hidden_names, open_names)
    return Redaction(frozenset(hidden - shown - public), tuple(sorted(kept)), frozenset((hidden | shown) - public))


def _unmistakable(hidden: Iterable[Words], shown: Iterable[Words]) -> set[Words]:
    """Whole names that are hidden even if each of their words is short, or part of a name that is shown."""
    holding: dict[str, list[frozenset[str]]] = {}
    for one in map(frozenset, shown):
        for word in one:
            holding.setdefault(word, []).append(one)
    found = set[Words]()
    for name in hidden:
        rarest = min((holding.get(word, []) for word in name), key=len, default=[])
        if len(name) > 1 and not any(one.issuperset(name) for one in rarest):
            found.add(name)
    return found


def _whole(name: str) -> Words:
    return tuple(sorted(set(search_tokens(name))))


def strings(value: object) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def _said(text: str) -> frozenset[str]:
    """Search tokens of a text, with and without the English possessive: «Ivanov's list» names Ivanov."""
    plain = _POSSESSIVE.sub("", text)
    return frozenset(search_tokens(text) if plain == text else (*search_tokens(text), *search_tokens(plain)))


def _telling(name: str) -> Iterator[str]:
    return (word for word in search_tokens(name) if len(word) >= _SHORTEST)
