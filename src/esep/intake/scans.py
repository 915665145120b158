"""Scans and photographs of pages: their words as a text layer, each word with its place on the page.

Words of a line are parted by a space, lines by a line feed, paragraphs by an empty line, pages by a form feed. The
layer is what was read, mistakes included; nothing in it is mended but a lone З taken for 3, which stays marked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from esep.errors import BadInput, RefusedFile
from esep.intake.limits import DEFAULT_LIMITS, Limits
from esep.intake.ocr import Reader
from esep.intake.sandbox import parse_apart

FORMAT = "esep-boxes-1"
_LEGIBLE = 60
_FEWEST_WORDS = 5
_SHORTEST_WORD = 3
_PATIENCE = 5
"""Processor time is limited as everywhere; by the clock a page may take longer, because a busy machine is slow."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text layer at `[start, end)` and where it stands: page from 1, box, confidence 0 to 100.

    The box is in pixels of a picture or points of a PDF page, from the upper left corner. `doubt` says why a
    number needs a second look; empty for all other words.
    """

    start: int
    end: int
    page: int
    x: int
    y: int
    width: int
    height: int
    confidence: int
    doubt: str = ""

    def moved(self, by: int) -> Word:
        """The same word in a text in which it stands so many code points later."""
        return Word(self.start + by, self.end + by, *self.row()[2:])

    def row(self) -> tuple[Any, ...]:
        """The fields in their order."""
        box = (self.x, self.y, self.width, self.height)
        return self.start, self.end, self.page, *box, self.confidence, self.doubt


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page that was read from its picture: text, words, size, and what a person should know."""

    number: int
    text: str
    words: tuple[Word, ...]
    width: float
    height: float
    turned: int
    notes: tuple[str, ...]


def read_page(content: bytes, *, number: int, reader: Reader, limits: Limits = DEFAULT_LIMITS) -> ScannedPage:
    """Read one page (from 1) of a picture or PDF, apart and with limits. Raises `RefusedFile`."""
    patient = replace(limits, wall_seconds=_PATIENCE * limits.wall_seconds)
    (found,) = parse_apart(
        "scan", content, limits=patient, readable=reader.folders, program=reader.program, page=number - 1,
        languages="+".join(reader.languages), is_free=not reader.is_named and "eng" in reader.languages,
    )  # fmt: skip
    text, words = _laid_out(found["words"], number)
    notes = tuple(_notes(found, words, number, reader))
    return ScannedPage(number, text, words, found["width"], found["height"], found["turned"], notes)


def _laid_out(rows: list[list[Any]], page: int) -> tuple[str, tuple[Word, ...]]:
    """Text of a page and its words with their offsets in it."""
    pieces: list[str] = []
    words: list[Word] = []
    at, last = 0, None
    for number, (_, line) in enumerate(groupby(rows, key=lambda row: (row[1], row[2]))):
        placed = list(line)
        is_new = number > 0 and placed[0][1] != last
        between = "\n\n" if is_new else "\n" if number else ""
        last = placed[0][1]
        for text, _, _, *box in placed:
            pieces += (between, text)
            at += len(between)
            words.append(Word(at, at + len(text), page, *box))
            at += len(text)
            between = " "
    return "".join(pieces), tuple(words)


def _notes(found: dict[str, Any], words: tuple[Word, ...], page: int, reader: Reader) -> Iterator[str]:
    if found["turned"]:
        yield f"page {page} was turned by {found['turned']} degrees to be read"
    if found["shrunk"]:
        yield f"page {page} was read at 1/{found['shrunk']} of its size"
    doubtful = sum(bool(word.doubt) for word in words)
    if doubtful:
        yield f"page {page}: numbers that need a second look at the picture: {doubtful}"
    if words and sum(word.confidence for word in words) / len(words) < _LEGIBLE:
        tongues = " ".join(reader.languages)
        yield f"page {page}: few words could be read with any certainty; is it in {tongues}, and is it printed?"


def is_legible(words: Iterable[Word]) -> bool:
    """Is there a text in the picture at all: at least five words of three letters that were read with certainty?"""
    sure = (word for word in words if word.confidence >= _LEGIBLE and word.end - word.start >= _SHORTEST_WORD)
    return sum(1 for _, word in zip(range(_FEWEST_WORDS), sure, strict=False)) == _FEWEST_WORDS


def boxes_file(words: Iterable[Word], pages: Iterable[ScannedPage]) -> bytes:
    """Places of the words as bytes to keep beside the text layer; the same words give the same bytes."""
    sizes = [[page.number, page.width, page.height, page.turned] for page in pages]
    held = {"format": FORMAT, "pages": sizes, "words": [word.row() for word in words]}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def read_boxes(content: bytes) -> tuple[Word, ...]:
    """Words of `boxes_file`. Raises `BadInput` for anything else."""
    try:
        held = json.loads(content)
        if held["format"] != FORMAT:
            raise BadInput(f"the places of words are in format {held['format']!r}; this version reads {FORMAT}")
        return tuple(Word(*row) for row in held["words"])
    except (ValueError, KeyError, TypeError):
        raise BadInput("the places of words of a scan cannot be read", hint="run esep verify") from None


def read_pages(
    content: bytes,
    wanted: Iterable[int],
    *,
    reader: Reader,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[int], None] = lambda pages: None,
) -> tuple[dict[int, ScannedPage], tuple[str, ...]]:
    """Read pages by number; a page that cannot be read is left out and named in the notes."""
    pages: dict[int, ScannedPage] = {}
    notes: list[str] = []
    for number in wanted:
        try:
            pages[number] = read_page(content, number=number, reader=reader, limits=limits)
            notes += pages[number].notes
        except RefusedFile as refusal:
            notes.append(f"page {number} was not read: {refusal}")
        progress(1)
    return pages, tuple(notes)
