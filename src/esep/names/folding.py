"""The folded form of a word: one spelling a sound, so that spellings of a name in any script meet.

The folded alphabet is a-z and digits, where ch, sh and j (ж, дж) are one sound each, i is every kind of i
(и, й, і, ы, y), and Kazakh vowels stand as the Russian letter that registries write for them (ә a, ө o, ұ ү u).
It is made to find, not to print: `romanise` gives readable Latin.

While a word is being folded, sounds that are settled and could be mistaken for Latin letters are capitals
(C = ch, X = sh, J = zh); Latin letters whose sound depends on the writer's habit are still lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from esep.names.scripts import repair, visible
from esep.names.tables import rows

_CACHED_WORDS = 1 << 16
_MOST_PASSES = 6
_SETTLED = str.maketrans("cxj", "CXJ")
_PRINTED = str.maketrans({"C": "ch", "X": "sh", "J": "j"})
_HAS_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_KAZAKH_ONLY_ARABIC = re.compile("[ەۇۆۋڭھٴ]|ى(?=[\u0600-\u06ff])")
_ARABIC_ARTICLE = re.compile("^(?:و?ال)(?=...)")
_TURKIC_LATIN = re.compile("[ışğöüŋç]")
_LIBRARY_LATIN = re.compile("[čšžěřŝ]|[aei]j$|sk[ai]ja?$")
_GERMAN_ENDING = re.compile("[eoi]w(?:n?a|itsch|icz)?$|sch")
_POLISH = re.compile("[łżśźćńó]|sz|cz|rz(?![eo]w)|c(?![hkz])|(?<![bdnrle])z|z(?![eo]w)")

# Letters in a folded word that a rule could read once more; words without them are not folded again (half the time).
_UNSETTLED = re.compile(
    r"[jwqxy]|[kgpt]h|sch|zh|shch|shsh|chch|t[cs]h|ch[tmc]|c(?!h)|[sdct]z|oo|ee|ou|ng|ie|io|iu|ff|([a-z])\1|[aeou]i[ei]|^u[aeoi]|[aeoiu]u[aeoi]|ah$"
)


# A rule: letters without which it is not tried, its pattern's `sub`, the sound. Tuples, because folding is a hot path.
_Rule = tuple[str, Callable[[str, str], str], str]


def _letters(table: str, value: str) -> dict[int, str]:
    return {ord(row["letter"]): row[value].translate(_SETTLED) for row in rows(table)}


def _stage(stage: str) -> tuple[_Rule, ...]:
    return tuple(
        (row["needs"], re.compile(row["pattern"]).sub, row["sound"])
        for row in rows("spelling_rules")
        if row["stage"] == stage
    )


_LETTERS = {
    **{ord(row["letter"]): row["plain"] for row in rows("other")},
    **_letters("latin", "folded"),
    **_letters("cyrillic", "folded"),
}
_ARABIC = _letters("arabic", "arabic")
_KAZAKH_ARABIC = _letters("arabic", "kazakh")
_GROUPS = {row["group"]: row["folded"].translate(_SETTLED) for row in rows("latin_spellings")}
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_GROUP_LETTER = re.compile("[hzjqxwyc]")  # every group of letters has one of them, but ts, which stays ts
_HABITS = {stage: _stage(stage) for stage in ("german", "polish", "jot", "turkish", "plain")}
_LATIN_RULES = _stage("latin")
_ARABIC_RULES = _stage("arabic")
_LAST_RULES = _stage("all")


def is_kazakh_arabic(text: str) -> bool:
    """Whether Arabic letters are used as in Kazakh: letters that only Kazakh has, or ى inside a word."""
    return not text.isascii() and _KAZAKH_ONLY_ARABIC.search(text) is not None


def fold(word: str, *, kazakh: bool = False) -> str:
    """Folded form of one word in any script: lower-case ASCII letters and digits, or "" when nothing is left.

    `kazakh` says that Arabic letters are to be read as Kazakh because the text around the word shows it.
    Never raises, and `fold(fold(word)) == fold(word)`. A letter of a script without a table becomes `u` and its
    code point in hexadecimal, so the word still finds itself and hardly any other.
    """
    return fold_visible(visible(word), kazakh)


@lru_cache(maxsize=_CACHED_WORDS)
def fold_visible(word: str, kazakh: bool = False) -> str:
    """Folded form of a word that `visible` has made already (a second time would only cost time)."""
    sounds = _fold_sounds(repair(word), kazakh=kazakh)
    return _VARIANTS.get(sounds, sounds)


def _fold_sounds(word: str, *, kazakh: bool = False) -> str:
    folded = _fold_once(word, kazakh=kazakh)
    for _ in range(_MOST_PASSES):
        if not _UNSETTLED.search(folded):
            break
        again = _fold_once(folded)
        if again == folded:
            break
        folded = again
    return folded


def _fold_once(word: str, *, kazakh: bool = False) -> str:
    if not word.isascii() and _HAS_ARABIC.search(word):
        sounds = _fold_arabic(word, kazakh=kazakh or is_kazakh_arabic(word))
    else:
        sounds = _fold_letters(word)
    return _applied(_LAST_RULES, sounds).translate(_PRINTED)


def _applied(rules: tuple[_Rule, ...], word: str) -> str:
    for needs, put, sound in rules:
        if needs in word:
            word = put(sound, word)
    return word


def _fold_letters(word: str) -> str:
    habit = _HABITS[_habit(word)]
    if not word.isascii():
        word = word.translate(_LETTERS)
        if not word.isascii():
            word = _without_marks(word)
    word = _applied(habit, word)
    if _GROUP_LETTER.search(word):
        word = _GROUP.sub(lambda match: _GROUPS[match[0]], word)
    word = _applied(_LATIN_RULES, word)
    return word if word.isalnum() else "".join(letter for letter in word if letter.isalnum())


def _habit(word: str) -> str:
    """How the writer of a Latin word means j, ch, s, w and c: the habit shows in endings and in marked letters."""
    if ("w" in word or "sch" in word) and _GERMAN_ENDING.search(word):
        return "polish" if _POLISH.search(word) else "german"
    if ("j" in word or not word.isascii()) and _LIBRARY_LATIN.search(word):
        return "jot"
    if "c" in word and _TURKIC_LATIN.search(word):
        return "turkish"
    return "plain"


def _fold_arabic(word: str, *, kazakh: bool) -> str:
    if not kazakh:
        word = _ARABIC_ARTICLE.sub("", word)
    word = word.translate(_KAZAKH_ARABIC if kazakh else _ARABIC)
    if not kazakh:
        word = _applied(_ARABIC_RULES, word)
    return word if word.isascii() and word.isalnum() else _fold_letters(_without_marks(word))


def _without_marks(word: str) -> str:
    """ASCII for what the tables do not know: base letters without marks, other letters by their code point."""
    out = []
    for letter in unicodedata.normalize("NFD", word):
        if letter.isascii():
            out.append(letter)
        elif unicodedata.category(letter)[0] != "M":
            known = str(unicodedata.digit(letter)) if letter.isdecimal() else _LETTERS.get(ord(letter))
            out.append(known if known is not None else f"u{ord(letter):x}" if letter.isalnum() else "")
    return "".join(out)


_VARIANTS = {
    _fold_sounds(visible(spelling)): row["name"]
    for row in rows("given_variants")
    for spelling in row["spellings"].split()
}
