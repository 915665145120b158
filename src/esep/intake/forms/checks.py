"""Checks: one search for a missing person at one place a row, with its answer.

One compound claim about `check:ID`::

    {"person": "person:ZM0101", "name": "...", "place": "Zhanaozen hospital", "place_kind": "hospital",
     "date": "2011-12-19", "time": "10:00", "answered_by": "duty doctor", "answer": "not_found"}

«Not found», «refused», «not answered» and «not asked» are four different answers. Who asked is a relative or
a volunteer at risk and becomes a draft of its own under `protected:asked_by`.
"""

from __future__ import annotations

from esep.intake.attribution import attribute, finish
from esep.intake.forms.naming import subject_of
from esep.intake.row import Row


def draft_check(row: Row) -> str:
    """Drafts about `check:ID`: the check, and who asked, under protection."""
    attribute(row)
    subject = subject_of(row, "check")
    found = {
        "person": person_named(row),
        "name": row.text("name"),
        "place": row.text("place"),
        "place_kind": row.term("place_kind", "place_kind"),
        "date": row.date("date"),
        "time": row.text("time"),
        "answered_by": row.text("answered_by"),
        "answer": _answer(row),
    }
    if not found["person"] and not found["name"]:
        row.fault("the row does not say who was looked for", hint="give the record, as ZM0101, or the name")
    if not found["place"] and not found["place_kind"]:
        row.fault(
            "the row does not say where", hint="give the place asked, or its kind: hospital, morgue, jail, police"
        )
    row.claim(subject, "check", {key: value for key, value in found.items() if value}, cell=row.cell("answer"))
    row.claim_cell(subject, "note", row.cell("note"))
    finish(row, subject)
    return subject


def person_named(row: Row) -> str | None:
    """Record that the row names, as `person:NAME`; a group keeps its kind. A name in words is no record."""
    record = row.text("record")
    if not record:
        return None
    return record if record.startswith(("person:", "group:")) else f"person:{record}"


def _answer(row: Row) -> str | None:
    cell = row.cell("answer")
    if cell.state == "refused":
        return "refused"
    if not cell.stated:
        row.fault("the check has no answer", hint="write found, not_found, refused, not_answered or not_asked")
        return None
    return row.term("answer", "answer")
