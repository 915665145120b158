"""PDF to the text of each page, with how much of the page a picture covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from esep.errors import RefusedFile
from esep.intake.limits import Limits


def parse(content: bytes, *, limits: Limits) -> Iterator[list[Any]]:
    """`[text, per cent]` of each page in order: its text, and how much of the page its largest picture covers.

    A page without text whose letters are drawn as lines counts as covered whole.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise RefusedFile("the PDF is locked with a password", hint="save it without one") from None
        raise RefusedFile("the PDF is damaged and cannot be opened", hint="copy it again, or print it anew") from None
    if len(document) > limits.pages:
        raise RefusedFile(f"the PDF has {len(document)} pages; {limits.pages} is the most that is read")
    if len(document) == 0:
        raise RefusedFile("the PDF has no pages")
    size = 0
    for number in range(len(document)):
        text = _page_text(document, number)
        size += len(text)
        if size > limits.text_chars:
            raise RefusedFile(f"the text of the PDF is longer than {limits.text_chars} characters")
        yield [text, _covered(document[number], is_empty=not text.strip())]


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        text: str = document[number].get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        raise RefusedFile(f"page {number + 1} of the PDF is damaged", hint="copy it again, or print it anew") from None
    return text.replace("\0", "\ufffd").replace("\f", " ")  # a form feed parts pages and nothing else


def _covered(page: pypdfium2.PdfPage, *, is_empty: bool) -> int:
    """Per cent of a page that its largest picture covers."""
    width, height = page.get_size()
    area, largest, things = max(1.0, float(width * height)), 0.0, 0
    for thing in page.get_objects(max_depth=5):
        things += 1
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            largest = max(largest, float(right - left) * float(top - bottom))
    if not largest and is_empty and things:
        return 100
    return min(100, round(100 * largest / area))
