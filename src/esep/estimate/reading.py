"""Capture tables from CSV files: one 0/1 column a list, an optional column `n`, optional columns to split by.

A `-` in the column of a list says that the list was not active for these people: nobody of them could be on it. They
are a population of their own, so rows are split by the lists that were active. A `-` in the column `n` says that the
pattern could not occur. A blank, `NA` or anything else is refused: unknown is not the same as impossible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from esep.errors import EstimateError
from esep.estimate.histories import CaptureTable
from esep.estimate.rows import Sheet, load

COUNT_COLUMN = "n"
IMPOSSIBLE = "-"
MARKS = {"0": 0, "1": 1, "FALSE": 0, "TRUE": 1}
"""What R and spreadsheets write for no and yes; small letters too."""
SHOWN_FAULTS = 5

Key = tuple[str, ...]


def read_table(path: Path, *, lists: Sequence[str] | None = None) -> CaptureTable:
    """One table from one file. Raises `EstimateError` naming every row and column that cannot be read."""
    parts = read_strata(path, lists=lists, by=())
    if len(parts) > 1:
        raise EstimateError(
            f"{path.name}: not every list was active for everyone ('-'), so it holds {len(parts)} populations",
            hint="estimate from the path: each is estimated by itself, and then the total",
        )
    return next(iter(parts.values()))


def read_tables(
    path: Path, *, lists: Sequence[str] | None = None, by: Sequence[str] = ()
) -> CaptureTable | dict[str, CaptureTable]:
    """One table, or {stratum: table} where `by` or a list that was not active everywhere splits the file."""
    parts = read_strata(path, lists=lists, by=by)
    return parts[()] if list(parts) == [()] else {", ".join(key): part for key, part in parts.items()}


def read_strata(
    path: Path, *, lists: Sequence[str] | None = None, by: Sequence[str] = ()
) -> dict[Key, CaptureTable]:
    """A table for each combination of values of the columns `by` and of active lists, in the order of their values.

    Rows on none of the chosen lists are refused, unless `lists` leaves columns out: then they fall out.
    """
    sheet = load(path)
    columns = _columns(sheet, lists=lists, by=by)
    faults: list[str] = []
    rows = list(_rows(sheet, columns, faults))
    if faults:
        more = f"; and {len(faults) - SHOWN_FAULTS} more" if len(faults) > SHOWN_FAULTS else ""
        raise EstimateError(f"{sheet.name}, {'; '.join(faults[:SHOWN_FAULTS])}{more}", hint=_hint(faults[0]))
    return _tables(rows, columns) or {(): CaptureTable.from_codes([], [], lists=columns.chosen)}


@dataclass(frozen=True)
class _Columns:
    """`chosen` lists to estimate from; `lists` to read (more where impossible patterns speak of them too)."""

    chosen: Key
    lists: Key
    splits: Key
    has_counts: bool
    may_be_nowhere: bool


@dataclass(frozen=True)
class _Row:
    """`code`: bit j = on lists[j]; `active`: bit j = lists[j] was active; `people` None where the row is impossible."""

    stratum: Key
    code: int
    active: int
    people: int | None


def _columns(sheet: Sheet, *, lists: Sequence[str] | None, by: Sequence[str]) -> _Columns:
    missing = [name for name in (*(lists or ()), *by) if name not in sheet.header]
    if missing:
        raise EstimateError(
            f"{sheet.name} has no column {', '.join(map(repr, missing))}",
            hint=f"its columns are {', '.join(sheet.header)}",
        )
    counted = COUNT_COLUMN in sheet.header and COUNT_COLUMN not in (lists or ())
    rest = tuple(name for name in sheet.header if name not in by and not (counted and name == COUNT_COLUMN))
    chosen = tuple(lists) if lists is not None else rest
    read = chosen
    if counted and IMPOSSIBLE in sheet.column(COUNT_COLUMN):  # an impossible pattern speaks of every list of the file
        read = chosen + tuple(name for name in rest if name not in chosen and _is_list(sheet.column(name)))
    return _Columns(chosen, read, tuple(by), counted, lists is not None)


def _is_list(cells: Sequence[str]) -> bool:
    return all(cell.upper() in MARKS or cell == IMPOSSIBLE for cell in cells)


def _rows(sheet: Sheet, columns: _Columns, faults: list[str]) -> Iterator[_Row]:
    places = [sheet.header.index(name) for name in columns.lists]
    splits = [sheet.header.index(name) for name in columns.splits]
    counting = sheet.header.index(COUNT_COLUMN) if columns.has_counts else None
    for number, cells in sheet.rows:
        code = active = 0
        fine = True
        for j, place in enumerate(places):
            cell = cells[place].upper()
            if cell == IMPOSSIBLE:
                continue
            active |= 1 << j
            if cell in MARKS:
                code |= MARKS[cell] << j
            else:
                faults.append(_unreadable(cell, sheet.header[place], number))
                fine = False
        people: int | None = 1
        if counting is not None and cells[counting] == IMPOSSIBLE:
            people = None
        elif counting is not None:
            people = _count(cells[counting], number, faults)
        if fine and code == 0 and people != 0 and not columns.may_be_nowhere:
            faults.append(f"row {number}: nobody's list is marked")
        yield _Row(tuple(cells[place] for place in splits), code, active, people)


def _unreadable(cell: str, column: str, number: int) -> str:
    what = "is blank" if not cell else "is NA" if cell in {"NA", "N/A", "NAN"} else "is neither 0 nor 1"
    return f"row {number}, column {column!r} {what}"


def _count(cell: str, number: int, faults: list[str]) -> int:
    """People of a row; 0 after a fault."""
    try:
        people = float(cell)
    except ValueError:
        faults.append(f"row {number}: the count is missing or is no number (column {COUNT_COLUMN!r})")
        return 0
    if 0 <= people < 1e18 and people == int(people):
        return int(cell) if cell.isdigit() else int(people)
    what = "negative" if people < 0 else "fractional" if 0 <= people < 1e18 else "too large or no number"
    faults.append(f"row {number}: the count is {what} (column {COUNT_COLUMN!r})")
    return 0


_HINTS = (
    ("nobody's list", "leave such rows out: how many are on no list is what is to be estimated"),
    ("count", f"counts are whole numbers, 0 or more, without signs between thousands; '{IMPOSSIBLE}' where the pattern"
              " could not occur"),
)  # fmt: skip
_MARK_HINT = (
    f"1 = on the list, 0 = not on it, {IMPOSSIBLE} = the list was not active for these people (unknown cannot be used);"
    " name the columns that are lists with --lists, split with --by, and call the column of counts n"
)


def _hint(fault: str) -> str:
    return next((hint for words, hint in _HINTS if words in fault.partition(",")[0]), _MARK_HINT)


@dataclass
class _Pile:
    """Rows of one stratum with the same active lists."""

    counts: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    impossible: set[int] = field(default_factory=set)


def _tables(rows: Sequence[_Row], columns: _Columns) -> dict[Key, CaptureTable]:
    every = (1 << len(columns.lists)) - 1
    piles: dict[tuple[Key, int], _Pile] = defaultdict(_Pile)
    for row in rows:
        pile = piles[row.stratum, row.active]
        if row.people is None:
            pile.impossible.add(row.code)
        else:
            pile.counts[row.code] += row.people if row.code else 0
    split = any(active != every for _, active in piles)
    found = {}
    for (stratum, active), pile in sorted(piles.items(), key=lambda item: (item[0][0], -item[0][1])):
        idle = [name for j, name in enumerate(columns.lists) if not active >> j & 1]
        named = (f"without {' and '.join(idle)}",) if idle else ("all lists",) if split and not stratum else ()
        found[(*stratum, *named)] = _table(pile, active, columns)
    return found


def _table(pile: _Pile, active: int, columns: _Columns) -> CaptureTable:
    """Table of the lists that were active, or of all where none was."""
    idle = [1 << j for j in range(len(columns.lists)) if not active >> j & 1]
    impossible = set(pile.impossible)
    for bit in idle if impossible else ():  # with a list that was not active the pattern could not occur either
        impossible |= {code | bit for code in impossible}
    whole = CaptureTable.from_codes(
        list(pile.counts), list(pile.counts.values()), lists=columns.lists, structural_zero=sorted(impossible)
    )
    used = [name for j, name in enumerate(columns.lists) if active >> j & 1 and name in columns.chosen]
    return whole.select(used) if used and tuple(used) != columns.lists else whole
