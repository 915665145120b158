"""Who is counted: the noun a figure belongs to, and single people named by a bare noun («a young woman»)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from esep.extract.figures import Figure
from esep.extract.given import given_names
from esep.extract.lexicon import Mark, Marks, Rule
from esep.extract.tokens import Token

_ONLY_PEOPLE = frozenset(
    "injured wounded hurt arrested detained jailed sentenced convicted dismissed sacked hospitalised hospitalized "
    "murdered "
    "executed beaten stabbed tortured imprisoned".split()
)
_EITHER_NUMBER = frozenset(
    "женщины девушки бабушки сестры жены вдовы старушки школьницы медсестры жінки дівчини бабусі сестри дружини вдови "
    "школярки медсестри вчительки учительки доньки дочки".split()
)
_INVERTED = ("человек", "людей", "чоловік", "осіб", "душ")
_GROUPS = frozenset("family families crew group team party staff gang squad delegation band class crowd shift".split())
_MOST_WORDS = 6
_UNKNOWN_WORDS = {"en": 3, "ru": 2, "uk": 2, "kk": 2}
_STOPS = frozenset(
    "in on at by for with from near after before during when while as who which that and or but were was are is have "
    "has had been to into "
    "than under over against about between because since until through "
    "в во на по при из с со к у о об от до за над под для когда который которые что и или а но как были был была было "
    "у з із зі на по при до від за над під для коли який які що і й та або але як були був була було "
    "деп және мен бен пен үшін кейін дейін бойынша".split()
)


_ADJECTIVAL = re.compile(
    r"(?:[нскцрлвт](?:ый|ий|ая|яя|ого|его|ому|ему|ую|юю)|[нскцрлвт](?:ої|ьої|ього|ьому|ньою)|річн(?:а|у|ої|ий|ого))$"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with its noun at tokens `first` to `last` (exclusive).

    `people` is the mark of the population («workers»), `fates` the marks of nouns that say what happened («12
    wounded»);
    `is_partitive` for «one of them»; `is_bare` for a single person without a number word.
    """

    figure: Figure
    first: int
    last: int
    people: Mark | None
    fates: tuple[Mark, ...]
    is_partitive: bool = False
    is_bare: bool = False
    head: int = 0

    @property
    def population(self) -> str | None:
        """Class of the people counted: person, worker, child, protester, striker, supporter, troops, civilian."""
        return self.people.value if self.people else None


def counted_in(
    tokens: tuple[Token, ...], marks: Marks, figures: tuple[Figure, ...], *, language: str
) -> tuple[Counted, ...]:
    """Every figure with the noun it counts, and every bare single person, in order."""
    found = [
        _counted(tokens, marks, figure, language=language, others=figures)
        for number, figure in enumerate(figures)
        if not _is_whole_of_part(tokens, figures, number)
    ]
    taken = {index for counted in found for index in range(counted.first, counted.last)}
    found += _bare(tokens, marks, taken=taken, language=language)
    return tuple(sorted(found, key=lambda counted: counted.first))


def _counted(  # noqa: PLR0912 - one way out a rule
    tokens: tuple[Token, ...], marks: Marks, figure: Figure, *, language: str, others: tuple[Figure, ...]
) -> Counted:
    """Walk right from the figure over adjectives, «of» and modifiers to the noun."""
    partitive = marks.at("partitive", figure.last)
    if partitive is not None:
        return Counted(figure, figure.first, partitive.last, None, (), is_partitive=True, head=partitive.last - 1)
    before = marks.ending("partitive", figure.first) or _part_of(tokens, marks, figure.last)
    at, unknown, fates = figure.last, 0, list[Mark]()
    end = min(len(tokens), figure.last + _MOST_WORDS + 2)
    last = figure.last
    starts = {other.first for other in others if other.first > figure.first}
    while at < end:
        if at in starts and language != "en":
            break
        fate = _noun_fate(marks, at)
        one = marks.at("people_one", at) if _is_one(figure) or language in ("kk", "ru", "uk") else None
        people = max(filter(None, (marks.at("people", at), one)), key=lambda mark: mark.last, default=None)
        if people is not None and (fate is None or people.last >= fate.last):
            unit = marks.at("unit", people.last)
            if unit is not None and unit.value != "age" and language == "en":
                break
            head = _longer(tokens, marks, people, language=language)
            both = tuple(fates) + ((fate,) if fate and fate.last == people.last else ())
            return Counted(figure, figure.first, head.last, head, both, before is not None, head=head.last - 1)
        if fate is not None:
            fates.append(fate)
            at = last = fate.last
            continue
        token = tokens[at]
        if token.low in _STOPS and not (token.low == "of" or (unknown == 0 and token.low in ("the", "из", "з", "із"))):
            break
        if token.kind != "word" or (fates and unknown >= 1):
            if token.kind == "sign" and token.low in ("«", "“", '"', "”", "»") and unknown:
                at += 1
                continue
            break
        if marks.at("unit", at) is not None and not marks.at("adjective", at):
            break
        if marks.at("fate", at) is not None and not marks.at("adjective", at):
            break
        if not (marks.at("adjective", at) or token.low in ("of", "the", "his", "her", "their", "its")):
            unknown += 1
            if unknown > _UNKNOWN_WORDS[language] or marks.at("say", at) or marks.at("be", at):
                break
        at += 1
    if fates:
        return Counted(figure, figure.first, last, None, tuple(fates), before is not None, head=last - 1)
    group = _group_before(tokens, marks, figure, language=language)
    if group is not None:
        return group
    return Counted(figure, figure.first, figure.last, None, (), before is not None, head=figure.last - 1)


def _group_before(tokens: tuple[Token, ...], marks: Marks, figure: Figure, *, language: str) -> Counted | None:
    """«человек сорок», «людей із сорок»: about so many; «a family of five»: the noun stands before the figure."""
    at = figure.first - 1
    if language in ("ru", "uk") and at >= 0 and not figure.vague and len(figure.numbers) == 1:
        at -= tokens[at].low in ("з", "із", "с", "этак", "эдак")
        people = marks.ending("people", at + 1) if at >= 0 else None
        if people is not None and tokens[at].low in _INVERTED:
            about = replace(figure, first=people.first, hedge="about") if figure.hedge == "exact" else figure
            return Counted(about, people.first, figure.last, people, (), head=people.last - 1)
    if language == "en" and at > 0 and tokens[at].low == "of" and tokens[at - 1].low in _GROUPS:
        rule = Rule("en.people.group", "people", "person")
        return Counted(figure, figure.first, figure.last, Mark(rule, at - 1, at), (), head=figure.last - 1)
    return None


def _is_whole_of_part(tokens: tuple[Token, ...], figures: tuple[Figure, ...], number: int) -> bool:
    """In «two of the three brothers» the whole is left out, in «he was one of 15 miners who died» the one."""
    figure = figures[number]
    if figure.numbers == (1,) and number + 1 < len(figures):
        following = figures[number + 1]
        if (
            tokens[figure.last].low == "of"
            and following.first == figure.last + 1
            and following.core[0] == following.first
        ):
            return True
    if not number or tokens[figure.first - 1].low != "of" or figures[number - 1].last != figure.first - 1:
        return False
    return figures[number - 1].numbers != (1,) or figure.core[0] != figure.first


def _part_of(tokens: tuple[Token, ...], marks: Marks, at: int) -> Mark | None:
    """«two of the brothers», «50 of its members»: a part of a known group."""
    low = [token.low for token in tokens[at : at + 2]]
    parts = low[:1] == ["of"] and low[1:] and low[1] in ("the", "its", "their", "these", "those", "our", "his", "her")
    return Mark(Rule("en.part", "partitive", "subset"), at, at + 2) if parts else None


def _is_one(figure: Figure) -> bool:
    return figure.numbers == (1,)


def _noun_fate(marks: Marks, at: int) -> Mark | None:
    """A fate that can be counted itself at a token: a noun."""
    nouns = [mark for mark in marks.all_at("fate", at) if mark.kind == "noun"]
    return max(nouns, key=lambda mark: mark.last, default=None)


def _longer(tokens: tuple[Token, ...], marks: Marks, people: Mark, *, language: str) -> Mark:
    """The last of several nouns in a row: in «oil workers union members» the members are counted."""
    if language != "en":
        return people
    following = marks.at("people", people.last)
    return following if following is not None and tokens[people.last].low not in ("others",) else people


def _bare(tokens: tuple[Token, ...], marks: Marks, *, taken: set[int], language: str) -> list[Counted]:
    """Single people named by a noun alone: «a young woman», «the mother of a miner», «погиб подросток»."""
    found: list[Counted] = []
    singular = [
        mark for mark in marks.of("people") if language in ("ru", "uk") and _is_singular(tokens[mark.last - 1].low)
    ]
    unknown = _unknown_ones(tokens, marks) if language == "en" else []
    for people in marks.of("kin") + marks.of("people_one") + singular + unknown:
        if any(index in taken for index in range(people.first, people.last)):
            continue
        first = _bare_start(tokens, marks, people, language=language)
        if first is not None and tokens[people.last - 1].low in _EITHER_NUMBER and not _after_fate(marks, first):
            continue  # «женщины»: one woman's only after a word of fate («смерть женщины»), else several women
        if first is None or _is_named(tokens, marks, people.last, language=language):
            continue
        last = _whose(tokens, marks, people) if language == "en" else people.last
        taken.update(range(first, last))
        figure = Figure(first, people.last, (first, people.last), (1,), "exact", is_bare=True)
        found.append(Counted(figure, first, last, people, (), is_bare=True, head=people.last - 1))
    return found


def _unknown_ones(tokens: tuple[Token, ...], marks: Marks) -> list[Mark]:
    """«a constable was hurt»: a noun no table knows, with an article, right before a passive that only people have."""
    found = []
    for fate in marks.of("fate"):
        at = fate.first
        while at > 1 and (marks.at("be", at - 1) or tokens[at - 1].low in ("also", "later", "has", "have", "had")):
            at -= 1
        noun = at - 1
        if fate.kind != "past" or at == fate.first or tokens[fate.first].low not in _ONLY_PEOPLE or noun < 1:
            continue
        plain = tokens[noun].kind == "word" and tokens[noun].quote.islower() and not tokens[noun].low.endswith("s")
        if plain and not any(marks.covering(cls, noun) for cls in ("unit", "fate", "people", "people_one", "filler")):
            found.append(Mark(Rule("en.people.unknown", "people_one", "person"), noun, noun + 1))
    return found


def _after_fate(marks: Marks, at: int) -> bool:
    return any(mark.last == at for mark in marks.of("fate"))


def _is_singular(word: str) -> bool:
    """Genitive or accusative of one person in Russian or Ukrainian: «правозащитника», «полицейского»."""
    return word.endswith(("а", "я", "ого", "ього")) and not word.endswith(("ата", "ья"))


def _is_named(tokens: tuple[Token, ...], marks: Marks, at: int, *, language: str) -> bool:
    """Does a name follow the noun («журналистка Инна ...», «рабочий, Серик ...»)? Then it is a person, not a count."""
    at += at < len(tokens) and tokens[at].low == ","
    return (
        at + 1 < len(tokens)
        and tokens[at].kind == tokens[at + 1].kind == "word"
        and tokens[at].is_capital
        and (tokens[at + 1].is_capital or language != "en")
        and not marks.at("month", at)
    )


def _whose(tokens: tuple[Token, ...], marks: Marks, people: Mark) -> int:
    """The end of «the mother of an oil worker»: whose kin it is belongs to the noun."""
    at = people.last
    if people.rule.cls != "kin" or at + 1 >= len(tokens) or tokens[at].low != "of":
        return people.last
    at += 1
    while at < len(tokens) and (marks.at("article", at) or tokens[at].low == "the" or marks.at("adjective", at)):
        owner = marks.at("people_one", at)
        if owner is not None:
            return owner.last
        at += 1
    owner = marks.at("people_one", at) or marks.at("people", at)
    return owner.last if owner is not None else people.last


def _bare_start(tokens: tuple[Token, ...], marks: Marks, people: Mark, *, language: str) -> int | None:
    """Where the noun phrase of one person begins; None if the noun is not one person here."""
    if language != "en":
        return _adjectives_before(tokens, marks, people.first)
    at = _adjectives_before(tokens, marks, people.first)
    if at == 0:
        return None
    before = tokens[at - 1].low
    plain = tokens[at - 1].kind == "word" and tokens[at - 1].quote.islower() and before not in _STOPS
    if at > 1 and plain and tokens[at - 2].low in ("a", "an") and not marks.at("fate", at - 1):
        return at - 2  # one unknown word between: «a tribal elder»
    of_fate = before == "the" and any(mark.last == at - 1 for mark in marks.of("fate") if mark.kind != "noun")
    if of_fate:
        return at - 1  # «killing the bride»
    if before in ("a", "an", "another") or (
        people.rule.cls == "kin" and (marks.covering("possessive", at - 1) or before == "the")
    ):
        return at - 1
    return None


def _adjectives_before(tokens: tuple[Token, ...], marks: Marks, at: int) -> int:
    """The first of the adjectives and ages («11-year-old», «17-летний») before a noun."""
    while at > 0:
        if _is_short_verb(marks, at - 1):
            break
        if marks.at("adjective", at - 1) and tokens[at - 1].kind == "word":
            at -= 1
        elif (
            at > 2 and marks.at("unit", at - 1) and tokens[at - 2].low in ("-", "‑") and tokens[at - 3].kind == "number"
        ):
            at -= 3
        elif (
            at > 1
            and marks.at("unit", at - 1)
            and tokens[at - 2].kind == "number"
            and tokens[at - 1].low not in ("лет", "год", "года")
        ):
            at -= 2
        elif _is_adjectival(tokens, marks, at - 1):
            at -= 1
        else:
            break
    return at


def _is_short_verb(marks: Marks, at: int) -> bool:
    """«Ранен местный журналист»: a short participle is the verb, though its stem is also that of an adjective."""
    kinds = {mark.kind for mark in marks.all_at("fate", at)}
    return bool(kinds & {"either", "trans"}) and "noun" not in kinds


def _is_adjectival(tokens: tuple[Token, ...], marks: Marks, at: int) -> bool:
    """An unknown Russian or Ukrainian word with the ending of an adjective («шестнадцатилетняя»)."""
    token = tokens[at]
    if token.kind != "word" or not token.quote.islower() or not _ADJECTIVAL.search(token.low) or token.low in _STOPS:
        return False
    taken = (
        "fate",
        "filler",
        "people",
        "people_one",
        "say",
        "pronoun",
        "partitive",
        "hedge",
        "number",
        "month",
        "weekday",
    )
    return not any(marks.covering(cls, at) for cls in taken)


def plural_people(tokens: tuple[Token, ...], marks: Marks, counted: tuple[Counted, ...]) -> tuple[Counted, ...]:
    """Groups named by a plural noun without a number («the protesters»): a figure without bounds."""
    taken = {index for one in counted for index in range(one.first, one.last)}
    found: list[Counted] = []
    for people in marks.of("people"):
        if any(index in taken for index in range(people.first, people.last)):
            continue
        if _is_named(tokens, marks, people.last, language="") or _is_given(tokens, people):
            continue
        first = _adjectives_before(tokens, marks, people.first)
        if any(index in taken for index in range(first, people.last)):
            first = people.first
        while first < people.first and _is_verb_here(tokens, marks, first):
            first += 1
        taken.update(range(first, people.last))
        figure = Figure(first, people.last, (first, people.last), (), "unquantified", "many")
        found.append(Counted(figure, first, people.last, people, (), head=people.last - 1))
    return tuple(found)


def _is_verb_here(tokens: tuple[Token, ...], marks: Marks, at: int) -> bool:
    """«Police arrested demonstrators»: a verb, not the adjective of «arrested demonstrators», after its subject."""
    past = any(mark.kind == "past" for mark in marks.all_at("fate", at))
    if not past or at == 0:
        return False
    before = tokens[at - 1]
    return (
        before.kind == "word"
        and before.low not in _STOPS
        and not marks.at("adjective", at - 1)
        and (marks.at("article", at - 1) is None and before.low not in ("the", "of", "these", "those", "all"))
    )


def _is_given(tokens: tuple[Token, ...], people: Mark) -> bool:
    """Is the word here a given name («Азамат»), not «citizen»?"""
    return (
        tokens[people.first].is_capital
        and tokens[people.first].low in given_names()
        and people.last == people.first + 1
    )
