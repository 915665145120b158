"""Bodies and people named in a run of words: a list of organisers divided, words that name nobody refused."""

from __future__ import annotations

from itertools import pairwise

from esep.extract.passages import Passage

_AND = ("and", "и", "та", "і", "й", "as", "together")
_CUT = frozenset(
    "are is was were be been have has had will would can could may might after when while because since before that "
    "who "
    "которые который что чтобы после когда які який що щоб після коли".split()
)
_OPENERS = frozenset(
    "at the same time then however this during evening night morning all of in on also later on , and but тогда однако "
    "также "
    "затем позже тоді однак також потім".split()
)
_LONGEST = 40
_NOT_NAMES = frozenset(
    "we they these this those it he she you i consisting there we've мы они это эти ми вони це ці".split()
)
_ARTICLES = ("the", "a", "an", "of", "by", "members", "activists")


def divided(passage: Passage, start: int, end: int) -> list[tuple[int, int]]:
    """«the union X, the movement Y and the party Z» as three; «X and Y of one party» stays whole.

    A cut needs a name (capital letters or quotation marks) of its own on both sides.
    """
    first, last = passage.token_at(start), passage.token_at(end - 1) + 1
    while first < last and (passage.tokens[first].low in _OPENERS or _is_time(passage, first)):
        first += 1
    last = next((at for at in range(first, last) if passage.tokens[at].low in _CUT or _is_verb(passage, at)), last)
    if last <= first or last - first > _LONGEST:
        return []
    cuts, depth = [first], 0
    for at in range(first + 1, last - 1):
        depth += (passage.tokens[at].low == "(") - (passage.tokens[at].low == ")")
        if depth > 0:
            continue
        comma = passage.tokens[at].low == ","
        joined = passage.tokens[at].low in _AND and not _is_inside(passage, at)
        if (
            (comma or joined)
            and not _is_inside(passage, at)
            and _is_named(passage, cuts[-1], at)
            and _opens_name(passage, at + 1, last)
        ):
            cuts.append(at + 1)
    pieces = (_trimmed(passage, one, two) for one, two in pairwise([*cuts, last]))
    return [passage.quote(*piece) for piece in pieces if piece is not None]


def _is_time(passage: Passage, at: int) -> bool:
    start = passage.tokens[at].start
    return any(date.start <= start < date.end for date in passage.dates)


def _is_verb(passage: Passage, at: int) -> bool:
    """A finite verb of harm or action ends the words that name who did it."""
    harm = any(mark.kind in ("past", "object", "trans") for mark in passage.marks.all_at("fate", at))
    deed = passage.marks.at("deed", at)
    plain = passage.tokens[at].quote.islower() and not _is_inside(passage, at) and not passage.marks.at("people", at)
    return plain and (harm or (deed is not None and deed.kind == "verb"))


def _is_inside(passage: Passage, at: int) -> bool:
    return passage.is_quoted(passage.tokens[at].start, passage.tokens[at].end)


def _is_named(passage: Passage, first: int, last: int) -> bool:
    return any(
        (passage.tokens[at].is_capital and at > 0) or passage.tokens[at].low in ("“", "«", '"')
        for at in range(first, last)
    )


def _opens_name(passage: Passage, at: int, last: int) -> bool:
    """Does a body of its own begin here: a head («the union», «movement») or a name, within three words?"""
    for here in range(at, min(last, at + 4)):
        token = passage.tokens[here]
        if passage.marks.at("org_head", here) or token.low in ("“", "«", '"'):
            return True
        if token.is_capital:
            return here == at or passage.tokens[here - 1].low in (*_ARTICLES, *_AND)
    return False


def _trimmed(passage: Passage, first: int, last: int) -> tuple[int, int] | None:
    while first < last and passage.tokens[first].low in (",", *_AND, "by"):
        first += 1
    while last > first and passage.tokens[last - 1].low in (
        ",", *_AND, "of", "the", "also", "even", "then", "keep", "to", "intends", "went", "on"
    ):  # fmt: skip
        last -= 1
    return (first, last) if last > first else None


def names_somebody(passage: Passage, start: int, end: int) -> bool:
    """Do the words name people or a body: a known noun of people, a head of organisations, a name? «region» is none."""
    first, last = passage.token_at(start), passage.token_at(end - 1) + 1
    if passage.tokens[first].low in _NOT_NAMES:
        return False
    for at in range(first, last):
        known = any(passage.marks.covering(cls, at) for cls in ("people", "people_one", "org_head", "speaker", "kin"))
        token = passage.tokens[at]
        place = any(mention.start <= token.start < mention.end for mention in passage.places)
        if known or (token.is_capital and at > 0 and not place) or token.low in ("“", "«"):
            return True
    return False
