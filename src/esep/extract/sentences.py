"""Paragraphs and sentences of a text, with exact offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esep.extract.language import language_of

_BLOCK = re.compile(r"(?:[^\r\n]|\r?\n(?![ \t\u00a0]*\r?(?:\n|\Z)))+")
_END = re.compile(r"[.!?…]+[»”\"’')\]]*(?=\s)|\n")
_NOT_END = re.compile(
    r"(?:^|[\s(«“\"])(?:[^\W\d_]|[^\W\d_]\.[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Rev|Sen|Gov|No|vs|etc|e\.g|i\.e|ca|Jan|Feb|Mar|Apr|Aug|"
    r"Sept|Sep|Oct|Nov|Dec|approx|Inc|Ltd|Co|г|гг|ул|им|обл|см|стр|тыс|млн|млрд|чел|руб|пос|с|д|т\.д|т\.п|т\.е|др|проф|акад|р|м|вул|"
    r"ред|авт|ст|ім|ж|т\.б|жж)\.$"
)
_WRAPPED_WIDTH = 110
_LONGEST = 3000


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence `text[start:end]` in paragraph number `paragraph`; `language` is en, ru, uk or kk."""

    start: int
    end: int
    paragraph: int
    language: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph `text[start:end]`, white space at its ends left out."""

    start: int
    end: int


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs: blocks between empty lines, and lines within a block unless the block is one wrapped text."""
    found: list[Paragraph] = []
    for block in _BLOCK.finditer(text):
        lines = block.group().split("\n")
        if _is_wrapped(lines):
            spans = [(block.start(), block.end())]
        else:
            spans, at = [], block.start()
            for line in lines:
                spans.append((at, at + len(line)))
                at += len(line) + 1
        found.extend(filter(None, (_trimmed(text, start, end) for start, end in spans)))
    return tuple(found)


def _is_wrapped(lines: list[str]) -> bool:
    """Are these lines one text broken at a margin? Then all but the last are long, and few end a sentence."""
    full = [line.rstrip() for line in lines[:-1]]
    if not full or max(map(len, lines)) > _WRAPPED_WIDTH or sum(map(len, full)) / len(full) < 50:
        return False
    return sum(line.endswith((".", "!", "?", ":", ";")) for line in full) <= len(full) / 2


def _trimmed(text: str, start: int, end: int) -> Paragraph | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    return Paragraph(start + left, start + left + len(stripped)) if stripped else None


def sentences_of(text: str, *, paragraphs: tuple[Paragraph, ...] | None = None) -> tuple[Sentence, ...]:
    """Sentences in order, each with its language."""
    found: list[Sentence] = []
    language = "en"
    for number, paragraph in enumerate(paragraphs if paragraphs is not None else paragraphs_of(text)):
        for start, end in _spans(text, paragraph):
            language = language_of(text[start:end], before=language)
            found.append(Sentence(start, end, number, language))
    return tuple(found)


def _spans(text: str, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Bounds of the sentences of one paragraph."""
    spans: list[tuple[int, int]] = []
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        end = match.end()
        if match.group() == "\n" or not _ends(text, start, match=match, limit=paragraph.end):
            continue
        spans.append((start, end))
        start = end + len(text[end : paragraph.end]) - len(text[end : paragraph.end].lstrip())
    if start < paragraph.end:
        spans.append((start, paragraph.end))
    return [piece for first, last in spans for piece in _cut(text, first, last)]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run without any full stop (a table, a list) cut at white space, so that no sentence is longer than a page."""
    pieces = []
    while end - start > _LONGEST:
        at = text.rfind(" ", start + 1, start + _LONGEST)
        at = at if at > start else start + _LONGEST
        pieces.append((start, at))
        start = at + (text[at] == " ")
    return [*pieces, (start, end)] if start < end else pieces


def _ends(text: str, start: int, *, match: re.Match[str], limit: int) -> bool:
    """Does a sentence really end at this sign? Not after an initial or an abbreviation, not before a small letter."""
    following = text[match.end() : limit].lstrip()
    if not following:
        return False
    first = following.lstrip("«“„\"'‘([—–- ")[:1]
    if first.islower():
        return False
    return not (match.group() == "." and _NOT_END.search(text[max(start, match.start() - 12) : match.end()]))
