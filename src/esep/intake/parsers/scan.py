"""One page of a scan, photograph or PDF without text: turned upright, read twice, its words with boxes.

Without languages named, a page is read with all of ours, and once more as English alone where every letter turned out
to be Latin (letters of two alphabets that look alike are then no longer mixed: 0.9 % wrong characters became 0.2 % on
made pages). Two renderings are read because one alone takes 3 for the letter З on noisy pages: a light blur, and
twice the size where the page is small. Boxes come back in the measure of the page as a viewer shows it: pixels of a
picture turned by its EXIF mark, points (1/72 inch) of a PDF page, from the upper left corner.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from esep.errors import RefusedFile
from esep.intake.limits import Limits
from esep.intake.parsers.second_look import Looked, look_again, may_be_number
from esep.intake.parsers.tesseract import Seen, turn_of, words_in

_PDF_DPI = 250
_POINTS = 72
_READ_PIXELS = 20_000_000  # an A3 page at 300 dpi has 17 million; more only costs memory
_SMALL_PIXELS = 5_000_000  # an A4 page at 150 dpi has 2 million
_PAGE_INCHES = 11.69
_SURE_TURN = 5.0
_POOR = 60
_LATIN_SHARE, _FEWEST_LETTERS = 0.99, 40


@dataclass(frozen=True, slots=True)
class _Eye:
    """Tesseract as it is to be called; `is_free` when nobody named the languages."""

    program: str
    languages: str
    dpi: int
    is_free: bool

    def words(self, picture: Image.Image, *, larger: int = 1) -> list[Seen]:
        return words_in(picture, program=self.program, languages=self.languages, dpi=self.dpi * larger)


def parse(
    content: bytes, *, limits: Limits, program: str, languages: str, is_free: bool, page: int = 0
) -> Iterator[dict[str, Any]]:
    """One object: `width` and `height` of the page, `languages` it was read in, `turned` (degrees
    clockwise), `shrunk` (by how much it was made smaller for reading, 0 for not at all) and `words`.

    A word is `[text, [block, paragraph], line, x, y, width, height, confidence, doubt]`.
    """
    is_pdf = b"%PDF-" in content[:1024]
    picture, dpi, unit = _page_of_pdf(content, page) if is_pdf else _picture(content, page, limits)
    shown = picture.size
    shrunk = _shrink_factor(shown)
    picture = picture.reduce(shrunk) if shrunk > 1 else picture
    eye = _Eye(program, languages, max(70, dpi // shrunk), is_free)
    turned, eye, looked = _upright(picture, eye)
    boxes = [_turned_back(word.seen, turned, picture.size) for word in looked]
    scale = unit * shrunk
    yield {
        "width": round(shown[0] * unit, 1),
        "height": round(shown[1] * unit, 1),
        "languages": eye.languages,
        "turned": turned,
        "shrunk": shrunk if shrunk > 1 else 0,
        "words": [_row(word, box, scale) for word, box in zip(looked, boxes, strict=True)],
    }


def _picture(content: bytes, page: int, limits: Limits) -> tuple[Image.Image, int, float]:
    """A picture in grey, upright by its EXIF mark, white under what is transparent; its dpi, told or guessed."""
    Image.MAX_IMAGE_PIXELS = None  # our own cap has our own words
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > limits.pixels:
                raise RefusedFile(
                    f"the picture has {opened.width} x {opened.height} pixels; {limits.pixels} is the most",
                    hint="scan the page at 300 dpi, or add a smaller copy and keep the original where it is",
                )
            opened.seek(page)
            picture = _grey(ImageOps.exif_transpose(opened))
            told = opened.info.get("dpi", (0, 0))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise RefusedFile(
            "the picture is damaged or cut off and cannot be read", hint="copy it again, or scan the page anew"
        ) from None
    dpi = round(float(told[0])) if isinstance(told, tuple) and told else 0
    return picture, dpi if 70 <= dpi <= 1200 else _likely_dpi(picture), 1.0


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        white = Image.new("RGBA", whole.size, "white")
        picture = Image.alpha_composite(white, whole)
    if picture.mode.startswith("I;16") or picture.mode == "I":
        picture = picture.point(lambda value: value / 256).convert("L")
    return picture.convert("L")


def _likely_dpi(picture: Image.Image) -> int:
    """As if the picture were a page of A4."""
    return max(70, min(600, round(max(picture.size) / _PAGE_INCHES)))


def _page_of_pdf(content: bytes, page: int) -> tuple[Image.Image, int, float]:
    try:
        found = pypdfium2.PdfDocument(content)[page]
        width, height = found.get_size()
        most = (_READ_PIXELS / max(1.0, width * height)) ** 0.5
        scale = min(_PDF_DPI / _POINTS, most)
        picture = found.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError:
        raise RefusedFile(f"page {page + 1} of the PDF is damaged", hint="copy it again, or print it anew") from None
    return picture.convert("L"), max(70, round(scale * _POINTS)), 1 / scale


def _shrink_factor(size: tuple[int, int]) -> int:
    factor = 1
    while size[0] * size[1] > _READ_PIXELS * factor * factor:
        factor += 1
    return factor


_Read = tuple[int, _Eye, list[Looked]]


def _upright(picture: Image.Image, eye: _Eye) -> _Read:
    """The turn that makes the page legible, the languages it was read in, and its words.

    Tesseract's own guess is taken when it is sure; else the page is read as it is, and other ways up are tried only
    where that gives next to nothing.
    """
    turn, sure = turn_of(_calm(picture), program=eye.program, dpi=eye.dpi)
    if sure >= _SURE_TURN:
        return _read_twice(picture, turn, eye)
    read = _read_twice(picture, 0, eye)
    if not read[-1] or _mean(read[-1]) >= _POOR:
        return read
    return max((read, *(_read_twice(picture, turn, eye) for turn in (90, 180, 270))), key=_legible)


def _read_twice(picture: Image.Image, turn: int, eye: _Eye) -> _Read:
    page = _turn(picture, turn)
    first = eye.words(_calm(page))
    if eye.is_free and _is_latin(first):
        eye = replace(eye, languages="eng", is_free=False)
        first = eye.words(_calm(page))
    if not any(may_be_number(word.text) for word in first):
        return turn, eye, [Looked(word, word.text) for word in first]
    factor = 2 if page.width * page.height <= _SMALL_PIXELS else 1
    larger = page.resize((page.width * factor, page.height * factor), Image.Resampling.LANCZOS)
    second = eye.words(larger.filter(ImageFilter.GaussianBlur(1.2)), larger=factor)
    return turn, eye, look_again(first, (_divided(word, factor) for word in second))


def _is_latin(words: list[Seen]) -> bool:
    """Are there enough letters to tell, and are they Latin?"""
    letters = [letter for word in words if word.confidence >= _POOR for letter in word.text if letter.isalpha()]
    return len(letters) >= _FEWEST_LETTERS and sum(map(str.isascii, letters)) >= _LATIN_SHARE * len(letters)


def _calm(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(0.8))


def _turn(picture: Image.Image, degrees: int) -> Image.Image:
    turns = {
        90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90,
    }  # fmt: skip
    return picture.transpose(turns[degrees]) if degrees else picture


def _mean(words: list[Looked]) -> float:
    return sum(word.seen.confidence for word in words) / len(words)


def _legible(read: _Read) -> int:
    """Letters that were read with some certainty: a page upside down gives few."""
    return sum(len(word.text) for word in read[-1] if word.seen.confidence >= _POOR)


def _divided(word: Seen, factor: int) -> Seen:
    x, y, width, height = (side // factor for side in (word.x, word.y, word.width, word.height))
    return Seen(word.text, x, y, width, height, word.confidence, word.paragraph, word.line)


def _turned_back(word: Seen, turned: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Box in the picture before it was turned; `size` is that picture's."""
    width, height = size
    x, y, w, h = word.x, word.y, word.width, word.height
    return {
        0: (x, y, w, h),
        90: (y, height - x - w, h, w),
        180: (width - x - w, height - y - h, w, h),
        270: (width - y - h, x, h, w),
    }[turned]


def _row(word: Looked, box: tuple[int, int, int, int], scale: float) -> list[Any]:
    block, paragraph = word.seen.paragraph
    x, y, width, height = (round(side * scale) for side in box)
    place = [block, paragraph], word.seen.line
    return [word.text, *place, x, y, width, height, word.seen.confidence, word.doubt]
