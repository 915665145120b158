"""A second look at every number of a scan: figures are where a wrong letter costs a life in the books.

The page is read twice from two renderings. A word with digits that was read with little confidence, that the second
reading has otherwise, or that mixes digits with letters alike, is marked as doubtful with the reason. Letters are
taken for digits in one case only: a single letter that looks like one, standing where no sentence begins. The
mark stays on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from esep.intake.parsers.tesseract import Seen

SURE = 80
"""Confidence, of 100, from which a number is taken without a mark. On made pages at 150 dpi with noise right numbers
have 90 and more; the mark costs a look, a missing one a wrong figure."""

_DIGIT = re.compile(r"\d")
_ALIKE = {"З": "3", "О": "0", "O": "0", "l": "1", "б": "6"}
_MIXED = re.compile(r"(?:\d[ЗОOоolIіІб]|[ЗОOlIІ]\d)")
_ENDS = re.compile(r"[.!?…:»”\"]$")


@dataclass(frozen=True, slots=True)
class Looked:
    """A word with what is doubtful about it; `doubt` is empty for a word nobody needs to look at again."""

    seen: Seen
    text: str
    doubt: str = ""


def may_be_number(text: str) -> bool:
    """Does a word hold a digit, or is it one letter that looks like one?"""
    return text in _ALIKE or bool(_DIGIT.search(text))


def look_again(first: Sequence[Seen], second: Iterable[Seen]) -> list[Looked]:
    """Words of the first reading, numbers marked where they are doubtful."""
    others = list(second)
    looked: list[Looked] = []
    for at, word in enumerate(first):
        before = first[at - 1] if at else None
        after = first[at + 1] if at + 1 < len(first) else None
        text = _as_digit(word, before, after)
        other = _same_place(word, others) if may_be_number(text) else None
        looked.append(Looked(word, text, _doubt(word, text, other)))
    return looked


def _as_digit(word: Seen, before: Seen | None, after: Seen | None) -> str:
    """«Ще З мешканці»: the digit for a lone letter like it, unless a sentence may begin there."""
    digit = _ALIKE.get(word.text)
    inside = before is not None and not _ENDS.search(before.text) and _near(before, word)
    counts = after is not None and (after.text[:1].islower() or bool(_DIGIT.match(after.text)))
    return digit if digit and inside and counts and word.text in "ЗО" else word.text


def _near(before: Seen, word: Seen) -> bool:
    return before.paragraph == word.paragraph and word.line - before.line <= 1


def _doubt(word: Seen, text: str, other: Seen | None) -> str:
    if text != word.text:
        return f"read as the letter {word.text} and taken for {text}"
    if not _DIGIT.search(text):
        lone = text in _ALIKE and other is not None and bool(_DIGIT.search(other.text))
        return f"read as a letter; a second reading has {_digits(other.text)}" if lone and other else ""
    if _MIXED.search(text):
        return "digits and letters that look like digits stand in one word"
    if other is not None and _digits(other.text) != _digits(text):
        return f"a second reading has {_digits(other.text) or 'no number'}"  # digits only: words could not be erased
    if word.confidence < SURE:
        return f"read with a confidence of {word.confidence} %"
    return ""


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))


def _same_place(word: Seen, others: Iterable[Seen]) -> Seen | None:
    """The word of the other reading that covers most of this one's box, if it covers half of it."""
    best = max(others, key=lambda other: _shared(word, other), default=None)
    if best is None or 2 * _shared(word, best) < word.width * word.height:
        return None
    return best


def _shared(one: Seen, other: Seen) -> int:
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0, width) * max(0, height)
