"""What a stated number of people means: low, high, and the word that hedged it.

The conventions stand in `words/qualifiers.csv`: exact N to N, at least N and open, more than N+1 and open,
up to open and N, about N to N with the hedge kept (a tolerance belongs to the analysis, not to the record),
several 3, dozens 20, hundreds 200, thousands 2000, each open above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from esep.errors import BadInput
from esep.intake.cells import read_whole
from esep.intake.terms import fold, read_words

_PEOPLE = re.compile(r"\s*\b(people|persons?|чел\.?|человека?|адам)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One line of the table: a hedge and its rules for the bounds (`n`, `n+1`, `n-1`, `m`, a number, or empty)."""

    hedge: str
    low: str
    high: str
    polarity: str

    @property
    def needs_number(self) -> bool:
        """Whether the word says nothing without a number beside it."""
        return "n" in self.low + self.high


@dataclass(frozen=True, slots=True)
class Bounds:
    """People from `low` to `high`, both included; None is open. `word` is the qualifier as the source has it."""

    low: int | None
    high: int | None
    hedge: str
    word: str
    polarity: str = ""


@cache
def qualifiers() -> dict[str, Qualifier]:
    """Folded word -> qualifier."""
    found: dict[str, Qualifier] = {}
    for row in read_words("qualifiers.csv"):
        qualifier = Qualifier(row["hedge"], row["low"], row["high"], row["polarity"])
        found |= {fold(word): qualifier for word in row["words"].split(";")}
    return found


def hedges() -> frozenset[str]:
    """Hedges that a stored number can have."""
    return frozenset(_hedges())


def read_bounds(word: str, *, low: int | None, high: int | None) -> Bounds:
    """Bounds from a qualifier (may be empty) and the one or two numbers beside it.

    Raises `BadInput` for an unknown word, a missing or superfluous number, and a range upside down.
    """
    known = qualifiers().get(fold(word)) if word else qualifiers()["range" if high is not None else "exact"]
    if known is None:
        raise BadInput("the qualifier is not one that esep knows", hint=f"use {', '.join(dict.fromkeys(_hedges()))}")
    if known.hedge == "range":
        return _range(word, low=low, high=high)
    if low == high:
        high = None  # one number written in both columns
    if high is not None and (low is not None or known.hedge != "up_to"):
        raise BadInput(f"two numbers and the qualifier {known.hedge}", hint="write range, or leave the second empty")
    number = low if low is not None else high
    if known.needs_number and number is None:
        raise BadInput(f"the qualifier {known.hedge} needs a number", hint="give the number, or write unquantified")
    if not known.needs_number and number is not None:
        raise BadInput(f"a number beside {known.hedge}", hint="leave the number empty, or name another qualifier")
    return Bounds(_bound(known.low, number), _bound(known.high, number), known.hedge, word, known.polarity)


def read_phrase(text: str, *, header: str) -> Bounds:
    """Bounds from one cell such as `100+`, `>500`, `7-20`, `до 200`, `hundreds`. Raises `BadInput`."""
    text = _PEOPLE.sub("", text)
    alone = qualifiers().get(fold(text))
    if alone and not alone.needs_number:
        return read_bounds(text, low=None, high=None)
    found = re.fullmatch(
        r"(?P<before>\D*?)\s*(?P<low>\d[\d\s,.\u00a0]*)(?:[-–—](?P<high>[\d\s]+))?(?P<after>\D*)", text
    )
    words = [found[part].strip() for part in ("before", "after") if found[part].strip()] if found else []
    if not found or len(words) > 1:
        raise BadInput(f"column {header!r} holds no number with one qualifier", hint="write as 17 and at_least")
    high = read_whole(found["high"], header=header) if found["high"] else None
    return read_bounds("".join(words), low=read_whole(found["low"].rstrip(" ,."), header=header), high=high)


def _range(word: str, *, low: int | None, high: int | None) -> Bounds:
    if low is None or high is None:
        raise BadInput("a range needs its lower and its upper number", hint="fill both, or use at_least or up_to")
    if low > high:
        raise BadInput(f"the range runs from {low} down to {high}", hint="put the smaller number first")
    return Bounds(low, high, "range", word)


def _bound(rule: str, number: int | None) -> int | None:
    if not rule:
        return None
    if rule.isdigit():
        return int(rule)
    shift = {"n": 0, "n+1": 1, "n-1": -1}[rule]
    return max((number or 0) + shift, 0)


def _hedges() -> list[str]:
    return [qualifier.hedge for qualifier in qualifiers().values()]
