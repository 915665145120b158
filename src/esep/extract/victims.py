"""The statuses whose grammatical patient a name is, by language. None under denial, fear, plan or negation."""

from __future__ import annotations

import re

from esep.extract.clauses import Clause
from esep.extract.given import given_names
from esep.extract.lexicon import Mark
from esep.extract.names import Name
from esep.extract.passages import Passage
from esep.extract.patients import findings
from esep.extract.tokens import fold

_STATUSES = {"killed", "injured", "missing", "detained", "convicted", "dismissed", "charged", "tortured", "at_risk"}
_ADVERB = re.compile(r".+ly$")
_BE = (
    "was",
    "were",
    "is",
    "are",
    "been",
    "be",
    "being",
    "remains",
    "remain",
    "got",
    "has",
    "had",
    "have",
    "also",
    "still",
    "currently",
    "later",
    "then",
    "reportedly",
    "allegedly",
    "now",
)
_PASSIVE = ("was", "were", "is", "been", "be", "being", "are", "got", "remains", "remain")
_WHO = ("who", "whom")
_LIST_OPENERS = tuple(
    "were was are is include included includes — – - оказались оказался оказалась был была были".split()
)
_LIST_LINKS = tuple(", and и та і й the a — – : также також мен пен бен және".split())
_BLOCKED = ("denied", "feared", "planned", "unclear", "absence_of_reports")
_KK_ACCUSATIVE = ("ды", "ді", "ты", "ті", "ны", "ні")


def statuses_of(passage: Passage, name: Name, names: tuple[Name, ...]) -> tuple[Mark, ...]:
    """Marks of every status whose patient the name is; none under denial, fear, plan or negation."""
    search = {"en": _english, "ru": _slavic, "uk": _slavic, "kk": _kazakh}[passage.language]
    found = [mark for mark in search(passage, name, names) if mark.value in _STATUSES]
    return tuple({mark.value: mark for mark in found if not _is_unsure(passage, mark, name)}.values())


def _is_unsure(passage: Passage, mark: Mark, name: Name) -> bool:
    first, last = min(mark.first, name.first), max(mark.last, name.last)
    for polarity in passage.marks.of("polarity"):
        if polarity.value in _BLOCKED and first - 6 <= polarity.first < last + (6 if passage.language == "kk" else 0):
            words = " ".join(token.low for token in passage.tokens[polarity.first : polarity.last])
            if mark.rule.id.endswith((".demand", ".custody")) and polarity.value == "planned":
                continue
            if words in ("who", "will") and polarity.last < first:
                continue
            return True
    negated = any(
        passage.marks.at("negation", at) or passage.marks.at("zero", at)
        for at in range(max(0, mark.first - 3), mark.first)
    )
    return negated or (passage.language == "kk" and bool(passage.marks.at("negation", mark.last)))


def _person_marks(passage: Passage, at: int) -> list[Mark]:
    return passage.marks.all_at("fate", at) + passage.marks.all_at("person_fate", at)


def _ending(passage: Passage, at: int) -> list[Mark]:
    both = passage.marks.of("fate") + passage.marks.of("person_fate")
    return sorted((mark for mark in both if mark.last == at), key=lambda mark: mark.first)


def _english(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """Passive and intransitive after the name, object or noun of the act before it, custody in an apposition."""
    found = [m for m in _after_english(passage, name, names) if m is not None]
    before = _skip_titles(passage, name.title)
    for mark in _ending(passage, before):
        if mark.kind in ("object", "past", "act") and not _is_intransitive_use(passage, mark):
            found.append(mark)
            break
    if not found:
        found += _shared_object(passage, name, names)
    return found + _list_before(passage, name, names)


def _shared_object(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """«arrested X, Y and Z»: a name joined to one that is the object is an object too."""
    other = next((one for one in names if one.last < name.first and _only_joins(passage, one.last, name.title)), None)
    if other is None:
        return []
    marks = [m for m in _ending(passage, _skip_titles(passage, other.title)) if m.kind in ("object", "past", "act")]
    own = [m for m in marks if not _is_intransitive_use(passage, m)]
    return own[:1] or _shared_object(passage, other, names)


def _skip_titles(passage: Passage, at: int) -> int:
    """Back over roles and articles: «murdered the union activist X», «release from prison of X»."""
    for _ in range(5):
        if at > 0 and (
            passage.tokens[at - 1].low
            in ("the", "a", "an", "and", "former", "union", "trade", "local", "his", "her", "their", "our", "fellow")
            or passage.marks.ending("title", at)
            or passage.marks.at("adjective", at - 1)
        ):
            if passage.tokens[at - 1].low == "and" or _ending(passage, at):
                break
            mark = passage.marks.ending("title", at)
            at = mark.first if mark else at - 1
        else:
            break
    return at


def _is_intransitive_use(passage: Passage, mark: Mark) -> bool:
    """«were killed X ...»: after a form of be the past is a passive of someone else."""
    before = [token.low for token in passage.tokens[max(0, mark.first - 2) : mark.first]]
    return mark.kind == "past" and any(word in ("was", "were", "been", "be", "is", "are") for word in before)


def _after_english(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """«X was shot dead», «X, a welder, died», «X and Y were arrested», «X, who had been detained»."""
    at, passive, steps = _over_names(passage, name, names), False, 0
    commas = 0
    while at < len(passage.tokens) and steps < 14:
        token = passage.tokens[at]
        marks = [m for m in _person_marks(passage, at) if m.kind in ("past", "after", "adjective", "custody")]
        strong = [m for m in marks if m.kind in ("after", "custody") or passive]
        if strong and (commas != 1 or _closes(passage, name, at) or any(m.kind == "custody" for m in strong)):
            best = max(strong, key=lambda m: m.last)
            return [best, *_second(passage, best.last)]
        if token.low in _BE or _ADVERB.match(token.low) or token.low in _WHO:
            passive = passive or token.low in _PASSIVE
        elif token.low == ",":
            commas += 1
            if commas > 2:
                return []
        elif commas == 1 and not passage.marks.at("say", at) and not passive:
            pass
        else:
            return []
        at += 1
        steps += 1
    return []


def _second(passage: Passage, at: int) -> list[Mark]:
    """«was beaten by police and later died»: a second verb of the same subject."""
    joined = next((k for k in range(at, min(len(passage.tokens), at + 4)) if passage.tokens[k].low == "and"), None)
    if joined is None or any(passage.tokens[k].low in (",", ".") for k in range(at, joined)):
        return []
    after = joined + 1
    while after < len(passage.tokens) and (
        _ADVERB.match(passage.tokens[after].low) or passage.tokens[after].low in ("later", "then", "also")
    ):
        after += 1
    return [m for m in _person_marks(passage, after) if m.kind in ("past", "after")][:1]


def _closes(passage: Passage, name: Name, at: int) -> bool:
    """Is the comma before the verb the one of a relative clause («X, who was killed»)?"""
    between = [token.low for token in passage.tokens[name.last : at]]
    apposed = name.first > 0 and passage.tokens[name.title - 1].low == ","
    return between[:1] == [","] and (between[1:2] in (["who"], ["was"], ["is"], ["currently"], ["now"]) or apposed)


def _over_names(passage: Passage, name: Name, names: tuple[Name, ...]) -> int:
    """The token after the name, or after the last of the names joined to it by commas and «and»."""
    at = name.last
    while True:
        step = at
        while step < len(passage.tokens) and passage.tokens[step].low in (
            ",",
            "and",
            "и",
            "та",
            "і",
            "й",
            "мен",
            "пен",
            "және",
        ):
            step += 1
        title = passage.marks.at("title", step)
        counted = next((one for one in passage.counted if step > at and one.first == step and not one.is_bare), None)
        if counted is not None:
            return counted.last
        following = next(
            (
                other
                for other in names
                if (step > at and other.title in (step, step + 1)) or (title and other.title == step and step > at)
            ),
            None,
        )
        if following is None:
            return at
        at = following.last


def _list_before(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """«Among the dead were X, Y and Z», «The wounded include X»: the list takes its status from the noun."""
    counted = _of_the_counted(passage, name, names)
    if counted is not None:
        return [counted]
    low = [token.low for token in passage.tokens[: name.first]]
    for mark in passage.marks.of("fate"):
        if mark.kind != "noun" or mark.last > name.first or not low:
            continue
        between = passage.tokens[mark.last : name.title]
        free = [
            t for k, t in enumerate(between, mark.last) if not any(other.title <= k < other.last for other in names)
        ]
        opened = free and free[0].low in (*_LIST_OPENERS, ":")
        rest = all(
            t.low in (*_LIST_OPENERS, ",", "and", "и", "та", "і", "й", ":", "the", "a", "an")
            or passage.marks.covering("title", k)
            or passage.marks.at("adjective", k)
            or t.kind == "number"
            for k, t in enumerate(between, mark.last)
            if t in free
        )
        starts = mark.first == 0 or passage.tokens[mark.first - 1].low in (
            "the",
            "among",
            "среди",
            "серед",
            "числе",
            "числі",
        )
        direct = mark.first > 0 and passage.tokens[mark.first - 1].low in ("среди", "серед", "числе", "числі")
        if (opened or direct) and rest and starts:
            return [mark]
    return []


def _of_the_counted(passage: Passage, name: Name, names: tuple[Name, ...]) -> Mark | None:
    """«arrested 45 people, among them X and Y»: the named share what happened to the counted they are part of."""
    clause = Clause(passage.tokens, passage.marks, passage.counted, passage.language)
    for mark in passage.marks.of("scope"):
        if mark.value != "subset" or mark.last > name.title:
            continue
        between = [
            (k, t.low)
            for k, t in enumerate(passage.tokens[mark.last : name.title], mark.last)
            if not any(other.title <= k < other.last for other in names)
        ]
        whole = [one for one in passage.counted if one.last <= mark.first and not one.is_bare]
        if whole and all(word in _LIST_LINKS or passage.marks.covering("title", k) for k, word in between):
            return next((f.fate for f in findings(whole[-1], clause) if f.fate.value in _STATUSES), None)
    return None


def _slavic(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """Short participles and intransitive verbs with the nominative, active verbs with the accusative, nouns with
    the genitive.
    """
    case = _case(name)
    after, before = _over_names(passage, name, names), name.title
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
    candidates = [(mark, "after") for mark in _person_marks(passage, after)]
    candidates += [(mark, "before") for mark in _ending(passage, _back_over_names(passage, name, names))]
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
    return (found or _list_before(passage, name, names))[:2]


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
        marks = [m for m in _person_marks(passage, at) if m.kind == "either"]
        if marks and _case(name) == "nominative":
            return marks[:1]
    return []


def _back_over_names(passage: Passage, name: Name, names: tuple[Name, ...]) -> int:
    """The token before the name and its roles, over names joined to it."""
    at = name.title
    for _ in range(8):
        joined = next(
            (other for other in names if other.last < name.first and _only_joins(passage, other.last, at)), None
        )
        if joined is not None and joined.last < at and passage.tokens[at - 1].low in ("и", "та", "і", ",", "й"):
            at = joined.title
            continue
        if (
            at > 0
            and not _ending(passage, at)
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


def _only_joins(passage: Passage, first: int, last: int) -> bool:
    return first < last and all(
        token.low in (",", "и", "та", "і", "й", "and", "also") for token in passage.tokens[first:last]
    )


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


def _kazakh(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """The verb after the name, over fillers and joined names; an accusative name for an active verb; a participle
    before it.
    """
    ending = passage.tokens[name.last - 1].low
    genitive = ending.endswith(("ның", "нің", "дың", "дің", "тың", "тің"))
    accusative = ending.endswith(_KK_ACCUSATIVE) and not genitive
    at, steps = _over_names(passage, name, names), 0
    while at < len(passage.tokens) and steps < 7:
        marks = _person_marks(passage, at)
        for mark in sorted(marks, key=lambda m: -m.last):
            if (
                (mark.kind == "verb" and not accusative)
                or (mark.kind == "trans" and accusative)
                or (mark.kind == "post" and genitive)
            ):
                return [mark]
        token = passage.tokens[at]
        other = (
            any(o.first <= at < o.last for o in names)
            or passage.marks.at("say", at)
            or passage.marks.at("people", at)
            or any(c.first == at for c in passage.counted)
        )
        if other or token.low in (",", ";", "деп") or passage.marks.at("according_after", at):
            break
        at += 1
        steps += 1
    listed = _kazakh_list(passage, name, names)
    if listed:
        return listed
    before = [
        m
        for m in _ending(passage, name.title)
        if m.kind == "verb" and passage.tokens[m.last - 1].low.endswith(("ған", "ген", "қан", "кен"))
    ]
    return before[:1]


def _kazakh_list(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """«Қаза тапқандардың арасында X пен Y бар»: the list takes its status from the noun."""
    for scope in passage.marks.of("scope"):
        if scope.value != "subset" or scope.last > name.title:
            continue
        nouns = [
            m
            for m in passage.marks.of("fate")
            if (m.kind == "noun" and m.first <= scope.first < m.last) or (m.last == scope.first and m.kind == "noun")
        ]
        between = [
            (k, passage.tokens[k].low)
            for k in range(scope.last, name.title)
            if not any(other.title <= k < other.last for other in names)
        ]
        if nouns and all(word in _LIST_LINKS or word == "арасында" for _, word in between):
            return nouns[:1]
    return []
