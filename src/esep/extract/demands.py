"""Who asks what: the words of a demand, by whom, of whom. What became of it is for a person to record."""

from __future__ import annotations

from itertools import pairwise

from esep.extract.dating import Dated
from esep.extract.lexicon import Mark
from esep.extract.passages import Passage
from esep.extract.proposals import Proposal, Span

_END = frozenset(". ; ! ? “ ” » ) :".split())
_SKIP = frozenset("that for on to the of о об что на щоб что чтобы".split())
_ADDRESS = ("addressed to", "addressed at", "to the")
_MOST = 60
_OPENS = frozenset("to an a the for that better higher full immediate safe fair no more".split())
_BETWEEN = frozenset("and also , for that и та і й а также также також чтобы щоб және мен пен бен".split())
_ASIDES = frozenset("who whom which whose where when including such as namely но но где чтобы".split())


def demands_of(passage: Passage, *, last_date: Dated | None) -> list[Proposal]:
    """Demands of one sentence, each of a list by itself, with who asks."""
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
        for start, end in _single(passage, first, last):
            found.append(_proposal(passage, mark, start, end, last_date=last_date))
    return found


def _single(passage: Passage, first: int, last: int) -> list[tuple[int, int]]:
    """The single demands of a list: divided at commas and semicolons outside brackets and quotation marks, and at an
    «and» that opens a new one («and an end to ...»). A short tail without a noun of its own stays with the one before.
    """
    cuts, depth = [first], 0
    for at in range(first, last):
        low = passage.tokens[at].low
        depth += (low in ("(", "«", "“") and 1) or 0
        depth -= (low in (")", "»", "”") and 1) or 0
        if depth > 0 or at in (first, last - 1):
            continue
        follows = passage.tokens[at + 1].low
        if low in (",", ";") and not _is_aside(passage, at, last):
            cuts.append(at + 1)
        elif low in ("and", "и", "та", "і", "й", "және") and (follows in _OPENS or _opens_slavic(follows)):
            cuts.append(at + 1)
    found = []
    for start, end in pairwise([*cuts, last]):
        begin, stop = start, end
        while begin < stop and passage.tokens[begin].low in _BETWEEN:
            begin += 1
        while stop > begin and passage.tokens[stop - 1].low in (*_BETWEEN, ";"):
            stop -= 1
        if stop > begin:
            found.append((begin, stop))
    return found


def _opens_slavic(word: str) -> bool:
    """An infinitive or a noun of an act opens a new demand: «и освободить», «и повышения»."""
    return word.endswith(("ть", "ти", "ться", "тися", "ения", "ение", "ання", "ення", "ации"))


def _is_aside(passage: Passage, comma: int, last: int) -> bool:
    """Does the comma open an apposition or a relative clause rather than the next demand?"""
    follows = passage.tokens[comma + 1]
    if follows.low in _ASIDES or follows.low.startswith(("котор", "який", "яка", "яке", "які", "якого", "що")):
        return True
    article = follows.low in ("a", "an", "the") and comma + 2 < last
    role = article and any(
        passage.marks.at(cls, at) for cls in ("people_one", "title") for at in (comma + 2, comma + 3, comma + 4)
    )
    return role and passage.tokens[comma - 1].is_capital


def _after_noun(passage: Passage, verb: int, last: int) -> int | None:
    """Where the demand begins: «the demands of X for Y» asks Y; the bare noun («their demands were met») asks
    nothing.
    """
    if passage.tokens[last - 1].low == "of" and verb < last - 1:
        last -= 1  # «demands of»: the noun itself
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


def _proposal(passage: Passage, mark: Mark, first: int, last: int, *, last_date: Dated | None) -> Proposal:
    begin = mark.first if first <= mark.last + 1 else first
    start, end = passage.quote(min(begin, first), max(mark.last if begin == mark.first else last, last))
    inner = passage.quote(first, last)
    dates = [date for date in passage.dates if date.value and not date.is_past_year]
    date = dates[0] if dates else last_date
    by = _of_whom(passage, mark) or _by(passage, mark.first)
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
    return Proposal("demand", start, end, passage.text[start:end], tuple(spans), value, mark.rule.id, passage.language)


def _of_whom(passage: Passage, mark: Mark) -> tuple[int, int] | None:
    """«the demands of the Socialist Movement for ...»: who is named after the noun."""
    if mark.last >= len(passage.tokens) or (passage.tokens[mark.last].low != "of" and not _ends_in_of(passage, mark)):
        return None
    first = mark.last + (passage.tokens[mark.last].low == "of")
    last = next(
        (at for at in range(first, min(len(passage.tokens), first + 10)) if passage.tokens[at].low == "for"), None
    )
    return passage.quote(first, last) if last is not None and last > first else None


def _ends_in_of(passage: Passage, mark: Mark) -> bool:
    return passage.tokens[mark.last - 1].low == "of"


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
