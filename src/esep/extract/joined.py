"""Fates said once for several people: of a list, of a whole whose part is counted, of a figure without a noun.

Everything here is looked for only where the people counted have no verb of their own.
"""

from __future__ import annotations

import re

from esep.extract.clauses import Clause, Finding
from esep.extract.counted import Counted
from esep.extract.lexicon import Mark, lexicon
from esep.extract.tolls import best_ending

_AND = frozenset(("and", "и", "та", "і", "й", "plus", "also", "также", "також"))
_DASH = ("–", "—", "-")
_STRAIGHT = ("object", "trans", "act", "past", "either")
_FARTHEST = 9
_PREPOSITIONS = frozenset(
    "в во на у из с со от при под над за возле около около к по до із зі з від при під над за біля до по".split()
)
_PARTICIPLE = re.compile(r"(?:ых|их|ые|ие|ыми|ими|ым|им|ого|его|ому|ему|ую|ая|ой|ей|ші|ні|лі|ті)(?:ся)?$")
_WHOLE = frozenset("of among in из среди числе из-под із серед числі з".split())
_INCLUDES = frozenset(
    "includes include included including comprise comprises comprised входят входит вошли входять".split()
)
_ENDS = frozenset('. ; , ! ? ) ” » "'.split())
_LABEL_REACH = 8
_CONTRAST = ("say", "according", "say_passive", "speaker")


def list_fate(one: Counted, clause: Clause) -> Finding | None:
    """«killing the bride and seven guests», «уволена вся бригада — 17 человек»: the verb before the whole list."""
    at = one.first - 1
    if at < 1 or clause.tokens[at].low not in (*_AND, *_DASH):
        return None
    for back in range(at, max(0, at - _FARTHEST), -1):
        fate = best_ending(clause, back, kinds=_STRAIGHT)
        if fate is not None:
            return Finding(fate, "left") if back < at and not _is_passive(clause, fate) else None
        if not _is_phrase(clause, back - 1):
            return None
    return None


def _is_passive(clause: Clause, fate: Mark) -> bool:
    return clause.language == "en" and any(
        clause.marks.at("be", at) for at in range(max(0, fate.first - 2), fate.first)
    )


def _is_phrase(clause: Clause, at: int) -> bool:
    """May this word stand inside a list of people: a noun, its adjective or owner, a comma, an «and»?"""
    token = clause.tokens[at]
    if token.low in (",", *_AND):
        return True
    if token.kind != "word" or token.low in _PREPOSITIONS or clause.marks.at("say", at) or clause.marks.at("be", at):
        return False
    other = clause.ends(at + 1)
    return other is None or other.is_bare


def over_preposition(one: Counted, clause: Clause) -> Finding | None:
    """«увели с площади семерых пекарей»: between verb and people only a place or time with its preposition."""
    if clause.language not in ("ru", "uk") or one.first < 3:
        return None
    at = one.first
    for back in range(at, max(0, at - 5), -1):
        fate = best_ending(clause, back, kinds=("trans", "either"))
        if fate is not None:
            return Finding(fate, "left") if back < at and clause.tokens[back].low in _PREPOSITIONS else None
        token = clause.tokens[back - 1]
        if (
            token.kind not in ("word", "number", "date")
            or clause.ends(back) is not None
            or clause.marks.at("say", back - 1)
        ):
            return None
    return None


def split_verb(one: Counted, clause: Clause) -> Finding | None:
    """«Ауруханаға 22 адам жеткізілді», «в больницу 12 человек доставили»: the people stand inside the phrase."""
    if clause.language == "en":
        return None
    tokens = clause.tokens
    for right in range(one.last, min(len(tokens), one.last + 3)):
        if right > one.last and not clause.marks.at("filler", right - 1):
            return None
        for left in range(max(0, one.first - 3), one.first):
            whole = (*tokens[left : one.first], *tokens[right : right + 2])
            marks = lexicon(clause.language).mark(whole).all_at("fate", 0)
            reach = one.first - left
            over = [mark for mark in marks if mark.last > reach and mark.kind in ("verb", "either", "trans")]
            if over:
                best = max(over, key=lambda mark: mark.last)
                return Finding(Mark(best.rule, right, right + best.last - reach), "right")
    return None


def described(one: Counted, clause: Clause) -> Finding | None:
    """«двух братьев, застреленных охраной», «112 фамилий удерживаемых»: a participle right after the noun."""
    if clause.language not in ("ru", "uk") or one.people is None or one.last >= len(clause.tokens):
        return None
    at = one.last + (clause.tokens[one.last].low == ",")
    nouns = [mark for mark in clause.marks.all_at("fate", at) if mark.kind == "noun"]
    if not nouns or clause.starts(at) is not None or not _PARTICIPLE.search(clause.tokens[at].low):
        return None
    return Finding(max(nouns, key=lambda mark: mark.last), "noun")


def labelled(one: Counted, clause: Clause) -> Finding | None:
    """«Wounded in the clashes: 16 officers and four drivers»: the fate opens the sentence, a colon before the list."""
    colon = next((at for at in range(one.first - 1, 0, -1) if clause.tokens[at].low == ":"), None)
    if colon is None or colon > _LABEL_REACH or any(other.first < colon for other in clause.counted):
        return None
    fates = [mark for mark in clause.marks.of("fate") if mark.first <= 1 and mark.last <= colon]
    return Finding(max(fates, key=lambda mark: mark.last), "list") if fates else None


def whole_of(one: Counted, clause: Clause) -> Counted | None:
    """The people before of whom these are a part: «45 dead include six soldiers», «в числе 45 погибших — шестеро»."""
    before = [
        other for other in clause.counted if other.last <= one.first and not other.is_bare and other.figure.numbers
    ]
    if not before:
        return None
    whole = before[-1]
    between = [token.low for token in clause.tokens[whole.last : one.first]]
    if any(word in _INCLUDES for word in between) and len(between) <= 4:
        return whole
    opened = any(token.low in _WHOLE for token in clause.tokens[max(0, whole.first - 2) : whole.first])
    if opened and between and between[-1] in _DASH and len(between) <= 4:
        return whole
    genitive = clause.tokens[whole.last - 1].low.endswith(("ның", "нің", "дың", "дің", "тың", "тің"))
    return whole if clause.language == "kk" and genitive and not between else None


def is_elliptical(one: Counted, clause: Clause) -> bool:
    """A figure with nothing after it: «police counted 6,500», «the opposition speaks of hundreds»."""
    if one.people is not None or one.fates or one.is_bare or one.is_partitive or one.figure.vague == "many":
        return False
    return one.last >= len(clause.tokens) or clause.tokens[one.last].low in _ENDS


def contrasted(one: Counted, clause: Clause) -> Counted | None:
    """The people counted before, where another speaker's figure stands against theirs without a noun."""
    if not is_elliptical(one, clause):
        return None
    before = [other for other in clause.counted if other.last <= one.first and other.figure.vague != "many"]
    if not before or before[-1].is_bare:
        return None
    between = range(before[-1].last, one.first)
    spoken = any(clause.marks.at(cls, at) for cls in _CONTRAST for at in between)
    return before[-1] if spoken else None
