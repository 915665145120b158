"""How two records are compared: fields, and for each field levels from which evidence is learnt.

A level is a condition in SQL over columns of `features.as_table`. A field that one side does not state is missing:
it counts neither for nor against. The name is one comparison, not three, so that exchanged words, another script
and a typing error are not counted as three disagreements. A name shows the sex of its bearer, so the same sex says
nothing more, and only another sex counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

NAME_CUTS = (-12.0, -6.0, -3.0, -1.0, 1.0, 3.0, 4.5, 6.0, 7.5, 9.0, 11.0, 12.0, 13.0, 14.0)
"""Bounds in nats between the levels of the name comparison; level k lies below `NAME_CUTS[k]`."""

NAME_LEVEL = "name_level(unique_id_l, unique_id_r)"
"""SQL for the level of the names of two records."""

_YEAR = 366
CONTEXT = ("sex", "date", "place", "occupation", "kin")
"""Fields whose chance agreement depends on the event and the lists, so it is always measured on them."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of agreement: what it says, and when it holds (SQL; the last level of a field holds otherwise).

    A level that `says_nothing` weighs 0 nats however frequent it is.
    """

    label: str
    condition: str
    says_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field to compare: when it is missing, and its levels; `frequent`: column whose common values weigh less."""

    name: str
    missing: str
    levels: tuple[Level, ...]
    frequent: str | None = None


def _name_levels() -> tuple[Level, ...]:
    """Clear disagreement first, because it is what most pairs show and the first condition is the cheapest."""
    bounds = (None, *NAME_CUTS, None)
    levels = []
    for number, (low, high) in enumerate(pairwise(bounds)):
        said = f"below {high:g}" if low is None else f"{low:g} and more" if high is None else f"{low:g} to {high:g}"
        levels.append(Level(f"names give {said} nats", f"{NAME_LEVEL} = {number}"))
    return tuple(levels)


def _day_levels(field: str) -> tuple[Level, ...]:
    """Same day; slips of the calendar (day and month exchanged, one day or one year off)."""
    left, right = f"{field}_day_l", f"{field}_day_r"
    slip = f"{left} = {field}_turned_r or abs({left} - {right}) <= 1 or abs(abs({left} - {right}) - 365.5) < 1"
    return Level("same day", f"{left} = {right}"), Level("a slip of the calendar", slip)


def _gap(field: str) -> str:
    return f"greatest({field}_first_l - {field}_last_r, {field}_first_r - {field}_last_l)"


def _birth_levels() -> tuple[Level, ...]:
    left, right = "birth_day_l", "birth_day_r"
    near = f"abs({left} - {right}) <= {_YEAR} and {left} is not null and {right} is not null"
    return (
        *_day_levels("birth"),
        Level("days within a year", near),
        Level("years can be the same", f"{_gap('birth')} <= 0"),
        Level("a year apart", f"{_gap('birth')} <= {_YEAR}"),
        Level("up to six years apart", f"{_gap('birth')} <= {6 * _YEAR}"),
        Level("more than six years apart", "else"),
    )


def _date_levels() -> tuple[Level, ...]:
    return (
        *_day_levels("date"),
        Level("within a week", "abs(date_day_l - date_day_r) <= 7"),
        Level("dates can be the same", f"{_gap('date')} <= 0"),
        Level("within five weeks", f"{_gap('date')} <= 35"),
        Level("further apart", "else"),
    )


def _place_levels() -> tuple[Level, ...]:
    near = (
        "place_bones_l = place_bones_r or jaro_winkler_similarity(place_l, place_r) >= 0.9"
        " or contains(place_l, place_r) or contains(place_r, place_l)"
    )
    return Level("same place", "place_l = place_r"), Level("nearly the same", near), Level("another place", "else")


def _shared(field: str) -> tuple[Level, ...]:
    common = f"len(list_intersect({field}_l, {field}_r))"
    return (
        Level("the same words", f"{field}_l = {field}_r"),
        Level("a word in common", f"{common} > 0"),
        Level("no word in common", "else"),
    )


def _missing(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


def comparisons() -> tuple[Field, ...]:
    """All fields in the order in which they are shown."""
    sexes = Level("same sex", "sex_l = sex_r", says_nothing=True), Level("another sex", "else")
    return (
        Field("name", f"not has_name_l or not has_name_r or {NAME_LEVEL} = -1", _name_levels()),
        Field("sex", _missing("sex"), sexes),
        Field("birth", _missing("birth_first"), _birth_levels()),
        Field("date", _missing("date_first"), _date_levels()),
        Field("place", _missing("place"), _place_levels(), frequent="place"),
        Field("occupation", _missing("occupation"), _shared("occupation")),
        Field("kin", _missing("kin"), _shared("kin")),
    )


Probabilities = Mapping[str, Mapping[str, Sequence[float]]]
"""For each field `m` and `u`: probability of each level among records of one person, and of two persons."""


@cache
def shipped() -> dict[str, Any]:
    """Parameters trained on made lists of invented people: probabilities by field, how and when they were made."""
    text = files("esep.linkage").joinpath("parameters.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
