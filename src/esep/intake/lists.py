"""Lists of persons: what relatives, unions and volunteers write down, one person or group a row.

A row needs a name or a description, or must say that the name is unknown and tell something else. A column
`id`, `person_id` or `truth_id` is kept as the list has it and is never read as identity.
"""

from __future__ import annotations

import re

from esep.intake.attribution import attribute, finish
from esep.intake.individuals import claim_individual, claim_size, claim_statuses, full_name, keep_unread, record_of
from esep.intake.row import Row

_SAYS_SOMETHING = (
    "sex",
    "age",
    "birth_date",
    "birth_year",
    "status",
    "date",
    "place",
    "death_date",
    "occupation",
    "workplace",
    "residence",
    "circumstance",
    "cause",
    "outcome",
    "count",
    "count_low",
)


def draft_list_row(row: Row) -> str:
    """Drafts about `person:SCOPE/ROW` (or `group:SCOPE/ROW` for several people); returns that subject."""
    attribute(row)
    subject = record_of(row, f"{row.context.scope}/{row.number}")
    if not _is_about_somebody(row):
        row.fault("no name and no description", hint="write the name, or who it was, as «young woman, about 20»")
        return subject
    claim_individual(row, subject)
    claim_size(row, subject)
    claim_statuses(row, subject, _statuses(row, subject), cell=row.cell("status"))
    finish(row, subject)
    return subject


def _is_about_somebody(row: Row) -> bool:
    if full_name(row) or row.text("description"):
        return True
    unknown = row.cell("name").state or row.cell("surname").state or row.cell("description").state
    told = [prop for prop in _SAYS_SOMETHING if row.text(prop) and row.cell(prop).header]
    return unknown is not None and bool(told)


def _statuses(row: Row, subject: str) -> list[str]:
    """Terms for the words of the status cell; words that stand for none are kept under their own header."""
    cell = row.cell("status")
    if not cell.stated:
        row.claim_cell(subject, "status", cell)
        return []
    words = [cell.text] if row.find_term(cell.text, "status") else re.split(r"\s*[;,/]\s*", cell.text)
    found = [term for term in (row.find_term(word, "status") for word in words) if term]
    if len(found) < len(words):
        keep_unread(row, subject, cell, "status")
    return list(dict.fromkeys(found))
