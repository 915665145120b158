"""Tolls: one published number a row, as one compound claim about `toll:ID`.

::

    {"status": "killed", "category": "killed", "counts_people": true, "casualty": true,
     "low": 101, "high": null, "hedge": "more_than", "word": "more_than",
     "scope": {"place": "Zhanaozen", "who": "all", "note": "by night of 17 Dec"},
     "as_of": "2011-12-17", "published": "2011-12-21",
     "said_by": ["Socialist Movement press service"], "speaker_kind": "party"}

`low` and `high` are always there (null is open); keys that the row does not state are left out. A severity
narrows who is counted, so that 40 in hospital with gunshot wounds are never read as all the wounded; people who
are left out stand in `excludes`; `is_subset` marks a figure that its row calls a part of a larger one.
"""

from __future__ import annotations

from typing import Any

from esep.errors import BadInput
from esep.intake.attribution import attribute, chain, finish
from esep.intake.categories import Category, find_category
from esep.intake.cells import Cell
from esep.intake.forms.naming import subject_of
from esep.intake.numbers import Bounds, read_bounds, read_phrase
from esep.intake.row import Row

_SCOPE = (
    ("place", "place"),
    ("who", "scope"),
    ("note", "note"),
    ("period", "period"),
    ("part", "part"),
    ("severity", "severity"),
    ("event", "event"),
)


def draft_toll(row: Row) -> str:
    """Drafts about `toll:ID`: the toll itself, what its source copies, and unnamed columns."""
    attribute(row)
    subject = subject_of(row, "toll")
    category, bounds = _category(row), _bounds(row)
    if category is not None and bounds is not None:
        value, cell = _toll(row, category, bounds), _number_cell(row)
        row.claim(subject, "toll", value, cell=cell, original=row.text("quote"))
    finish(row, subject)
    return subject


def _toll(row: Row, category: Category, bounds: Bounds) -> dict[str, Any]:
    extent = row.term("extent", "extent")
    optional = {
        "as_of": row.date("as_of"),
        "published": row.date("published"),
        "speaker_kind": row.text("speaker_kind"),
        "polarity": row.term("polarity", "polarity") or bounds.polarity or None,
        "extent": extent,
        "is_subset": True if extent == "subset" else None,
        "attribution": row.text("attribution"),
        "language": row.text("language"),
    }
    return {
        **category.value(),
        "low": bounds.low,
        "high": bounds.high,
        "hedge": bounds.hedge,
        "word": bounds.word,
        "scope": _scope(row),
        "said_by": chain(row),
        **{key: value for key, value in optional.items() if value is not None},
    }


def _scope(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {key: row.text(prop) for key, prop in _SCOPE}
    if found["severity"]:
        found["who"] = [word for word in (found["who"], found["severity"]) if word]
    found["excludes"] = row.parts("excludes")
    return {key: value for key, value in found.items() if value}


def _category(row: Row) -> Category | None:
    cell = row.cell("category")
    if not cell.stated:
        row.fault("the number has no category", hint="say what it counts, as killed, injured, missing, detained")
        return None
    found = find_category(cell.text, own=row.context.mapping.categories)
    if found is None:
        row.fault(
            f"column {cell.header!r}: the category is not one that esep knows",
            hint="use a category of the code book, or add it to [categories] of the mapping with true for people",
        )
    return found


def _bounds(row: Row) -> Bounds | None:
    low, high = row.whole("low"), row.whole("high")
    if row.faults:
        return None
    value = row.cell("value")
    try:
        if value.stated and low is None and high is None and not row.text("qualifier"):
            return read_phrase(value.text, header=value.header)
        if low is None and high is None:
            low = row.whole("value")
        word = row.text("qualifier") or ""
        if low is None and high is None and not word:
            raise BadInput("the row gives no number", hint="give one, or a qualifier such as hundreds or unquantified")
        return read_bounds(word, low=low, high=high)
    except BadInput as error:
        row.fault(str(error), hint=error.hint)
        return None


def _number_cell(row: Row) -> Cell:
    return next(row.cell(prop) for prop in ("low", "value", "high", "qualifier") if row.cell(prop).stated)
