"""What kind of thing a file is, told from its content and its headers; the name only helps to break a tie."""

from __future__ import annotations

from typing import Literal, get_args

from esep.errors import BadInput, RefusedFile
from esep.intake.headers import property_of
from esep.intake.hostile import check_size
from esep.intake.kinds import kind_of
from esep.intake.limits import DEFAULT_LIMITS, Limits
from esep.intake.mapping import NO_MAPPING, ColumnMapping
from esep.intake.tables import Table, read_header, read_table

Form = Literal["list", "document", "sources", "tolls", "events", "persons", "checks", "bodies", "claims", "media"]

# Columns by which a table is recognised, the more telling forms first: every set of one form must be there.
_SIGNS: tuple[tuple[Form, tuple[frozenset[str], ...]], ...] = (
    ("claims", (frozenset(("subject",)), frozenset(("prop",)))),
    ("tolls", (frozenset(("category",)), frozenset(("low", "high", "value", "qualifier")))),
    ("bodies", (frozenset(("body",)), frozenset(("body_event",)))),
    ("checks", (frozenset(("answer",)), frozenset(("place", "place_kind")))),
    ("persons", (frozenset(("id",)), frozenset(("name", "surname", "description")))),
    ("persons", (frozenset(("roles",)), frozenset(("name", "surname", "description")))),
    ("events", (frozenset(("id",)), frozenset(("type", "summary")))),
    ("events", (frozenset(("date",)), frozenset(("type",)), frozenset(("summary", "actors", "organisers")))),
    ("sources", (frozenset(("id",)), frozenset(("title", "url", "publisher")))),
    ("sources", (frozenset(("title",)), frozenset(("publisher", "url")))),
    ("list", (frozenset(("name", "surname", "given_name", "description")),)),
)
_LONGEST_HEADER = 80


def recognise(
    name: str, content: bytes, *, mapping: ColumnMapping = NO_MAPPING, limits: Limits = DEFAULT_LIMITS
) -> Form:
    """Form of a file; a mapping that names a form decides.

    Raises `RefusedFile` for what can be neither read nor kept: empty files, archives, programs.
    """
    check_size(content, limits=limits)
    if mapping.form is not None:
        return _named_form(mapping.form)
    kind = kind_of(content)
    if kind.form == "text":
        table = _as_table(name, content, mapping=mapping, limits=limits)
        return form_of(table.header, mapping=mapping) or "list" if table else "document"
    if kind.form == "workbook":
        return form_of(read_header(content, limits=limits, sheet=mapping.sheet), mapping=mapping) or "list"
    return "media" if kind.form == "media" else "document"


def form_of(header: tuple[str, ...], *, mapping: ColumnMapping = NO_MAPPING) -> Form | None:
    """Form whose telling columns stand in a header, or None."""
    for form, signs in _SIGNS:
        props = {mapping.columns.get(name) or property_of(name, form) for name in header}
        if all(props & sign for sign in signs):
            return form
    return None


def _named_form(form: str) -> Form:
    known: tuple[Form, ...] = get_args(Form)
    for one in known:
        if one == form:
            return one
    raise BadInput(f"the mapping names the form {form!r}", hint=f"use {', '.join(known)}")


def _as_table(name: str, content: bytes, *, mapping: ColumnMapping, limits: Limits) -> Table | None:
    """The text as a table if it is one: short headers, and known ones or rows of even width; else None."""
    try:
        table = read_table(name, content, limits=limits, encoding=mapping.encoding, delimiter=mapping.delimiter)
    except (RefusedFile, BadInput):
        if name.casefold().endswith((".csv", ".tsv")):
            raise  # it was meant as a table: say what is wrong with it
        return None
    if any(len(header) > _LONGEST_HEADER for header in table.header):
        return None
    if form_of(table.header, mapping=mapping) and (table.delimiter or name.casefold().endswith((".csv", ".tsv"))):
        return table
    even = (
        table.delimiter is not None
        and table.count > 0
        and all(len(row.cells) == len(table.header) for _, row in zip(range(50), table.rows(), strict=False))
    )
    return table if even and name.casefold().endswith((".csv", ".tsv")) else None
