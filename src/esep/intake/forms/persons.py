"""Persons: one mention of one person (or group) in one source a row.

Roles such as `convicted;tortured` are statuses; `charged:police` keeps the side; `other:judge` is a role and
no status. The form of a name is printed, restored (we give the nominative) or description (no name).
"""

from __future__ import annotations

from esep.intake.attribution import attribute, finish
from esep.intake.forms.naming import claim_texts
from esep.intake.individuals import claim_individual, claim_size, claim_statuses, full_name, record_of
from esep.intake.row import Row

_ROLE = "other:"


def draft_person(row: Row) -> str:
    """Drafts about `person:ID` or `group:ID`; returns that subject."""
    attribute(row)
    row.language = row.context.language  # the column language of a mention speaks of the name, not of our notes
    subject = record_of(row, row.text("id") or f"{row.context.scope}/{row.number}")
    form = row.term("name_form", "name_form")
    if form == "description":
        _name_is_a_description(row)
    if not full_name(row) and not row.text("description"):
        row.fault("no name and no description", hint="write the name as printed, or who it was")
    claim_individual(row, subject)
    claim_size(row, subject)
    if form:
        row.claim(subject, "name_form", form, cell=row.cell("name_form"))
    claim_texts(row, subject, ("name_script",))
    _claim_roles(row, subject)
    finish(row, subject)
    return subject


def _name_is_a_description(row: Row) -> None:
    """Read the name cell as a description: the compiler says that it holds no name."""
    cells, repeated = dict(row.cells), dict(row.repeated)
    name = cells.pop("name", None)
    repeated.pop("name", None)
    if name is not None and name.stated:
        cells["description"] = name
        repeated["description"] = (name, *repeated.get("description", ()))
    row.cells, row.repeated = cells, repeated


def _claim_roles(row: Row, subject: str) -> None:
    cell = row.cell("roles") if row.cell("roles").state else row.cell("status")
    words = row.parts("roles") or row.parts("status")
    statuses: list[str] = []
    sides = [side for side in (row.term("side", "side"),) if side]
    for word in words:
        if word.startswith(_ROLE):
            row.claim(subject, "role", word.removeprefix(_ROLE), cell=cell)
            continue
        status, _, side = word.partition(":")
        found = row.find_term(status, "status")
        if found is None or (side and row.find_term(side, "side") is None):
            row.fault(
                f"column {cell.header!r}: a word is no status that esep knows",
                hint="use a known status, STATUS:police, STATUS:official, or other:ROLE",
            )
            continue
        statuses.append(found)
        sides += [side] if side else []
    claim_statuses(row, subject, statuses, side=sides[0] if sides else None, cell=cell)
