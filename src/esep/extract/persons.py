"""People named in a text, with a status only where the name is the grammatical patient of it.

The nearest word of harm is never enough: a speaker, a killer, a president is no victim. Without a patient the name
stands
without a status. Every status is for a person to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from esep.extract.circumstances import layer_of
from esep.extract.lexicon import Mark
from esep.extract.names import Name, base_name, names_in
from esep.extract.passages import Passage, Reading
from esep.extract.proposals import Proposal, Span
from esep.extract.tokens import fold
from esep.extract.victims import statuses_of


@dataclass(frozen=True, slots=True)
class Fated:
    """A name in a passage with the statuses it is the patient of and the marks that say so."""

    passage: Passage
    name: Name
    marks: tuple[Mark, ...]


def persons_of(reading: Reading, *, organisations: frozenset[str]) -> list[Proposal]:
    """One proposal a person; one more for each other mention that carries a status."""
    found: list[Fated] = []
    for passage in reading.passages:
        names = names_in(passage, organisations=organisations)
        for name in names:
            found.append(Fated(passage, name, statuses_of(passage, name, names)))
    proposals: list[Proposal] = []
    for person in _people(found):
        stated = [mention for mention in person if mention.marks]
        variants = sorted({mention.name.quote for mention in person})
        for mention in stated or person[:1]:
            proposals.append(_proposal(mention, variants=variants))
    return proposals


def _people(found: list[Fated]) -> list[list[Fated]]:
    """Mentions grouped by spelling: the same words, or given name and surname each at most two letters apart."""
    groups: list[list[Fated]] = []
    for mention in sorted(found, key=lambda m: (-len(m.name.quote.split()), m.name.start)):
        group = next((g for g in groups if _same(g[0].name.quote, mention.name.quote)), None)
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    for group in groups:
        group.sort(key=lambda m: m.name.start)
    return sorted(groups, key=lambda group: group[0].name.start)


def _same(left: str, right: str) -> bool:
    one, two = (fold(base_name(name)).replace(".", " ").split() for name in (left, right))
    if one == two:
        return True
    if len(two) == 1:
        return _near(one[-1], two[0]) or (len(one) > 1 and one[0] == two[0] and False)
    if len(one) != len(two):
        return False
    return all(_near(a, b) for a, b in zip(one, two, strict=True))


def _near(left: str, right: str) -> bool:
    """At most two letters apart in a word of seven or more, one in a word of five; short words must be equal."""
    allowed = 2 if min(len(left), len(right)) >= 7 else 1 if min(len(left), len(right)) >= 5 else 0
    if min(len(left), len(right)) >= 5 and (left.startswith(right) or right.startswith(left)):
        return abs(len(left) - len(right)) <= 2
    return left == right or Levenshtein.distance(left, right, score_cutoff=allowed) <= allowed


def _layer(mention: Fated) -> str:
    """The layer of the words that state the fate, if any («X [a lawyer jailed in 2011]»), else of the name."""
    passage = mention.passage
    places = [passage.quote(mark.first, mark.last) for mark in mention.marks] or [
        (mention.name.start, mention.name.end)
    ]
    return next((layer for place in places if (layer := layer_of(passage, *place)) != "text"), "text")


def _proposal(mention: Fated, *, variants: list[str]) -> Proposal:
    passage, name = mention.passage, mention.name
    spans = [Span.of(passage.text, "person", name.start, name.end)]
    for mark in mention.marks:
        spans.append(Span.of(passage.text, "status", *passage.quote(mark.first, mark.last)))
    role = None
    if name.title < name.first:
        start, end = passage.quote(name.title, name.first)
        role = passage.text[start:end]
        spans.append(Span.of(passage.text, "role", start, end))
    value: dict[str, object] = {
        "name": re.sub(r"\s+", " ", base_name(name.quote)),
        "status": sorted({mark.value for mark in mention.marks}) or None,
        "role": role,
        "variants": variants,
        "layer": _layer(mention),
    }
    rule = mention.marks[0].rule.id if mention.marks else f"{passage.language}.name"
    return Proposal("person", name.start, name.end, name.quote, tuple(spans), value, rule, passage.language)
