"""Search keys: one stored string per name, so that a search finds it in any spelling and script.

A key is lower-case ASCII words with single spaces. The same name in Kazakh, Russian or Ukrainian Cyrillic, in
the Kazakh Latin of 2018 or 2021, in Arabic script, or in an English, German, French or Turkish rendering
usually has the same key; different names usually have different keys. A key is for finding: equal keys
propose that two people are one, they never prove it. Places meet in the same way (Zhanaozen, Жаңаөзен, Janaozen).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from esep.names.folding import fold_visible, is_kazakh_arabic
from esep.names.scripts import visible
from esep.names.tokens import one_sound, sound_classes

_MARKS = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼʻʹ`´′\"″ʺ]+(?=\w)")
_DOUBLE = re.compile(r"(.)\1+")
_LINKING = frozenset(("al", "el", "ibn", "bin", "ben"))
"""Articles and «son of»: dropped while another word is left, because sources write them or not."""


def search_key(name: str) -> str:
    """Key under which a name of a person or place is stored and looked up: folded words in their order.

    Deterministic and total: any text has a key, "" when it holds no letter or digit; the key of a key is itself.
    """
    return " ".join(search_tokens(name))


def search_tokens(name: str) -> tuple[str, ...]:
    """Folded words of a name in their order, the parts of a double name apart; () when nothing is left."""
    kazakh = is_kazakh_arabic(name)
    tokens = tuple(token for word in words(name) if (token := fold_visible(word, kazakh)))
    kept = tuple(token for token in tokens if token not in _LINKING)
    return kept or tokens


def loose_key(name: str) -> str:
    """A coarser key for a second try when `search_key` finds nothing: near sounds made one.

    All vowels are a, b p are p, v f are f, g k h are k, d t are t, z s are s, zh sh ch are x, doubles single. It meets
    what a spelling cannot keep apart (German s and sch, French ch, Arabic without o, e, p, v) and many other names
    too: rank what it finds by `compare`.
    """
    return " ".join(loose_tokens(search_tokens(name)))


def loose_tokens(tokens: Iterable[str]) -> list[str]:
    """Words of the loose key, from words of the search key."""
    return [_DOUBLE.sub(r"\1", sound_classes(one_sound(token))) for token in tokens]


def words(name: str) -> list[str]:
    """Words of a name in lower case: parted at anything but letters, digits, their marks and inner apostrophes."""
    text = visible(name)
    return _WORD.findall(text if text.isascii() and "'" not in text else _APOSTROPHE.sub("", text))
