"""Words for quantity: hedges that shift a number and vague words that stand in for one.

Both tables are data files beside this module that anyone may edit: `hedges.csv` (word, language, hedge, and
the shift that turns «more than 100» into 101) and `vague_words.csv` (word, its other forms, hedge, lowest
number it can mean; an empty low means that the word holds no number).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from esep.errors import CountsError

HEDGES = (
    "exact",
    "at_least",
    "more_than",
    "up_to",
    "about",
    "several",
    "dozens",
    "hundreds",
    "thousands",
    "range",
    "unquantified",
)
"""Hedges that a stored figure can have."""


@dataclass(frozen=True, slots=True)
class VagueWord:
    """A word that stands in for a number: the hedge it is stored under and the least it can mean."""

    word: str
    lang: str
    hedge: str
    low: int | None


def resource_rows(name: str) -> list[dict[str, str]]:
    """Rows of one of the editable CSV tables beside this module."""
    text = (files("esep.counts") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def folded(word: str) -> str:
    """The word as tables hold it: case-folded, single spaces."""
    return " ".join(word.casefold().split())


@cache
def hedge_words() -> dict[str, tuple[str, int]]:
    """Every hedge word with the hedge it is stored under and the shift of its number."""
    return {folded(row["word"]): (row["hedge"], int(row["shift"])) for row in resource_rows("hedges.csv")}


@cache
def vague_words() -> dict[tuple[str, str], VagueWord]:
    """Every vague word and form by (form, language)."""
    found = {}
    for row in resource_rows("vague_words.csv"):
        vague = VagueWord(row["word"], row["lang"], row["hedge"], int(row["low"]) if row["low"] else None)
        for form in (row["word"], *filter(None, row["forms"].split("|"))):
            found[folded(form), row["lang"]] = vague
    return found


def read_hedge(word: str) -> tuple[str, int]:
    """Hedge that `word` is stored under and the shift of its number; raises `CountsError` for an unknown word."""
    try:
        return hedge_words()[folded(word)]
    except KeyError:
        raise CountsError(
            f"{word!r} is not a known hedge",
            hint="add it to hedges.csv, or use one of " + ", ".join(HEDGES),
        ) from None


def read_vague(word: str, lang: str | None = None) -> VagueWord | None:
    """The vague word behind a form, or None. Without `lang` the first language that has the form answers."""
    form = folded(word)
    if lang is not None:
        return vague_words().get((form, lang))
    return next((vague for (known, _), vague in vague_words().items() if known == form), None)
