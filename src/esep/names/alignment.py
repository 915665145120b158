"""Setting the words of two names against each other, each word at most once, and weighing what that shows."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from esep.names.likeness import (
    ABBREVIATED,
    SHORT_FORM,
    initial_alike,
    is_abbreviation,
    is_short_form,
    sounds_alike,
    stems_alike,
    words_alike,
)
from esep.names.parts import NameParts, Role
from esep.names.tokens import Token

# Set by hand on made pairs and looked at on name_bench; benchmarks/names has the figures they give on data kept back.
_BASE = -2.3
_MOST_FOR = 6.0
_PATRONYMIC_FOR = 0.5
_MISSING = {"given": -0.6, "family": -0.6, "unknown": -0.6, "patronymic": -0.1, "initial": -0.1}
_LIKENESS = (0.0, 0.4, 0.6, 0.75, 0.85, 1.0)
_EVIDENCE = (-6.0, -5.0, -3.0, -0.5, 1.0, 2.9)
_WORDS_PARTED = 0.93
_CLEARLY_OTHER = 0.4  # below it no closer look can make the words alike
_OTHER_STYLE = 0.97
_ENDING_ON_ONE_SIDE = 0.93
_PATRONYMIC_AGAINST_OTHER = 0.77
_OTHER_SECOND_HALF = 0.68
_OTHER_KNOWN_NAME = 0.7
_TOO_UNLIKE_TO_CROSS = 0.7
_CACHED_PAIRS = 1 << 16


class Aligned(NamedTuple):
    """Two words set against each other, the role each has in its name, and their likeness in [0, 1]."""

    left: Token
    right: Token
    left_role: Role
    right_role: Role
    likeness: float


class Alignment(NamedTuple):
    """All aligned words of two names, the words left over on either side, and what it adds up to.

    `weight` is the natural log odds that the names are one person's; `parted` says that it rests on the letters
    of the whole name because one side writes words together that the other parts.
    """

    aligned: tuple[Aligned, ...]
    left_over: tuple[tuple[Token, Role], ...]
    right_over: tuple[tuple[Token, Role], ...]
    weight: float
    parted: bool = False


def align(left: NameParts, right: NameParts) -> Alignment:
    """Best alignment of two names, greedily from the likest pair of words down."""
    lefts, rights = tuple(zip(left.tokens, left.roles, strict=True)), tuple(zip(right.tokens, right.roles, strict=True))
    by_role = left.sure and right.sure
    found = []
    for row, (one, one_role) in enumerate(lefts):
        for place, (two, two_role) in enumerate(rights):
            if by_role and one_role != two_role and not _initial_fits(one_role, two_role):
                continue
            alike = pair_likeness(one, two)
            if one_role == two_role or alike >= _TOO_UNLIKE_TO_CROSS or "patronymic" not in (one_role, two_role):
                found.append((-alike, row, place))
    found.sort()
    free_left, free_right = set(range(len(lefts))), set(range(len(rights)))
    aligned = []
    for minus_alike, row, place in found:
        if row in free_left and place in free_right:
            free_left.remove(row)
            free_right.remove(place)
            aligned.append(Aligned(lefts[row][0], rights[place][0], lefts[row][1], rights[place][1], -minus_alike))
    left_over, right_over = tuple(lefts[i] for i in sorted(free_left)), tuple(rights[i] for i in sorted(free_right))
    return _weighed(left, right, aligned=tuple(aligned), left_over=left_over, right_over=right_over)


def _initial_fits(one: Role, two: Role) -> bool:
    """An initial may stand for a given name or a patronymic, never for a family name that is known."""
    return "initial" in (one, two) and "family" not in (one, two)


@lru_cache(maxsize=_CACHED_PAIRS)
def pair_likeness(left: Token, right: Token) -> float:
    """Likeness of two words: whole words, or stems where an ending shows the part of the name on either side."""
    if left.kind == "initial" or right.kind == "initial":
        return initial_alike(left, right) if left.kind == "initial" else initial_alike(right, left)
    if is_abbreviation(left, right) or is_abbreviation(right, left):
        return ABBREVIATED
    if is_short_form(left, right) or is_short_form(right, left):
        return SHORT_FORM
    if left.second_half and right.second_half and left.second_half != right.second_half:
        return min(_OTHER_SECOND_HALF, _whole_or_stem(left, right))
    if left.known and right.known and left.sounds != right.sounds:
        return min(_OTHER_KNOWN_NAME, _whole_or_stem(left, right))
    return _whole_or_stem(left, right)


def _whole_or_stem(left: Token, right: Token) -> float:
    whole = words_alike(left, right)
    if whole < _CLEARLY_OTHER or left.kind == right.kind == "word":
        return whole
    stem = stems_alike(left, right)
    if left.kind != right.kind:
        factor = _ENDING_ON_ONE_SIDE if "patronymic" not in (left.kind, right.kind) else _PATRONYMIC_AGAINST_OTHER
        return max(whole * factor, stem * factor)
    if left.style == right.style and left.sex == right.sex:
        return min(whole, stem) if left.kind == "patronymic" else (whole + stem) / 2
    return max(whole, stem) * (_OTHER_STYLE if left.sex == right.sex else _ENDING_ON_ONE_SIDE)


def evidence(likeness: float) -> float:
    """Log odds that two aligned words add: straight lines between measured points, below 0 under 0.78."""
    if likeness >= 1.0:
        return _EVIDENCE[-1]
    place = bisect_right(_LIKENESS, likeness) - 1
    share = (likeness - _LIKENESS[place]) / (_LIKENESS[place + 1] - _LIKENESS[place])
    return _EVIDENCE[place] + share * (_EVIDENCE[place + 1] - _EVIDENCE[place])


def _weighed(
    left: NameParts,
    right: NameParts,
    *,
    aligned: tuple[Aligned, ...],
    left_over: tuple[tuple[Token, Role], ...],
    right_over: tuple[tuple[Token, Role], ...],
) -> Alignment:
    """Sum of evidence: agreement up to a ceiling, every disagreement in full, a little against for missing words."""
    agreeing = against = 0.0
    for pair in aligned:
        weight = evidence(pair.likeness)
        if weight < 0:
            against += weight
        elif pair.left_role == pair.right_role == "patronymic":
            agreeing += weight * _PATRONYMIC_FOR
        else:
            agreeing += weight
    missing = sum(_MISSING[role] for _, role in (*left_over, *right_over))
    weight = _BASE + min(agreeing, _MOST_FOR) + against + missing
    together = _written_together(left, right) if len(left.tokens) != len(right.tokens) else None
    if together is not None and together > weight:
        return Alignment(aligned, left_over, right_over, together, True)
    return Alignment(aligned, left_over, right_over, weight)


def _written_together(left: NameParts, right: NameParts) -> float | None:
    """Weight of two names that part their words differently but have the same letters in the same order."""
    alike = sounds_alike(
        left.joined, right.joined, left_classes=left.joined_classes, right_classes=right.joined_classes
    )
    return _BASE + 2 * evidence(alike) - 0.3 if alike >= _WORDS_PARTED else None
