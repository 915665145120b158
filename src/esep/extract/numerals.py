"""Numerals: «1,500», «twenty-two», «сто двадцать», «70-тен», «a dozen», read to a whole number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from esep.extract.lexicon import Marks, lexicon
from esep.extract.tokens import Token

_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,’']\d{3})+")
_DASHES = ("-", "‑", "–")
_PLURAL_MULTIPLIERS = ("тысячи", "тысяч", "сотни", "тисячі", "тисяч", "сотні")
_LARGEST = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number written at tokens `first` to `last` (exclusive); `is_word` when in words; `case` its Kazakh ending."""

    value: int
    first: int
    last: int
    is_word: bool = False
    case: str = ""


@cache
def _tables(language: str) -> tuple[dict[str, float], dict[str, float], dict[str, float], tuple[str, ...]]:
    words = lexicon(language)
    return words.table("number"), words.table("multiplier"), words.table("half"), words.words("suffix")


def numeral_at(  # noqa: PLR0912 - one way out a rule
    tokens: tuple[Token, ...], index: int, *, language: str, marks: Marks
) -> Numeral | None:
    """The longest numeral that begins at a token, or None."""
    units, multipliers, halves, suffixes = _tables(language)
    turned = _turned(tokens, index, units=units, multipliers=multipliers) if language in ("ru", "uk") else None
    if turned is not None:
        return turned
    total, current, at, found, is_word, case = 0.0, 0.0, index, False, False, ""
    smallest = _LARGEST
    while at < len(tokens):
        token = tokens[at]
        step = at
        if found and token.low in ("and", "-") and language == "en" and (current >= 100 or token.low == "-"):
            step = at + 1
            token = tokens[step] if step < len(tokens) else token
        value, case_here = _simple(token, units | halves, suffixes)
        if value is not None and value < smallest and not (found and token.kind == "number"):
            if token.kind != "number" and (step != at and value >= 100):
                break
            current += value
            smallest = _magnitude(value)
            is_word = is_word or token.kind == "word"
            case, found, at = case_here, True, step + 1
            if token.kind == "number":
                smallest = 0
            if case_here:
                break
            continue
        if found and token.low == "a" and current == 0.5:
            at += 1  # «half a dozen»
            continue
        times, case_here = _simple(token, multipliers, suffixes)
        if times is None or token.kind == "number" or step != at or (not found and not _may_open(tokens, at, language)):
            break
        # in «сто тысяч» the multiplier takes all before it, in «тысяча двести» it opens
        current = (current or 1) * times
        if at + 1 < len(tokens) and tokens[at + 1].low == "жарым":
            current, at = current + times / 2, at + 1  # «мың жарым»: one and a half thousand
        if times >= 1000:
            total, current = total + current, 0.0
        smallest = int(times)
        case, found, at, is_word = case_here, True, at + 1, True
        if case_here:
            break
    value_total = total + current
    if not found or value_total != int(value_total) or value_total > _LARGEST:
        return None
    at, case = _case_after(tokens, at, language=language, suffixes=suffixes, case=case)
    return Numeral(int(value_total), index, at, is_word, case)


def _turned(
    tokens: tuple[Token, ...], index: int, *, units: dict[str, float], multipliers: dict[str, float]
) -> Numeral | None:
    """«тысячи две», «сотни три»: the unit after its multiplier; roughly two thousand, never 1,002."""
    if index + 1 >= len(tokens) or tokens[index].low not in _PLURAL_MULTIPLIERS:
        return None
    unit = units.get(tokens[index + 1].low, 0)
    if not 2 <= unit <= 9 or (index and tokens[index - 1].low in units):
        return None
    return Numeral(int(unit * multipliers[tokens[index].low]), index, index + 2, True, "turned")


def _may_open(tokens: tuple[Token, ...], at: int, language: str) -> bool:
    """May a bare multiplier stand for one of it? «сотня», «жүз», «тысяча» may; «hundred» only after an article."""
    return language != "en" or (at > 0 and tokens[at - 1].low in ("a", "one", "half"))


def _simple(token: Token, table: dict[str, float], suffixes: tuple[str, ...]) -> tuple[float | None, str]:
    """Value of one token and the ending it carries."""
    if token.kind == "number":
        return _digits(token.low), ""
    if token.kind != "word":
        return None, ""
    if token.low in table:
        return table[token.low], ""
    if "-" in token.low:
        return _hyphened(token.low, table), ""
    for suffix in suffixes:
        if token.low.endswith(suffix) and token.low[: -len(suffix)] in table:
            return table[token.low[: -len(suffix)]], suffix
    return None, ""


def _digits(written: str) -> float | None:
    if _GROUPED.fullmatch(written):
        return float(re.sub(r"\D", "", written))
    plain = written.replace(",", ".")
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def _hyphened(word: str, table: dict[str, float]) -> float | None:
    """«twenty-two»: tens and a unit."""
    values = [table.get(part) for part in word.split("-")]
    if len(values) != 2 or values[0] is None or values[1] is None or not values[1] < 10 <= values[0]:
        return None
    return values[0] + values[1]


def _magnitude(value: float) -> int:
    """The next word of a numeral must be below this: after twenty a unit, after two hundred anything below a
    hundred.
    """
    for step in (100, 10):
        if value >= step and value % step == 0:
            return step
    return 1 if value < 20 else 10


def _case_after(
    tokens: tuple[Token, ...], at: int, *, language: str, suffixes: tuple[str, ...], case: str
) -> tuple[int, str]:
    """Kazakh «70-тен»: the ending after a hyphen belongs to the numeral."""
    if (
        language == "kk"
        and at + 1 < len(tokens)
        and tokens[at].low in _DASHES
        and tokens[at].start == tokens[at - 1].end
    ):
        if tokens[at + 1].low in suffixes and tokens[at + 1].start == tokens[at].end:
            return at + 2, tokens[at + 1].low
    return at, case
