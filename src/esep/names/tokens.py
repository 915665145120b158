"""One word of a name with everything that comparing needs: its forms, its stem, and what its ending shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from esep.names.folding import fold, is_kazakh_arabic
from esep.names.plain import plain
from esep.names.scripts import Script, word_script
from esep.names.tables import column, rows

Kind = Literal["word", "family", "patronymic", "initial"]
Sex = Literal["m", "f", ""]

_CACHED_WORDS = 1 << 16
_ONE_SOUND = (("ch", "c"), ("sh", "x"))
_SOUND_CLASS = str.maketrans("eioubfghdzcjqwy", "aaaapvkktsxxkva")


_ARABIC_LETTERS = str.maketrans("eopvcg", "iubfxk")
_SECOND_HALVES = column("second_parts", "sounds", "part")
_GIVEN_NAMES = frozenset(fold(name) for row in rows("given_names") for name in row["names"].split())
_VOWELS = re.compile("[aiu]")


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending that shows the part and the sex; `stem` stands in its place, `least` letters come before it."""

    ending: str
    kind: Kind
    sex: Sex
    stem: str
    least: int
    style: str


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word of a name.

    `written` as the source has it; `plain` readable Latin; `sounds` the folded form with one character a sound
    (c = ch, x = sh); `classes` the same with near sounds made equal; `stem` is `sounds` without an ending that
    shows the part of the name; `kind` and `sex` are what the ending shows; `vowelless` the consonants of a word in
    Arabic writing, "" for all others; `second_half` the second word of a Kazakh compound (bai, bek);
    `known` says that it is a common given name.
    Tokens are cached and equal only to themselves, so that they hash fast.
    """

    written: str
    plain: str
    sounds: str
    classes: str
    stem: str
    stem_classes: str
    kind: Kind
    sex: Sex
    style: str
    script: Script
    vowelless: str
    second_half: str
    known: bool


def _endings() -> dict[str, Ending]:
    found = (
        Ending(row["ending"], row["kind"], row["sex"], row["stem"], int(row["least"]), row["style"])  # type: ignore[arg-type]
        for row in rows("endings")
    )
    return {ending.ending: ending for ending in found}


_ENDINGS = _endings()
_LENGTHS = sorted({len(ending) for ending in _ENDINGS}, reverse=True)


def one_sound(folded: str) -> str:
    """Folded form with one character for ch and sh."""
    for pair, letter in _ONE_SOUND:
        folded = folded.replace(pair, letter)
    return folded


def sound_classes(sounds: str) -> str:
    """Near sounds made one: all vowels; b p; v f; g k h; d t; z s; zh sh ch."""
    return sounds.translate(_SOUND_CLASS)


def arabic_letters(sounds: str) -> str:
    """Sounds as far as Arabic letters tell them apart: e and i, o and u, p and b, v and f are one letter each."""
    return sounds.translate(_ARABIC_LETTERS)


def without_vowels(sounds: str) -> str:
    """Consonants of a word, its letters as Arabic writes them; short vowels are not written there."""
    return _VOWELS.sub("", arabic_letters(sounds))


@lru_cache(maxsize=_CACHED_WORDS)
def token(written: str, *, kazakh: bool = False) -> Token:
    """Forms of one word as written (with or without a full stop of abbreviation); `kazakh` as in `fold`."""
    folded = fold(written, kazakh=kazakh)
    sounds = one_sound(folded)
    kind: Kind = "word"
    sex: Sex = ""
    stem, style = folded, ""
    if _is_initial(written, sounds):
        kind = "initial"
    elif ending := ending_of(folded):
        kind, sex, style = ending.kind, ending.sex, ending.style
        stem = folded[: -len(ending.ending)] + ending.stem
    stem = one_sound(stem)
    script = word_script(written)
    abjad = script == "arabic" and not (kazakh or is_kazakh_arabic(written))
    return Token(
        written=written,
        plain=plain(written, kazakh=kazakh),
        sounds=sounds,
        classes=sound_classes(sounds),
        stem=stem,
        stem_classes=sound_classes(stem),
        kind=kind,
        sex=sex,
        style=style,
        script=script,
        vowelless=without_vowels(sounds) if abjad else "",
        second_half=second_half(stem),
        known=folded in _GIVEN_NAMES,
    )


def second_half(stem: str) -> str:
    """Second word of a Kazakh compound name (kenjebek: bek), "" when there is none after three letters or more."""
    for length in range(min(8, len(stem) - 3), 1, -1):
        if found := _SECOND_HALVES.get(stem[-length:]):
            return found
    return ""


def _is_initial(written: str, sounds: str) -> bool:
    """One letter, or two that are one sound and a full stop (Zh., Дж.)."""
    letters = sum(letter.isalpha() for letter in written)
    return letters <= 1 or (written.endswith(".") and len(sounds) == 1)


def ending_of(folded: str) -> Ending | None:
    """Longest ending of a folded word that shows a part of the name, if enough letters stand before it."""
    for length in _LENGTHS:
        ending = _ENDINGS.get(folded[-length:])
        if ending is not None and len(folded) - length >= ending.least:
            return ending
    return None
