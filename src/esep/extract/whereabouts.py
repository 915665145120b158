"""Where it happened: the settlement, region or country that a claim is about, with every candidate."""

from __future__ import annotations

from dataclasses import dataclass

from esep.extract.passages import Passage
from esep.places import Mention

_KINDS = ("settlement", "region", "country")


@dataclass(frozen=True, slots=True)
class Where:
    """A place for a claim: its mention, and whether it is carried from an earlier sentence of the paragraph."""

    mention: Mention
    carried: bool = False

    @property
    def name(self) -> str:
        """English name of the likeliest candidate."""
        return self.mention.candidates[0].place.name


class Whereabouts:
    """Places of a text in reading order."""

    def __init__(self) -> None:
        self._last: dict[int, Mention] = {}

    def learn(self, passage: Passage) -> None:
        """Remember the settlement a passage names last."""
        named = [mention for mention in settlements(passage) if not mention.quoted]
        if named:
            self._last[passage.sentence.paragraph] = named[0] if len(named) > 1 else named[-1]

    def of(self, passage: Passage, start: int, end: int) -> Where | None:
        """The place of a claim at `start` to `end`: the nearest in its sentence, settlements first; else carried on."""
        here = [mention for mention in passage.places if not _is_owner(passage, mention) and not mention.quoted]
        stays = [mention for mention in here if not _is_destination(passage, mention)]
        if any(_kind(mention) == "settlement" for mention in stays):
            here = stays
        for kind in _KINDS:
            named = [mention for mention in here if _kind(mention) == kind]
            if named:
                return Where(min(named, key=lambda mention: _distance(mention, start, end)))
        before = self._last.get(passage.sentence.paragraph)
        return Where(before, carried=True) if before is not None else None


def _is_destination(passage: Passage, mention: Mention) -> bool:
    """«on the way to the hospital in Aktau»: where people were brought, not where it happened."""
    at = passage.token_at(mention.start)
    if passage.language == "kk":
        return passage.marks.at("destination", passage.token_at(mention.end - 1) + 1) is not None
    return any(mark.last <= at and at - mark.last <= 2 for mark in passage.marks.of("destination"))


def settlements(passage: Passage) -> tuple[Mention, ...]:
    """Mentions of towns and villages in a passage, the names of organisations left out."""
    return tuple(m for m in passage.places if _kind(m) == "settlement" and not _is_owner(passage, m))


def _kind(mention: Mention) -> str:
    return mention.candidates[0].place.kind


def _distance(mention: Mention, start: int, end: int) -> int:
    return min(abs(mention.start - end), abs(start - mention.end))


def _is_owner(passage: Passage, mention: Mention) -> bool:
    """Is the place only named as whose («embassy of Kazakhstan», «посольство Казахстана», «the union Aktau»)?"""
    if mention.quoted:
        return True
    at = passage.token_at(mention.start)
    if passage.language == "en":
        joined = at > 0 and passage.tokens[at - 1].low in ("of", "the")
        return joined and any(passage.marks.at("owner", k) for k in range(max(0, at - 4), at))
    return passage.marks.ending("owner", at) is not None
