"""What a stated number of people allows: lowest and highest, either of them open.

The conventions by which words become bounds are fixed:

=================  ==============  =========================================
said               low, high       note
=================  ==============  =========================================
exactly N          N, N
at least N         N, open
more than N        N+1, open
up to N            open, N
about N            N, N            hedge about; a tolerance belongs to analysis
N to M             N, M            hedge range
several            3, open         the word is kept
dozens             20, open        the word is kept
hundreds           200, open       the word is kept
thousands          2000, open      the word is kept
no number          open, open      hedge unquantified
=================  ==============  =========================================

An open low end of a number of people means «0 or more», but it is never stored as 0: zero is a stated number.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from esep.counts.words import HEDGES, read_hedge, read_vague
from esep.errors import CountsError

_VAGUE = ("several", "dozens", "hundreds", "thousands")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest number that a statement allows, inclusive; None is an open end.

    `hedge` is one of `words.HEDGES`; `word` keeps what the source said when the hedge alone does not tell it
    («nearly», «scores», «сотни»). Raises `CountsError` for bounds that no number can satisfy.
    """

    low: int | None
    high: int | None
    hedge: str = "exact"
    word: str | None = None

    def __post_init__(self) -> None:
        if self.hedge not in HEDGES:
            raise CountsError(f"hedge {self.hedge!r} is not one of {', '.join(HEDGES)}")
        if (self.low is not None and self.low < 0) or (self.high is not None and self.high < 0):
            raise CountsError(f"bounds {self.low} to {self.high}: a number of people is not negative")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise CountsError(f"bounds {self.low} to {self.high}: the low end lies above the high end")

    @property
    def least(self) -> int:
        """The smallest number of people allowed; an open low end counts as 0."""
        return self.low or 0

    @property
    def stated(self) -> tuple[int, ...]:
        """The numbers that are really stated, without open ends: none, one or two."""
        ends = tuple(end for end in (self.low, self.high) if end is not None)
        return ends[:1] if len(set(ends)) == 1 else ends

    def allows(self, number: int) -> bool:
        """Could the true number be this one?"""
        return self.least <= number and (self.high is None or number <= self.high)

    def contains(self, other: Bounds) -> bool:
        """Does every number that `other` allows fit here too?"""
        if self.high is not None and (other.high is None or other.high > self.high):
            return False
        return other.least >= self.least

    def is_below(self, other: Bounds) -> bool:
        """Is every number allowed here smaller than every number allowed there?"""
        return self.high is not None and self.high < other.least

    def is_at_odds_with(self, other: Bounds) -> bool:
        """Is there no number that both statements allow?"""
        return self.is_below(other) or other.is_below(self)

    def with_tolerance(self, share: float) -> Bounds:
        """The bounds an analysis uses for «about N»: N less and plus `share` of it; others come back unchanged."""
        if self.hedge != "about":
            return self
        low = None if self.low is None else ceil(self.low * (1 - share))
        high = None if self.high is None else floor(self.high * (1 + share))
        return Bounds(low, high, "about", self.word)

    def text(self) -> str:
        """In neutral words: «17», «at least 17», «more than 100», «about 70», «hundreds»."""
        if self.hedge in _VAGUE:
            return self.word or self.hedge
        if self.low is None and self.high is None:
            return "no number stated"
        if self.high is None:
            assert self.low is not None  # noqa: S101 - narrowed for the reader and the type checker
            return f"more than {self.low - 1:,}" if self.hedge == "more_than" else f"at least {self.low:,}"
        if self.low is None:
            return f"up to {self.high:,}"
        number = f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"
        return f"about {number}" if self.hedge == "about" else number


def bound(hedge: str, *numbers: int, word: str | None = None) -> Bounds:
    """Bounds of what was said: a hedge word and no, one or two numbers.

    `hedge` is a hedge or any word of `hedges.csv` or `vague_words.csv`; a word that says more than its hedge is
    kept in `word`. Two numbers are the ends of a range. Raises `CountsError` for an unknown word, for more than
    two numbers, or for a hedge that needs a number and has none.
    """
    if not numbers:
        return _without_number(hedge, word)
    if len(numbers) > 2:
        raise CountsError(f"{len(numbers)} numbers in one figure, expected one or two")
    known, shift = read_hedge(hedge)
    kept = word or (hedge if hedge not in HEDGES else None)
    low, high = min(numbers), max(numbers)
    if known == "unquantified":
        raise CountsError("an unquantified figure has no number", hint="store the number with the hedge exact")
    if known in ("at_least", "more_than"):
        return Bounds(low + shift, None, known, kept)
    if known == "up_to":
        return Bounds(None, max(high + shift, 0), known, kept)
    if known == "exact" and low != high:
        known = "range"
    return Bounds(low, high, known, kept)


def _without_number(hedge: str, word: str | None) -> Bounds:
    """Bounds of a vague word, or of a statement that has no number at all."""
    vague = read_vague(word) if word else None
    vague = vague or read_vague(hedge)
    if vague is not None:
        kept = word or (hedge if hedge not in HEDGES else None)
        return Bounds(vague.low, None, vague.hedge, kept)
    known, _ = read_hedge(hedge)
    if known != "unquantified":
        raise CountsError(f"hedge {hedge!r} needs a number", hint="give the number, or the hedge unquantified")
    return Bounds(None, None, "unquantified", word)


def common(first: Bounds, second: Bounds) -> tuple[int | None, int | None] | None:
    """Lowest and highest number that both allow (None is open), or None where there is no such number."""
    if first.is_at_odds_with(second):
        return None
    lows = [end for end in (first.low, second.low) if end is not None]
    highs = [end for end in (first.high, second.high) if end is not None]
    return max(lows, default=None), min(highs, default=None)
