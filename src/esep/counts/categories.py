"""Categories of figures: which of them count people, and which people are casualties.

The table is `categories.csv`, which anyone may edit. Casualties are the killed, injured, missing and detained
and nobody else, so that neither 1,500 marines nor 1,000 dismissed workers enter a total of casualties.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from esep.counts.words import resource_rows
from esep.errors import CountsError


@dataclass(frozen=True, slots=True)
class Category:
    """One category of figures.

    `people`: the figure counts people; `is_casualty`: killed, injured, missing or detained; `is_death`: nobody
    leaves this state again; `within`: the category that this one is a part of, or empty; `unit`: what is
    counted; `rank`: which of two statuses of one date comes later in the life of a case (higher is later);
    `extract`: the name in the machine format of extracted quantities, empty where it has none.
    """

    name: str
    label: str
    people: bool
    is_casualty: bool
    is_death: bool
    within: str
    unit: str
    rank: int
    extract: str
    note: str


@cache
def categories() -> dict[str, Category]:
    """The table, by name."""
    return {
        row["category"]: Category(
            name=row["category"],
            label=row["label"],
            people=row["people"] == "yes",
            is_casualty=row["casualty"] == "yes",
            is_death=row["death"] == "yes",
            within=row["within"],
            unit=row["unit"],
            rank=int(row["rank"]),
            extract=row["extract"],
            note=row["note"],
        )
        for row in resource_rows("categories.csv")
    }


def category(name: str) -> Category:
    """The category of that name; raises `CountsError` where the table has none (a term is never made silently)."""
    try:
        return categories()[name]
    except KeyError:
        raise CountsError(
            f"category {name!r} is not in the table of categories",
            hint="add a row to categories.csv that says whether it counts people and whether it is a casualty",
        ) from None


def label(name: str) -> str:
    """The category in words; a name that the table does not know as it stands."""
    known = categories().get(name)
    return known.label if known is not None else name


def counts_people(name: str) -> bool:
    """Does the category count people? One that the table does not know is not taken to."""
    known = categories().get(name)
    return known is not None and known.people


def is_death(status: str) -> bool:
    """Is this a status that nobody leaves again? A status that the table does not know is not."""
    known = categories().get(status)
    return known is not None and known.is_death


def is_casualty(status: str) -> bool:
    """Is this killed, injured, missing or detained?"""
    known = categories().get(status)
    return known is not None and known.is_casualty


def rank(status: str) -> int:
    """Which of two statuses of one date comes later (higher); 0 for one that the table does not know."""
    known = categories().get(status)
    return known.rank if known is not None else 0
