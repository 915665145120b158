"""What a file is by its first bytes and its parts, never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from esep.errors import RefusedFile
from esep.intake.hostile import zip_names

Shape = Literal["text", "html", "pdf", "docx", "workbook", "media"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a file is taken in. `preview` says whether a picture of it may be made; `why_not` is the reason if not."""

    form: Shape
    mime: str
    preview: bool = False
    why_not: str = ""


_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
)
_SOUNDS = (
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\0\0\x01\xba", "video/mpeg"),
)
_ARCHIVES = (
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bzip2"),
    (b"(\xb5/\xfd", "zstd"),
)
_PROGRAMS = (
    (b"MZ", "Windows program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!/", "script"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_PREVIEWED = "stored as it is and not previewed: "


def kind_of(content: bytes) -> FileKind:
    """Kind of a file. Raises `RefusedFile` for archives and programs, which hold no claim that can be read."""
    head = content[:1024]
    _refuse_containers(content)
    if b"%PDF-" in head:
        return FileKind("pdf", "application/pdf", preview=True)
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(_OLE):
        return FileKind("media", "application/x-ole-storage", why_not=_NOT_PREVIEWED + "an old binary Office format")
    for mark, mime in _IMAGES:
        if content.startswith(mark) and (mark != b"BM" or b"\0" in head):
            return FileKind("media", mime, preview=True)
    sound_or_video = _recording(content)
    return FileKind("media", sound_or_video) if sound_or_video else _marked_up(content)


def _refuse_containers(content: bytes) -> None:
    for mark, name in _ARCHIVES:
        if content.startswith(mark):
            raise RefusedFile(f"the file is an archive ({name})", hint="unpack it and add the files it holds")
    if content[257:262] == b"ustar":
        raise RefusedFile("the file is an archive (tar)", hint="unpack it and add the files it holds")
    for mark, name in _PROGRAMS:
        if content.startswith(mark) and (b"\0" in content[:512] or mark == b"#!/"):
            raise RefusedFile(f"the file is a {name}", hint="programs are not taken in")


def _zipped(content: bytes) -> FileKind:
    names = set(zip_names(content))
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return FileKind("media", "application/vnd.ms-office", why_not=_NOT_PREVIEWED + "it carries macros")
    if "xl/workbook.xml" in names:
        return FileKind("workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    if "word/document.xml" in names:
        return FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    raise RefusedFile("the file is an archive (zip)", hint="unpack it and add the files it holds")


def _recording(content: bytes) -> str | None:
    if content[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(content[8:12])
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        if brand in (b"heic", b"heix", b"mif1", b"avif"):
            return "image/heif"
        return "audio/mp4" if brand.startswith(b"M4A") else "video/mp4"
    return next((mime for mark, mime in _SOUNDS if content.startswith(mark)), None)


def _marked_up(content: bytes) -> FileKind:
    start = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        return FileKind("media", "image/svg+xml", why_not=_NOT_PREVIEWED + "an SVG picture can carry programs")
    if re.match(rb"<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*(<!doctype html|<html)", start) or b"<html" in start:
        return FileKind("html", "text/html")
    if _is_text(content[: 64 * 1024]):
        return FileKind("text", "text/plain")
    return FileKind("media", "application/octet-stream", why_not=_NOT_PREVIEWED + "its kind is not known")


def _is_text(sample: bytes) -> bool:
    """Whether the bytes are text of some encoding; NUL bytes are judged later, with a reason of their own."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\xef\xbb\xbf")):
        return True  # it says so itself by a byte order mark
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample) - sample.count(0)
    return controls <= len(sample) * 0.01 and sample.count(0) <= 0.6 * len(sample)
