"""The closed lists of words that a cell may hold: states, statuses, answers, months, in three languages.

`words/terms.csv` holds them by hand. A word outside its list is never turned into a new term: the reader
says so, and a mapping may add the word to an existing term.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Form in which words are compared: caseless, ё as е, single spaces, no outer space."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").replace("_", " ")
    return " ".join(folded.split())


def read_words(name: str) -> Iterator[dict[str, str]]:
    """Rows of one of the word tables that ship with intake."""
    with (files("esep.intake") / "words" / name).open(encoding="utf-8") as table:
        yield from csv.DictReader(table)


@cache
def terms(domain: str) -> Mapping[str, str]:
    """Folded word -> term of one domain, such as `status` or `answer`; each term is a word for itself."""
    found: dict[str, str] = {}
    for row in read_words("terms.csv"):
        if row["domain"] == domain:
            found[fold(row["code"])] = row["code"]
            found |= {fold(word): row["code"] for word in row["words"].split(";")}
    return found


def codes(domain: str) -> tuple[str, ...]:
    """Terms of a domain, in the order of the table."""
    return tuple(dict.fromkeys(terms(domain).values()))
