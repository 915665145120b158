"""A table of answers that people filled in a spreadsheet: left, right, answer, and reason, by, at if they want."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from esep.case.verdicts import verdict_of
from esep.errors import BadInput
from esep.intake.formulas import plain_cell
from esep.intake.tables import Table, TableRow, read_table
from esep.linkage.records import Verdict

SUFFIXES = frozenset((".csv", ".tsv", ".xlsx", ".xlsm"))
_NEEDED = ("left", "right", "answer")
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Filled:
    """One answered row: `line` of the file, the two records as the file names them, and what was said."""

    line: int
    left: str
    right: str
    verdict: Verdict
    reason: str
    by: str
    at: str

    @property
    def pair(self) -> tuple[str, str]:
        """Both records in one order."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


@dataclass(frozen=True)
class FilledTable:
    """A whole file: its answered rows, and every row as it stands, by pair, for a table made from it."""

    name: str
    rows: tuple[Filled, ...]
    header: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[str, ...]]


def is_table(path: Path) -> bool:
    """Whether a file of answers is a table, told by its name."""
    return path.suffix.lower() in SUFFIXES


def read_filled(path: Path) -> FilledTable:
    """Answered rows of a table; rows without an answer are left out.

    Raises `BadInput` that names every bad row: a word that is no answer, a record that is missing, a pair twice.
    """
    try:
        table = read_table(path.name, path.read_bytes())
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}", hint="check the name of the file") from None
    place = _columns(table)
    rows: dict[tuple[str, str], Filled] = {}
    cells: dict[tuple[str, str], tuple[str, ...]] = {}
    faults: list[str] = []
    for row in table.rows():
        found, fault = _row(row, place)
        if found is None:
            faults += [fault] if fault else []
        elif found.pair in rows:
            faults.append(f"row {row.line}: this pair was answered in row {rows[found.pair].line} already")
        else:
            rows[found.pair] = found
        left, right = sorted(_cell(row, place, column) for column in ("left", "right"))
        cells[left, right] = row.cells
    if faults:
        more = f"\n  and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""
        listed = "\n  ".join(faults[:_MOST_NAMED])
        raise BadInput(
            f"{path.name} was refused, nothing was decided:\n  {listed}{more}",
            hint="write same, different or unsure (or да, нет, не знаю; иә, жоқ, білмеймін), or leave the cell empty",
        )
    return FilledTable(path.name, tuple(rows.values()), table.header, cells)


def _columns(table: Table) -> dict[str, int]:
    place = {" ".join(name.casefold().split()): index for index, name in enumerate(table.header)}
    if missing := [column for column in _NEEDED if column not in place]:
        raise BadInput(
            f"{table.name} has no column {', '.join(missing)}",
            hint="fill a table that «esep queue CASE --to FILE.csv» wrote, and keep its first and last columns",
        )
    return place


def _row(row: TableRow, place: dict[str, int]) -> tuple[Filled | None, str]:
    answer = _cell(row, place, "answer")
    if not answer:
        return None, ""
    left, right = _cell(row, place, "left"), _cell(row, place, "right")
    if not left or not right:
        return None, f"row {row.line}: left or right is empty, so nothing says which records this is about"
    verdict = verdict_of(answer)
    if verdict is None:
        return None, f"row {row.line}: «{answer}» is no answer"
    told = (_cell(row, place, column) for column in ("reason", "by", "at"))
    return Filled(row.line, left, right, verdict, *told), ""


def _cell(row: TableRow, place: dict[str, int], column: str) -> str:
    index = place.get(column)
    return plain_cell(row.cells[index].strip()) if index is not None and index < len(row.cells) else ""
