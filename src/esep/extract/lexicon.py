"""The words that rules look for: editable tables in `words/<language>/*.toml`, one id a rule.

A rule has an id, a class, a value, sometimes a kind, and words: commas between them, `*` for any ending,
`{a,b}` for a or b, `word=9` where each word has a value of its own. A word may be several words long.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from esep.errors import ExtractError
from esep.extract.tokens import Token, fold

LANGUAGES = ("en", "ru", "uk", "kk")
_SHORTEST_STEM = 2
_BRACES = re.compile(r"\{([^{}]*)\}")
_FIELDS = {"id", "class", "value", "kind", "words"}
_FREE_ORDER = ("ru", "uk")
_TURNED_KINDS = ("either", "trans")
_PARTICLES = {"kk": frozenset(("да", "де", "та", "те", "ғана", "қана", "тағы", "әлі", "тек"))}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a matched word means: its rule id, class, value and kind."""

    id: str
    cls: str
    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rule found at tokens `first` to `last` (exclusive)."""

    rule: Rule
    first: int
    last: int

    @property
    def value(self) -> str:
        """The value of the rule."""
        return self.rule.value

    @property
    def kind(self) -> str:
        """The kind of the rule."""
        return self.rule.kind


class Marks:
    """All rules found in one sentence, by class and place."""

    def __init__(self, marks: list[Mark]) -> None:
        self._at: dict[tuple[str, int], list[Mark]] = defaultdict(list)
        self._of: dict[str, list[Mark]] = defaultdict(list)
        for mark in marks:
            self._at[mark.rule.cls, mark.first].append(mark)
            self._of[mark.rule.cls].append(mark)

    def without_feared(self, spans: list[tuple[int, int]], tokens: tuple[Token, ...]) -> Marks:
        """The marks without words of fear that stand inside a time: «May» is a month there, not «may»."""
        inside = {
            mark
            for mark in self._of.get("polarity", ())
            if mark.value == "feared" and any(start <= tokens[mark.first].start < end for start, end in spans)
        }
        return (
            self if not inside else Marks([mark for marks in self._of.values() for mark in marks if mark not in inside])
        )

    def at(self, cls: str, index: int) -> Mark | None:
        """The longest mark of a class that begins at a token."""
        return max(self._at.get((cls, index), ()), key=lambda mark: mark.last, default=None)

    def all_at(self, cls: str, index: int) -> list[Mark]:
        """Every mark of a class that begins at a token."""
        return self._at.get((cls, index), [])

    def of(self, cls: str) -> list[Mark]:
        """Every mark of a class, in order."""
        return self._of.get(cls, [])

    def covering(self, cls: str, index: int) -> Mark | None:
        """A mark of a class that begins at a token or runs over it."""
        return next((mark for mark in self._of.get(cls, ()) if mark.first <= index < mark.last), None)

    def ending(self, cls: str, index: int) -> Mark | None:
        """The longest mark of a class that ends just before a token."""
        ending = (mark for mark in self._of.get(cls, ()) if mark.last == index)
        return min(ending, key=lambda mark: mark.first, default=None)


class Lexicon:
    """All rules of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._exact: dict[str, list[tuple[tuple[str, ...], Rule]]] = defaultdict(list)
        self._stems: dict[str, list[tuple[tuple[str, ...], Rule]]] = defaultdict(list)
        for rule, words in _rules(language):
            for phrase in words:
                self._add(rule, phrase)
                if language in _FREE_ORDER and rule.cls == "fate" and rule.kind in _TURNED_KINDS:
                    self._add_turned(rule, phrase)
        self._longest = max(map(len, self._stems), default=0)
        self._particles = _PARTICLES.get(language, frozenset())

    def _add(self, rule: Rule, phrase: str) -> None:
        if "=" in phrase:
            phrase, _, value = phrase.partition("=")
            rule = Rule(rule.id, rule.cls, value.strip(), rule.kind)
        parts = tuple(fold(part) for part in phrase.split())
        first = parts[0]
        if first.endswith("*"):
            self._stems[first[:-1]].append((parts, rule))
        else:
            self._exact[first].append((parts, rule))

    def _add_turned(self, rule: Rule, phrase: str) -> None:
        """«получили ранения» also as «ранения получили»: the verb may stand last."""
        verb, _, rest = phrase.strip().partition(" ")
        if rest and "*" not in rest.split():
            self._add(rule, f"{rest} {verb}")

    def mark(self, tokens: tuple[Token, ...]) -> Marks:
        """Every rule found in a sentence; of one rule class, value and kind only the longest at each place."""
        found: list[Mark] = []
        for index, token in enumerate(tokens):
            longest: dict[tuple[str, str, str], Mark] = {}
            for parts, rule in self._candidates(token.low):
                last = _end(parts, tokens, index, particles=self._particles)
                if last is not None:
                    key = (rule.cls, rule.value, rule.kind)
                    if key not in longest or longest[key].last < last:
                        longest[key] = Mark(rule, index, last)
            found.extend(longest.values())
        return Marks(found)

    def table(self, cls: str) -> dict[str, float]:
        """Number of each single word of a class whose value is a table."""
        words = {
            parts[0]: rule
            for entries in self._exact.values()
            for parts, rule in entries
            if len(parts) == 1 and rule.cls == cls
        }
        return {word: float(rule.value) for word, rule in words.items()}

    def words(self, cls: str) -> tuple[str, ...]:
        """Every single word of a class, longest first."""
        found = {
            parts[0]
            for entries in self._exact.values()
            for parts, rule in entries
            if len(parts) == 1 and rule.cls == cls
        }
        return tuple(sorted(found, key=lambda word: (-len(word), word)))

    def knows(self, token: Token) -> bool:
        """Does any rule begin with this word?"""
        return token.kind == "word" and bool(self._candidates(token.low))

    def _candidates(self, word: str) -> list[tuple[tuple[str, ...], Rule]]:
        found = list(self._exact.get(word, ()))
        for size in range(_SHORTEST_STEM, min(len(word), self._longest) + 1):  # a word of a megabyte costs no more
            found.extend(self._stems.get(word[:size], ()))
        return found


def _end(parts: tuple[str, ...], tokens: tuple[Token, ...], index: int, *, particles: frozenset[str]) -> int | None:
    """The token after a phrase that begins at `index`; in Kazakh a particle may stand inside («жарақат та алды»)."""
    at = index + 1
    for part in parts[1:]:
        if at < len(tokens) and tokens[at].low in particles and not _fits(part, tokens[at]):
            at += 1
        if at >= len(tokens) or not _fits(part, tokens[at]):
            return None
        at += 1
    return at


def _fits(part: str, token: Token) -> bool:
    return token.low.startswith(part[:-1]) if part.endswith("*") else token.low == part


def _expand(phrase: str) -> list[str]:
    """«{a,b}» written out: every choice of every brace."""
    pieces = _BRACES.split(phrase)
    choices = [piece.split(",") if odd % 2 else [piece] for odd, piece in enumerate(pieces)]
    return ["".join(choice) for choice in product(*choices)]


def _split(words: str) -> list[str]:
    """Phrases between commas; a comma inside braces does not divide."""
    phrases = re.split(r",(?![^{}]*\})", words)
    return [form for phrase in phrases if phrase.strip() for form in _expand(" ".join(phrase.split()))]


def _rules(language: str) -> list[tuple[Rule, list[str]]]:
    """Rules of every table of a language. Raises `ExtractError` naming the file and rule that cannot be read."""
    folder = files("esep.extract") / "words" / language
    found = []
    for table in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".toml"):
            for block in tomllib.loads(table.read_text(encoding="utf-8"))["rule"]:
                if set(block) - _FIELDS or not {"id", "class", "words"} <= set(block):
                    raise ExtractError(
                        f"words/{language}/{table.name}: rule {block.get('id', '?')} needs id, class and words",
                        hint="the fields of a rule are " + ", ".join(sorted(_FIELDS)),
                    )
                rule = Rule(block["id"], block["class"], block.get("value", ""), block.get("kind", ""))
                found.append((rule, _split(block["words"])))
    return found


@cache
def lexicon(language: str) -> Lexicon:
    """The rules of a language (en, ru, uk or kk), read once."""
    return Lexicon(language)
