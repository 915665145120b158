"""Romanisation by named systems: readable Latin for printing, after the published tables.

For finding and comparing use `fold`; a system is for text that people read, and for documents that ask for one.
"""

from __future__ import annotations

import re
from functools import cache

from esep.errors import NamesError
from esep.names.tables import rows

_NOT_IN_SYSTEM = "-"
_WORDS = re.compile(r"[\u0400-\u052f\u0300-\u036fa-zA-Z'’ʼ]+")
_STRESS = re.compile("\u0301")


def schemes() -> tuple[str, ...]:
    """Names of the romanisation systems, in the order of the table."""
    return tuple(name for name in rows("romanisation")[0] if name != "letter")


def romanise(text: str, scheme: str) -> str:
    """Text with its Cyrillic letters written in Latin by a system such as `bgnpcgn-kaz-1979`.

    Letters that the system does not have stay as they are. A capital that becomes several letters is written in
    capitals when the letter before or after it is a capital (ЁЖ: YËZH), else with one (Ёж: Yëzh).
    Raises `NamesError` for an unknown system.
    """
    if scheme not in schemes():
        raise NamesError(f"no romanisation system {scheme!r}", hint=f"known systems: {', '.join(schemes())}")
    return _WORDS.sub(lambda match: _romanise_word(match[0], scheme), _STRESS.sub("", text))


@cache
def _letters(scheme: str) -> dict[str, str]:
    return {row["letter"]: row[scheme] for row in rows("romanisation") if row[scheme] != _NOT_IN_SYSTEM}


@cache
def _rules(scheme: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    found = (row for row in rows("romanisation_rules") if row["system"] == scheme)
    return tuple((re.compile(row["pattern"]), row["value"]) for row in found)


def _romanise_word(word: str, scheme: str) -> str:
    lower = word.lower()
    if len(lower) != len(word):  # a capital whose small form is longer (İ): no Cyrillic system has one
        return word
    out, place = [], 0
    while place < len(word):
        length, value = _at(lower, place, scheme=scheme)
        out.append(_cased(word, place, length=length, value=value))
        place += length
    return "".join(out)


def _at(lower: str, place: int, *, scheme: str) -> tuple[int, str]:
    """How many letters the system reads at a place of a lower-case word, and what it writes for them."""
    for pattern, value in _rules(scheme):
        if match := pattern.match(lower, place):
            return len(match[0]), value
    return 1, _letters(scheme).get(lower[place], lower[place])


def _cased(word: str, place: int, *, length: int, value: str) -> str:
    source = word[place : place + length]
    if source == source.lower():
        return value
    before, after = word[max(0, place - 1) : place], word[place + length : place + length + 1]
    if length > 1:
        shouting = source == source.upper()
    else:
        shouting = after.isupper() or (not after and before.isupper())
    if shouting:
        return value.upper()
    first = next((spot for spot, letter in enumerate(value) if letter.isalpha()), 0)
    return value[:first] + value[first : first + 1].upper() + value[first + 1 :]
