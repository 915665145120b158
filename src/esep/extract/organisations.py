"""Organisations named in a text: names in quotation marks after a word such as «union», and names around such a
word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from esep.extract.passages import Passage, Reading
from esep.extract.proposals import Proposal, Span
from esep.extract.tokens import fold

_ACRONYM = re.compile(r"[A-ZА-ЯІЇЄҐӘҒҚҢӨҰҮҺ]{3,6}")
_NO_BODIES = frozenset("ussr usa cia dna gmt utc tv ссср сша рф хх iii vii viii iv срср қр ксср кср".split())
_LINKS = frozenset("of for the and a на по за и та і de".split())
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation at tokens `first` to `last` (exclusive) with the word that says what it is."""

    passage: Passage
    first: int
    last: int
    head: str | None

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of its name."""
        return self.passage.quote(self.first, self.last)

    @property
    def name(self) -> str:
        """The name on one line."""
        start, end = self.span
        return re.sub(r"\s+", " ", self.passage.text[start:end])


def bodies_of(reading: Reading) -> tuple[Body, ...]:
    """Every organisation mentioned, in order."""
    found: list[Body] = []
    for passage in reading.passages:
        taken: set[int] = set()
        for body in (*_quoted(passage), *_headed(passage), *_acronyms(passage)):
            inside = set(range(body.first, body.last))
            if not inside & taken:
                taken |= inside
                found.append(body)
    return tuple(sorted(found, key=lambda body: body.span))


def names_of(bodies: tuple[Body, ...]) -> frozenset[str]:
    """Folded names, so that no organisation is taken for a person."""
    return frozenset(fold(body.name) for body in bodies)


def organisations_of(bodies: tuple[Body, ...]) -> list[Proposal]:
    """One proposal an organisation, at its first mention."""
    seen: dict[str, Proposal] = {}
    for body in bodies:
        start, end = body.span
        passage = body.passage
        value: dict[str, object] = {"name": body.name, "organisation_kind": body.head}
        span = Span.of(passage.text, "organisation", start, end)
        proposal = Proposal(
            "organisation",
            start,
            end,
            passage.text[start:end],
            (span,),
            value,
            f"{passage.language}.organisation",
            passage.language,
        )
        seen.setdefault(fold(body.name), proposal)
    return list(seen.values())


def _quoted(passage: Passage) -> list[Body]:
    """«X» with a capital letter after a word of organisation within four words; no slogans."""
    found: list[Body] = []
    for start, end in passage.quoted:
        first, last = passage.token_at(start), passage.token_at(end - 1) + 1
        words = [token for token in passage.tokens[first:last] if token.kind == "word"]
        if not words or len(words) > 5 or not words[0].is_capital:
            continue
        head = _head_before(passage, first)
        if head is None and (passage.marks.of("slogan") or len(words) > 3):
            continue
        if head is not None or all(word.is_capital for word in words):
            found.append(Body(passage, first, last, head))
    return found


def _head_before(passage: Passage, first: int) -> str | None:
    for at in range(first - 1, max(-1, first - 2 - _NEAR), -1):
        mark = passage.marks.covering("org_head", at)
        if mark is not None:
            return passage.tokens[mark.first].low
    return None


def _headed(passage: Passage) -> list[Body]:
    """Capitalised words around a word of organisation: «Socialist Movement of Kazakhstan», «Министерство
    внутренних дел».
    """
    found: list[Body] = []
    for mark in passage.marks.of("org_head"):
        if any(body.first <= mark.first < body.last for body in found):
            continue
        first, last = mark.first, mark.last
        if passage.marks.at("facility", first) and not passage.tokens[first].is_capital:
            continue
        while (
            first > 0
            and passage.tokens[first - 1].kind == "word"
            and passage.tokens[first - 1].is_capital
            and _touch(passage, first)
            and (passage.marks.at("org_adjective", first - 1) or not passage.marks.at("not_name", first - 1))
        ):
            first -= 1
        while (
            first < mark.first
            and any(m.start == passage.tokens[first].start for m in passage.places)
            and mark.first - first > 1
        ):
            first += 1
        if (
            not passage.tokens[mark.first].is_capital
            and last < len(passage.tokens)
            and passage.tokens[last].is_capital
            and passage.language == "en"
        ):
            continue
        while first > 0 and passage.marks.at("org_before", first - 1) and first == mark.first:
            first -= 1
        last = _extent(passage, last)
        capitals = sum(passage.tokens[at].is_capital for at in range(first, last))
        inner = any(passage.tokens[at].is_capital for at in range(max(first, 1 if first == 0 else first), last))
        if capitals and inner and last - first > 1 and (passage.tokens[first].is_capital or passage.language == "en"):
            found.append(Body(passage, first, last, passage.tokens[mark.first].low))
    return found


def _extent(passage: Passage, last: int) -> int:
    """The end of the name: over capitalised words, joined by «of», «for», «and»."""
    at = end = last
    while at < len(passage.tokens) and _touch(passage, at):
        token = passage.tokens[at]
        if token.kind != "word":
            break
        if token.is_capital and not passage.marks.at("month", at):
            end = at + 1
        elif token.low not in _LINKS or at - end >= 3:
            if not (
                passage.language in ("ru", "uk")
                and at == last
                and token.low
                in ("внутренних", "внутрішніх", "здравоохранения", "обороны", "труда", "охорони", "оборони")
            ):
                break
            end = min(len(passage.tokens), at + 2)
            at = end - 1
        at += 1
    return end


def _touch(passage: Passage, at: int) -> bool:
    gap = passage.text[passage.tokens[at - 1].end : passage.tokens[at].start]
    return gap.strip(" \u00a0") == "" and "\n" not in gap


def _acronyms(passage: Passage) -> list[Body]:
    """PAME, МВД: three to six capital letters that are no state and no unit."""
    capitals = sum(token.quote.isupper() and len(token.quote) > 2 for token in passage.tokens)
    if capitals > len(passage.tokens) / 3:
        return []
    return [
        Body(passage, at, at + 1, None)
        for at, token in enumerate(passage.tokens)
        if token.kind == "word"
        and _ACRONYM.fullmatch(token.quote)
        and token.low not in _NO_BODIES
        and not any(m.start <= token.start < m.end for m in passage.places)
    ]
