"""What a row says about one person, or about a group whose members have no names of their own.

Shared by lists and by tables of mentions. Contacts and givers become drafts under `protected:` and nothing
else; columns that nobody named become drafts under `x:HEADER`.
"""

from __future__ import annotations

import re

from esep.errors import BadDate, BadInput
from esep.intake.cells import Cell, read_age
from esep.intake.contacts import looks_like_contact
from esep.intake.headers import PROTECTED
from esep.intake.numbers import Bounds, read_bounds, read_phrase
from esep.intake.row import Row

_NAME_PARTS = ("surname", "given_name", "patronymic")
_TEXTS = ("residence", "occupation", "workplace", "cause", "outcome", "public_basis")
_REPEATED = ("other_name", "circumstance", "note")
_FIRST_BIRTH_YEAR, _LAST_BIRTH_YEAR = 1880, 2100


def claim_individual(row: Row, subject: str) -> None:
    """Drafts for names, description, sex, age, birth and texts of a row."""
    _claim_name(row, subject)
    for cell in row.every("description"):
        _claim_description(row, subject, cell)
    _claim_sex(row, subject)
    _claim_age(row, subject)
    _claim_birth(row, subject)
    for prop in _TEXTS:
        row.claim_cell(subject, prop, row.cell(prop))
    for prop in _REPEATED:
        for cell in row.every(prop):
            row.claim_cell(subject, prop, cell)


def claim_rest(row: Row, subject: str) -> None:
    """Drafts for what the form has not asked for: contacts (`protected:`), all else under its own header (`x:`)."""
    for prop, cell in list(row.unread()):
        if prop.startswith(PROTECTED):
            row.claim_cell(subject, prop, cell)
            continue
        own = prop if prop.startswith("x:") else f"x:{cell.header or prop}"
        row.claim_cell(subject, PROTECTED + own if looks_like_contact(cell.text) else own, cell)


def full_name(row: Row) -> str | None:
    """The name as stated, or its stated parts as surname, given name, patronymic; None without any."""
    return row.text("name") or " ".join(filter(None, (row.text(part) for part in _NAME_PARTS))) or None


def group_size(row: Row) -> Bounds | None:
    """How many people the row is about, where it says so; a fault if that cannot be read."""
    cell = row.cell("count")
    low, high = row.whole("count_low"), row.whole("count_high")
    try:
        if cell.stated:
            return read_phrase(cell.text, header=cell.header)
        if low is not None or high is not None:
            same = high is None or low == high
            return read_bounds("", low=low, high=None) if same else read_bounds("", low=low, high=high)
    except BadInput as error:
        row.fault(str(error), hint=error.hint)
    return None


def record_of(row: Row, name: str) -> str:
    """Record that the row is about: `group:NAME` if it speaks of more than one person, else `person:NAME`."""
    size = group_size(row)
    if size is not None and size.high == 0:
        row.fault("the row is about no people at all", hint="leave the number empty for one person")
    return f"group:{name}" if size is not None and size.high != 1 else f"person:{name}"


def claim_size(row: Row, subject: str) -> None:
    """Draft for the number of people, where the row states one."""
    size = group_size(row)
    if size is not None:
        cell = row.cell("count") if row.cell("count").stated else row.cell("count_low")
        row.claim(subject, "count", {"low": size.low, "high": size.high, "hedge": size.hedge}, cell=cell)


def claim_statuses(row: Row, subject: str, statuses: list[str], *, side: str | None = None, cell: Cell) -> None:
    """One compound draft for each status, with its date and place where the row states them.

    Without a status, date and place are drafts of their own; no status is ever inferred from them.
    """
    found = {"date": row.date("date"), "place": row.text("place"), "side": side}
    stated = {key: value for key, value in found.items() if value is not None}
    for status in statuses:
        row.claim(subject, "status", {"status": status, **stated}, cell=cell)
    for prop in ("date", "place"):
        held = row.cell(prop)
        if held.state is None or (held.stated and statuses):
            continue
        row.claim(subject, prop, stated.get(prop), state=held.state, cell=held)
    if row.cell("death_date").state:
        died = row.cell("death_date")
        row.claim(subject, "death_date", row.date("death_date"), state=died.state, cell=died)


def _claim_name(row: Row, subject: str) -> None:
    parts = {part: row.text(part) for part in _NAME_PARTS if row.text(part)}
    if row.cell("name").state:
        row.claim_cell(subject, "name", row.cell("name"))
    elif parts:
        row.claim(subject, "name", full_name(row), cell=row.cell(next(iter(parts))))
        row.claim(subject, "name_form", "composed")
    else:
        row.claim_cell(subject, "name", row.cell("surname"))  # a surname that is unknown or withheld
    if parts:
        row.claim(subject, "name_parts", parts, cell=row.cell(next(iter(parts))))


def _claim_description(row: Row, subject: str, cell: Cell) -> None:
    if not cell.stated:
        row.claim_cell(subject, "description", cell)
        return
    plain = re.sub(r"^\((.*)\)$", r"\1", cell.text)  # brackets are how compilers mark «no name»
    row.claim(subject, "description", plain, cell=cell)


def _claim_sex(row: Row, subject: str) -> None:
    cell = row.cell("sex")
    if not cell.stated:
        row.claim_cell(subject, "sex", cell)
        return
    found = row.find_term(cell.text, "sex")
    if found:
        row.claim(subject, "sex", found, cell=cell)
    else:
        keep_unread(row, subject, cell, "sex")


def keep_unread(row: Row, subject: str, cell: Cell, domain: str) -> None:
    """Keep a word that no term stands for under its own header, and say so: a report is worth more than a code."""
    row.claim(subject, f"x:{cell.header}", cell.text, cell=cell)
    row.notes.append(
        f"column {cell.header!r}: the word stands for no {domain} that esep knows and was kept as it is; "
        f"add it to [words.{domain}] of the mapping"
    )


def _claim_age(row: Row, subject: str) -> None:
    cell = row.cell("age")
    if not cell.stated:
        row.claim_cell(subject, "age", cell)
        return
    try:
        age = read_age(cell.text)
    except BadDate as error:
        row.unreadable(cell, error, expected="an age in years")
        return
    row.claim(subject, "age", age, cell=cell)


def _claim_birth(row: Row, subject: str) -> None:
    cell = row.cell("birth_date")
    if cell.state:
        row.claim(subject, "birth_date", row.date("birth_date"), state=cell.state, cell=cell)
    cell = row.cell("birth_year")
    if not cell.stated:
        row.claim_cell(subject, "birth_year", cell)
        return
    year = row.whole("birth_year")
    if year is not None and not _FIRST_BIRTH_YEAR <= year <= _LAST_BIRTH_YEAR:
        row.fault(f"column {cell.header!r}: {year} is not a year of birth", hint="write four digits, as 1985")
    row.claim(subject, "birth_year", year, cell=cell)
