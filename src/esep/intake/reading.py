"""A table to drafts and a report: the one way in for every form.

Rows stream: `rows()` reads, drafts and forgets each row in turn, so that a table of a hundred thousand rows
needs no more memory than its bytes. The same bytes give the same drafts in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from esep.errors import BadInput
from esep.intake.contacts import looks_like_contact
from esep.intake.forms.bodies import draft_body
from esep.intake.forms.checks import draft_check
from esep.intake.forms.claims import draft_claim
from esep.intake.forms.events import draft_event
from esep.intake.forms.persons import draft_person
from esep.intake.forms.sources import draft_source
from esep.intake.forms.tolls import draft_toll
from esep.intake.headers import TABLE_FORMS, Columns, plan_columns
from esep.intake.limits import DEFAULT_LIMITS, Limits
from esep.intake.lists import draft_list_row
from esep.intake.mapping import ColumnMapping
from esep.intake.report import RowLine, RowReport, report_of
from esep.intake.row import Context, Row, open_row
from esep.intake.tables import Table, TableRow, read_table
from esep.intake.terms import codes
from esep.ledger.claims import Draft

_FORMS: Mapping[str, Callable[[Row], str]] = {
    "list": draft_list_row,
    "sources": draft_source,
    "tolls": draft_toll,
    "events": draft_event,
    "persons": draft_person,
    "checks": draft_check,
    "bodies": draft_body,
    "claims": draft_claim,
}
_ONE_ROW_A_RECORD = frozenset(("sources", "tolls", "events", "persons", "checks"))
_NEEDED = {  # a table in which none of these columns is found would be rejected row by row for one reason
    "list": ("name", "surname", "given_name", "description"),
    "persons": ("name", "surname", "given_name", "description"),
    "sources": ("id",),
    "tolls": ("category",),
    "events": ("type", "summary"),
    "checks": ("answer",),
    "bodies": ("body_event",),
    "claims": ("subject",),
}


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one row gave: its line of the report and its drafts (none if it was rejected)."""

    line: RowLine
    drafts: tuple[Draft, ...]


@dataclass(frozen=True)
class TableReading:
    """A table opened under a form: `rows()` gives its rows in order and may be called again."""

    table: Table
    form: str
    columns: Columns
    context: Context

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about the file as a whole."""
        return (*self.table.notes, *self.columns.notes)

    def rows(self) -> Iterator[RowReading]:
        """Each row with its line of the report and its drafts."""
        seen: dict[str, int] = {}
        copies: set[tuple[str, str, str]] = set()
        for found in self.table.rows():
            row = open_row(found, self.columns, self.context)
            subject = _FORMS[self.form](row) if not row.faults else None
            if not row.faults and self.form in _ONE_ROW_A_RECORD:
                _check_new(row, cast(str, subject), seen)
            if row.faults:
                yield RowReading(_rejected(row, found, self.columns), ())
                continue
            line = RowLine(row.number, row.line, "accepted", subject, notes=tuple(row.notes))
            yield RowReading(line, tuple(_without_repeats(row, copies)))

    def report(self, lines: tuple[RowLine, ...]) -> RowReport:
        """Report of this file made of the lines of its rows."""
        return report_of(self.table.name, self.form, lines, notes=self.notes)

    def read(self) -> tuple[tuple[Draft, ...], RowReport]:
        """All drafts and the report, held at once: for tables that fit in memory."""
        readings = list(self.rows())
        drafts = tuple(draft for reading in readings for draft in reading.drafts)
        return drafts, self.report(tuple(reading.line for reading in readings))


def open_table(
    name: str, content: bytes, *, form: str, context: Context, limits: Limits = DEFAULT_LIMITS
) -> TableReading:
    """Open a file as a table of `form` (one of `TABLE_FORMS`).

    Raises `RefusedFile` for a file that cannot be read, and `BadInput` for a mapping that does not fit, or a
    table without the columns that its form cannot do without.
    """
    if form not in TABLE_FORMS:
        raise BadInput(f"{form!r} is no form of table", hint=f"use {', '.join(TABLE_FORMS)}")
    mapping = context.mapping
    _check_words(mapping)
    table = read_table(
        name, content, limits=limits, sheet=mapping.sheet, encoding=mapping.encoding, delimiter=mapping.delimiter
    )
    columns = plan_columns(table.header, form, mapping=mapping)
    needed = _NEEDED[form]
    if not columns.props.intersection(needed) and not set(mapping.defaults).intersection(needed):
        raise BadInput(
            f"{name}: no column of this {form} table holds {' or '.join(needed)}",
            hint=f"name it in a mapping: [columns] and one of {', '.join(map(repr, table.header))}",
        )
    context = replace(context, sheet=table.sheet, language=context.language or mapping.language)
    return TableReading(table, form, columns, context)


def _check_words(mapping: ColumnMapping) -> None:
    for domain, words in mapping.words.items():
        unknown = sorted(set(words.values()).difference(codes(domain)))
        if unknown:
            raise BadInput(
                f"[words.{domain}] of the mapping names {', '.join(map(repr, unknown))}",
                hint=f"use {', '.join(codes(domain))}" if codes(domain) else "there is no such closed list",
            )


def _check_new(row: Row, subject: str, seen: dict[str, int]) -> None:
    if subject in seen:
        row.fault(f"{subject} stands already in row {seen[subject]}", hint="give each row an id of its own")
    else:
        seen[subject] = row.number


def _without_repeats(row: Row, copies: set[tuple[str, str, str]]) -> Iterator[Draft]:
    """Drafts of a row; what a source copies is said once a file, not once a row."""
    for draft in row.drafts:
        if draft.prop in ("reprint_of", "translation_of"):
            key = (draft.subject, draft.prop, str(draft.value))
            if key in copies:
                continue
            copies.add(key)
        yield draft


def _rejected(row: Row, found: TableRow, columns: Columns) -> RowLine:
    """Line of a rejected row with its raw cells; contacts apart, and all cells if they may stand in wrong columns."""
    shifted = len(found.cells) > len(columns.all)
    cells: dict[str, str] = {}
    sealed: dict[str, str] = {}
    for index, text in enumerate(found.cells):
        column = columns.all[index] if index < len(columns.all) else None
        contact = shifted or column is None or column.protected or looks_like_contact(text)
        (sealed if contact else cells)[column.header if column else f"column {index + 1}"] = text
    reasons = dict.fromkeys((fault.reason, fault.hint) for fault in row.faults)
    return RowLine(
        row.number,
        row.line,
        "rejected",
        reasons=tuple(reason for reason, _ in reasons),
        hints=tuple(hint for _, hint in reasons),
        notes=tuple(row.notes),
        cells=cells,
        sealed_cells=sealed,
    )
