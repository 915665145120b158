"""Events: one thing that happened at a place and time a row; what no source states stays empty.

`when` is `{"date", "precision", "time"}`, `where` is one `{"place", "country"}` for each place of the row, so
that three towns in one sentence are not lost in one.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from esep.intake.attribution import attribute, finish
from esep.intake.forms.naming import claim_texts, subject_of
from esep.intake.row import Row

_SEVERAL = (("actors", "actor"), ("organisers", "organiser"))
_TEXTS = ("type", "target", "response", "participants", "summary", "note")


def draft_event(row: Row) -> str:
    """Drafts about `event:ID`: type, when, where, actors, organisers, target, response, summary, entry."""
    attribute(row)
    subject = subject_of(row, "event")
    if not row.cell("type").stated and not row.cell("summary").stated:
        row.fault("the row does not say what happened", hint="give a type or a summary")
    _claim_when(row, subject)
    _claim_where(row, subject)
    for prop, claimed in _SEVERAL:
        for part in row.parts(prop):
            row.claim(subject, claimed, part, cell=row.cell(prop))
    claim_texts(row, subject, _TEXTS)
    entry = row.term("entry", "entry")
    if entry:
        row.claim(subject, "entry", entry, cell=row.cell("entry"))
    finish(row, subject)
    return subject


def _claim_when(row: Row, subject: str) -> None:
    cell = row.cell("date")
    start, end = row.date("date"), row.date("date_end")
    if start is None:
        if end is not None or row.text("time"):
            row.fault("an end or a time without a date", hint="give the date, as far as it is known")
        if cell.state and not cell.stated:
            row.claim(subject, "when", state=cell.state, cell=cell)
        return
    if end is not None and "/" in start:
        row.fault("the date is a range and has an end beside it", hint="give the end in one of the two columns")
        return
    row.date_order(start, end)
    found = {
        "date": f"{start}/{end}" if end is not None and end != start else start,
        "precision": row.term("precision", "precision"),
        "time": _clock(row),
    }
    row.claim(subject, "when", {key: value for key, value in found.items() if value is not None}, cell=cell)


def _clock(row: Row) -> str | None:
    cell = row.cell("time")
    if not cell.stated:
        return None
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::\d{2})?", cell.text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        row.fault(f"column {cell.header!r} holds no time of day", hint="write hours and minutes, as 09:30")
        return None
    return f"{int(found[1]):02d}:{found[2]}"


def _claim_where(row: Row, subject: str) -> None:
    places, countries = row.parts("place"), row.parts("country")
    if places and len(countries) not in (0, 1, len(places)):
        row.fault("the row has as many countries as fit neither one place nor all", hint="pair them in order by ;")
        return
    cell = row.cell("place") if places else row.cell("country")
    filler = countries[0] if len(countries) == 1 else None
    for place, country in zip_longest(places, countries):
        stated = {"place": place, "country": country or filler}
        row.claim(subject, "where", {key: value for key, value in stated.items() if value}, cell=cell)
    if not places and row.cell("place").state and not row.cell("place").stated:
        row.claim(subject, "where", state=row.cell("place").state, cell=row.cell("place"))
