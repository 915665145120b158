"""The statuses whose grammatical patient a name is, by language. None under denial, fear, plan or negation."""

from __future__ import annotations

import re

from esep.extract.lexicon import Mark
from esep.extract.names import Name
from esep.extract.passages import Passage
from esep.extract.victim_words import STATUSES, ending_marks, list_before, only_joins, over_names, person_marks
from esep.extract.victims_kazakh import kazakh_fates
from esep.extract.victims_slavic import slavic_fates

_ADVERB = re.compile(r".+ly$")
_BE = (
    "was",
    "were",
    "is",
    "are",
    "been",
    "be",
    "being",
    "remains",
    "remain",
    "got",
    "has",
    "had",
    "have",
    "also",
    "still",
    "currently",
    "later",
    "then",
    "reportedly",
    "allegedly",
    "now",
)
_PASSIVE = ("was", "were", "is", "been", "be", "being", "are", "got", "remains", "remain")
_WHO = ("who", "whom")
_BLOCKED = ("denied", "feared", "planned", "unclear", "absence_of_reports")


def statuses_of(passage: Passage, name: Name, names: tuple[Name, ...]) -> tuple[Mark, ...]:
    """Marks of every status whose patient the name is; none under denial, fear, plan or negation."""
    search = {"en": _english, "ru": slavic_fates, "uk": slavic_fates, "kk": kazakh_fates}[passage.language]
    found = [mark for mark in search(passage, name, names) if mark.value in STATUSES]
    return tuple({mark.value: mark for mark in found if not _is_unsure(passage, mark, name)}.values())


def _is_unsure(passage: Passage, mark: Mark, name: Name) -> bool:
    first, last = min(mark.first, name.first), max(mark.last, name.last)
    for polarity in passage.marks.of("polarity"):
        if polarity.value in _BLOCKED and first - 6 <= polarity.first < last + (6 if passage.language == "kk" else 0):
            words = " ".join(token.low for token in passage.tokens[polarity.first : polarity.last])
            if mark.rule.id.endswith((".demand", ".custody")) and polarity.value == "planned":
                continue
            if words in ("who", "will") and polarity.last < first:
                continue
            return True
    negated = any(
        passage.marks.at("negation", at) or passage.marks.at("zero", at)
        for at in range(max(0, mark.first - 3), mark.first)
    )
    return negated or (passage.language == "kk" and bool(passage.marks.at("negation", mark.last)))


def _english(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """Passive and intransitive after the name, object or noun of the act before it, custody in an apposition."""
    found = [m for m in _after_english(passage, name, names) if m is not None]
    before = _skip_titles(passage, name.title)
    for mark in ending_marks(passage, before):
        if mark.kind in ("object", "past", "act") and not _is_intransitive_use(passage, mark):
            found.append(mark)
            break
    if not found:
        found += _shared_object(passage, name, names)
    return found + list_before(passage, name, names)


def _shared_object(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """«arrested X, Y and Z»: a name joined to one that is the object is an object too."""
    before = [one for one in names if one.last < name.first]
    other = before[-1] if before and only_joins(passage, before[-1].last, name.title) else None
    if other is None:
        return []
    marks = [
        m for m in ending_marks(passage, _skip_titles(passage, other.title)) if m.kind in ("object", "past", "act")
    ]
    own = [m for m in marks if not _is_intransitive_use(passage, m)]
    return own[:1] or _shared_object(passage, other, names)


def _skip_titles(passage: Passage, at: int) -> int:
    """Back over roles and articles: «murdered the union activist X», «release from prison of X»."""
    for _ in range(5):
        if at > 0 and (
            passage.tokens[at - 1].low
            in ("the", "a", "an", "and", "former", "union", "trade", "local", "his", "her", "their", "our", "fellow")
            or passage.marks.ending("title", at)
            or passage.marks.at("adjective", at - 1)
        ):
            if passage.tokens[at - 1].low == "and" or ending_marks(passage, at):
                break
            mark = passage.marks.ending("title", at)
            at = mark.first if mark else at - 1
        else:
            break
    return at


def _is_intransitive_use(passage: Passage, mark: Mark) -> bool:
    """«were killed X ...»: after a form of be the past is a passive of someone else."""
    before = [token.low for token in passage.tokens[max(0, mark.first - 2) : mark.first]]
    return mark.kind == "past" and any(word in ("was", "were", "been", "be", "is", "are") for word in before)


def _after_english(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """«X was shot dead», «X, a welder, died», «X and Y were arrested», «X, who had been detained»."""
    at, passive, steps = over_names(passage, name, names), False, 0
    commas = 0
    while at < len(passage.tokens) and steps < 14:
        token = passage.tokens[at]
        marks = [m for m in person_marks(passage, at) if m.kind in ("past", "after", "adjective", "custody")]
        strong = [m for m in marks if m.kind in ("after", "custody") or passive]
        if strong and (commas != 1 or _closes(passage, name, at) or any(m.kind == "custody" for m in strong)):
            best = max(strong, key=lambda m: m.last)
            return [best, *_second(passage, best.last)]
        if token.low in _BE or _ADVERB.match(token.low) or token.low in _WHO:
            passive = passive or token.low in _PASSIVE
        elif token.low == ",":
            commas += 1
            if commas > 2:
                return []
        elif commas == 1 and not passage.marks.at("say", at) and not passive:
            pass
        else:
            return []
        at += 1
        steps += 1
    return []


def _second(passage: Passage, at: int) -> list[Mark]:
    """«was beaten by police and later died»: a second verb of the same subject."""
    joined = next((k for k in range(at, min(len(passage.tokens), at + 4)) if passage.tokens[k].low == "and"), None)
    if joined is None or any(passage.tokens[k].low in (",", ".") for k in range(at, joined)):
        return []
    after = joined + 1
    while after < len(passage.tokens) and (
        _ADVERB.match(passage.tokens[after].low) or passage.tokens[after].low in ("later", "then", "also")
    ):
        after += 1
    return [m for m in person_marks(passage, after) if m.kind in ("past", "after")][:1]


def _closes(passage: Passage, name: Name, at: int) -> bool:
    """Is the comma before the verb the one of a relative clause («X, who was killed»)?"""
    between = [token.low for token in passage.tokens[name.last : at]]
    apposed = name.first > 0 and passage.tokens[name.title - 1].low == ","
    return between[:1] == [","] and (between[1:2] in (["who"], ["was"], ["is"], ["currently"], ["now"]) or apposed)
