"""Places named in a text: every spelling of the gazetteer, longest first, with its candidates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from esep.places.gazetteer import Candidate, Gazetteer, base_gazetteer, fold, rows_of

_WORD = re.compile(r"[^\W\d_]+(?:(?![’']s\b)[’'ʼ‑-][^\W\d_]+)*")
_GAP = re.compile(r"[ \u00a0\u202f\n\r]{1,2}(?:\()?|\. ")
_LOCATIVE = frozenset(
    "in at near from to of into around outside across city town village region "
    "в во из у к под близ около на городе город города поселке посёлке селе деревне "
    "у в з із зі до під біля поблизу місті місто міста селі "
    "қаласы қаласында қаласындағы ауылы ауылында ауданында".split()
)
_LONGEST = 4
_OPENING = "«“„\"‘'"
_CLOSING = "»”“\"’'"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at `text[start:end]`; `candidates` likeliest first; `quoted` when it stands in quotation marks."""

    start: int
    end: int
    quote: str
    candidates: tuple[Candidate, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Adjective:
    """A word such as «Kazakh» or «шведских» that names a country without being a place: its ISO code."""

    start: int
    end: int
    country: str


@cache
def _unlikely() -> frozenset[str]:
    return frozenset(row["word"] for row in rows_of("not_places.csv"))


@cache
def _adjectives() -> dict[str, str]:
    """Exact English words and the stems (with *) of Russian and Ukrainian adjectives, to ISO codes."""
    found = {}
    for row in rows_of("countries.csv"):
        for column in ("adjective_en", "adjective_ru", "adjective_uk"):
            for form in filter(None, row[column].split("|")):
                found[form.casefold()] = row["iso"]
    return found


def country_of_adjective(word: str) -> str | None:
    """ISO code of the country that an adjective or the name of its people means; None for any other word."""
    known, plain = _adjectives(), word.casefold()
    if plain in known:
        return known[plain]
    return next((known[plain[:k] + "*"] for k in range(len(plain), 4, -1) if plain[:k] + "*" in known), None)


def find_adjectives(text: str) -> tuple[Adjective, ...]:
    """Every adjective of a country in a text."""
    found = ((match, country_of_adjective(match.group())) for match in _WORD.finditer(text))
    return tuple(Adjective(match.start(), match.end(), country) for match, country in found if country)


def find_places(text: str, *, country: str | None = None, gazetteer: Gazetteer | None = None) -> tuple[Mention, ...]:
    """Every place named in a text, in order, not overlapping.

    A name begins with a capital letter. Words that are far more often something else (`not_places.csv`) count only
    after a word of place (in, near, в, під ...). `country` orders the candidates.
    """
    table = gazetteer or base_gazetteer()
    words = list(_WORD.finditer(text))
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention, used = _mention(text, words, at=at, table=table, country=country)
        if mention is not None:
            found.append(mention)
        at += used
    return tuple(found)


def _mention(
    text: str, words: list[re.Match[str]], *, at: int, table: Gazetteer, country: str | None
) -> tuple[Mention | None, int]:
    """The longest place name that begins with word number `at`, and how many words to step on."""
    if not words[at].group()[0].isupper():
        return None, 1
    for length in range(_run(text, words, at), 0, -1):
        start, end = words[at].start(), words[at + length - 1].end()
        quote = text[start:end]
        if length == 1 and not _is_likely(text, words, at):
            return None, 1
        candidates = table.lookup(re.sub(r"\s+", " ", quote), country=country)
        if candidates and (length > 1 or len(quote) > 2 or quote.isupper()):
            return Mention(start, end, quote, candidates, _is_quoted(text, start, end)), length
    return None, 1


def _run(text: str, words: list[re.Match[str]], at: int) -> int:
    """How many words from `at` on stand in one run, with nothing but a space between."""
    length = 1
    while (
        length < _LONGEST
        and at + length < len(words)
        and _GAP.fullmatch(text[words[at + length - 1].end() : words[at + length].start()])
    ):
        length += 1
    return length


def _is_likely(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Is a single word here more than an ordinary word with a capital letter?"""
    word = words[at].group()
    if country_of_adjective(word):
        return False
    if word not in _unlikely() and (len(word) > 3 or not word.isascii() or word.isupper()):
        return True
    return (
        at > 0 and words[at - 1].group().lower() in _LOCATIVE and text[words[at - 1].end() : words[at].start()] == " "
    )


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in tuple(_OPENING) and text[end : end + 1] in tuple(_CLOSING) and start > 0


def names_same(left: str, right: str) -> bool:
    """Do two spellings fold to the same key?"""
    return fold(left) == fold(right)
