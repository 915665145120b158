"""Running figures («the death toll rose to 66») and lists («Killed: 12»); the fates that begin or end at a token."""

from __future__ import annotations

from esep.extract.clauses import Clause, Finding
from esep.extract.counted import Counted
from esep.extract.lexicon import Mark

_HARM_FIRST = ("killed", "injured", "missing", "detained", "convicted", "dismissed")


def list_label(one: Counted, clause: Clause) -> Finding | None:
    """«Killed: 12», «Ранены — 30»."""
    at = one.first - 1
    if at < 1 or clause.tokens[at].low not in (":", "–", "—", "-"):
        return None
    fate = best_ending(clause, at, kinds=None)
    return Finding(fate, "list") if fate is not None and (one.people is None or one.population == "person") else None


def toll_of(one: Counted, clause: Clause) -> Finding | None:
    """«The death toll rose to 66», «число погибших достигло 25», «қаза тапқандар саны 12-ге жетті»."""
    if one.people is not None and one.population not in ("person", "worker", "civilian"):
        return None
    tolls = [
        m for m in clause.marks.of("fate") if m.kind == "toll" and m.last <= one.first and one.first - m.last <= 12
    ]
    for toll in reversed(tolls):
        between = clause.tokens[toll.last : one.first]
        if any(token.low in (";", ".") for token in between):
            continue
        others = [
            c for c in clause.counted if toll.last <= c.first < one.first and not c.figure.superseded and c.people
        ]
        if not others and (_reaches(clause, toll.last, one.first) or len(between) <= 4):
            return Finding(toll, "toll")
    return None


def _reaches(clause: Clause, first: int, last: int) -> bool:
    reach = any(first <= mark.first <= last for mark in clause.marks.of("reach"))
    return reach or clause.language == "kk" or any(clause.marks.at("be", at) for at in range(first, last))


def best_ending(clause: Clause, index: int, *, kinds: tuple[str, ...] | None) -> Mark | None:
    """The longest fate that ends just before a token."""
    ending = [m for m in clause.marks.of("fate") if m.last == index and (kinds is None or m.kind in kinds)]
    return min(ending, key=lambda mark: (mark.first, _priority(mark)), default=None)


def _priority(mark: Mark) -> int:
    return _HARM_FIRST.index(mark.value) if mark.value in _HARM_FIRST else len(_HARM_FIRST)


def best_at(clause: Clause, index: int, *, kinds: tuple[str, ...]) -> Mark | None:
    """The longest fate of `kinds` that begins at a token, of equals the first by priority; None where none does."""
    at = [m for m in clause.marks.all_at("fate", index) if m.kind in kinds]
    return max(at, key=lambda mark: (mark.last, -_priority(mark)), default=None)
