"""What all languages share in finding the patient among names: verbs beside a name, names joined, lists of names."""

from __future__ import annotations

from esep.extract.clauses import Clause
from esep.extract.lexicon import Mark
from esep.extract.names import Name
from esep.extract.passages import Passage
from esep.extract.patients import findings

LIST_LINKS = tuple(", and и та і й the a — – : также також мен пен бен және".split())
LIST_OPENERS = tuple(
    "were was are is include included includes — – - оказались оказался оказалась был была были".split()
)
_JOINS = (",", "and", "и", "та", "і", "й", "мен", "пен", "және")
_LONGEST_LIST = 40
STATUSES = {"killed", "injured", "missing", "detained", "convicted", "dismissed", "charged", "tortured", "at_risk"}
KK_ACCUSATIVE = ("ды", "ді", "ты", "ті", "ны", "ні")


def person_marks(passage: Passage, at: int) -> list[Mark]:
    """Fates that begin at a token, those of named persons among them."""
    return passage.marks.all_at("fate", at) + passage.marks.all_at("person_fate", at)


def ending_marks(passage: Passage, at: int) -> list[Mark]:
    """Fates whose words end before a token, the first to begin first."""
    both = passage.marks.of("fate") + passage.marks.of("person_fate")
    return sorted((mark for mark in both if mark.last == at), key=lambda mark: mark.first)


def over_names(passage: Passage, name: Name, names: tuple[Name, ...]) -> int:
    """The token after the name, or after the last of the names and people joined to it by commas and «and»."""
    at = name.last
    for other in [one for one in names if one.first >= name.last][:_LONGEST_LIST]:
        step = _after_joins(passage, at)
        counted = next((one for one in passage.counted if step > at and one.first == step and not one.is_bare), None)
        if counted is not None:
            return counted.last
        if step == at or other.title not in (step, step + 1):
            return at
        at = other.last
    step = _after_joins(passage, at)
    counted = next((one for one in passage.counted if step > at and one.first == step and not one.is_bare), None)
    return counted.last if counted is not None else at


def _after_joins(passage: Passage, at: int) -> int:
    """The first token from here on that is no comma and no «and»."""
    while at < len(passage.tokens) and passage.tokens[at].low in _JOINS:
        at += 1
    return at


def list_before(passage: Passage, name: Name, names: tuple[Name, ...]) -> list[Mark]:
    """«Among the dead were X, Y and Z», «The wounded include X»: the list takes its status from the noun."""
    counted = of_the_counted(passage, name, names)
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
        opened = free and free[0].low in (*LIST_OPENERS, ":")
        rest = all(
            t.low in (*LIST_OPENERS, ",", "and", "и", "та", "і", "й", ":", "the", "a", "an")
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


def of_the_counted(passage: Passage, name: Name, names: tuple[Name, ...]) -> Mark | None:
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
        if whole and all(word in LIST_LINKS or passage.marks.covering("title", k) for k, word in between):
            return next((f.fate for f in findings(whole[-1], clause) if f.fate.value in STATUSES), None)
    return None


def only_joins(passage: Passage, first: int, last: int) -> bool:
    """Are the tokens from `first` to `last` commas and words for «and» alone?"""
    return first < last and all(
        token.low in (",", "и", "та", "і", "й", "and", "also") for token in passage.tokens[first:last]
    )
