"""Checks on a file before any parser sees it: size, parts of a zip, XML that reaches outside.

Each refusal is one plain reason. Nothing is ever unpacked to disk; unpacked bytes are counted as they are
read, because the sizes that a zip declares are what its maker wrote there.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from esep.errors import RefusedFile
from esep.intake.limits import DEFAULT_LIMITS, Limits

_STEP = 64 * 1024
_XML_DANGERS = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_RESAVE = "open it in an office program and save it anew"


def check_size(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse an empty file and one over the cap."""
    if not content:
        raise RefusedFile("the file is empty", hint="check that it was copied to its end")
    if len(content) > limits.file_bytes:
        raise RefusedFile(f"the file has {len(content)} bytes; {limits.file_bytes} is the most that is read")


def zip_names(content: bytes) -> list[str]:
    """Names of the parts of a zip, without unpacking. Raises `RefusedFile` for a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.namelist()
    except _DAMAGED_ZIP:
        raise RefusedFile(
            "the file starts like a zip and is damaged", hint="copy it again from where it came"
        ) from None


def check_office_file(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse a DOCX or XLSX with unsafe part names, too many or too large parts, or XML with entities."""
    names = zip_names(content)
    if len(names) > limits.members:
        raise RefusedFile(f"the file has {len(names)} parts; {limits.members} is the most that is read")
    if len(set(names)) < len(names):
        raise RefusedFile("two parts of the file have one name", hint=_RESAVE)
    for name in names:
        _check_name(name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            left = limits.unpacked_bytes
            for part in packed.infolist():
                left -= _check_part(packed, part, left=left, limits=limits)
    except _DAMAGED_ZIP:
        raise RefusedFile("a part of the file is damaged or locked with a password", hint=_RESAVE) from None


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
        raise RefusedFile("a part of the file is named to be written outside its folder")


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, *, left: int, limits: Limits) -> int:
    """Count the real bytes of one part and look at its XML; returns the bytes."""
    if part.flag_bits & 0x1:
        raise RefusedFile("the file is locked with a password", hint="save it without one")
    is_xml = part.filename.endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    with packed.open(part) as stream:
        while chunk := stream.read(_STEP):
            if is_xml:
                _check_xml(tail + chunk.replace(b"\0", b""), first=size == 0)  # UTF-16 hides tags between NULs
                tail = chunk.replace(b"\0", b"")[-32:]
            size += len(chunk)
            if size > left:
                raise RefusedFile(f"the file unpacks to more than {limits.unpacked_bytes} bytes")
            if size > limits.ratio_from_bytes and size > limits.ratio * max(part.compress_size, 1):
                raise RefusedFile(f"a part of the file unpacks to more than {limits.ratio} times its size")
    return size


def _check_xml(chunk: bytes, *, first: bool) -> None:
    if _XML_DANGERS.search(chunk):
        raise RefusedFile("the file declares XML entities, which no office program writes", hint=_RESAVE)
    declared = _ENCODING.search(chunk[:256]) if first else None
    if declared and declared[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii", b"iso-8859-1"):
        raise RefusedFile("a part of the file is in an encoding that no office program writes", hint=_RESAVE)
