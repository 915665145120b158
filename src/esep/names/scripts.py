"""Which script a word is written in, and the repair of words that mix two look-alike scripts."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from esep.names.tables import column

Script = Literal["latin", "cyrillic", "arabic", "other", "none"]
"""`none`: the word has no letters; `other`: a script that esep does not romanise letter by letter."""

_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x0250, 0x02AF, "latin"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x1C80, 0x1C8F, "cyrillic"),
    (0x1E00, 0x1EFF, "latin"),
    (0xA640, 0xA69F, "cyrillic"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFE, "arabic"),
)
_LATIN_TO_CYRILLIC = str.maketrans(column("homoglyphs", "latin", "cyrillic"))
_CYRILLIC_TO_LATIN = str.maketrans(column("homoglyphs", "cyrillic", "latin"))
_LATIN = re.compile(r"[a-z\u00c0-\u02af\u1e00-\u1eff]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def letter_script(letter: str) -> Script:
    """Script of one character; `none` for anything that is not a letter."""
    if not letter.isalpha():
        return "none"
    code = ord(letter)
    for first, last, script in _RANGES:
        if first <= code <= last:
            return script
    return "other"


def word_script(word: str) -> Script:
    """Script of most letters of a word (the first one met when two are level); `none` without letters."""
    counts: dict[Script, int] = {}
    for letter in word:
        script = letter_script(letter)
        if script != "none":
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else "none"


def visible(text: str) -> str:
    """Text in one Unicode form (NFKC), lower case, without direction marks and other invisible characters."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFKC", text.casefold())


def repair(word: str) -> str:
    """A lower-case word that mixes Latin and Cyrillic look-alikes, written in the script of most of its letters.

    When both scripts have as many letters, the one with a letter that has no look-alike wins (it was typed on
    purpose), else Cyrillic. Any other word comes back as it is.
    """
    latin = _LATIN.findall(word)
    if not latin:
        return word
    cyrillic = _CYRILLIC.findall(word)
    if not cyrillic:
        return word
    to_latin = len(latin) > len(cyrillic) or (
        len(latin) == len(cyrillic)
        and all(ord(letter) in _CYRILLIC_TO_LATIN for letter in cyrillic)
        and not all(ord(letter) in _LATIN_TO_CYRILLIC for letter in latin)
    )
    return word.translate(_CYRILLIC_TO_LATIN if to_latin else _LATIN_TO_CYRILLIC)
