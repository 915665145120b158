"""How alike two words of a name are, on the two levels in which esep writes them.

On the *plain* level the words are compared as readable Latin, on the *folded* level as sounds. The better level
counts: names that folding was not made for lose nothing by it. All likenesses are in [0, 1].
"""

from __future__ import annotations

from rapidfuzz.distance.OSA import distance as osa

from esep.names.folding import fold
from esep.names.tables import rows
from esep.names.tokens import Token, arabic_letters, one_sound, without_vowels

_FOLDED_ONLY = 0.985
_CLEARLY_OTHER = 0.4
_CONSONANTS_ONLY = 0.93
_INITIAL_AGREES = 0.82
ABBREVIATED = 0.88
SHORT_FORM = 0.86
_INITIAL_NEAR = 0.75
_INITIAL_DIFFERS = 0.55
_SHORT_FORMS = {
    one_sound(fold(row["short"])): frozenset(one_sound(fold(name)) for name in row["names"].split())
    for row in rows("short_forms")
}
_ARTICLE = "ال"
_NEAR_INITIALS = frozenset("jz ij sx ct ck hk gh ei uv ov ou sz cs jx ai bp fv gj cj".split())


def sounds_alike(left: str, right: str, *, left_classes: str, right_classes: str) -> float:
    """Likeness of two folded words: half the edit distance on sounds, half on classes of near sounds.

    A vowel for another vowel, or k for h, costs half of what an unrelated letter costs. Edit distance is optimal
    string alignment (Damerau-Levenshtein without repeated edits), divided by the longer length.
    """
    if left == right:
        return 1.0
    longest = max(len(left), len(right))
    return 1.0 - (osa(left, right) + osa(left_classes, right_classes)) / (2 * longest)


def words_alike(left: Token, right: Token) -> float:
    """Likeness of two whole words whose parts are not known: the better of the plain and the folded level."""
    if left.plain == right.plain:
        return 1.0
    if (left.vowelless != "") != (right.vowelless != ""):
        return _arabic_alike(left, right)
    folded = sounds_alike(left.sounds, right.sounds, left_classes=left.classes, right_classes=right.classes)
    if left.script != right.script or folded < _CLEARLY_OTHER:
        return folded
    longest = max(len(left.plain), len(right.plain))
    return max(folded * _FOLDED_ONLY, 1.0 - osa(left.plain, right.plain) / longest)


def _arabic_alike(left: Token, right: Token) -> float:
    """Likeness of an Arabic spelling to another one: by the letters that Arabic tells apart, or by consonants only.

    An initial ال is an article in Arabic, two letters of the name in a foreign one (الدييار: Алдияр): both are tried.
    """
    arabic, other = (left, right) if left.vowelless else (right, left)
    sounds = arabic_letters(other.sounds)
    alike = sounds_alike(
        arabic_letters(arabic.sounds), sounds, left_classes=arabic.classes, right_classes=other.classes
    )
    if arabic.written.startswith(_ARTICLE) and not arabic.sounds.startswith("al"):
        whole, classes = "al" + arabic_letters(arabic.sounds), "al" + arabic.classes
        alike = max(alike, sounds_alike(whole, sounds, left_classes=classes, right_classes=other.classes))
    bones = without_vowels(other.sounds)
    longest = max(len(arabic.vowelless), len(bones))
    if min(len(arabic.vowelless), len(bones)) < 3:
        return alike
    return max(alike, _CONSONANTS_ONLY * (1.0 - osa(arabic.vowelless, bones) / longest))


def stems_alike(left: Token, right: Token) -> float:
    """Likeness of two words without the endings that show part and sex (Қайратұлы, Кайратович: both kairat).

    An ending that given names have too (-in) counts as an ending only when both words have one of that kind.
    """
    one, one_classes = _stem(left, right)
    two, two_classes = _stem(right, left)
    return sounds_alike(one, two, left_classes=one_classes, right_classes=two_classes)


def _stem(word: Token, other: Token) -> tuple[str, str]:
    if word.style == "weak" != other.style:
        return word.sounds, word.classes
    return word.stem, word.stem_classes


def initial_alike(initial: Token, word: Token) -> float:
    """Whether an initial can stand for a word: by its sound or by its letter in plain Latin."""
    if initial.sounds[0] == word.sounds[0] or initial.plain[:1] == word.plain[:1]:
        return 1.0 if initial.kind == word.kind == "initial" else _INITIAL_AGREES
    near = any(
        "".join(sorted((letter, word.sounds[0]))) in _NEAR_INITIALS for letter in (initial.sounds[0], initial.plain[0])
    )
    return _INITIAL_NEAR if near else _INITIAL_DIFFERS


def is_short_form(short: Token, word: Token) -> bool:
    """Whether a word is an everyday form of the other one (Саша of Александр)."""
    return word.sounds in _SHORT_FORMS.get(short.sounds, ())


def is_abbreviation(short: Token, word: Token) -> bool:
    """Whether a word with a full stop is the beginning of the other one (Мух. of Мухтар)."""
    return short.written.endswith(".") and len(word.sounds) > len(short.sounds) and word.sounds.startswith(short.sounds)
