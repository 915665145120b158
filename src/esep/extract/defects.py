"""Damage in a text that a reader should see: lost links, lost credits, unbalanced quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esep.extract.sentences import Paragraph

_LOST_LINK = re.compile(r"\((?=\s*(?:\n|\Z))")
_LOST_CREDIT = re.compile(
    r"(?im)^[^\n]*\b(?:courtesy|credit|photo by|photo|фото|"
    r"снимок|фотограф|світлина|сурет)\b(?:\s+(?:of|by))?\s*:[ \t]*$"
)
_REPLACEMENT = re.compile("\ufffd+")
_PAIRS = (("«", "»"), ("“", "”"), ("„", "“"))


@dataclass(frozen=True, slots=True)
class Defect:
    """Damage at `text[start:end]`: lost_link, lost_credit, unbalanced_quotes, stray_closing_quote or
    lost_characters.
    """

    kind: str
    start: int
    end: int
    quote: str


def defects_of(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Defect, ...]:
    """Every defect in order; a clean text has none."""
    found = [Defect("lost_link", m.start(), m.end(), m.group()) for m in _LOST_LINK.finditer(text)]
    found += [Defect("lost_credit", m.start(), m.end(), m.group()) for m in _LOST_CREDIT.finditer(text)]
    found += [Defect("lost_characters", m.start(), m.end(), m.group()) for m in _REPLACEMENT.finditer(text)]
    for paragraph in paragraphs:
        found += _quotes(text, paragraph)
    return tuple(sorted(found, key=lambda defect: (defect.start, defect.end)))


def _quotes(text: str, paragraph: Paragraph) -> list[Defect]:
    """Quotation marks of one paragraph that open without closing or close without opening.

    A quotation may run over several paragraphs, each opening again, so a paragraph that ends open is reported only if a
    mark opens inside an open one.
    """
    if "„" in text[paragraph.start : paragraph.end]:
        return []
    found: list[Defect] = []
    for opening, closing in _PAIRS[:2]:
        opened: int | None = None
        for at in range(paragraph.start, paragraph.end):
            sign = text[at]
            if sign == opening and opened is not None:
                found.append(Defect("unbalanced_quotes", opened, opened + 1, opening))
            if sign == opening:
                opened = at
            elif sign == closing and opened is None:
                kind = "stray_closing_quote" if at == paragraph.end - 1 else "unbalanced_quotes"
                found.append(Defect(kind, at, at + 1, closing))
            elif sign == closing:
                opened = None
    return found
