"""The scorers that are measured: esep, and whichever peers the interpreter has."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec

Scorer = Callable[[str, str], float]
_WORD = re.compile(r"[^\W_]+")


def available() -> dict[str, Scorer]:
    """Scorers by name, best-known first; a peer that is not installed is left out."""
    found: dict[str, Scorer] = {}
    if find_spec("esep"):
        found["esep"] = esep()
        found["esep search keys"] = esep_keys()
    found["casefold + Jaro-Winkler"] = whole(str.casefold)
    if find_spec("normality"):
        from normality import ascii_text

        found["normality ascii + Jaro-Winkler, words"] = aligned(lambda text: (ascii_text(text) or "").lower())
    if find_spec("rigour"):
        from rigour.text import ascii_text as rigour_ascii

        found["rigour ascii + Jaro-Winkler, words"] = aligned(lambda text: (rigour_ascii(text) or "").lower())
    if find_spec("icu"):
        import icu

        latin = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
        found["ICU Any-Latin + Jaro-Winkler, words"] = aligned(latin.transliterate)
    if find_spec("nomenklatura"):
        found |= nomenklatura()
    return found


def esep() -> Scorer:
    from esep.names import scores

    return lambda left, right: scores([(left, right)])[0] or 0.0


def esep_keys() -> Scorer:
    """Share of search tokens that both names have: what a plain look-up by stored keys gives."""
    from esep.names import search_tokens

    def score(left: str, right: str) -> float:
        one, two = set(search_tokens(left)), set(search_tokens(right))
        return len(one & two) / max(1, min(len(one), len(two)))

    return score


def whole(prepare: Callable[[str], str]) -> Scorer:
    from rapidfuzz.distance import JaroWinkler

    return lambda left, right: JaroWinkler.similarity(prepare(left), prepare(right))


def aligned(prepare: Callable[[str], str]) -> Scorer:
    """Mean Jaro-Winkler over words, each word with its likest free one; the shorter name sets the number of words."""
    from rapidfuzz.distance import JaroWinkler

    @lru_cache(maxsize=1 << 16)
    def prepared(text: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(prepare(text)))

    def score(left: str, right: str) -> float:
        one, two = prepared(left), prepared(right)
        found = sorted(
            ((JaroWinkler.similarity(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(two)), reverse=True
        )
        rows: set[int] = set()
        columns: set[int] = set()
        total = 0.0
        for alike, row, column in found:
            if row not in rows and column not in columns:
                rows.add(row)
                columns.add(column)
                total += alike
        return total / max(1, min(len(one), len(two)))

    return score


def nomenklatura() -> dict[str, Scorer]:
    """Matchers of nomenklatura on a person with only a name; fresh ids, because they memoise by id."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    numbers = iter(range(1 << 60))

    def entity(name: str):
        return model.get_proxy({"id": f"n{next(numbers)}", "schema": "Person", "properties": {"name": [name]}})

    def scorer(algorithm) -> Scorer:
        config = algorithm.default_config()
        return lambda left, right: algorithm.compare(entity(left), entity(right), config).score

    found = {}
    for name in ("logic-v2", "name-based"):
        algorithm = get_algorithm(name)
        if algorithm is not None:
            found[f"nomenklatura {name}"] = scorer(algorithm)
    return found
