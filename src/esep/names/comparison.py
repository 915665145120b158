"""Comparing two names: a score with its parts and with reasons in words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from esep.names.alignment import Aligned, Alignment, align, pair_likeness
from esep.names.parts import NameParts, Role, parse
from esep.names.reasons import left_over_reasons, order_reason, pair_reason

_OF_KIN = -1.0
_OTHER_KIN_SCORE = 0.02


@dataclass(frozen=True, slots=True)
class PartComparison:
    """One part of two names: the words compared as written, and how alike they are in [0, 1]."""

    part: Role
    left: str
    right: str
    score: float


@dataclass(frozen=True, slots=True)
class NameComparison:
    """What comparing two names gives.

    `score` is the probability, from the names alone and at even odds, that they are one person's, or None when
    there is nothing to compare (a name is missing, or one text describes somebody by a relative);
    `parts` are the words that were set against each other; `reasons` say in words what counted.
    """

    score: float | None
    parts: tuple[PartComparison, ...]
    reasons: tuple[str, ...]

    def text(self) -> str:
        """Score, reasons and parts, one a line."""
        head = "nothing to compare" if self.score is None else f"{self.score:.2f}"
        lines = [f"{head}: {'; '.join(self.reasons)}"]
        lines += [f"  {part.part}: {part.left} | {part.right}  {part.score:.2f}" for part in self.parts]
        return "\n".join(lines)

    def json(self) -> dict[str, object]:
        """The same as values that JSON can carry; `score` is null when there is nothing to compare."""
        parts = [{"part": one.part, "left": one.left, "right": one.right, "score": one.score} for one in self.parts]
        return {"score": self.score, "parts": parts, "reasons": list(self.reasons)}


def compare(left: str, right: str) -> NameComparison:
    """Compare two names of persons in any scripts and orders.

    Evidence is added over the parts: agreement of a given and a family name makes the score high, one clear
    disagreement makes it low whatever else agrees (brothers share everything but the given name), and a part
    that only one side has is missing, not different. `compare(a, b)` and `compare(b, a)` have the same score.
    """
    if right < left:
        return _turned(compare(right, left))
    one, two = parse(left), parse(right)
    if not one.tokens or not two.tokens:
        return NameComparison(None, (), (_nothing(one, two),))
    if (one.kin is None) != (two.kin is None):
        return NameComparison(None, (), ("one side describes a person by a relative: nothing to compare",))
    best, alias = _best(one, two)
    if not best.aligned and not best.parted:
        return NameComparison(None, (), ("the two names have no part in common: nothing to compare",))
    return NameComparison(_score(best, one, two), _parts(best), _reasons(best, one, two, alias=alias))


def part_likeness(left: str, right: str) -> float | None:
    """Likeness in [0, 1] of one part of two names (given with given, family with family), None when one is empty.

    For tables that hold the parts in columns of their own. The words of the shorter side each take their likest word
    of the other, and the mean counts; it is a likeness, not a probability: from about 0.78 up it speaks for one name.
    """
    one, two = parse(left).tokens, parse(right).tokens
    if not one or not two:
        return None
    short, long = sorted((one, two), key=len)
    return sum(max(pair_likeness(word, other) for other in long) for word in short) / len(short)


def scores(pairs: Iterable[tuple[str, str]]) -> list[float | None]:
    """Scores of many pairs, without reasons: the same numbers as `compare(left, right).score`, several times faster."""
    return [_score_of(left, right) for left, right in pairs]


def _score_of(left: str, right: str) -> float | None:
    if right < left:
        left, right = right, left
    one, two = parse(left), parse(right)
    if not one.tokens or not two.tokens or (one.kin is None) != (two.kin is None):
        return None
    best, _ = _best(one, two)
    return _score(best, one, two) if best.aligned or best.parted else None


def _best(one: NameParts, two: NameParts) -> tuple[Alignment, bool]:
    """Best alignment over the names and the aliases that either text states; whether an alias gave it."""
    best, alias = align(one, two), False
    for left in (one, *one.aliases):
        for right in (two, *two.aliases):
            if left is one and right is two:
                continue
            other = align(left, right)
            if other.weight > best.weight:
                best, alias = other, True
    return best, alias


def _score(best: Alignment, one: NameParts, two: NameParts) -> float:
    if one.kin != two.kin:
        return _OTHER_KIN_SCORE
    weight = best.weight + (_OF_KIN if one.kin else 0.0)
    return 1.0 / (1.0 + math.exp(-weight)) if weight > -700 else 0.0


def _part(pair: Aligned) -> Role:
    for role in (pair.left_role, pair.right_role):
        if role not in ("unknown", "initial"):
            return role
    return pair.left_role


def _parts(best: Alignment) -> tuple[PartComparison, ...]:
    return tuple(
        PartComparison(_part(pair), pair.left.written, pair.right.written, round(pair.likeness, 4))
        for pair in best.aligned
    )


def _reasons(best: Alignment, one: NameParts, two: NameParts, *, alias: bool) -> tuple[str, ...]:
    found = []
    if one.kin and one.kin != two.kin:
        found.append(f"{one.kin} and {two.kin} of somebody: two people")
    elif one.kin:
        found.append(f"both describe the {one.kin} of somebody")
    if alias:
        found.append("by a name that one side states as an alias")
    if best.parted:
        found.append("the same letters, parted into words differently")
    else:
        ranked = sorted(best.aligned, key=lambda pair: pair.likeness)
        found += [pair_reason(pair, _part(pair)) for pair in ranked]
        found += left_over_reasons(best)
        found += order_reason(best, one, two)
    return tuple(found)


def _nothing(one: NameParts, two: NameParts) -> str:
    if not one.tokens and not two.tokens:
        return "no name on either side: nothing to compare"
    return "no name on one side: nothing to compare"


def _turned(comparison: NameComparison) -> NameComparison:
    parts = tuple(PartComparison(part.part, part.right, part.left, part.score) for part in comparison.parts)
    return NameComparison(comparison.score, parts, comparison.reasons)
