"""What a scan makes doubtful: words of a proposal that were read from a picture, and numbers that need a second look.

A number read with little confidence is proposed with a warning, never silently. Words are given with their places in
the text; where they came from is no matter here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from esep.extract.proposals import Proposal


class ReadWord(Protocol):
    """A word that was read from a picture: its place in the text, confidence 0 to 100, and why it is doubtful."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def confidence(self) -> int: ...
    @property
    def doubt(self) -> str: ...


@dataclass(frozen=True)
class Legibility:
    """How well the words of one proposal could be read: the least confidence, the words, what needs a second look."""

    confidence: int
    words: tuple[ReadWord, ...]
    warnings: tuple[str, ...]


def legibility_of(proposal: Proposal, text: str, words: Sequence[ReadWord]) -> Legibility | None:
    """Words under a proposal's spans, in the order of the text; None when none was read from a picture.

    `words` are ordered by their place in `text`.
    """
    places = {(proposal.start, proposal.end), *((s.start, s.end) for s in proposal.spans if s.role != "attribution")}
    found = {at: word for start, end in places for at, word in _within(words, start, end)}
    if not found:
        return None
    under = tuple(found[at] for at in sorted(found))
    warnings = tuple(f"«{text[word.start : word.end]}»: {word.doubt}" for word in under if word.doubt)
    return Legibility(min(word.confidence for word in under), under, warnings)


def _within(words: Sequence[ReadWord], start: int, end: int) -> list[tuple[int, ReadWord]]:
    first = bisect_right(words, start, key=lambda word: word.end)
    last = bisect_left(words, end, key=lambda word: word.start)
    return [(at, words[at]) for at in range(first, last)]
