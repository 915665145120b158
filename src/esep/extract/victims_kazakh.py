"""The statuses of a name in Kazakh: the verb comes last, the case of the name tells patient from agent."""

from __future__ import annotations

from esep.extract.lexicon import Mark
from esep.extract.names import Name
from esep.extract.passages import Passage
from esep.extract.victim_words import KK_ACCUSATIVE, LIST_LINKS, ending_marks, over_names, person_marks


def kazakh_fates(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """The verb after the name, over fillers and joined names; an accusative name for an active verb; a participle
    before it.
    """
    ending = passage.tokens[name.last - 1].low
    genitive = ending.endswith(("ның", "нің", "дың", "дің", "тың", "тің"))
    accusative = ending.endswith(KK_ACCUSATIVE) and not genitive
    at, steps = over_names(passage, name, names), 0
    while at < len(passage.tokens) and steps < 7:
        marks = person_marks(passage, at)
        for mark in sorted(marks, key=lambda m: -m.last):
            if (
                (mark.kind == "verb" and not accusative)
                or (mark.kind == "trans" and accusative)
                or (mark.kind == "post" and genitive)
            ):
                return [mark]
        token = passage.tokens[at]
        other = (
            any(o.first <= at < o.last for o in names)
            or passage.marks.at("say", at)
            or passage.marks.at("people", at)
            or any(c.first == at for c in passage.counted)
        )
        if other or token.low in (",", ";", "деп") or passage.marks.at("according_after", at):
            break
        at += 1
        steps += 1
    listed = _kazakh_list(passage, name, names)
    if listed:
        return listed
    before = [
        m
        for m in ending_marks(passage, name.title)
        if m.kind == "verb" and passage.tokens[m.last - 1].low.endswith(("ған", "ген", "қан", "кен"))
    ]
    return before[:1]


def _kazakh_list(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """«Қаза тапқандардың арасында X пен Y бар»: the list takes its status from the noun."""
    for scope in passage.marks.of("scope"):
        if scope.value != "subset" or scope.last > name.title:
            continue
        nouns = [
            m
            for m in passage.marks.of("fate")
            if (m.kind == "noun" and m.first <= scope.first < m.last) or (m.last == scope.first and m.kind == "noun")
        ]
        between = [
            (k, passage.tokens[k].low)
            for k in range(scope.last, name.title)
            if not any(other.title <= k < other.last for other in names)
        ]
        if nouns and all(word in LIST_LINKS or word == "арасында" for _, word in between):
            return nouns[:1]
    return []
