"""Rows of a CSV file as spreadsheets write them: byte order mark, semicolons, quotes, empty rows and columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from esep.errors import EstimateError


@dataclass(frozen=True)
class Sheet:
    """`header` of distinct names; `rows`: number in the file (the header is row 1) and stripped cells; no empty row."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, name: str) -> Sequence[str]:
        """Cells under a heading."""
        place = self.header.index(name)
        return [cells[place] for _, cells in self.rows]


def load(path: Path) -> Sheet:
    """Read a file of comma, semicolon or tab separated values. Raises `EstimateError` naming what is wrong where."""
    numbered = [(number, cells) for number, cells in enumerate(_cells(path), start=1) if any(cells)]
    if numbered and numbered[0][1][0].lower().startswith("sep="):  # a line that Excel reads and writes
        numbered = numbered[1:]
    if not numbered:
        raise EstimateError(f"{path.name} is empty", hint="the first row names the lists")
    head, *rows = numbered
    width = max(place for place, name in enumerate(head[1], start=1) if name)
    header = tuple(head[1][:width])
    for number, cells in rows:
        if len(cells) < width or any(cells[width:]):
            raise EstimateError(
                f"{path.name}, row {number}: {len(cells)} cells under {width} headings",
                hint="every row has a cell for every heading, and no more",
            )
    _check_header(path.name, header)
    return Sheet(path.name, header, tuple((number, tuple(cells[:width])) for number, cells in rows))


def _cells(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise EstimateError(
            f"{path.name} cannot be read as UTF-8 text", hint="save the table as CSV in UTF-8"
        ) from None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise EstimateError(
            f"{path.name} cannot be read as CSV: {error}", hint="a quote that opens must close; save the table again"
        ) from None
    return [[cell.strip() for cell in row] for row in rows]


def _delimiter(text: str) -> str:
    """The sign that makes most cells of the first row that holds anything; Excel may name it in a line of its own."""
    first = next((line for line in text.splitlines() if line.strip(",;\t \"")), "")
    if first.lower().startswith("sep=") and len(first) > 4:
        return first[4]
    return max(",;\t", key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _check_header(name: str, header: Sequence[str]) -> None:
    if "" in header:
        raise EstimateError(
            f"{name}, column {header.index('') + 1} has no heading",
            hint="the first row names the lists; in R, write.csv(..., row.names = FALSE)",
        )
    twice = [heading for heading, times in Counter(header).items() if times > 1]
    if twice:
        raise EstimateError(
            f"{name} has two columns of one name: {', '.join(map(repr, twice))}", hint="give every list its own name"
        )
    if all(heading in {"0", "1"} for heading in header):
        raise EstimateError(f"{name} has no headings: row 1 holds 0 and 1", hint="the first row names the lists")
