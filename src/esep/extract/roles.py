"""Who organised an action, what it was aimed at, who took part, and how it was met."""

from __future__ import annotations

from esep.extract.bodies_named import divided, names_somebody
from esep.extract.lexicon import Mark
from esep.extract.passages import Passage
from esep.extract.whereabouts import settlements

_HAPPENS = tuple(
    "took was were прошёл прошел прошла прошло прошли состоялся состоялась состоялось состоялись "
    "відбулася відбувся відбулося відбулися пройшла пройшов өтті".split()
)  # verbs of which the action is the subject
_PHRASE_ENDS = (".", ";", "in", "to", "near", "on", "who")


def one_line(words: str) -> str:
    """Words with every run of white space as one blank."""
    return " ".join(words.split())


def organisers_of(passage: Passage, deed: Mark) -> list[tuple[int, int]]:
    """Who organised it, each body by itself; empty where the words before the verb name nobody."""
    words = _organising(passage, deed)
    by = any(passage.tokens[passage.token_at(start) - 1].low == "by" for start, _ in words)
    found = [one for start, end in words for one in divided(passage, start, end)]
    return [one for one in found if by or names_somebody(passage, *one)]


def _organising(passage: Passage, deed: Mark) -> list[tuple[int, int]]:
    """The words after «by», or the subject of the verb of organising or of the deed."""
    organised = passage.marks.of("organise")
    for mark in organised:
        after = mark.last
        if passage.tokens[mark.last - 1].low == "by" or (
            after < len(passage.tokens) and passage.tokens[after].low == "by"
        ):
            return _phrase(passage, after + (passage.tokens[mark.last - 1].low != "by"))
    verbs = [
        mark.first
        for mark in organised
        if passage.tokens[mark.first].low not in _HAPPENS and not _is_passive(passage, mark)
    ]
    verbs += [deed.first] if deed.kind == "verb" and not _is_passive(passage, deed) else []
    return (
        _subject(passage, min(verbs))
        if verbs and passage.language != "kk"
        else _kazakh_subject(passage)
        if passage.language == "kk"
        else []
    )


def _is_passive(passage: Passage, deed: Mark) -> bool:
    return any(passage.marks.at("be", at) for at in range(max(0, deed.first - 2), deed.first))


def _phrase(passage: Passage, first: int) -> list[tuple[int, int]]:
    """The words from here to a preposition or the end of the clause; inside quotation marks nothing ends them."""
    last = first
    while last < len(passage.tokens) and last - first < 40:
        token = passage.tokens[last]
        if token.low in _PHRASE_ENDS and not passage.is_quoted(token.start, token.end):
            break
        last += 1
    return [passage.quote(first, last)] if last > first else []


def _subject(passage: Passage, verb: int) -> list[tuple[int, int]]:
    """The words before the verb, after the last time and place that open the sentence."""
    first = 0
    for date in passage.dates:
        at = passage.token_at(date.end - 1) + 1
        first = max(first, at) if at < verb else first
    for mention in settlements(passage):
        at = passage.token_at(mention.end - 1) + 1
        if at < verb and passage.marks.covering("org_head", at) is None:
            first = max(first, at)
    for at in range(first, verb):
        if passage.tokens[at].low == "where":
            first = at + 1
    while first < verb and passage.tokens[first].low in (
        ",",
        ")",
        "and",
        "the",
        "in",
        "on",
        "of",
        "evening",
        "на",
        "в",
        "года",
        "где",
        "де",
        "that",
        "та",
        "и",
        "і",
        "also",
    ):
        first += 1
    last = verb
    while last > first and (
        passage.marks.at("be", last - 1)
        or passage.tokens[last - 1].low in ("also", "have", "had", "has", ",", "также", "також")
    ):
        last -= 1
    if last <= first or last - first > 60 or not any(token.kind == "word" for token in passage.tokens[first:last]):
        return []
    return [passage.quote(first, last)]


def _kazakh_subject(passage: Passage) -> list[tuple[int, int]]:
    marks = [m for cls in ("people", "org_head") for m in passage.marks.of(cls)]
    if not marks:
        return []
    best = min(marks, key=lambda mark: mark.first)
    first = best.first
    while (
        first > 0
        and passage.tokens[first - 1].kind == "word"
        and not any(m.start <= passage.tokens[first - 1].start < m.end for m in passage.places)
        and not any(d.start <= passage.tokens[first - 1].start < d.end for d in passage.dates)
        and best.first - first < 4
    ):
        first -= 1
    return [passage.quote(first, best.last)]


def target_of(passage: Passage) -> tuple[int, int] | None:
    """The building or body it was aimed at: «the embassy of Kazakhstan»."""
    for mark in passage.marks.of("target"):
        before = passage.tokens[mark.first - 1].low if mark.first else ""
        if before in ("no",):
            continue
        first, last = mark.first, mark.last
        while (
            first > 0
            and passage.tokens[first - 1].kind == "word"
            and (passage.tokens[first - 1].is_capital or passage.tokens[first - 1].low in ("kazakh",))
            and first > 1
        ):
            first -= 1
        while (
            last < len(passage.tokens)
            and (passage.tokens[last].low in ("of", "the", "general", "to") or passage.tokens[last].is_capital)
            and last - mark.last < 7
        ):
            last += 1
        while passage.tokens[last - 1].low in ("of", "the", "to"):
            last -= 1
        return passage.quote(first, last)
    return None


def participants_of(passage: Passage) -> str | None:
    """The first people counted in the passage, in its own words; None where nobody is counted."""
    for one in passage.counted:
        if (one.people is not None and one.figure.vague != "many") or (one.figure.numbers and one.people):
            start, end = passage.quote(one.first, one.last)
            return one_line(passage.text[start:end])
    return None


def response_of(passage: Passage, deed: Mark | None = None) -> tuple[int, int] | None:
    """The clause that tells how officials, police or passers-by met the action; never the deed itself."""
    marks = [
        m for m in passage.marks.of("response") if deed is None or not (m.first < deed.last and deed.first < m.last)
    ]
    if not marks:
        return None
    first, last = marks[0].first, marks[0].last
    while first > 0 and passage.tokens[first - 1].low not in (",", ";", ".", "but", "но", "але"):
        first -= 1
    while last < len(passage.tokens) and passage.tokens[last].low not in (".", ";"):
        last += 1
    return passage.quote(first, last)
