"""A sentence as the search for patients sees it, and what the search finds."""

from __future__ import annotations

from dataclasses import dataclass

from esep.extract.counted import Counted
from esep.extract.lexicon import Mark, Marks
from esep.extract.tokens import Token


@dataclass(frozen=True, slots=True)
class Finding:
    """A fate found for counted people; `side` is noun, right, left, toll, list or shared; `inseparable` for
    «killed and wounded».
    """

    fate: Mark
    side: str
    inseparable: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence as the search sees it."""

    tokens: tuple[Token, ...]
    marks: Marks
    counted: tuple[Counted, ...]
    language: str

    def starts(self, index: int) -> Counted | None:
        """The counted people that begin at a token."""
        return next((one for one in self.counted if one.first == index), None)

    def ends(self, index: int) -> Counted | None:
        """The counted people that end just before a token."""
        return next((one for one in self.counted if one.last == index), None)
