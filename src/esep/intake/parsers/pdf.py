"""PDF to the text of each page, one string a page."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from esep.errors import RefusedFile
from esep.intake.limits import Limits


def parse(content: bytes, *, limits: Limits) -> Iterator[str]:
    """Text of each page in order; empty for a page that is only a picture."""
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
        yield text


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        text: str = document[number].get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        raise RefusedFile(f"page {number + 1} of the PDF is damaged", hint="copy it again, or print it anew") from None
    return text.replace("\0", "\ufffd").replace("\f", " ")  # a form feed parts pages and nothing else
