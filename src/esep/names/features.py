"""What linkage stores of a name: keys for comparing columns and for blocking, all of them folded ASCII.

Every field is a plain string or a tuple of strings, so that a table can hold it. Keys meet across scripts and
spellings; equal keys propose and never prove.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from esep.names.parts import NameParts, Role, parse
from esep.names.tokens import Token, arabic_letters, without_vowels

_CACHED_NAMES = 1 << 15
_SKELETON_LETTERS = 4
_PREFIX_LETTERS = 3


@dataclass(frozen=True, slots=True)
class NameFeatures:
    """Keys of one name; "" where the name has no such part, () where it has no words.

    `given`, `family`, `patronymic`: folded, with one character a sound (c = ch, x = sh); family name and
    patronymic without the ending that shows the sex, so Әмірова and Амиров share `family`, Қайратұлы and
    Кайратович `patronymic`. `sure` says that endings, a comma or capitals tell the parts apart; when it is False
    given and family may be exchanged, so compare `tokens` as well.
    `initials`: first sounds of given name and patronymic in their order. `sex`: m or f when an ending shows it.
    `tokens`: stems of all words, sorted: equal for the same words in any order.
    `skeletons`: first consonants of each word's stem with near sounds made one and without h, sorted, for blocking
    over typing errors, unsure vowels and Arabic writing; `prefixes`: first three sounds of each stem, sorted.
    `kin`: relation when the text names a relative («mother of …»): all other fields are then the relative's.
    """

    given: str
    family: str
    patronymic: str
    initials: str
    sex: str
    tokens: tuple[str, ...]
    skeletons: tuple[str, ...]
    prefixes: tuple[str, ...]
    sure: bool
    kin: str | None

    def blocking_keys(self) -> tuple[str, ...]:
        """Keys of which two records of one person usually share at least one: each word's skeleton and two joins."""
        joined = "+".join(self.skeletons) if len(self.skeletons) > 1 else ""
        family = f"{self.family}/{self.initials[:1]}" if self.family and self.initials else ""
        return tuple(dict.fromkeys(key for key in (*self.skeletons, joined, family) if key))


@lru_cache(maxsize=_CACHED_NAMES)
def features(name: str) -> NameFeatures:
    """Keys of a name for linkage; never raises, and a text without letters has only empty fields."""
    parts = parse(name)
    words = [word for word, role in zip(parts.tokens, parts.roles, strict=True) if role != "initial"]
    return NameFeatures(
        given=_joined(parts, "given", stem=False),
        family=_joined(parts, "family", stem=True),
        patronymic=_joined(parts, "patronymic", stem=True),
        initials=_initials(parts),
        sex=shown_sex(parts),
        tokens=tuple(sorted(word.stem for word in words)),
        skeletons=tuple(sorted({skeleton(word) for word in words} - {""})),
        prefixes=tuple(sorted({arabic_letters(word.stem)[:_PREFIX_LETTERS] for word in words})),
        sure=parts.sure,
        kin=parts.kin,
    )


def skeleton(word: Token) -> str:
    """First four consonants of a word's stem with near sounds made one, after its first vowel if it begins with one."""
    classes = word.stem_classes.replace("c", "x")
    bones = without_vowels(classes)
    return ("a" if classes[:1] == "a" else "") + bones[:_SKELETON_LETTERS]


def _joined(parts: NameParts, role: Role, *, stem: bool) -> str:
    return " ".join(word.stem if stem else word.sounds for word in parts.words(role))


def _initials(parts: NameParts) -> str:
    roles: tuple[Role, ...] = ("given", "initial", "patronymic")
    return "".join(word.sounds[0] for role in roles for word in parts.words(role))


def shown_sex(parts: NameParts) -> str:
    """Sex that the endings of patronymic or family name show, "" when none does or they contradict each other."""
    shown = {word.sex for word, role in zip(parts.tokens, parts.roles, strict=True) if role in ("patronymic", "family")}
    shown -= {""}
    return shown.pop() if len(shown) == 1 else ""
