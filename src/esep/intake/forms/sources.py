"""Sources: one page, document or recording a row, with what it reprints or translates."""

from __future__ import annotations

from esep.intake.attribution import claim_copies, finish
from esep.intake.forms.naming import claim_texts
from esep.intake.row import Row

_TEXTS = ("title", "publisher", "author", "medium", "url", "read_as", "grade", "disclaimer", "note")


def draft_source(row: Row) -> str:
    """Drafts about `source:ID`: title, publisher, published (EDTF), language, medium, url, grade and what it copies."""
    name = row.text("id")
    if not name:
        row.fault("the row gives its source no id", hint="fill the column source_id with a short name of its own")
    subject = f"source:{name or row.number}"
    if not any(row.cell(prop).stated for prop in ("title", "publisher", "author", "url")):
        row.fault("the row says nothing of the source", hint="give at least a title, a publisher or an address")
    claim_texts(row, subject, _TEXTS)
    row.claim_cell(subject, "language", row.cell("language"))
    published = row.cell("published")
    if published.state:
        row.claim(subject, "published", row.date("published"), state=published.state, cell=published)
    if row.text("part_of"):
        row.claim(subject, "part_of", f"source:{row.text('part_of')}", cell=row.cell("part_of"))
    claim_copies(row, subject)
    finish(row, subject)
    return subject
