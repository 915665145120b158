"""What a number counts: which categories are people, and which of those are casualties.

`words/categories.csv` is the table. Buildings, weapons, money and years of sentence keep their category and
enter no total of people; only killed, injured, missing and detained enter the totals of casualties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from esep.intake.terms import fold, read_words


@dataclass(frozen=True, slots=True)
class Category:
    """`statuses` are the terms (two for «wounded and missing», which cannot be told apart), `word` is the source's."""

    word: str
    statuses: tuple[str, ...]
    counts_people: bool
    casualty: bool

    def value(self) -> dict[str, Any]:
        """Keys of a toll that say what is counted."""
        found: dict[str, Any] = {
            "status": "+".join(self.statuses),
            "category": self.word,
            "counts_people": self.counts_people,
            "casualty": self.casualty,
        }
        if len(self.statuses) > 1:
            found |= {"statuses": list(self.statuses), "separable": False}
        return found


def find_category(word: str, *, own: Mapping[str, bool]) -> Category | None:
    """Category that a word names (`own` adds some: do they count people?); `injured+missing` names two; else None."""
    folded_own = {fold(name): (name, people) for name, people in own.items()}
    parts = [fold(part) for part in word.split("+")]
    found = [_table().get(part) or _own(folded_own, part) for part in parts]
    known = [category for category in found if category]
    if len(known) < len(parts):
        return None
    return Category(
        word,
        tuple(status for category in known for status in category.statuses),
        all(category.counts_people for category in known),
        all(category.casualty for category in known),
    )


def _own(own: Mapping[str, tuple[str, bool]], word: str) -> Category | None:
    return Category(word, (own[word][0],), own[word][1], casualty=False) if word in own else None


@cache
def _table() -> dict[str, Category]:
    found: dict[str, Category] = {}
    for row in read_words("categories.csv"):
        category = Category(row["status"], (row["status"],), row["counts_people"] == "yes", row["casualty"] == "yes")
        found |= {fold(word): category for word in (row["status"], *row["words"].split(";"))}
    return found
