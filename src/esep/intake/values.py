"""The shape of values that views and counts read: a claim is never unwritten, so a wrong shape is refused before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from esep.dates import When
from esep.errors import BadDate
from esep.intake.numbers import hedges
from esep.intake.terms import terms

RECEIPTS = frozenset(("file", "text", "import", "settings", "proposals"))
"""Properties that say what was stored, on which passages and verification rest: nobody states or undoes them."""

WRITTEN_BY_ESEP = RECEIPTS | {"decision", "same", "different", "unsure"}
"""Properties that no table states."""

Test = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(When.parse(value))
    except BadDate:
        return False


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _text_or_texts(value: Any) -> bool:
    return _is_text(value) or _are_texts(value)


def _are_lists(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value)) and all(map(_are_texts, value.values()))


_TEXTS = frozenset(
    "name other_name description summary sex role title publisher url medium language grade disclaimer type entry"
    " actor organiser target response demand by addressed_to name_form part_of".split()
)
_DATES = frozenset(("birth_date", "death_date", "published", "begins"))
_SOURCES = frozenset(("reprint_of", "translation_of", "copy_of"))
_FIELDS: Mapping[str, Mapping[str, tuple[Test, str]]] = {
    "status": {
        "date": (_is_date, "a date"), "place": (_is_text, "text"), "side": (_is_text, "text"),
        "count": (_is_number, "a whole number"),
    },
    "count": {
        "low": (_is_number, "a whole number"), "high": (_is_number, "a whole number"), "hedge": (_is_text, "text"),
    },
    "toll": {
        "low": (_is_number, "a whole number"), "high": (_is_number, "a whole number"), "hedge": (_is_text, "text"),
        "word": (_is_text, "text"), "status": (_is_text, "text"), "as_of": (_is_date, "a date"),
        "published": (_is_date, "a date"), "polarity": (_is_text, "text"), "said_by": (_are_texts, "a list of texts"),
        "marks": (_are_texts, "a list of texts"), "scope": (lambda value: isinstance(value, dict), "an object"),
        "place": (_is_text, "text"), "period": (_is_date, "a date"), "part": (_is_text, "text"),
        "event": (_is_text, "text"), "who": (_text_or_texts, "text"), "excludes": (_text_or_texts, "text"),
    },
    "when": {"date": (_is_date, "a date"), "time": (_is_text, "text")},
    "where": {"place": (_is_text, "text"), "country": (_is_text, "text")},
    "check": {"person": (_is_text, "text"), "place": (_is_text, "text"), "place_kind": (_is_text, "text"),
              "date": (_is_date, "a date"), "answer": (_is_text, "text")},
    "body_event": {"person": (_is_text, "text"), "place": (_is_text, "text"), "date": (_is_date, "a date"),
                   "event": (_is_text, "text"), "to": (_is_text, "text"), "by": (_is_text, "text")},
    "estimate": {
        "title": (_is_text, "text"), "note": (_is_text, "text"), "statuses": (_are_texts, "a list of texts"),
        "lists": (_are_lists, "an object from names of lists to lists of source ids"),
    },
    "speaker_alias": {"words": (_is_text, "text"), "name": (_is_text, "text")},
    "corroboration": {
        "finding": (lambda value: value in ("supports", "documents", "refutes"), "supports, documents or refutes"),
        "by": (_is_text, "text"), "reason": (_is_text, "text"), "status": (_is_text, "text"), "who": (_is_text, "text"),
        "statement": (_is_text, "text"), "at": (_is_date, "a date"),
        "independent": (lambda value: isinstance(value, bool), "true or false"),
    },
    "wanted": {"what": (_is_text, "text"), "note": (_is_text, "text"), "supports": (_are_texts, "a list of texts")},
    "is_person": {"person": (_is_text, "text")},
    "wanted_closed": {"held_as": (_is_text, "text"), "by": (_is_text, "text"), "reason": (_is_text, "text")},
}  # fmt: skip
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "speaker_alias": ("words", "name"),
    "corroboration": ("finding", "by", "reason"),
    "wanted": ("what",),
    "is_person": ("person",),
    "wanted_closed": ("by", "reason"),
}


def why_not(prop: str, value: Any) -> str | None:
    """What is wrong with the shape of a stated value; None if nothing is, or if nobody reads this property."""
    if prop in _TEXTS or prop in _SOURCES:
        return None if _is_text(value) else f"{prop} is not text"
    if prop in _DATES:
        return None if _is_date(value) else f"{prop} is not a date"
    if prop not in _FIELDS:
        return None
    if not isinstance(value, dict):
        return f"{prop} is not an object of fields"
    return _field(prop, value) or (_term(value) if prop == "status" else _bounds(value))


def _field(prop: str, value: Mapping[str, Any]) -> str | None:
    scope = value.get("scope")
    held = {**value, **(scope if isinstance(scope, dict) else {})}
    for field, (test, expected) in _FIELDS[prop].items():
        is_needed = field in _NEEDED.get(prop, ())
        if (is_needed or held.get(field) not in (None, "")) and not test(held.get(field)):
            return f"{prop}: {field} is not {expected}"
    return None


def _term(value: Mapping[str, Any]) -> str | None:
    status = value.get("status")
    known = isinstance(status, str) and status in terms("status").values()
    return None if known else "status: the word is no status that esep knows"


def _bounds(value: Mapping[str, Any]) -> str | None:
    if value.get("hedge") and value["hedge"] not in hedges():
        return f"the hedge is not one of {', '.join(sorted(hedges()))}"
    low, high = value.get("low"), value.get("high")
    return "low lies above high" if low is not None and high is not None and low > high else None
