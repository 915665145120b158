"""Capture tables from CSV files: one 0/1 column a list, an optional column `n`, optional columns to split by."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from esep.errors import EstimateError
from esep.estimate.histories import CaptureTable

COUNT_COLUMN = "n"


def read_table(path: Path, *, lists: Sequence[str] | None = None) -> CaptureTable:
    """One table from one file. Raises `EstimateError` naming the row and column that cannot be read."""
    return read_strata(path, lists=lists, by=())[()]


def read_strata(
    path: Path, *, lists: Sequence[str] | None = None, by: Sequence[str] = ()
) -> dict[tuple[str, ...], CaptureTable]:
    """A table for each combination of values of the columns `by`, in the order of their values.

    Rows on none of the chosen lists are refused, unless `lists` leaves columns out: then they fall out.
    """
    header, rows = _load(path)
    chosen = _list_columns(path, header, lists=lists, by=by)
    places = [header.index(name) for name in chosen]
    counting = header.index(COUNT_COLUMN) if COUNT_COLUMN in header and COUNT_COLUMN not in chosen else None
    splits = [header.index(name) for name in by]
    fewer = lists is not None
    groups: dict[tuple[str, ...], dict[int, int]] = {}
    for number, row in enumerate(rows, start=2):
        code = sum(_bit(path, row, header, place, number) << j for j, place in enumerate(places))
        people = 1 if counting is None else _count(path, row[counting], number)
        if code == 0 and people and not fewer:
            raise EstimateError(f"{path.name}, row {number}: nobody's list is marked", hint="leave such rows out")
        counts = groups.setdefault(tuple(row[place].strip() for place in splits), {})
        counts[code] = counts.get(code, 0) + (people if code else 0)
    if not by and not groups:
        groups[()] = {}
    return {
        key: CaptureTable.from_codes(list(counts), list(counts.values()), lists=chosen)
        for key, counts in sorted(groups.items())
    }


def _load(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise EstimateError(
            f"{path.name} cannot be read as UTF-8 text", hint="save the table as CSV in UTF-8"
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        raise EstimateError(f"{path.name} is empty", hint="the first row names the lists")
    header = [name.strip() for name in rows[0]]
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise EstimateError(f"{path.name}, row {number}: {len(row)} cells under {len(header)} headings")
    return header, rows[1:]


def _list_columns(path: Path, header: list[str], *, lists: Sequence[str] | None, by: Sequence[str]) -> tuple[str, ...]:
    missing = [name for name in (*(lists or ()), *by) if name not in header]
    if missing:
        raise EstimateError(
            f"{path.name} has no column {', '.join(map(repr, missing))}", hint=f"its columns are {', '.join(header)}"
        )
    if len(set(header)) != len(header):
        raise EstimateError(f"{path.name} has two columns of one name", hint="give every list its own name")
    if lists is not None:
        return tuple(lists)
    return tuple(name for name in header if name != COUNT_COLUMN and name not in by)


def _bit(path: Path, row: list[str], header: list[str], place: int, number: int) -> int:
    cell = row[place].strip()
    if cell not in {"0", "1"}:
        what = "is blank" if not cell else "is neither 0 nor 1"
        raise EstimateError(
            f"{path.name}, row {number}, column {header[place]!r} {what}",
            hint="1 = on the list, 0 = not on it; name the columns that are lists with --lists, or split with --by",
        )
    return int(cell)


def _count(path: Path, cell: str, number: int) -> int:
    try:
        people = float(cell)
    except ValueError as error:
        raise EstimateError(
            f"{path.name}, row {number}: the count is missing or is no number", hint="write a whole number in column n"
        ) from error
    if not (0 <= people < 1e18) or people != int(people):
        what = "negative" if people < 0 else "fractional, missing or too large"
        raise EstimateError(
            f"{path.name}, row {number}: the count is {what}", hint="counts are whole numbers, 0 or more"
        )
    return int(cell) if cell.strip().isdigit() else int(people)
