"""Names that may not appear, and the check that every published text passes.

A text that names a person who is not shown is withheld as a whole: cutting the name out would leave the sentence that
leads to it. One word of a hidden name is enough, unless the same word is part of a name that is shown (a family name, a
common first name). Names of people in a public function stay (a minister who speaks).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
        return not self.words & said and not any(said.issuperset(phrase) for phrase in self.phrases)

    def text(self, text: str | None) -> str | None:
        """The text, or None where it is missing or may not be shown."""
        return text if text and self.allows(text) else None

    def act(self, text: str | None) -> str | None:
        """The text, or None where it names any private person, shown or not."""
        return text if text and self.allows(text) and not self.private & _said(text) else None


def redaction(people: Iterable[Person], protected: Iterable[Claim], *, rules: Rules) -> Redaction:
    """What people without a page (but those in a public function) are called, and every `protected:` value."""
    hidden, shown, public = set[str](), set[str](), set[str]()
    for person in people:
        group = shown if rules.may_show(person) else public if rules.is_public_function(person) else hidden
        group.update(word for name in person.names for word in _telling(name))
    phrases = set[Words]()
    for claim in protected:
        for text in strings(claim.value):
            phrases.add(tuple(sorted(set(search_tokens(text)))))
            hidden.update(_telling(text) if claim.prop in _NAMES_OF_PEOPLE else ())
    kept = tuple(sorted(phrase for phrase in phrases if any(len(word) >= _SHORTEST for word in phrase)))
    return Redaction(frozenset(hidden - shown - public), kept, frozenset((hidden | shown) - public))


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
