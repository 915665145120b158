"""Documents to a text layer in which passages have places: code points from 0, end not included.

What the layer is, for each kind:

- text: the file decoded, every code point as it stands: no-break spaces, typographic quotation marks, combining
  marks, a byte order mark, CR LF;
- HTML: entities resolved, scripts, styles and comments left out, runs of ASCII white space as one space (outside
  `pre`), a line feed at each block, a tab between table cells; U+00A0 and all else as it stands;
- PDF: the text of each page as PDFium gives it (lines end in CR LF), pages parted by one form feed; a page that is
  a picture is read as a scan;
- scan or photograph of a page: words that tesseract read, parted by a space, a line feed or an empty line, each
  with its box on the page and its confidence;
- DOCX: paragraphs parted by a line feed, tabs and breaks as tab and line feed, table cells parted by a tab,
  then footnotes, endnotes, headers and footers; inserted text is in, deleted text and comments are not.

A text layer is never changed: a passage is good for the hash it was made under.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from esep.errors import RefusedFile
from esep.intake.encoding import decode, find_encoding
from esep.intake.hostile import check_office_file, check_size
from esep.intake.kinds import FileKind, kind_of
from esep.intake.limits import DEFAULT_LIMITS, Limits
from esep.intake.ocr import Reader
from esep.intake.paged import Paged, Scanning, read_pdf, read_picture
from esep.intake.sandbox import parse_apart
from esep.intake.scans import ScannedPage, Word

Newlines = Literal["none", "lf", "crlf", "cr", "mixed"]


@dataclass(frozen=True)
class Document:
    """A text layer: the text, its SHA-256 (over its UTF-8 bytes), and how it came about.

    `encoding` is how the bytes were read (None for PDF and DOCX), `newlines` what ends its lines, `page_starts`
    the offset at which each page of a PDF starts, `notes` what a person should know. `words` are the words that were
    read from pictures of pages (`scanned`) by `reader`, in the order of the text.
    """

    kind: str
    text: str
    sha256: str
    encoding: str | None
    newlines: Newlines
    page_starts: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    scanned: tuple[ScannedPage, ...] = ()
    reader: Reader | None = None

    def page_of(self, offset: int) -> int | None:
        """Page, from 1, on which a code point stands; None for a document without pages."""
        return bisect_right(self.page_starts, offset) or None if 0 <= offset <= len(self.text) else None


DEFAULT_SCANNING = Scanning()


def read_document(
    name: str,
    content: bytes,
    *,
    limits: Limits = DEFAULT_LIMITS,
    encoding: str | None = None,
    scanning: Scanning = DEFAULT_SCANNING,
) -> Document:
    """Text layer of a text, HTML, PDF or DOCX file, or of a picture of a page. Raises `RefusedFile` with one reason.

    Reading a picture takes about three seconds of processor time a page.
    """
    check_size(content, limits=limits)
    kind = kind_of(content)
    if kind.form == "pdf":
        return _paged("pdf", read_pdf(content, limits=limits, scanning=scanning), limits)
    if is_picture(kind):
        return _paged("scan", read_picture(content, limits=limits, scanning=scanning), limits)
    reader = _READERS.get(kind.form)
    if reader is None:
        raise RefusedFile(f"{name} is no document but {kind.mime}", hint=kind.why_not or "add it as list or media")
    text, used, notes = reader(content, limits, encoding)
    return _document(Document(kind.form, text, "", used, "none", (), notes), limits)


def is_picture(kind: FileKind) -> bool:
    """Is a file a picture whose text may be read?"""
    return kind.form == "media" and kind.mime.startswith("image/") and kind.preview


def _paged(form: str, paged: Paged, limits: Limits) -> Document:
    layer = Document(
        form, paged.text, "", None, "none", paged.starts, paged.notes, paged.words, paged.scanned, paged.reader
    )
    return _document(layer, limits)


def _document(layer: Document, limits: Limits) -> Document:
    """The layer with its hash, the ends of its lines, and a note if nothing can be read."""
    text, notes = layer.text, layer.notes
    if len(text) > limits.text_chars:
        raise RefusedFile(f"the text has {len(text)} characters; {limits.text_chars} is the most that is read")
    if not text.strip():
        notes = (*notes, "the document has no text that can be read; if it is a scan, type it by hand with its pages")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(layer, sha256=digest, newlines=newlines_of(text), notes=notes)


def newlines_of(text: str) -> Newlines:
    """What ends the lines of a text."""
    found = set(re.findall(r"\r\n|\r|\n", text))
    if len(found) > 1:
        return "mixed"
    names: Mapping[str, Newlines] = {"\r\n": "crlf", "\r": "cr", "\n": "lf"}
    return names[found.pop()] if found else "none"


_Layer = tuple[str, str | None, tuple[str, ...]]


def _plain(content: bytes, limits: Limits, encoding: str | None) -> _Layer:
    text, found = decode(content, named=encoding)
    notes = () if found.codec == "utf-8" else (f"read as {found.codec}",)
    return text, found.codec, notes


def _html(content: bytes, limits: Limits, encoding: str | None) -> _Layer:
    codec = encoding or _declared(content)
    if codec is None or content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        codec = find_encoding(content).codec
    page = content.decode(codec, errors="replace")
    wrong = page.count("\ufffd")
    notes = (f"{wrong} characters of the page are no {codec} and stand as U+FFFD",) if wrong else ()
    (found,) = parse_apart("html", page.encode(errors="replace"), limits=limits)
    return found["text"], codec, notes


def _declared(content: bytes) -> str | None:
    """Encoding that the page names for itself, under the names that browsers use; None without a usable one."""
    found = re.search(
        rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]+)", content[:4096], re.IGNORECASE
    )
    name = found[1].decode("ascii", errors="replace").casefold() if found else ""
    if name in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        return "cp1252"  # as all browsers read it
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return None if codec.startswith(("utf-16", "utf-32", "utf-7")) or not _is_text_codec(codec) else codec


def _is_text_codec(codec: str) -> bool:
    try:
        return isinstance(b"".decode(codec), str)
    except LookupError:  # such as zlib or rot13, which Python counts among its codecs
        return False


def _docx(content: bytes, limits: Limits, encoding: str | None) -> _Layer:
    check_office_file(content, limits=limits)
    (found,) = parse_apart("docx", content, limits=limits)
    return found["text"], None, tuple(found["notes"])


_READERS: Mapping[str, Callable[[bytes, Limits, str | None], _Layer]] = {
    "text": _plain,
    "html": _html,
    "docx": _docx,
}
