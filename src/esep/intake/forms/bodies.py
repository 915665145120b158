"""Bodies: one event in the history of one body a row, as one compound claim about `body:ID`.

::

    {"event": "moved", "by": "relatives", "place": "Zhanaozen", "to": "outskirts", "date": "2011-12-17",
     "person": "person:ZM0101"}

Several rows may tell of one body. A body without a person is not linked; moving it changes no count.
"""

from __future__ import annotations

from typing import Any

from esep.intake.attribution import attribute, chain, finish
from esep.intake.forms.checks import person_named
from esep.intake.forms.naming import subject_of
from esep.intake.row import Row


def draft_body(row: Row) -> str:
    """Drafts about `body:ID`: one event of its history."""
    attribute(row)
    subject = subject_of(row, "body", "body")
    event = row.term("body_event", "body_event")
    if row.cell("body_event").state == "refused":
        event = "refused"
    if event is None and not row.faults:
        row.fault(
            "the row does not say what happened to the body",
            hint="write seen, moved, held, handed_over, buried, refused or feared_hidden",
        )
    found = {
        "event": event,
        "by": row.text("by"),
        "place": row.text("place"),
        "to": row.text("to"),
        "date": row.date("date"),
        "person": person_named(row),
    }
    value: dict[str, Any] = {key: text for key, text in found.items() if text}
    if row.text("said_by"):
        value["said_by"] = chain(row)
    row.claim(subject, "body_event", value, cell=row.cell("body_event"))
    for prop in ("name", "description", "sex", "age", "cause", "note"):
        row.claim_cell(subject, prop, row.cell(prop))
    finish(row, subject)
    return subject
