"""People who stand after the verb or noun of their fate: «killing 70», «гибель 12 человек»."""

from __future__ import annotations

from esep.extract.clauses import Clause, Finding
from esep.extract.counted import Counted
from esep.extract.lexicon import Mark
from esep.extract.tolls import best_ending

_LEFT_GAP = 3
LEFT_KINDS = {
    "en": ("object", "past", "act", "deployed"),
    "ru": ("either", "trans", "act", "object", "deployed"),
    "uk": ("either", "trans", "act", "object", "deployed"),
    "kk": (),
}


def left_adjacent(one: Counted, clause: Clause) -> Finding | None:
    """Russian and Ukrainian: the verb or noun right before the figure."""
    return left(one, clause, gap=0)


def left(one: Counted, clause: Clause, *, gap: int = _LEFT_GAP) -> Finding | None:
    """The verb or noun of the act before the people: «killing 70», «гибель 12 человек», over at most three fillers."""
    at = one.first
    for _ in range(gap + 2):
        fate = best_ending(clause, at, kinds=LEFT_KINDS[clause.language])
        if fate is not None:
            return _accepted_left(one, fate, clause)
        if at == 0 or clause.tokens[at - 1].kind != "word" or clause.ends(at) is not None:
            return None
        if not (
            clause.tokens[at - 1].low in ("ли", "же")
            or clause.marks.at("filler", at - 1)
            or clause.marks.at("hedge", at - 1)
            or clause.tokens[at - 1].low in ("another", "of", "by")
        ):
            return None
        if gap == 0 and clause.tokens[at - 1].low not in ("ли", "же"):
            return None
        if clause.language == "en" and clause.tokens[at - 1].low in (
            "with",
            "by",
            "from",
            "near",
            "in",
            "on",
            "and",
            "or",
            "not",
        ):
            return None
        at -= 1
    return None


def _accepted_left(one: Counted, fate: Mark, clause: Clause) -> Finding | None:
    if fate.kind == "deployed" and one.population != "troops":
        return None
    if fate.kind == "past" and clause.language == "en":
        window = range(max(0, fate.first - 2), fate.first)
        if any(clause.marks.at("be", at) for at in window):
            return None
    if (
        fate.kind == "either"
        and clause.ends(fate.first) is not None
        and clause.tokens[fate.last - 1].end == clause.tokens[one.first - 1].end
    ):
        # «трое погибли десять ранены»: the verb between two counts belongs to the one before it unless a join
        # says otherwise
        return None
    if fate.value == "other-human" and fate.kind == "object" and one.people is None:
        return None
    return Finding(fate, "left")
