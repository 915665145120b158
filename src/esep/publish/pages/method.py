"""The page on method, made from the rules, settings and code tables that were really used."""

from __future__ import annotations

from collections.abc import Iterable

from esep.counts.categories import categories
from esep.counts.toll_report import NO_MIDDLE
from esep.counts.verification import RULE
from esep.counts.words import HEDGES, vague_words
from esep.publish.page import Page
from esep.publish.rules import Rules
from esep.publish.view import View

_BOUNDS = {
    "exact": ("the number", "the number"),
    "at_least": ("the number", "open"),
    "more_than": ("the number and one", "open"),
    "up_to": ("open", "the number"),
    "about": ("the number", "the number"),
    "range": ("the lower number", "the higher number"),
    "unquantified": ("open", "open"),
}


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """One page."""
    values = {
        "counting": view.tally.rule,
        "verified": RULE,
        "no_middle": NO_MIDDLE,
        "hedges": [(hedge, *_BOUNDS[hedge]) for hedge in HEDGES if hedge in _BOUNDS],
        "vague": sorted({(word.word, word.lang, word.low) for word in vague_words().values()}, key=str),
        "categories": list(categories().values()),
        "not_shown": view.not_shown,
        "shown": len(view.people),
    }
    yield Page("method.html", "Method", "method.html", values)
