"""The circumstances of a claim: its date, the day it holds for, the layer of the text it stands in."""

from __future__ import annotations

from esep.extract.attribution import Source
from esep.extract.dating import Dated
from esep.extract.glosses import Gloss
from esep.extract.passages import Passage


def date_of(passage: Passage, start: int, end: int) -> Dated | None:
    """The date of a claim: the last one before it in its sentence, else the first after it."""
    placed = [date for date in passage.dates if date.value is not None and not date.asof]
    before = [date for date in placed if date.start < end]
    if before:
        return before[-1]
    return placed[0] if placed else None


def as_of(passage: Passage, date: Dated | None, *, span: tuple[int, int], is_told: bool) -> str | None:
    """The day a count holds for: as stated; else of its event, if the words tell of it as past; else of publication.

    A date carried from the sentences around holds for what is told in the past («22 were killed») or by a speaker of
    that day, not for what «has been confirmed» or «is missing» when the text appeared.
    """
    stated = [found.value for found in passage.dates if found.asof and found.value]
    if stated:
        return stated[-1].split("/")[-1]
    if date is not None and date.value is not None:
        if date in passage.dates or is_told or not _is_present(passage, *span):
            return date.value.split("/")[-1]
    return passage.part.published


def _is_present(passage: Passage, start: int, end: int) -> bool:
    """Is the claim told as a state that lasts («are missing», «has been confirmed»)?"""
    first, last = passage.token_at(start), passage.token_at(end - 1) + 1
    return any(first - 1 <= mark.first <= last + 2 for mark in passage.marks.of("present"))


def layer_of(passage: Passage, start: int, end: int) -> str:
    """`editor` or `translator` inside an insertion of theirs, `text` elsewhere."""
    gloss = gloss_around(passage, start, end)
    return gloss.layer if gloss else "text"


def gloss_around(passage: Passage, start: int, end: int) -> Gloss | None:
    """The insertion that a span stands in."""
    return next((gloss for gloss in passage.glosses if gloss.start <= start and end <= gloss.end), None)


def voice_of(passage: Passage, start: int, end: int, *, source: Source | None) -> Source | None:
    """Who says what stands here: inside an insertion its writer, elsewhere the source of the sentence."""
    gloss = gloss_around(passage, start, end)
    if gloss is None:
        return source
    return Source(gloss.start, gloss.end, gloss.signature or gloss.layer)
