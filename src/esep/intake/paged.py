"""PDFs, scans and photographs: pages with a text of their own, and pages that have to be read from their picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from esep.errors import RefusedFile
from esep.intake.limits import Limits
from esep.intake.ocr import Reader, find_reader
from esep.intake.sandbox import parse_apart
from esep.intake.scans import ScannedPage, Word, read_page, read_pages

_FEW_CHARACTERS = 100
_MOST_OF_PAGE = 50


@dataclass(frozen=True, slots=True)
class Scanning:
    """How pictures of pages are read: languages as tesseract names them (None: all of ours), and who counts pages."""

    languages: str | None = None
    progress: Callable[[int], None] = lambda pages: None


@dataclass(frozen=True)
class Paged:
    """Text of pages parted by form feeds. `words` and `scanned` are of the pages that were read from a picture."""

    text: str
    starts: tuple[int, ...]
    notes: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    scanned: tuple[ScannedPage, ...] = ()
    reader: Reader | None = None


def read_pdf(content: bytes, *, limits: Limits, scanning: Scanning) -> Paged:
    """Pages of a PDF; those without text, or with a few words over a picture of the page, are read from the picture.

    Without tesseract they stay empty, and a note says so; when languages were asked for, that is an error.
    """
    told = list(parse_apart("pdf", content, limits=limits))
    wanted = [number for number, (text, covered) in enumerate(told, start=1) if _is_picture(text, covered)]
    texts = [text for text, _ in told]
    if not wanted:
        return _joined(texts, {}, _empty(texts), None)
    _check_number(wanted, limits)
    try:
        reader = find_reader(scanning.languages)
    except RefusedFile as refusal:
        if scanning.languages is not None:
            raise
        note = f"{len(wanted)} of {len(told)} pages are pictures and were not read: {refusal} ({refusal.hint})"
        return _joined(texts, {}, (note,), None)
    scanned, notes = read_pages(content, wanted, reader=reader, limits=limits, progress=scanning.progress)
    notes = (f"{len(scanned)} of {len(told)} pages were read from their pictures by tesseract", *notes)
    return _joined(texts, scanned, notes, reader)


def read_picture(content: bytes, *, limits: Limits, scanning: Scanning) -> Paged:
    """The pages of a picture (a TIFF may have several). Raises `RefusedFile`, also when tesseract is missing."""
    (found,) = parse_apart("image", content, limits=limits)
    if "broken" in found:
        raise RefusedFile("the picture is damaged and cannot be opened", hint="copy it again, or scan the page anew")
    reader = find_reader(scanning.languages)
    wanted = range(1, found["pages"] + 1)
    _check_number(wanted, limits)
    if len(wanted) == 1:
        page = read_page(content, number=1, reader=reader, limits=limits)
        return _joined([""], {1: page}, page.notes, reader)
    scanned, notes = read_pages(content, wanted, reader=reader, limits=limits, progress=scanning.progress)
    if not scanned:
        raise RefusedFile("no page of the picture can be read", hint=notes[0])
    return _joined([""] * len(wanted), scanned, notes, reader)


def _is_picture(text: str, covered: int) -> bool:
    """Nothing to read but a picture; or a picture of most of the page with a stamp or a page number over it."""
    bare = len("".join(text.split()))
    return covered > 0 if bare == 0 else bare < _FEW_CHARACTERS and covered >= _MOST_OF_PAGE


def _check_number(wanted: Sequence[int], limits: Limits) -> None:
    if len(wanted) > limits.scanned_pages:
        raise RefusedFile(
            f"{len(wanted)} pages are pictures; {limits.scanned_pages} is the most that is read at once",
            hint="split the file",
        )


def _empty(texts: list[str]) -> tuple[str, ...]:
    empty = sum(not text.strip() for text in texts)
    return (f"{empty} of {len(texts)} pages have no text that can be read",) if 0 < empty < len(texts) else ()


def _joined(
    texts: list[str], scanned: dict[int, ScannedPage], notes: tuple[str, ...], reader: Reader | None
) -> Paged:
    starts: list[int] = []
    words: list[Word] = []
    pieces: list[str] = []
    at = 0
    for number, text in enumerate(texts, start=1):
        page = scanned.get(number)
        pieces.append(page.text if page else text)
        starts.append(at)
        words += (word.moved(at) for word in page.words) if page else ()
        at += len(pieces[-1]) + 1
    pages = tuple(scanned[number] for number in sorted(scanned))
    return Paged("\f".join(pieces), tuple(starts), notes, tuple(words), pages, reader)
