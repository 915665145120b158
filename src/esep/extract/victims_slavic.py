"""The statuses of a name in Russian and Ukrainian: the case of the name tells patient from agent."""

from __future__ import annotations

from esep.extract.given import given_names
from esep.extract.lexicon import Mark
from esep.extract.names import Name
from esep.extract.passages import Passage
from esep.extract.tokens import fold
from esep.extract.victim_words import ending_marks, list_before, only_joins, over_names, person_marks


def slavic_fates(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """Short participles and intransitive verbs with the nominative, active verbs with the accusative, nouns with
    the genitive.
    """
    case = _case(name)
    after, before = over_names(passage, name, names), name.title
    found: list[Mark] = []
    apposed = before > 0 and passage.tokens[before - 1].low == ","
    if apposed and after < len(passage.tokens) and passage.tokens[after].low == ",":
        after += 1  # the name is itself an apposition: «рабочий, X, числится пропавшим»
    while after < len(passage.tokens) and passage.tokens[after].low in (
        "был",
        "была",
        "были",
        "було",
        "був",
        "также",
        "также",
        "позже",
        "тоже",
        "вчера",
        "сегодня",
        "також",
        "було",
        "вчора",
    ):
        after += 1
    candidates = [(mark, "after") for mark in person_marks(passage, after)]
    candidates += [(mark, "before") for mark in ending_marks(passage, _back_over_names(passage, name, names))]
    for mark, side in candidates:
        verb = passage.tokens[mark.last - 1].low
        impersonal = passage.language == "uk" and verb.endswith(("но", "то"))
        if mark.kind == "either" and (case == "nominative" or (case == "oblique" and impersonal)):
            found.append(mark)
        elif mark.kind == "trans" and (
            case in ("oblique", "accusative")
            or (case == "nominative" and verb.endswith("ли") and side == "before" and len(names) == 1)
        ):
            found.append(mark)
        elif mark.kind == "act" and side == "before" and case in ("oblique", "genitive"):
            found.append(mark)
        elif mark.kind == "noun" and side == "before" and case != "instrumental" and mark.last == before:
            found.append(mark)
    if not found and passage.tokens[after - 1].low != ",":
        found += _relative(passage, name)
    return (found or list_before(passage, name, names))[:2]


def _relative(passage: Passage, name: Name) -> list[Mark]:
    """«X, который был убит», «X, 34-летний сварщик, погиб»: over one apposition."""
    tokens = passage.tokens
    if name.last >= len(tokens) or tokens[name.last].low != ",":
        return []
    close = next((k for k in range(name.last + 1, min(len(tokens), name.last + 10)) if tokens[k].low == ","), None)
    starts = (
        [name.last + 2, name.last + 3]
        if name.last + 1 < len(tokens)
        and tokens[name.last + 1].low.startswith(("котор", "який", "яка", "якого", "яку"))
        else []
    )
    if close is not None:
        starts.append(close + 1)
    for at in starts:
        marks = [m for m in person_marks(passage, at) if m.kind == "either"]
        if marks and _case(name) == "nominative":
            return marks[:1]
    return []


def _back_over_names(passage: Passage, name: Name, names: tuple[Name, ...]) -> int:
    """The token before the name and its roles, over names joined to it."""
    at = name.title
    for _ in range(8):
        joined = next(
            (other for other in names if other.last < name.first and only_joins(passage, other.last, at)), None
        )
        if joined is not None and joined.last < at and passage.tokens[at - 1].low in ("и", "та", "і", ",", "й"):
            at = joined.title
            continue
        if (
            at > 0
            and not ending_marks(passage, at)
            and (
                passage.marks.at("adjective", at - 1)
                or passage.marks.ending("title", at)
                or passage.marks.at("unit", at - 1)
                or passage.tokens[at - 1].kind == "number"
                or passage.tokens[at - 1].low in ("-", "‑")
                or passage.marks.covering("people_one", at - 1)
                or passage.tokens[at - 1].low in ("также", "также", "профсоюза", "газеты", "также")
            )
        ):
            at -= 1
            continue
        break
    return at


def _case(name: Name) -> str:
    """nominative, oblique (genitive or accusative), or instrumental, by the endings of given name and surname."""
    words = [fold(word) for word in name.quote.split()]
    first, last = words[0], words[-1]
    base = given_names().get(first)
    if last.endswith(("ым", "им", "ом")) or (
        base and base != first and first.endswith(("ом", "ем", "ой", "ей", "єм", "ою", "ею"))
    ):
        return "instrumental"
    if base is not None:
        return "nominative" if base == first else "oblique"
    if last.endswith(("ого", "ову", "еву", "ину", "скую", "ую", "ської")):
        return "oblique"
    return "nominative"
