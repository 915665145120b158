"""Parts of a name: given, family, patronymic, initials, title, kin word, stated aliases.

Most lists write names without saying which word is which, so a part is read from endings (-ov, -ovich, -uly),
from commas and capitals, and from the order of the words; `sure` says whether that is more than a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from esep.names.folding import is_kazakh_arabic
from esep.names.scripts import visible
from esep.names.tables import column, rows
from esep.names.tokens import Token, token

Role = Literal["given", "family", "patronymic", "initial", "unknown"]

_CACHED_NAMES = 1 << 15
_MOST_WORDS = 24
_MOST_LETTERS = 600
_MARKS = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}]|(?<=\w)['’‘ʼʻʹ`´′](?=\w))*\.?")
_CAMEL = re.compile(r"(?<=[a-zа-яё]{3})(?=[A-ZА-ЯЁ][a-zа-яё]{2})")
_BRACKET = re.compile(r"[(\[«\"“„]([^()\[\]«»\"“”„]+)[)\]»\"”“]")
_TITLES = column("titles", "word", "language")
_TITLE_WITH_HYPHEN = re.compile(
    r"\b(?:" + "|".join(sorted(word for word in _TITLES if "-" in word)) + r")\b", re.IGNORECASE
)
_SEPARATE_PATRONYMIC = re.compile(
    r"(\w{2,})[ -]+(ұлы|улы|қызы|кызы|uly|ūly|uli|qyzy|kyzy|kizi|оглы|огли|ogly|oglu|oğlu|oglı)\b", re.IGNORECASE
)
_GENITIVES = ("ның", "нің", "дың", "дің", "тың", "тің")
_NO_NAME = frozenset(column("no_name", "word", "language"))
_KIN_BEFORE = {row["word"]: row["relation"] for row in rows("kin_words") if row["where"] == "before"}
_KIN_AFTER = {row["word"]: row["relation"] for row in rows("kin_words") if row["where"] == "after"}
_BYNAMES = frozenset(("أم", "ام", "أبو", "ابو", "أبي", "umm", "oum"))
_KIN_LINKS = frozenset(("of", "the", "von", "der", "des", "de", "du", "d", "la", "her", "his", "a"))
_ALIASES = {row["phrase"]: row["kind"] for row in rows("alias_marks")}
_ALIAS = re.compile(
    r"[\s,;(]+(" + "|".join(re.escape(phrase) for phrase in sorted(_ALIASES, key=len, reverse=True)) + r")[\s:]+",
    re.IGNORECASE,
)
_MAY_STATE_ALIAS = re.compile(
    r"[(\[«\"“„]|\b(?:" + "|".join(sorted({re.escape(phrase.split()[0]) for phrase in _ALIASES})) + r")", re.IGNORECASE
)
_PARTICLES = frozenset(
    "al el ibn bin ben bint as ad ar an ash at az ud ul ur de da di du la le van von der den".split()
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart.

    `tokens` are the words of the name in their order, `roles` says what each is; `titles` and `particles` are
    left out of comparing. `kin` is set when the text describes a person by somebody else («mother of Aigul
    Karimova»): then the tokens are the name of that other person. `aliases` are other names that the text states.
    """

    tokens: tuple[Token, ...]
    roles: tuple[Role, ...]
    sure: bool
    titles: tuple[str, ...] = ()
    kin: str | None = None
    aliases: tuple[NameParts, ...] = ()

    def words(self, role: Role) -> tuple[Token, ...]:
        """Tokens in a role, in their order."""
        return tuple(word for word, its in zip(self.tokens, self.roles, strict=True) if its == role)

    def text(self, role: Role) -> str:
        """The written words in a role, joined by spaces; "" when there are none."""
        return " ".join(word.written for word in self.words(role))

    @property
    def joined(self) -> str:
        """Sounds of all words without spaces."""
        return "".join(word.sounds for word in self.tokens)

    @property
    def joined_classes(self) -> str:
        """Sound classes of all words without spaces."""
        return "".join(word.classes for word in self.tokens)

    @property
    def given(self) -> str:
        """Given name as written."""
        return self.text("given")

    @property
    def family(self) -> str:
        """Family name as written."""
        return self.text("family")

    @property
    def patronymic(self) -> str:
        """Patronymic as written."""
        return self.text("patronymic")


@lru_cache(maxsize=_CACHED_NAMES)
def parse(name: str) -> NameParts:
    """Parts of a name in any script; never raises. A text without letters, or only «unknown», has no tokens.

    No name is longer than 24 words: of a page of text only its beginning is read, so that comparing cannot hang.
    """
    name = name[:_MOST_LETTERS]
    main, aliases = _split_aliases(name)
    parts = _parse_one(main)
    if not parts.tokens and aliases:
        return aliases[0]
    if not aliases:
        return parts
    return NameParts(parts.tokens, parts.roles, parts.sure, parts.titles, parts.kin, aliases)


def _split_aliases(name: str) -> tuple[str, tuple[NameParts, ...]]:
    """The name before «known as» and outside brackets, and the names after it and inside them."""
    if not _MAY_STATE_ALIAS.search(name):
        return name, ()
    others = [inner for inner in _BRACKET.findall(name) if _is_name_like(inner)]
    main = _BRACKET.sub(" ", name) if others else name
    main, *more = _ALIAS.split(main)
    others += more[1::2]
    inner = [_ALIAS.sub(" ", f" {other} ").strip() for other in others]
    return main, tuple(parts for other in inner if (parts := _parse_one(other)).tokens)


def _is_name_like(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and not any(letter.isdigit() for letter in text)


def _parse_one(name: str) -> NameParts:
    found = _words(name)[:_MOST_WORDS]
    kin, found = _take_kin(found)
    titles = _titles(found)
    kept = [word for word in found if word not in titles] if titles else found
    if not kept and not kin:
        kept, titles = found, ()
    if name.strip().casefold() in _NO_NAME or all(_bare(word) in _NO_NAME for word in kept):
        kept = []
    kazakh = is_kazakh_arabic(name)
    tokens = [one for word in kept if (one := token(word, kazakh=kazakh)).sounds]
    named = [one for one in tokens if one.plain not in _PARTICLES] or tokens
    roles, sure = _roles(named, comma=_comma(name, named))
    return NameParts(tuple(named), _double_names(name, named, roles=roles), sure, titles, kin)


def _words(name: str) -> list[str]:
    if "-" in name:
        name = _TITLE_WITH_HYPHEN.sub(" ", name)
    return _WORD.findall(_CAMEL.sub(" ", _SEPARATE_PATRONYMIC.sub(_joined_patronymic, name)))


def _joined_patronymic(match: re.Match[str]) -> str:
    """Омар ұлы is a patronymic in two words; Гүлсімнің ұлы, with a genitive, is somebody's son."""
    return match[0] if match[1].lower().endswith(_GENITIVES) else match[1] + match[2].lower()


def _titles(found: list[str]) -> tuple[str, ...]:
    """Words of address, rank and office: before the name in any case, elsewhere only in small letters.

    Names are words too (Aaron Judge, Pan Wei, Мырза): Kazakh forms of address stand after the name, Polish ones are
    told from family names by their small letters.
    """
    out: list[str] = []
    for place, word in enumerate(found):
        language = _TITLES.get(_bare(word))
        leading = len(out) == place
        if language is None or (language == "kk" and place == 0):
            continue
        if word.islower() or (leading and language not in ("kk", "pl")):
            out.append(word)
    return tuple(out)


@lru_cache(maxsize=_CACHED_NAMES)
def _bare(word: str) -> str:
    return visible(word).rstrip(".")


def _take_kin(found: list[str]) -> tuple[str | None, list[str]]:
    """A leading «mother of» or a closing «анасы»: the relation, and the words of the other person's name."""
    if len(found) < 2:
        return None, found
    lead = 1 if _bare(found[0]) in _KIN_LINKS and len(found) > 2 else 0
    if relation := _KIN_BEFORE.get(_bare(found[lead])):
        rest = found[lead + 1 :]
        if _bare(found[lead]) in _BYNAMES and len(rest) > 1:
            return None, found  # a byname before the person's own names (Abu X Y Z)
        while len(rest) > 1 and _bare(rest[0]) in _KIN_LINKS:
            rest = rest[1:]
        return relation, rest
    if relation := _KIN_AFTER.get(_bare(found[-1])):
        return relation, found[:-1]
    return None, found


def _comma(name: str, named: list[Token]) -> int:
    """How many words stand before the first comma, 0 when there is no comma with words on both sides."""
    head, comma, tail = name.partition(",")
    if not comma or not _words(tail):
        return 0
    before = len([word for word in _words(head) if any(word == one.written for one in named)])
    return before if before < len(named) else 0


def _roles(named: list[Token], *, comma: int) -> tuple[tuple[Role, ...], bool]:
    """What each word is, and whether endings, a comma or capitals show it rather than the order alone."""
    roles: list[Role] = ["unknown"] * len(named)
    for place, word in enumerate(named):
        if word.kind == "initial":
            roles[place] = "initial"
    if comma:
        return _after_comma(named, roles, comma=comma), True
    patronymic = [place for place, word in enumerate(named) if word.kind == "patronymic"]
    if len(named) > 1 and patronymic:
        roles[patronymic[-1]] = "patronymic"
    family = _family_place(named, roles)
    if family is not None:
        roles[family] = "family"
    if family is None and "initial" in roles and roles.count("unknown") == 1:
        place = roles.index("unknown")
        roles[place] = "family"
        return tuple(roles), True
    open_places = [place for place, role in enumerate(roles) if role == "unknown"]
    sure = family is not None and named[family].style != "weak" and len(open_places) <= 1
    if family is None and len(open_places) == 2:
        _by_order(roles, open_places)
    else:
        for place in open_places:
            roles[place] = "given" if len(named) > 1 else "unknown"
    return tuple(roles), sure


def _double_names(name: str, named: list[Token], *, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Both halves of a double name are what the half with the telling ending is."""
    if "-" not in name:
        return roles
    out = list(roles)
    for place in range(1, len(named)):
        joined = f"{named[place - 1].written}-{named[place].written}" in name
        if joined and "family" in roles[place - 1 : place + 1]:
            out[place - 1] = out[place] = "family"
    return tuple(out)


def _after_comma(named: list[Token], roles: list[Role], *, comma: int) -> tuple[Role, ...]:
    for place, word in enumerate(named):
        if roles[place] != "initial":
            roles[place] = "family" if place < comma else "patronymic" if word.kind == "patronymic" else "given"
    return tuple(roles)


def _family_place(named: list[Token], roles: list[Role]) -> int | None:
    """The word with the ending of a family name, else the only one in capitals; the outer one when several fit."""
    free = [place for place, role in enumerate(roles) if role == "unknown"]
    fits = [place for place in free if named[place].kind == "family"]
    if not fits and len(free) > 1:
        capitals = [place for place in free if len(named[place].written) > 2 and named[place].written.isupper()]
        fits = capitals if len(capitals) < len(free) else []
    if not fits:
        return None
    strong = [place for place in fits if named[place].style != "weak"] or fits
    return strong[0] if roles[-1] == "patronymic" else strong[-1]


def _by_order(roles: list[Role], places: list[int]) -> None:
    """Two words without a telling ending: family first when a patronymic closes the name, else given first."""
    family_first = roles[-1] == "patronymic"
    roles[places[0]], roles[places[1]] = ("family", "given") if family_first else ("given", "family")
