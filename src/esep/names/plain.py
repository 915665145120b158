"""Readable Latin for comparing and sorting: what an English-language source would print, without marks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from esep.names.folding import fold
from esep.names.scripts import repair, visible, word_script
from esep.names.tables import column

_LETTERS = {
    ord(letter): value
    for table in ("latin", "cyrillic", "other")
    for letter, value in column(table, "letter", "plain").items()
}


@lru_cache(maxsize=1 << 16)
def plain(word: str, *, kazakh: bool = False) -> str:
    """One word in lower-case letters and digits: ASCII where esep has a table (Arabic as folded), else as it is."""
    word = repair(visible(word))
    if word_script(word) == "arabic":
        return fold(word, kazakh=kazakh)
    if not word.isascii():
        word = word.translate(_LETTERS)
        word = "".join(
            _LETTERS.get(ord(letter), letter)
            for letter in unicodedata.normalize("NFD", word)
            if unicodedata.category(letter)[0] != "M"
        )
    return "".join(letter for letter in word if letter.isalnum())
