"""What happened to the people counted: the fate whose grammatical patient they are, never merely the nearest word.

English: a passive («12 were killed»), an intransitive verb («12 died»), an object («killed 12»), the noun of an act
(«the
death of 12»). Russian and Ukrainian: the same, with the participle or verb before or after. Kazakh: the verb comes
last.
Whoever does the killing («two bombers killed ten») is an agent and gets no fate.
"""

from __future__ import annotations

from collections.abc import Callable

from esep.extract.clauses import Clause, Finding
from esep.extract.counted import Counted
from esep.extract.joined import contrasted, described, labelled, list_fate, over_preposition, split_verb, whole_of
from esep.extract.lexicon import Mark
from esep.extract.patients_after import LEFT_KINDS, left, left_adjacent
from esep.extract.tokens import Token
from esep.extract.tolls import best_at, best_ending, list_label, toll_of

_REACH = 12
_DEGREES = (
    "seriously",
    "critically",
    "severely",
    "badly",
    "gravely",
    "тяжело",
    "серьёзно",
    "серьезно",
    "важко",
    "тяжко",
    "ауыр",
)
_CLAUSE = frozenset(
    "; : when while but because after before although though since if unless until whereas as so "
    "когда пока но потому хотя если чтобы поскольку тогда причём причем "
    "коли поки але бо хоча якщо щоб оскільки тоді причому".split()
)
_JOINS = frozenset(", and or & as well и или а также и/или і й та або а також және мен бен пен тағы да".split())
_OBLIQUE = ("да", "де", "та", "те", "нда", "нде", "мен", "пен", "бен", "дан", "ден", "тан", "тен", "нан", "нен", ",")
_ACCUSATIVE = ("ды", "ді", "ты", "ті", "ны", "ні", "ын", "ін", "уін", "ауын", "еуін")


def findings(one: Counted, clause: Clause) -> tuple[Finding, ...]:
    """Every fate of the people counted; empty where none is said or they are the agents."""
    if one.fates:
        chosen = tuple(Finding(fate, "noun") for fate in _distinct(one.fates))
        stronger = _later(one, clause)
        return chosen if stronger is None else (stronger,)
    for search in (split_verb, _own, _shared, _part_fate, labelled, list_fate, over_preposition, _of_another):
        found = search(one, clause)
        if found is not None:
            found = _to_death(one, found, clause)
            return (found, *_coordinated(found, clause)) if found.side in ("left", "right") else (found,)
    return ()


def _to_death(one: Counted, found: Finding, clause: Clause) -> Finding:
    """«kicked a prisoner to death»: the end outweighs the verb."""
    end = best_at(clause, one.last, kinds=("after",))
    deadly = end is not None and end.value == "killed" and end.rule.id.endswith("to_death")
    return Finding(end, "right") if end is not None and deadly and found.fate.value == "injured" else found


def _own(one: Counted, clause: Clause) -> Finding | None:
    """The fate that is said of these people themselves: a list, a toll, a verb or noun beside them."""
    order: tuple[Callable[[Counted, Clause], Finding | None], ...] = (
        list_label,
        toll_of,
        described,
        left_adjacent,
        _right,
        left,
    )
    if clause.language == "kk":
        order = (list_label, toll_of, _right, _modifier)
    found = next((found for found in (search(one, clause) for search in order) if found is not None), None)
    if clause.language == "kk" and found is not None and found.side == "right" and found.fate.value == "other-human":
        return _modifier(one, clause) or found  # «қамалған 23 адамды босату»: detained, whatever is done with them
    return found


def _distinct(fates: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple({fate.value: fate for fate in fates}.values())


def _later(one: Counted, clause: Clause) -> Finding | None:
    """«Three of the wounded died», «12 wounded were released»: what the verb says of people named by their fate."""
    before = left(one, clause, gap=0) if clause.language != "kk" else None
    if before is not None and before.fate.value == "killed" and before.fate.kind in ("act", "trans", "object", "past"):
        return before
    found = _right(one, clause)
    if found is not None and found.fate.first - one.last > 3 and clause.language != "en":
        return None
    return (
        found
        if found is not None and found.fate.value == "killed" and found.fate.kind in ("after", "either", "verb", "past")
        else None
    )


_RIGHT_KINDS = {
    "en": ("past", "after", "adjective", "deployed"),
    "ru": ("either", "trans", "deployed"),
    "uk": ("either", "trans", "deployed"),
    "kk": ("verb", "trans", "deployed", "post"),
}


def _right(one: Counted, clause: Clause) -> Finding | None:
    """The verb after the people: passive or intransitive, over fillers and coordinated people, within the clause."""
    at, passed, comma = one.last, 0, False
    limit = len(clause.tokens) if clause.language == "kk" else min(len(clause.tokens), one.last + 2 * _REACH)
    while at < limit and passed < (20 if clause.language == "kk" else _REACH):
        token = clause.tokens[at]
        if token.low in _CLAUSE or (
            clause.marks.at("say", at) and clause.language != "kk" and not clause.marks.at("filler", at)
        ):
            return None
        other = clause.starts(at)
        if other is not None and not (other.is_bare and clause.language != "en" and not _joins_before(one, clause, at)):
            if not _skips(one, other, clause):
                return None
            at = other.last
            continue
        fate = best_at(clause, at, kinds=_RIGHT_KINDS[clause.language])
        if fate is not None:
            return _accepted(one, fate, clause, comma=comma)
        stop = best_at(clause, at, kinds=("object",))
        if stop is not None and clause.language == "en" and not clause.marks.at("filler", at):
            return None
        comma = comma or token.low == ","
        passed += not clause.marks.at("filler", at) and token.kind == "word"
        at += 1
    return None


def _joins_before(one: Counted, clause: Clause, at: int) -> bool:
    return at == one.last + 1 and clause.tokens[one.last].low in _JOINS


def _skips(one: Counted, other: Counted, clause: Clause) -> bool:
    """May the search go over other people? Over a part («including two children») or those joined by «and»."""
    between = [token.low for token in clause.tokens[one.last : other.first]]
    if other.is_partitive and not _is_closed(other, clause):
        return False  # «ten wounded, two of whom died»: the verb is said of the two
    unknown = 1 if one.people is None and not one.fates and len(between) > 1 else 0  # «eight Maoists and two policemen»
    joined = bool(between) and all(word in _JOINS for word in between[unknown:])
    if other.is_bare and clause.language == "en" and between[:1] == [","]:
        return True  # an apposition: «two of the injured, a man of 54 and his nephew, died»
    inside = any(one.last <= mark.first < other.first for mark in clause.marks.of("scope") if mark.value == "subset")
    closed = other.last < len(clause.tokens) and clause.tokens[other.last].low in (",", ")", "–", "—")
    scope = inside and closed
    return (joined and not other.fates) or scope or (joined and other.is_bare)


def _is_closed(other: Counted, clause: Clause) -> bool:
    """Does a comma or bracket end the words of a part soon after it («two of them officers, were killed»)?"""
    if clause.language == "kk":
        return False
    return any(token.low in (",", ")", "–", "—") for token in clause.tokens[other.last : other.last + 3])


def _accepted(one: Counted, fate: Mark, clause: Clause, *, comma: bool) -> Finding | None:  # noqa: PLR0911 - one way out a rule
    """Is this verb really said of these people as the patient?"""
    found = Finding(fate, "right")
    following = clause.tokens[fate.last].low if fate.last < len(clause.tokens) else ""
    if fate.kind == "after" and following == "by" and fate.value in ("supporters", "protest-participants"):
        return None  # «200 officers, backed by armoured cars»
    if fate.kind in ("after", "adjective", "either", "verb", "deployed", "post"):
        if fate.kind == "adjective" and not _is_passive(one, fate, clause) and fate.first != one.last:
            return None
        if fate.kind == "deployed":
            return found if one.population == "troops" else None
        if comma and fate.kind == "either" and _is_taken(one, fate, clause):
            return None
        return found
    if fate.kind == "past":
        if _is_passive(one, fate, clause):
            return found
        # «15 people, most of them women, drowned»
        aside = clause.tokens[one.last].low == "," == clause.tokens[fate.first - 1].low
        return None if _has_object(clause, fate) or (comma and not aside and fate.first - one.last > 1) else found
    if fate.kind == "trans" and clause.language == "kk":
        accusative = clause.tokens[one.last - 1].low.endswith(_ACCUSATIVE) or one.figure.case in _ACCUSATIVE
        gap = range(one.last + (one.people is None), fate.first)
        beside = all(clause.marks.covering("filler", at) or clause.tokens[at].low.endswith(_OBLIQUE) for at in gap)
        return found if accusative or (beside and one.population != "troops") else None
    if fate.kind == "trans":
        accusative = clause.tokens[one.figure.core[0]].low in (
            "двоих",
            "троих",
            "четверых",
            "пятерых",
            "двох",
            "трьох",
            "чотирьох",
        )
        if accusative or (not _has_object(clause, fate) and one.population != "troops"):
            return found
    return None


def _is_taken(one: Counted, fate: Mark, clause: Clause) -> bool:
    """After a comma a Russian participle belongs to the people that follow it at once («12 погибли, ранены 40»)."""
    return clause.starts(fate.last) is not None


def _is_passive(one: Counted, fate: Mark, clause: Clause) -> bool:
    window = range(max(one.last, fate.first - 5), fate.first)
    return any(clause.marks.covering("be", at) is not None for at in window)


def _has_object(clause: Clause, fate: Mark) -> bool:
    """Does an object follow the verb: an article, a number, people, a name?"""
    at = fate.last
    if at >= len(clause.tokens):
        return False
    token = clause.tokens[at]
    if clause.starts(at) is not None or clause.marks.at("article", at) or clause.marks.at("possessive", at):
        return True
    if (
        token.low in ("the", "them", "him", "her", "at", "more", "about", "up", "over", "nearly", "around")
        and clause.language == "en"
    ):
        following = clause.starts(at) or (token.low in ("the", "them", "him", "her") and not _is_time(clause, at + 1))
        return bool(following)
    if clause.marks.at("people", at) or clause.marks.at("people_one", at) or clause.marks.at("hedge", at):
        return True
    return token.kind == "number" or (
        token.is_capital
        and clause.language != "kk"
        and not clause.marks.at("weekday", at)
        and not clause.marks.at("month", at)
    )


def _is_time(clause: Clause, at: int) -> bool:
    return clause.marks.at("unit", at) is not None


def _modifier(one: Counted, clause: Clause) -> Finding | None:
    """Kazakh: a participle before the figure («қаза тапқан 12 адам»)."""
    fate = best_ending(clause, one.first, kinds=("verb", "trans", "noun"))
    if fate is None:
        return None
    last = clause.tokens[fate.last - 1].low
    return Finding(fate, "left") if last.endswith(("ған", "ген", "қан", "кен")) or last == "құрбаны" else None


def _shared(one: Counted, clause: Clause) -> Finding | None:
    """«killed 12 civilians and three soldiers»: people joined to others before them share their fate."""
    if one.people is None and not one.is_bare:
        return None
    other = _joined_before(one, clause)
    while other is not None:
        found = Finding(other.fates[0], "noun") if other.fates else _own(other, clause)
        if found is not None:
            return Finding(found.fate, "shared") if found.side == "left" and found.fate.kind != "toll" else None
        other = _joined_before(other, clause)
    return None


def _joined_before(one: Counted, clause: Clause) -> Counted | None:
    """The people right before, with nothing but commas and «and» between."""
    at = one.first - 1
    while at > 0 and clause.tokens[at].low in _JOINS:
        at -= 1
    other = clause.ends(at + 1)
    return other if other is not None and at < one.first - 1 and other.first < one.first else None


def _part_fate(one: Counted, clause: Clause) -> Finding | None:
    """«среди погибших двое детей», «among the wounded were three women»: a part shares the fate of the whole."""
    for mark in clause.marks.of("scope"):
        if mark.value == "subset" and mark.last <= one.first and one.first - mark.last <= 3:
            fates = [
                f
                for f in clause.marks.of("fate")
                if f.kind == "noun" and (mark.first <= f.first or f.last == mark.first) and f.last <= one.first
            ]
            if fates:
                return Finding(fates[-1], "noun")
            whole = [other for other in clause.counted if other.last <= mark.first and not other.is_bare]
            if whole and not one.is_bare:
                return _fate_of_whole(whole, clause, side="noun")
    inside = [
        f
        for f in clause.marks.of("fate")
        if one.is_partitive and f.kind == "noun" and one.first < f.first and f.last <= one.last
    ]
    if inside:
        return Finding(inside[0], "noun")
    before = [other for other in clause.counted if other.last <= one.first and not other.is_bare]
    if before and (one.is_partitive or has_severity(one, clause.tokens)):
        return _fate_of_whole(before, clause, side="list")
    return None


def _of_another(one: Counted, clause: Clause) -> Finding | None:
    """The fate of the whole that these are a part of, or of the figure that another speaker's stands against."""
    whole = whole_of(one, clause)
    other = whole or contrasted(one, clause)
    if other is None:
        return None
    side = "noun" if whole else "list"
    if other.fates:
        return Finding(other.fates[0], side)
    found = _own(other, clause) or _shared(other, clause)
    return Finding(found.fate, side) if found is not None else None


def _fate_of_whole(before: list[Counted], clause: Clause, *, side: str) -> Finding | None:
    """What happened to the people a part is taken from: the last before it that are no part themselves."""
    whole = next((one for one in reversed(before) if not one.is_partitive), None)
    if whole is None:
        return None
    if whole.fates:
        return Finding(whole.fates[0], side)
    found = _own(whole, clause) or _shared(whole, clause)
    return Finding(found.fate, side) if found is not None else None


def has_severity(one: Counted, tokens: tuple[Token, ...]) -> bool:
    """«Twenty were hurt, two seriously»: a figure with nothing but a degree is a part of those before it."""
    bare = one.people is None and not one.fates and one.last < len(tokens)
    return bare and tokens[one.last].low in _DEGREES


def _coordinated(found: Finding, clause: Clause) -> tuple[Finding, ...]:
    """«killed and wounded scores», «were wounded and missing»: a second fate of the same people, not separable by
    number.
    """
    fate, more = found.fate, list[Finding]()
    if found.side == "right":
        join = fate.last < len(clause.tokens) and clause.tokens[fate.last].low in (
            "and",
            "or",
            "и",
            "или",
            "і",
            "й",
            "та",
            "або",
            "және",
        )
        other = best_at(clause, fate.last + 1, kinds=_RIGHT_KINDS[clause.language]) if join else None
        if other is not None and other.value != fate.value and not _takes_own(clause, other):
            more.append(Finding(other, "right", inseparable=True))
    elif (
        found.side == "left"
        and fate.first > 1
        and clause.tokens[fate.first - 1].low in ("and", "or", "и", "или", "і", "й", "та")
    ):
        other = best_ending(clause, fate.first - 1, kinds=LEFT_KINDS[clause.language])
        shot = other is not None and clause.tokens[other.first].low == "shot"  # «shot and killed» is one fate
        if other is not None and not shot and other.value != fate.value and clause.ends(other.first) is None:
            more.append(Finding(other, "left", inseparable=True))
    return tuple(more)


def _takes_own(clause: Clause, fate: Mark) -> bool:
    """Has the second verb people of its own («were killed and injured 40»)?"""
    return clause.starts(fate.last) is not None
