"""Names of people in a text: runs of capital letters that a title, a given name, an ending or their form makes a name.

No model and no guess beyond the form: what may as well be a place or an organisation is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from esep.extract.given import given_names
from esep.extract.passages import Passage
from esep.extract.tokens import Token, fold

_SURNAME = re.compile(
    r"(?:[oе]v|ov|ova|ev|eva|yev|yeva|aev|aeva|ayev|bayev|bayeva|baev|baeva|enko|sky|skyi|skiy|skaya|ska|chuk|yuk|uly|kyzy|vich|vna|shvili|dze|yan|ian|in|ina|bekov|bekova|kov|kova|sson|sen|"
    r"ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|енко|ский|ская|цкий|цкая|ський|ська|цький|цька|чук|юк|ак|ук|ко|ұлы|қызы|улы|кызы|ович|евич|овна|евна|івна|ївна|швили|дзе|ян|беков|бекова|баев|баева)"
    r"(?:а|у|ым|ом|ой|ого|ому|ым|ою|ої|ій|і|е|ның|нің|ды|ді|ты|ті|ға|ге|мен|ны|ні)?$"
)
_KAZAKH_CASE = re.compile(
    r"(?:ов|ев|ин|ова|ева|ина|ұлы|қызы|бай|бек)(?P<case>ды|ді|ты|ті|ны|ні|ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не)$"
)
_MOST = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name at tokens `first` to `last` (exclusive); `title` the first token of its title; `is_sure` by evidence."""

    first: int
    last: int
    start: int
    end: int
    quote: str
    title: int
    is_sure: bool


def names_in(passage: Passage, *, organisations: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """Every name of a person in a sentence, in order; `organisations` are folded names that the text uses for
    bodies.
    """
    found: list[Name] = []
    index = 0
    while index < len(passage.tokens):
        last = _run(passage, index)
        name = _name(passage, index, last, organisations=organisations) if last > index else None
        if name is not None:
            found.append(name)
        index = max(last, index + 1)
    return tuple(found)


def _run(passage: Passage, first: int) -> int:
    """The end of a run of capitalised words and initials that may be one name."""
    at = first
    while at < len(passage.tokens) and at - first < 2 * _MOST:
        token = passage.tokens[at]
        if at > first and _gap(passage, at) not in (" ", "\u00a0", "", ". ", "  "):
            break
        if token.low == "." and at > first and len(passage.tokens[at - 1].quote) == 1:
            at += 1
            continue
        if not _may_be_name(passage, at, is_first=at == first):
            break
        if at > first + 1 and fold(token.quote) in given_names() and _SURNAME.search(passage.tokens[at - 1].quote):
            break  # a second name begins: «Раиса Юрьева Роза ...»
        at += 1
    while at > first and passage.tokens[at - 1].low == ".":
        at -= 1
    return at


def _gap(passage: Passage, at: int) -> str:
    return passage.text[passage.tokens[at - 1].end : passage.tokens[at].start]


def _may_be_name(passage: Passage, at: int, *, is_first: bool) -> bool:  # noqa: PLR0911 - one way out a rule
    token, marks = passage.tokens[at], passage.marks
    if (
        token.kind != "word"
        or not token.is_capital
        or (len(token.quote) > 1 and token.quote.isupper() and len(token.quote) < 5)
    ):
        return False
    if any(m.start <= token.start < m.end for m in passage.places) and fold(token.quote) not in given_names():
        return False
    if marks.at("not_name", at) or marks.at("month", at) or marks.at("weekday", at) or marks.covering("org_head", at):
        return False
    if fold(token.quote) in given_names():
        return True
    if any(a.start <= token.start < a.end for a in passage.adjectives):
        return False
    if is_first and (
        marks.at("title", at)
        or marks.at("people", at)
        or marks.at("fate", at)
        or marks.at("say", at)
        or marks.at("number", at)
    ):
        return False
    return not (marks.at("title", at) and not is_first)


def _name(passage: Passage, first: int, last: int, *, organisations: frozenset[str]) -> Name | None:
    given = [at for at in range(first, last) if fold(passage.tokens[at].quote) in given_names()]
    before = passage.tokens[first].quote
    if given and given[0] > first and len(before) > 1 and (passage.language == "en" or not _SURNAME.search(before)):
        first = given[0]  # what stands before the given name is no part of it («Euro-parliament Paul ...»)
    tokens = passage.tokens[first:last]
    words = [token for token in tokens if token.kind == "word"]
    if not words or len(words) > _MOST:
        return None
    start, end = tokens[0].start, _without_possessive(tokens[-1])
    quote = passage.text[start:end]
    folded = fold(quote)
    if folded in organisations or _in_quotes(passage, start, end) or _is_place(passage, tokens):
        return None
    title = _title_before(passage, first)
    known = any(fold(word.quote) in given_names() for word in words)
    surname = (len(words) > 1 and bool(_SURNAME.search(_bare(words[-1].quote)))) or (
        len(words) > 2 and bool(_SURNAME.search(words[-2].quote))
    )
    initial = len(words) > 1 and len(words[0].quote) == 1
    single = len(words) == 1
    if single:
        sure = (
            title is not None
            and len(words[0].quote) > 2
            and not passage.marks.at("people", first)
            and _single_title(passage, title)
        )
        if not sure:
            return None
    elif not (title is not None or known or surname or initial) and not _looks_like_name(passage, first, last, words):
        return None
    return Name(
        first,
        last,
        start,
        end,
        quote,
        first if title is None else title,
        single or title is not None or known or initial or surname,
    )


def _single_title(passage: Passage, title: int) -> bool:
    """A surname alone needs a title of office, not a role in small letters at a distance."""
    return passage.marks.at("office", title) is not None


def _bare(word: str) -> str:
    return re.sub(r"[’']s$", "", word)


def _without_possessive(token: Token) -> int:
    return token.end - 2 if re.search(r"[’']s$", token.quote) else token.end


def _in_quotes(passage: Passage, start: int, end: int) -> bool:
    """Is the run alone in quotation marks, as names of organisations are?"""
    return passage.text[start - 1 : start] in ("“", "«", '"', "‘", "„") and passage.text[end : end + 1] in (
        "”",
        "»",
        '"',
        "’",
        "“",
    )


def _is_place(passage: Passage, tokens: tuple[Token, ...]) -> bool:
    """Does a place cover the run or its last word? A known given name before it keeps it a name."""
    if fold(tokens[0].quote) in given_names() and len(tokens) > 1:
        return False
    return any(mention.start < tokens[-1].end and tokens[0].start < mention.end for mention in passage.places)


def _title_before(passage: Passage, first: int) -> int | None:
    title = passage.marks.ending("title", first)
    if title is None and first > 0 and passage.tokens[first - 1].low in (".",):
        title = passage.marks.ending("title", first - 1)
    return title.first if title is not None else None


def _looks_like_name(passage: Passage, first: int, last: int, words: list[Token]) -> bool:
    """Two or three capitalised words inside a sentence, no article before, no word of an organisation beside them."""
    if len(words) not in (2, 3) or passage.language != "en":
        return False
    before = passage.tokens[first - 1].low if first else ""
    if not first or before in ("the", "of", "“", "«", '"', "in", "at", "‘"):
        return False
    after = passage.marks.at("org_head", last) is not None
    return not after and not any(word.quote.isupper() for word in words) and all(len(word.quote) > 1 for word in words)


def base_name(name: str) -> str:
    """The name in its base case: Ивана Петрова as Иван Петров, Анну Петрову as Анна Петрова; others come back
    unchanged.
    """
    words = name.split()
    table = given_names()
    kazakh = _KAZAKH_CASE.search(words[-1])
    if kazakh and len(words) > 1:
        words[-1] = words[-1][: kazakh.start("case")]
        name = " ".join(words)
    first = fold(words[0])
    if len(words) < 2 or first.isascii() or first not in table:
        return name
    base = table[first]
    given = base[0].upper() + base[1:]
    if base == first:
        return name
    feminine = base[-1] in "ая"
    return " ".join([given, *(_base_surname(word, feminine=feminine) for word in words[1:])])


def _base_surname(word: str, *, feminine: bool) -> str:
    pairs = (
        (
            ("ской", "ская"),
            ("скую", "ская"),
            ("ської", "ська"),
            ("ську", "ська"),
            ("вой", "ва"),
            ("ной", "на"),
            ("ву", "ва"),
            ("ну", "на"),
            ("вою", "ва"),
            ("вої", "ва"),
        )
        if feminine
        else (
            ("ского", "ский"),
            ("скому", "ский"),
            ("ским", "ский"),
            ("ського", "ський"),
            ("ському", "ський"),
            ("ова", "ов"),
            ("ева", "ев"),
            ("ёва", "ёв"),
            ("ина", "ин"),
            ("ову", "ов"),
            ("еву", "ев"),
            ("ину", "ин"),
            ("овым", "ов"),
            ("евым", "ев"),
            ("иным", "ин"),
            ("ука", "ук"),
            ("юка", "юк"),
        )
    )
    for ending, back in pairs:
        if word.endswith(ending):
            return word[: -len(ending)] + back
    if feminine and len(word) > 3:
        for ending, back in (("ую", "ая"), ("у", "а"), ("ю", "я")):
            if word.endswith(ending):
                return word[: -len(ending)] + back
    if not feminine and len(word) > 4 and word.endswith(("енку", "енка")):
        return word[:-1] + "о"
    if not feminine and len(word) > 3 and word.endswith("ка"):
        return word[:-1] + "о"
    return word[:-1] if not feminine and len(word) > 3 and word.endswith("а") else word
