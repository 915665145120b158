"""The list of people, readable without a script, and the index that the search of the page reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from esep.names import folding, keys, scripts
from esep.names.tables import rows
from esep.publish.page import Page
from esep.publish.rules import Rules
from esep.publish.shown_people import ShownPerson
from esep.publish.view import View
from esep.publish.words import label

A_PAGE = 400
_TABLES = ("latin", "cyrillic", "arabic", "other", "homoglyphs", "latin_spellings", "spelling_rules")
_COLUMNS = frozenset(
    ("letter", "folded", "arabic", "kazakh", "group", "latin", "cyrillic", "stage", "needs", "pattern", "sound")
)


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """The list in parts of `A_PAGE`, the search index, and the tables by which a search folds spellings."""
    parts = [view.people[i : i + A_PAGE] for i in range(0, len(view.people), A_PAGE)] or [()]
    for number, part in enumerate(parts, start=1):
        yield Page(
            list_path(number),
            "People" if number == 1 else f"People, part {number}",
            "people.html",
            {"part": part, "number": number, "parts": [list_path(i) for i in range(1, len(parts) + 1)]},
        )
    yield Page("assets/people-index.js", text=_script("esepPeople", [_entry(person) for person in view.people]))
    yield Page("assets/fold-tables.js", text=_script("esepTables", _folding()))


def list_path(number: int) -> str:
    """File of one part of the list."""
    return "people.html" if number == 1 else f"people-{number}.html"


def _entry(person: ShownPerson) -> dict[str, object]:
    """What the search needs of one person: keys of all names, and what to show."""
    title = person.title
    return {
        "path": person.path,
        "title": title.text,
        "lang": title.lang,
        "dir": title.dir,
        "states": ", ".join(map(label, person.states)),
        "keys": " ".join(person.keys),
        "written": " ".join(dict.fromkeys(word for name in person.names for word in keys.words(name.text))),
    }


def _folding() -> dict[str, object]:
    """What the script needs to fold a query as the package folds names: letters, rules, patterns, variants."""
    found: dict[str, object] = {name: [_needed(row) for row in rows(name)] for name in _TABLES}
    found["other"] = [{"letter": row["letter"], "plain": row["plain"]} for row in rows("other")]
    found["patterns"] = {
        "group": folding._GROUP.pattern,
        "has_arabic": folding._HAS_ARABIC.pattern,
        "kazakh_only_arabic": folding._KAZAKH_ONLY_ARABIC.pattern,
        "arabic_article": folding._ARABIC_ARTICLE.pattern,
        "turkic_latin": folding._TURKIC_LATIN.pattern,
        "library_latin": folding._LIBRARY_LATIN.pattern,
        "german_ending": folding._GERMAN_ENDING.pattern,
        "polish": folding._POLISH.pattern,
        "unsettled": folding._UNSETTLED.pattern,
        "latin": scripts._LATIN.pattern,
        "cyrillic": scripts._CYRILLIC.pattern,
        "invisible": scripts._INVISIBLE.pattern,
        "marks": keys._MARKS,
    }
    found["variants"] = dict(sorted(folding._VARIANTS.items()))
    found["linking"] = sorted(keys._LINKING)
    return found


def _needed(row: Mapping[str, str]) -> dict[str, str]:
    """A row of a table without its remarks."""
    return {column: value for column, value in row.items() if column in _COLUMNS}


def _script(name: str, value: Sequence[object] | dict[str, object]) -> str:
    """A script file that holds one value; `<` is escaped so that no text can end a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'"use strict";\nconst {name} = {text};\n'
