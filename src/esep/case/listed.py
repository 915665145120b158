"""Rows of list files as linkage takes them, and what people decided about pairs of such rows, as `FILE:ROW`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from esep.case.decisions import read_decisions, text_of
from esep.case.filled import is_table, read_filled
from esep.errors import BadDate, BadInput
from esep.intake.cells import read_date
from esep.intake.headers import Columns, plan_columns
from esep.intake.mapping import ColumnMapping
from esep.intake.tables import Table, TableRow, read_table
from esep.linkage import Decided, Record
from esep.linkage.records import Verdict
from esep.people.sides import Side

_NAMES = ("surname", "given_name", "patronymic")
_DATES = ("birth_date", "date")
_PLAIN = ("sex", "age", "birth_date", "birth_year", "date", "place", "occupation")
_COMPARED = {"name", "other_name", *_NAMES, *_PLAIN}
_COLUMNS = ("list", "row", "person")

Key = tuple[str, int]


def read_records(path: Path, *, truth: str | None, mapping: ColumnMapping) -> Iterator[Record]:
    """Rows of a list, also those without a name; rows in which nothing stands are left out.

    Dates are read as `esep add` reads them; what is no date to it stays as it is written.
    Raises `BadInput` when no column of the list can be compared.
    """
    table = _table(path, mapping)
    if truth is not None and truth not in table.header:
        raise BadInput(f"{path.name} has no column {truth!r}", hint=f"it has {', '.join(table.header)}")
    columns = plan_columns(_without(table.header, truth), "list", mapping=mapping)
    if not any(column.prop in _COMPARED for column in columns.all):
        raise BadInput(
            f"{path.name} has no column that can be compared: {', '.join(table.header)}",
            hint="give the header of each column as in name, age, date, place, or a --mapping",
        )
    for row in table.rows():
        if not any(cell.strip() for cell in row.cells):
            continue
        yield _record(path.name, row, columns, truth=row.cells[table.header.index(truth)] if truth else None)


def columns_note(path: Path, *, truth: str | None, mapping: ColumnMapping) -> str:
    """Which columns of a list are compared, so that a header that was not understood is seen."""
    header = _table(path, mapping).header
    columns = plan_columns(_without(header, truth), "list", mapping=mapping).all
    used = [f"{column.header} ({column.prop})" for column in columns if column.prop in _COMPARED]
    left = [column.header for column in columns if column.prop.startswith("x:") and column.header != "truth column"]
    said = f"{path.name}: compared {', '.join(used) or 'nothing'}"
    return f"{said}; not understood {', '.join(left)}" if left else said


def _table(path: Path, mapping: ColumnMapping) -> Table:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}", hint="check the name of the file") from None
    return read_table(path.name, content, sheet=mapping.sheet, encoding=mapping.encoding, delimiter=mapping.delimiter)


def _without(header: tuple[str, ...], truth: str | None) -> tuple[str, ...]:
    """The header with the truth under a name that no property has, so that no column moves."""
    return tuple("truth column" if name == truth else name for name in header)


def _record(name: str, row: TableRow, columns: Columns, *, truth: str | None) -> Record:
    cells: dict[str, str] = {}
    for column in columns.all:
        if column.index < len(row.cells) and row.cells[column.index].strip():
            cells.setdefault(column.prop, row.cells[column.index].strip())
    full = cells.get("name") or " ".join(filter(None, (cells.get(part) for part in _NAMES)))
    others = (cells["other_name"],) if cells.get("other_name") else ()
    record = Record(name, row.number, name=full, other_names=others, truth=truth)
    plain = {prop: _day(cells[prop]) if prop in _DATES else cells[prop] for prop in _PLAIN if prop in cells}
    return replace(record, **plain)  # type: ignore[arg-type]


def _day(text: str) -> str:
    """A date in EDTF; what cannot be read stays as it is, and the report counts it."""
    try:
        return read_date(text)
    except BadDate:
        return text


def side_of(record: Record) -> Side:
    """A row to look at."""
    values = {prop: str(getattr(record, prop)) for prop in ("name", *_PLAIN) if getattr(record, prop)}
    if record.other_names:
        values["other_name"] = "; ".join(record.other_names)
    name = name_of(record.key)
    return Side(name, name, (), values, record.list, "", "")


def name_of(key: Key) -> str:
    """How files of decisions name a row."""
    return f"{key[0]}:{key[1]}"


def read_decided(path: Path, known: Mapping[str, Key]) -> list[Decided]:
    """Decisions about rows, from a filled table or JSON lines; both name a row `FILE:ROW`.

    Raises `BadInput` that names the rows that no list has, and decisions that are about something else.
    """
    said = list(_said(path))
    unknown = dict.fromkeys(name for left, right, _ in said for name in (left, right) if name not in known)
    if unknown:
        named = ", ".join(list(unknown)[:5])
        raise BadInput(
            f"{path.name} is about {len(unknown)} rows that the lists do not have: {named}",
            hint="write FILE:ROW as in relatives.csv:12, rows counted from 1 under the header",
        )
    return [Decided(known[left], known[right], verdict) for left, right, verdict in said]


def _said(path: Path) -> Iterator[tuple[str, str, Verdict]]:
    if is_table(path):
        yield from ((row.left, row.right, row.verdict) for row in read_filled(path).rows)
        return
    for decision in read_decisions(text_of(path), name=path.name):
        if decision.decide not in ("same", "different", "unsure"):
            raise BadInput(
                f"{path.name} has «{decision.decide}», which says nothing about two rows",
                hint="lists by themselves take same, different and unsure",
            )
        yield decision.left or "", decision.right or "", decision.decide  # type: ignore[misc]


def read_before(path: Path) -> dict[str, str]:
    """Person of each row in an earlier result. Raises `BadInput` when it is none."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}", hint="name a result of «esep link … --to»") from None
    reader = csv.DictReader(lines)
    if missing := [column for column in _COLUMNS if column not in (reader.fieldnames or ())]:
        raise BadInput(f"{path.name} has no column {', '.join(missing)}", hint="name a result of «esep link … --to»")
    return {f"{row['list']}:{row['row']}": row["person"] for row in reader if row["person"]}


def names_of(records: Sequence[Record]) -> dict[str, Key]:
    """How decisions name each row."""
    return {name_of(record.key): record.key for record in records}
