"""Which script a word is written in, and the repair of words that mix two look-alike scripts."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from esep.names.tables import column

Script = Literal["latin", "cyrillic", "arabic", "other", "none"]
"""`none`: the word has no letters; `other`: a script that esep does not romanise letter by letter."""

_LATIN_TO_CYRILLIC = str.maketrans(column("homoglyphs", "latin", "cyrillic"))
_CYRILLIC_TO_LATIN = str.maketrans(column("homoglyphs", "cyrillic", "latin"))
_LATIN = re.compile(r"[a-zA-Z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff]")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]")
_CYRILLIC = re.compile(r"[\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f]")
_LETTERS_OF: tuple[tuple[Script, re.Pattern[str]], ...] = (
    ("latin", _LATIN),
    ("cyrillic", _CYRILLIC),
    ("arabic", _ARABIC),
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def word_script(word: str) -> Script:
    """Script of most letters of a word (Latin, Cyrillic, Arabic in that order when level); `none` without letters."""
    if word.isascii():
        return "latin" if _LATIN.search(word) else "none"
    there: list[tuple[Script, re.Pattern[str]]] = [
        (script, letters) for script, letters in _LETTERS_OF if letters.search(word)
    ]
    if len(there) > 1:
        return max(there, key=lambda one: len(one[1].findall(word)))[0]
    if there:
        return there[0][0]
    return "other" if any(letter.isalpha() for letter in word) else "none"


def visible(text: str) -> str:
    """Text in one Unicode form (NFKC), lower case, without direction marks and other invisible characters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold())


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
