"""Figures: a numeral or a vague word with its hedges, read into bounds by the number conventions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from esep.counts.bounds import Bounds, bound
from esep.extract.lexicon import Mark, Marks, lexicon
from esep.extract.numerals import Numeral, numeral_at
from esep.extract.times import Time
from esep.extract.tokens import Token

_DASHES = ("-", "–", "—", "‑")
_FROM_CASES = ("нан", "нен", "дан", "ден", "тан", "тен")
_LIKENESS = ("дай", "дей", "тай", "тей")
_ORDINAL = ("ыншы", "інші", "нші", "ншы")
_OLDEST = 115
_VAGUE = {"several": "several", "dozens": "dozens", "hundreds": "hundreds", "thousands": "thousands"}
_GROWTH = (
    "rose",
    "risen",
    "rises",
    "grew",
    "increased",
    "climbed",
    "up",
    "jumped",
    "fell",
    "dropped",
    "lowered",
    "снизилось",
    "снизилась",
    "уменьшилось",
    "знизилася",
    "зменшилася",
    "revised",
    "выросло",
    "выросла",
    "возросло",
    "увеличилось",
    "увеличилась",
    "зросла",
    "зросло",
    "збільшилася",
    "збільшилась",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something at tokens `first` to `last` (exclusive), the numeral itself at `core`.

    `numbers` holds no, one or two stated numbers; `vague` the class of a vague word; `hedge_tokens` the hedges' places.
    """

    first: int
    last: int
    core: tuple[int, int]
    numbers: tuple[int, ...]
    hedge: str
    vague: str | None = None
    case: str = ""
    is_bare: bool = False
    superseded: bool = False
    hedge_tokens: tuple[tuple[int, int], ...] = ()

    def bounds(self, word: str) -> Bounds:
        """Lowest and highest number of people, by the conventions of `counts`."""
        if self.vague == "many":
            return bound("unquantified", word=word)
        if self.vague is not None:
            return bound(_VAGUE.get(self.vague, self.vague), word=word)
        return bound("range" if len(self.numbers) == 2 else self.hedge, *self.numbers)


def figures_in(
    tokens: tuple[Token, ...], marks: Marks, times: tuple[Time, ...], *, language: str
) -> tuple[Figure, ...]:
    """Every figure of a sentence that is no date, age, length, share, sum, ordinal or label."""
    found: list[Figure] = []
    index = 0
    while index < len(tokens):
        figure = _figure_at(tokens, marks, index, language=language)
        if figure is None:
            index += 1
            continue
        inside = any(time.start <= tokens[figure.core[0]].start < time.end for time in times)
        if not inside and not _is_other(tokens, marks, figure, language=language):
            found.append(_hedged(tokens, marks, figure, language=language))
        index = figure.last
    return _grown(tuple(found), tokens)


def _figure_at(tokens: tuple[Token, ...], marks: Marks, index: int, *, language: str) -> Figure | None:
    """A vague word or a numeral (or a range of two) that begins at a token; a vague word wins when it is longer."""
    vague = marks.at("vague", index)
    turned = numeral_at(tokens, index, language=language, marks=marks)
    if turned is not None and turned.case == "turned":
        vague = None
    if vague is not None and any(h.first < index and vague.last < h.last for h in marks.of("hedge")):
        return None  # «as many as 20,000»
    numeral = numeral_at(tokens, index, language=language, marks=marks)
    if numeral is None and marks.at("article", index) and index + 1 < len(tokens):
        numeral = _after_article(tokens, marks, index, language=language)
    if vague is not None and (
        numeral is None or (vague.last >= numeral.last and not _is_thousand(marks, vague, numeral))
    ):
        return Figure(index, vague.last, (index, vague.last), (), "exact", vague.value)
    if numeral is None:
        return None
    second = _second(tokens, marks, numeral, language=language)
    if second is not None:
        return Figure(
            index, second.last, (index, second.last), (numeral.value, second.value), "range", case=second.case
        )
    hedge = "about" if numeral.case in (*_LIKENESS, "turned") else "exact"
    return Figure(index, numeral.last, (index, numeral.last), (numeral.value,), hedge, case=numeral.case)


def _is_thousand(marks: Marks, vague: Mark, numeral: Numeral) -> bool:
    """«свыше тысячи», «понад сотню»: after a hedge one thousand is meant, not thousands."""
    hedge = marks.ending("hedge", vague.first)
    return vague.last == vague.first + 1 == numeral.last and hedge is not None and hedge.value != "exact"


def _after_article(tokens: tuple[Token, ...], marks: Marks, index: int, *, language: str) -> Numeral | None:
    """«a hundred», «a dozen»: the article belongs to the numeral."""
    if marks.at("multiplier", index + 1) is None or language != "en":
        return None
    numeral = numeral_at(tokens, index + 1, language=language, marks=marks)
    return replace(numeral, first=index) if numeral else None


def _second(tokens: tuple[Token, ...], marks: Marks, first: Numeral, *, language: str) -> Numeral | None:
    """The other end of a range: «10 to 15», «10–15», «between 10 and 15», «от 10 до 15»."""
    if first.last >= len(tokens):
        return None
    if first.case in _FROM_CASES:
        until = numeral_at(tokens, first.last, language=language, marks=marks)
        if (
            until is not None
            and until.value > first.value
            and until.last < len(tokens)
            and tokens[until.last].low.startswith("дейін")
        ):
            return until
    join, dash = marks.at("range", first.last), tokens[first.last].low in _DASHES
    after = join.last if join else first.last + 1
    if not (join or dash) or after >= len(tokens):
        return None
    second = numeral_at(tokens, after, language=language, marks=marks)
    if second is None or second.value <= first.value:
        return None
    opened = marks.ending("range_open", first.first) is not None
    word = tokens[first.last].low
    close = second.value <= first.value + max(10, first.value)
    if dash or opened or (word in ("to", "до") and close) or (word in ("or", "или", "або", "чи", "немесе") and close):
        return second
    return None


def _is_other(tokens: tuple[Token, ...], marks: Marks, figure: Figure, *, language: str) -> bool:  # noqa: PLR0911 - one way out a rule
    """Is the figure something else than a count: an age, a length, a share, money, an ordinal, a label, a clock
    time?
    """
    before = tokens[figure.first - 1].low if figure.first else ""
    after = tokens[figure.last] if figure.last < len(tokens) else None
    dotted = figure.first - (1 if before == "." else 0)
    if marks.ending("label", dotted) is not None and not marks.ending("hedge", figure.first) and figure.vague is None:
        return True
    if before in ("%", "$", "€", "£", "№", "#", "₸", "/") or (
        before in (":", ".") and figure.first > 1 and _touches(tokens, figure.first)
    ):
        return True
    if figure.case in _ORDINAL or _is_fraction(tokens, figure):
        return True
    if after is None:
        return False
    if before == "," and after.low == "," and _is_age(tokens, marks, figure):
        return True
    if after.low in ("%", "$", "€", "°", "₸") or (
        after.low in (":", "/") and _touches(tokens, figure.last) and figure.vague is None
    ):
        return True
    if after.kind == "word" and after.start == tokens[figure.last - 1].end and tokens[figure.last - 1].kind == "number":
        return True
    if after.low in _DASHES and after.start == tokens[figure.last - 1].end and figure.vague is None:
        following = tokens[figure.last + 1] if figure.last + 1 < len(tokens) else None
        if following is not None and following.start == after.end and following.kind == "word":
            return marks.at("people_compound", figure.last + 1) is None
    return _is_measured(tokens, marks, figure.last, language=language)


def _is_age(tokens: tuple[Token, ...], marks: Marks, figure: Figure) -> bool:
    """«her grandmother, 70, was hurt»: a bare number between commas after one person."""
    plain = figure.hedge == "exact" and figure.vague is None and len(figure.numbers) == 1
    if not plain or figure.numbers[0] > _OLDEST or figure.first < 2 or figure.last - figure.first > 1:
        return False
    person = any(marks.ending(cls, figure.first - 1) for cls in ("kin", "people_one", "title"))
    return person or tokens[figure.first - 2].is_capital


def _is_fraction(tokens: tuple[Token, ...], figure: Figure) -> bool:
    """Kazakh «төрттен үші»: three out of four; neither number counts anything."""
    before = tokens[figure.first - 1].low if figure.first else ""
    numbers = lexicon("kk").table("number") if before.endswith(("тен", "тан", "нан", "нен", "ден", "дан")) else {}
    if before[:-3] in numbers:
        return True
    following = tokens[figure.last].low if figure.last < len(tokens) else ""
    known = lexicon("kk").table("number")
    return figure.case in _FROM_CASES and (following in known or following[:-1] in known or following[:-2] in known)


def _touches(tokens: tuple[Token, ...], index: int) -> bool:
    return tokens[index].start == tokens[index - 1].end


def _is_measured(tokens: tuple[Token, ...], marks: Marks, at: int, *, language: str) -> bool:
    """Does a unit follow, at once or after a hedge or one adjective («12 full days»)?"""
    after = marks.at("hedge_after", at)
    at = after.last if after else at
    for place in (at, at + 1):
        unit = marks.at("unit", place)
        people = marks.at("people", place) or marks.at("people_one", place) or marks.at("fate", place)
        if unit is not None and (people is None or unit.last > people.last) and not _is_lone_letter(tokens, unit.first):
            return True
        if people is not None or place >= len(tokens) or marks.at("adjective", place) is None:
            return False
    return False


def _is_lone_letter(tokens: tuple[Token, ...], index: int) -> bool:
    """A unit of one letter («м», «г») right before a capital letter is an initial."""
    return len(tokens[index].low) == 1 and tokens[index].is_capital


def _hedged(tokens: tuple[Token, ...], marks: Marks, figure: Figure, *, language: str) -> Figure:
    """The figure with the hedges before and after it."""
    hedge, first, places = figure.hedge, figure.first, []
    opened = marks.ending("range_open", first)
    if opened is not None and len(figure.numbers) == 2:
        first = opened.first
        places.append((opened.first, opened.last))
    while (before := marks.ending("hedge", first)) is not None and before.first < first:
        if before.value == "up_to" and marks.ending("reach", before.first) is not None:
            break  # «выросло до 32» states 32
        if len(figure.numbers) != 2 and (hedge == "exact" or before.value != "exact"):
            hedge = before.value if before.value != "exact" else hedge
        if before.value != "exact":
            places.append((before.first, before.last))
        elif tokens[before.first].low in ("the", "other", "another") and figure.vague:
            break
        first = before.first
    last = figure.last
    after = marks.at("hedge_after", last)
    if after is not None and (hedge == "exact" or language == "kk") and figure.vague is None:
        hedge, last = after.value, after.last
        places.append((after.first, after.last))
    elif marks.at("people", last) and (later := marks.at("hedge_after", last + 1)) and language == "en":
        hedge = later.value
        places.append((later.first, later.last))
    return replace(figure, first=first, last=last, hedge=hedge, hedge_tokens=tuple(places))


def _grown(figures: tuple[Figure, ...], tokens: tuple[Token, ...]) -> tuple[Figure, ...]:
    """«rose from 12 to 15»: not a range but an earlier figure and the one that replaces it."""
    found: list[Figure] = []
    for figure in figures:
        low = [token.low for token in tokens[max(0, figure.first - 4) : figure.core[0]]]
        if len(figure.numbers) == 2 and any(word in _GROWTH for word in low):
            middle = next((k for k in range(*figure.core) if tokens[k].low in ("to", "до")), None)
            if middle is not None:
                old, new = figure.numbers
                found.append(Figure(figure.core[0], middle, (figure.core[0], middle), (old,), "exact", superseded=True))
                found.append(Figure(middle + 1, figure.core[1], (middle + 1, figure.core[1]), (new,), "exact"))
                continue
        found.append(figure)
    return tuple(_replaced(found, tokens))


def _replaced(figures: list[Figure], tokens: tuple[Token, ...]) -> list[Figure]:
    """«revised from 41 to 38»: the first of the two is superseded."""
    marked = []
    for figure, following in zip_longest(figures, figures[1:]):
        between = tokens[figure.last : following.first] if following is not None else ()
        before = [token.low for token in tokens[max(0, figure.first - 5) : figure.core[0]]]
        falls = any(word in _GROWTH for word in before) and any(word in ("from", "с", "з") for word in before[-2:])
        is_old = falls and [token.low for token in between] in (["to"], ["до"])
        marked.append(replace(figure, superseded=True) if is_old else figure)
    return marked
