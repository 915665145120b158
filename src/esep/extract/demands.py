"""Who asks what: the words of a demand, by whom, of whom. What became of it is for a person to record."""

from __future__ import annotations

from esep.extract.dating import Dated
from esep.extract.passages import Passage
from esep.extract.proposals import Proposal, Span

_END = frozenset(". ; ! ? “ ” » ) :".split())
_SKIP = frozenset("that for on to the of о об что на щоб что чтобы".split())
_ADDRESS = ("addressed to", "addressed at", "to the")
_MOST = 45


def demands_of(passage: Passage, *, last_date: Dated | None) -> list[Proposal]:
    """Demands of one sentence; several joined by commas are one proposal, for a person to divide."""
    found: list[Proposal] = []
    taken = -1
    marks = sorted(
        passage.marks.of("demand") + passage.marks.of("demand_noun"), key=lambda mark: (mark.first, -mark.last)
    )
    for mark in marks:
        if mark.first < taken:
            continue
        begin = _after_noun(passage, mark.first, mark.last)
        if begin is None:
            continue
        first, last = _kazakh(passage, mark.first) if passage.language == "kk" else _object(passage, begin)
        if last - first < 1 or not any(token.kind == "word" for token in passage.tokens[first:last]):
            continue
        taken = max(mark.last, last)
        found.append(_proposal(passage, mark.first, mark.last, first, last, rule=mark.rule.id, last_date=last_date))
    return found


def _after_noun(passage: Passage, verb: int, last: int) -> int | None:
    """Where the demand begins: «the demands of X for Y» asks Y; the bare noun («their demands were met») asks
    nothing.
    """
    word, before = passage.tokens[last - 1].low, passage.tokens[verb - 1].low if verb else ""
    if word not in ("demands", "demand", "требования", "требование", "вимоги", "вимога"):
        return last
    follows = passage.tokens[last].low if last < len(passage.tokens) else ""
    if follows == "of":
        wanted = next(
            (at for at in range(last, min(len(passage.tokens), last + 10)) if passage.tokens[at].low == "for"), None
        )
        return wanted + 1 if wanted is not None else None
    noun = before in (
        "their",
        "the",
        "our",
        "his",
        "just",
        "these",
        "of",
        "main",
        "its",
        "её",
        "их",
        "эти",
        "ці",
        "їхні",
    )
    return last if not noun or follows in ("for", "that", "to") else None


def _object(passage: Passage, first: int) -> tuple[int, int]:
    """The words after the verb to the end of the clause."""
    while first < len(passage.tokens) and passage.tokens[first].low in (",", "that", "что", "щоб", "чтобы"):
        first += 1
    last = first
    while last < len(passage.tokens) and last - first < _MOST and passage.tokens[last].low not in _END:
        if last > first + 2 and passage.tokens[last].low in ("and", "и", "та") and passage.marks.at("deed", last + 1):
            break
        last += 1
    while last > first and passage.tokens[last - 1].low in (",", "and", "и", "та"):
        last -= 1
    return first, last


def _kazakh(passage: Passage, verb: int) -> tuple[int, int]:
    """Kazakh: the words before the verb, from the last comma or the subject on."""
    first = verb
    while first > 0 and passage.tokens[first - 1].low not in (",", ";", ":") and verb - first < 12:
        first -= 1
    if first == 0 and verb - first > 2:
        people = [
            m.last
            for cls in ("people", "speaker", "org_head")
            for m in passage.marks.of(cls)
            if m.first <= 2 and m.last < verb
        ]
        first = max(people, default=0)
    return first, verb


def _proposal(
    passage: Passage, verb: int, verb_end: int, first: int, last: int, *, rule: str, last_date: Dated | None
) -> Proposal:
    start, end = passage.quote(min(verb, first), max(verb_end, last))
    inner = passage.quote(first, last)
    dates = [date for date in passage.dates if date.value and not date.is_past_year]
    date = dates[0] if dates else last_date
    by = _by(passage, verb)
    value: dict[str, object] = {
        "demand": " ".join(passage.text[inner[0] : inner[1]].split()),
        "by": passage.text[by[0] : by[1]] if by else None,
        "addressed_to": _addressee(passage),
        "date": date.value if date else None,
        "state": "open",
    }
    spans = [Span.of(passage.text, "demand", *inner)]
    if by:
        spans.append(Span.of(passage.text, "organiser", *by))
    return Proposal("demand", start, end, passage.text[start:end], tuple(spans), value, rule, passage.language)


def _by(passage: Passage, verb: int) -> tuple[int, int] | None:
    """The subject before the verb: the last people or body in the clause before it."""
    if passage.language == "kk":
        marks = [m for cls in ("people", "speaker", "org_head") for m in passage.marks.of(cls) if m.first <= 3]
    else:
        marks = [
            m
            for cls in ("people", "speaker", "org_head", "people_one")
            for m in passage.marks.of(cls)
            if m.last <= verb
        ]
    people = [mark for mark in marks if mark.rule.cls != "org_head"]
    marks = people or marks
    if not marks:
        return None
    best = max(marks, key=lambda mark: mark.first)
    first, last = best.first, best.last
    while first > 0 and (
        passage.marks.at("adjective", first - 1)
        or (passage.tokens[first - 1].is_capital and passage.tokens[first - 1].kind == "word" and first > 1)
    ):
        first -= 1
    return passage.quote(first, last)


def _addressee(passage: Passage) -> str | None:
    """«addressed to the president», «called on the authorities to»: the words, if the text says them."""
    low = [token.low for token in passage.tokens]
    for at in range(len(low) - 2):
        pair = " ".join(low[at : at + 2])
        if pair in ("addressed to", "addressed at", "called on", "calls on", "calling on") or low[at] in (
            "призвал",
            "призвали",
            "призывают",
            "закликали",
            "закликав",
        ):
            first = at + (2 if low[at] in ("addressed", "called", "calls", "calling") else 1)
            last = first
            while (
                last < len(low)
                and last - first < 8
                and low[last] not in (",", ".", "to", "with", "for", ";")
                and passage.tokens[last].kind == "word"
            ):
                last += 1
            if last > first:
                start, end = passage.quote(first, last)
                return passage.text[start:end]
    return None
