"""Which characters the bytes of a text or table stand for.

Order: byte order mark, valid UTF-8, then Windows-1251 or its Kazakh sister KZ-1048 if the result reads like
Cyrillic text. Nothing is guessed beyond that: a wrong guess gives wrong names, so the file is refused with
a word on how to save it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from esep.errors import RefusedFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KAZAKH_ONLY = frozenset(b"\x8d\x8e\x9d\x9e\xa1\xa2\xa3\xbc\xbd\xbe")
"""Bytes that are Kazakh letters in KZ-1048 and letters no Russian or Ukrainian word has in Windows-1251."""
_FOREIGN = re.compile("[ЂЃЉЊЌЋЏђѓљњќћџЅѕ]").search  # Serbian and Macedonian letters: a sign of misread CP866
_FEW_LETTERS = 8
_SAMPLE_BYTES = 256 * 1024
_SAVE_AS_UTF8 = "save the file as UTF-8, or name its encoding in the mapping (encoding = ...)"


@dataclass(frozen=True, slots=True)
class Encoding:
    """Name of the codec and how many bytes of byte order mark stand before the text."""

    codec: str
    mark: int = 0


def find_encoding(content: bytes, *, named: str | None = None) -> Encoding:
    """Encoding of `content`; `named` is what a person or the file itself says and is believed if it fits.

    Raises `RefusedFile` for NUL bytes, for bytes that fit no encoding we know, and for an unknown name.
    """
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _checked(content, Encoding(codec, len(mark)))
    if named:
        return _checked(content, Encoding(_codec_named(named)))
    if b"\0" in content:
        raise RefusedFile(
            "the file has NUL bytes, so it is no plain text (or UTF-16 without a byte order mark)", hint=_SAVE_AS_UTF8
        )
    if _decodes(content, "utf-8"):
        return Encoding("utf-8")
    if _is_broken_utf8(content[:_SAMPLE_BYTES]) or _is_broken_utf8(content[-_SAMPLE_BYTES:]):
        raise RefusedFile("the file is UTF-8 with broken bytes in it", hint="copy it again; " + _SAVE_AS_UTF8)
    return _cyrillic(content)


def decode(content: bytes, *, named: str | None = None) -> tuple[str, Encoding]:
    """All of `content` as text, code points untouched; a byte order mark stays as U+FEFF."""
    encoding = find_encoding(content, named=named)
    return content.decode(encoding.codec), encoding


def _codec_named(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise RefusedFile(f"encoding {name!r} is not known", hint="write utf-8, windows-1251 or kz1048") from None


def _checked(content: bytes, encoding: Encoding) -> Encoding:
    if not _decodes(content, encoding.codec):
        raise RefusedFile(f"the file is not the {encoding.codec} that it says it is", hint=_SAVE_AS_UTF8)
    if b"\0" in content and not encoding.codec.startswith(("utf-16", "utf-32")):
        raise RefusedFile("the file has NUL bytes, so it is no plain text", hint=_SAVE_AS_UTF8)
    return encoding


def _decodes(content: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    step = 1024 * 1024  # in steps, so that a large file is never held as text only to be checked
    try:
        for start in range(0, len(content), step):
            text = decoder.decode(content[start : start + step])
            if codec.startswith(("utf-16", "utf-32")) and "\0" in text:
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_broken_utf8(piece: bytes) -> bool:
    """Does most of what is beyond ASCII read as UTF-8, with a few bytes that do not? Then it is no other encoding."""
    text = piece.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    beyond = sum(not character.isascii() for character in text) - broken
    return beyond >= _FEW_LETTERS and broken * _FEW_LETTERS <= beyond


def _cyrillic(content: bytes) -> Encoding:
    codec = "kz1048" if _KAZAKH_ONLY & set(content) else "cp1251"
    if not _decodes(content, codec):
        raise RefusedFile("the bytes are neither UTF-8 nor Windows-1251", hint=_SAVE_AS_UTF8)
    if not _reads_like_cyrillic(content[:_SAMPLE_BYTES].decode(codec)):
        raise RefusedFile(
            "the bytes are not UTF-8, and as Windows-1251 they do not read like words", hint=_SAVE_AS_UTF8
        )
    return Encoding(codec)


def _reads_like_cyrillic(text: str) -> bool:
    """Whether what is beyond ASCII is mostly Cyrillic words, unmixed with Latin, not iNVERTED like misread KOI8-R."""
    beyond = [character for character in text if not character.isascii()]
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    if not words:
        return True  # only punctuation such as « » or № beyond ASCII
    cyrillic = [word for word in words if re.fullmatch(r"[\u0400-\u04ff]+", word)]
    odd = [word for word in cyrillic if (len(word) > 2 and word[0].islower() and word[1:].isupper()) or _FOREIGN(word)]
    letters = sum(character.isalpha() for character in beyond)
    return letters >= 0.7 * len(beyond) and len(cyrillic) >= 0.8 * len(words) and len(odd) < 0.3 * len(words)
