"""One row under its columns: what a form reads from it, and the drafts it becomes.

Faults are collected, so that a person who mends a row sees all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from esep.dates import When
from esep.errors import BadDate, BadInput
from esep.intake.cells import EMPTY, Cell, read_cell, read_date, read_quote, read_whole
from esep.intake.contacts import looks_like_contact
from esep.intake.headers import Columns
from esep.intake.mapping import NO_MAPPING, ColumnMapping
from esep.intake.tables import TableRow
from esep.intake.terms import fold, terms
from esep.ledger.claims import Draft, Locator, State

Passage = Callable[[str, int, int], str]
"""`passage(doc, start, end)` gives the words of a document of the case; raises `NotFound` or `BadInput`."""


@dataclass(frozen=True)
class Context:
    """What is known about a file beside its bytes.

    `scope` is the name of the file's own source record (`source:SCOPE`), `language` the tag of its words,
    `passage` looks up the words of a document for rows that quote one (None: such rows are refused).
    """

    scope: str
    mapping: ColumnMapping = NO_MAPPING
    passage: Passage | None = None
    language: str | None = None
    sheet: str | None = None

    @property
    def source(self) -> str:
        """Record of the file itself."""
        return f"source:{self.scope}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, and what to do about it."""

    reason: str
    hint: str = ""


@dataclass
class Row:
    """One row being read. `faults` and `notes` fill up as the form asks for values.

    `read` counts the cells of each property that the form asked for, so that the rest can be kept too;
    `told` names what a compound value of the row already says.
    """

    number: int
    line: int
    cells: Mapping[str, Cell]
    repeated: Mapping[str, tuple[Cell, ...]]
    context: Context
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    source: str = ""
    language: str | None = None
    name_language: str | None = None
    passage: Locator = ()
    drafts: list[Draft] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def cell(self, prop: str) -> Cell:
        """Cell of a property; an empty one if the table has no such column."""
        self.read.setdefault(prop, 1)
        return self.cells.get(prop, EMPTY)

    def text(self, prop: str) -> str | None:
        """Text of a cell that states something, else None."""
        cell = self.cell(prop)
        return cell.text if cell.state == "stated" else None

    def every(self, prop: str) -> Iterable[Cell]:
        """Cells of a property that several columns may hold."""
        cells = self.repeated.get(prop, ())
        self.read[prop] = len(cells)
        return cells

    def unread(self) -> Iterator[tuple[str, Cell]]:
        """Cells that the form has not asked for, each with its property: they are kept, whatever they are."""
        for prop, cells in self.repeated.items():
            for cell in cells[self.read.get(prop, 0) :]:
                yield prop, cell

    def date(self, prop: str) -> str | None:
        """EDTF text of a stated date, else None; an unreadable date is a fault."""
        cell = self.cell(prop)
        if cell.state != "stated":
            return None
        try:
            return read_date(cell.text)
        except BadDate as error:
            self.unreadable(cell, error, expected="a date")
            return None

    def date_order(self, start: str, end: str | None) -> None:
        """A fault if `end` lies before `start` (both EDTF text)."""
        try:
            When.parse(f"{start}/{end}" if end else start)
        except BadDate as error:
            self.fault(str(error), hint=error.hint)

    def whole(self, prop: str) -> int | None:
        """Stated whole number >= 0, else None; anything else is a fault."""
        cell = self.cell(prop)
        if cell.state != "stated":
            return None
        try:
            return read_whole(cell.text, header=cell.header)
        except BadInput as error:
            self.unreadable(cell, error, expected="a whole number")
            return None

    def term(self, prop: str, domain: str) -> str | None:
        """Term of a closed list that the cell names, else None; an unknown word is a fault."""
        cell = self.cell(prop)
        if cell.state != "stated":
            return None
        found = self.find_term(cell.text, domain)
        if found is None:
            known = ", ".join(dict.fromkeys(terms(domain).values()))
            self.fault(
                f"column {cell.header!r}: the word is not one that esep knows",
                hint=f"use {known}; or add the word to [words.{domain}] of the mapping",
            )
        return found

    def find_term(self, word: str, domain: str) -> str | None:
        """Term that a word stands for, by the built-in list or the mapping."""
        folded = fold(word)
        own = self.context.mapping.words.get(domain, {})
        return next((term for text, term in own.items() if fold(text) == folded), None) or terms(domain).get(folded)

    def parts(self, prop: str) -> list[str]:
        """Stated text split at semicolons."""
        return [part.strip() for part in (self.text(prop) or "").split(";") if part.strip()]

    def fault(self, reason: str, *, hint: str = "") -> None:
        """Note one fault."""
        self.faults.append(Fault(reason, hint))

    def unreadable(self, cell: Cell, error: BadDate | BadInput, *, expected: str) -> None:
        """Note that a cell does not hold what its column says; what may be a name or a contact is not repeated."""
        is_plain = not any(map(str.isalpha, cell.text)) and not looks_like_contact(cell.text)
        told = str(error) if is_plain else f"this is not {expected}"
        reason = told if told.startswith("column ") else f"column {cell.header!r}: {told}"
        self.fault(reason, hint=error.hint or f"write {expected} or leave the cell empty")

    def claim(
        self,
        subject: str,
        prop: str,
        value: Any = None,
        *,
        cell: Cell = EMPTY,
        state: State | None = "stated",
        source: str | None = None,
        original: str | None = None,
    ) -> None:
        """Add a draft about `subject`.

        `cell` is where the value stands, and gives the `original` words if they differ from the value.
        """
        if original is None and cell.state == "stated" and cell.text not in (value, str(value)):
            original = cell.text
        self.drafts.append(
            Draft(
                subject,
                prop,
                value,
                state or "stated",
                source or self.source,
                (*self.passage, self.place(cell)),
                lang=self._language_of(prop, value, cell),
                original=original,
            )
        )

    def _language_of(self, prop: str, value: Any, cell: Cell) -> str | None:
        """Language of words kept as they stand; a row's own language column speaks of the name, not of our notes."""
        if prop in ("name", "other_name"):
            return self.name_language or self.language
        return self.language if value == cell.text else None

    def claim_cell(self, subject: str, prop: str, cell: Cell) -> None:
        """Add what a cell says as it says it: its text, or that it is unknown, withheld and so on."""
        if cell.state == "stated":
            self.claim(subject, prop, cell.text, cell=cell)
        elif cell.state:
            self.claim(subject, prop, state=cell.state, cell=cell)

    def place(self, cell: Cell) -> dict[str, Any]:
        """Where in the file a cell stands: row from 1, line, header, sheet; and the file if its source is another."""
        place: dict[str, Any] = {"role": "cell", "row": self.number, "line": self.line}
        if cell.header:
            place["column"] = cell.header
        if self.context.sheet:
            place["sheet"] = self.context.sheet
        if self.source != self.context.source:
            place["table"] = self.context.source
        return place


def open_row(found: TableRow, columns: Columns, context: Context) -> Row:
    """Row with its cells read. What cannot be read is already among its faults."""
    cells: dict[str, Cell] = {}
    repeated: dict[str, tuple[Cell, ...]] = {}
    row = Row(found.number, found.line, cells, repeated, context, source=context.source, language=context.language)
    if len(found.cells) > len(columns.all):
        row.fault(
            f"the row has {len(found.cells)} cells under {len(columns.all)} headers",
            hint="put a cell that holds the delimiter in quotation marks",
        )
        return row
    for column in columns.all:
        try:
            read = read_quote if column.prop == "quote" else read_cell
            cell = read(found.cells[column.index], column.header)
        except BadInput as error:
            row.fault(str(error), hint=error.hint)
            continue
        if column.prop in cells:
            repeated[column.prop] += (cell,)
        else:
            cells[column.prop], repeated[column.prop] = cell, (cell,)
    for prop, text in context.mapping.defaults.items():
        if cells.get(prop, EMPTY).state is None:
            cells[prop] = read_cell(text, cells.get(prop, EMPTY).header)
            repeated[prop] = (cells[prop],)
    return row
