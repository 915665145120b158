"""Words, numbers and signs of a text with their exact places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MARKS = "\u0300-\u036f"
_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d))"
    r"|(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d))+|\d{1,3}(?:[.,’']\d{3}(?![\d]))+|\d+(?:[.,]\d+)?)"
    rf"|(?P<word>[^\W\d_](?:[^\W\d_]|[{_MARKS}])*(?:['’ʼ‑-][^\W\d_](?:[^\W\d_]|[{_MARKS}])*)*)"
    r"|(?P<sign>\S)"
)
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‑": "-", "ё": "е"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, date or sign: `text[start:end]`; `low` is its form for tables, one spelling for all cases."""

    quote: str
    start: int
    end: int
    kind: str
    low: str

    @property
    def is_capital(self) -> bool:
        """Does the token begin with a capital letter?"""
        return self.quote[0].isupper()


def fold(word: str) -> str:
    """Form under which words are kept in tables: NFC, lower case, one apostrophe, ё as е."""
    return unicodedata.normalize("NFC", word).lower().translate(_PLAIN)


def tokenize(text: str, *, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Tokens of `text[start:end]`, with offsets into the whole text."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return tuple(Token(m.group(), m.start(), m.end(), str(m.lastgroup), fold(m.group())) for m in found)
