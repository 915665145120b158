"""Insertions of editors and translators: bracketed words that are another voice than the text around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esep.extract.lexicon import lexicon
from esep.extract.tokens import tokenize

_ROUND = re.compile(r"\([^()\n]{2,300}\)")
_SQUARE = re.compile(r"\[[^\[\]\n]{2,300}\]")
_NO_WORDS = re.compile(r"\[(?:\s*(?:\d{1,3}|sic|…|\.\.\.|так в тексте|\?|!)\s*[,;]?)+\]", re.I)


@dataclass(frozen=True, slots=True)
class Gloss:
    """An insertion `text[start:end]`, brackets included; `layer` is editor or translator, `signature` what says so."""

    start: int
    end: int
    layer: str
    signature: str | None


def glosses_of(text: str, *, languages: frozenset[str]) -> tuple[Gloss, ...]:
    """Every insertion of a text, in order. Square brackets are an editor's unless they are signed otherwise; round ones
    are an insertion only when signed («note of translator», «прим. ред.»). Footnote numbers, «[sic]», «[...]» are
    none.
    """
    found = []
    for match in sorted((*_ROUND.finditer(text), *_SQUARE.finditer(text)), key=lambda m: m.start()):
        signed = _signed(text, match.start() + 1, match.end() - 1, languages=languages)
        if signed is not None:
            found.append(Gloss(match.start(), match.end(), *signed))
        elif match.group().startswith("[") and not _NO_WORDS.fullmatch(match.group()):
            found.append(Gloss(match.start(), match.end(), "editor", None))
    return tuple(found)


def _signed(text: str, start: int, end: int, *, languages: frozenset[str]) -> tuple[str, str] | None:
    """Whose note the brackets hold and the words that say so."""
    tokens = tokenize(text, start=start, end=end)
    for language in sorted(languages):
        marks = lexicon(language).mark(tokens).of("gloss")
        if marks:
            last = marks[-1]
            return last.value, text[tokens[last.first].start : tokens[last.last - 1].end]
    return None
