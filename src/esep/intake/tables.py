"""Tables out of bytes: CSV in the encodings and delimiters that people send, and XLSX.

A table is opened once from end to end before anything is made of it, so a file that breaks a rule anywhere
is refused whole; then its rows stream, so that a large table is never held as a whole.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from esep.errors import RefusedFile
from esep.intake.encoding import Encoding, find_encoding
from esep.intake.hostile import check_size
from esep.intake.limits import DEFAULT_LIMITS, Limits
from esep.intake.sheets import is_workbook, read_sheet

Lines = Iterator[tuple[int, Sequence[str]]]
"""Physical line (CSV) or sheet row (XLSX) on which a row starts, from 1, and its cells."""

_DELIMITERS = ",;\t"
_TITLE_LINES = 20  # how far below titles a header is looked for
_SAMPLE_CHARS = 64 * 1024
_SAMPLE_ROWS = 50


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of data: `number` counts rows from 1, `line` is where it stands in the file or sheet."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table found in a file; `rows()` may be called again and reads the bytes anew each time.

    `count` is the number of data rows; `above` are title lines over the header; `notes` say in plain words
    what was left aside (empty rows at the end, other sheets). `encoding` and `delimiter` are None for a sheet.
    """

    name: str
    header: tuple[str, ...]
    count: int
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    above: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    _lines: Callable[[], Lines] = field(repr=False)

    def rows(self) -> Iterator[TableRow]:
        """Data rows in order; short rows are filled up with empty cells, long ones stay long."""
        width = len(self.header)
        below = islice(self._lines(), len(self.above) + 1, len(self.above) + 1 + self.count)
        for number, (line, cells) in enumerate(below, start=1):
            filled = tuple(cells) if len(cells) >= width else (*cells, *[""] * (width - len(cells)))
            while len(filled) > width and not filled[-1].strip():
                filled = filled[:-1]
            yield TableRow(number, line, filled)


def read_table(
    name: str,
    content: bytes,
    *,
    limits: Limits = DEFAULT_LIMITS,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """Open a CSV or XLSX file as a table.

    `sheet`, `encoding` and `delimiter` are what a mapping says; without them they are found from the content.
    Raises `RefusedFile` with one reason for a file that cannot be read as a table or passes a cap.
    """
    check_size(content, limits=limits)
    if is_workbook(content):
        return _workbook(name, content, limits=limits, sheet=sheet)
    found = find_encoding(content, named=encoding)
    separator = delimiter or find_delimiter(_sample(content, found))

    def lines() -> Lines:
        return _csv_lines(content, encoding=found, delimiter=separator or ",", limits=limits)

    return _open(name, lines, limits=limits, encoding=found.codec, delimiter=separator)


def read_header(content: bytes, *, limits: Limits = DEFAULT_LIMITS, sheet: str | None = None) -> tuple[str, ...]:
    """Header of an XLSX workbook, without reading its rows. Raises `RefusedFile`."""
    return _find_header(read_sheet(content, limits=limits, sheet=sheet, head=_TITLE_LINES).lines())[1]


def find_delimiter(sample: str) -> str | None:
    """The delimiter under which most rows are as wide as the header, then the widest; None for one column."""
    declared = re.match(r"sep=(.)\r?\n", sample)
    if declared:
        return declared[1]
    best: tuple[float, int] = (0.0, 1)
    chosen = None
    for delimiter in _DELIMITERS:
        rows = [row for row in islice(_lenient(sample, delimiter), _SAMPLE_ROWS) if row]
        width = max((len(row) for row in rows[:1]), default=1)
        if rows and width == 1:  # perhaps a title line: the next row may be the header
            width = max(len(row) for row in rows[:_TITLE_LINES])
        share = sum(len(row) == width for row in rows) / max(len(rows), 1)
        if width > 1 and (share, width) > best:
            best, chosen = (share, width), delimiter
    return chosen


def _sample(content: bytes, encoding: Encoding) -> str:
    start = content[encoding.mark : encoding.mark + 4 * _SAMPLE_CHARS]
    return start.decode(encoding.codec, errors="ignore")[:_SAMPLE_CHARS]


def _lenient(sample: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    except csv.Error:  # a field longer than a sample cell may be: what was read so far decides
        return


def _csv_lines(content: bytes, *, encoding: Encoding, delimiter: str, limits: Limits) -> Lines:
    stream = io.BytesIO(content)
    stream.seek(encoding.mark)
    text = io.TextIOWrapper(stream, encoding=encoding.codec, newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 0
    try:
        for cells in reader:
            start, line = line + 1, reader.line_num
            if not cells or (start == 1 and re.fullmatch(r"sep=.?", delimiter.join(cells))):
                continue  # a blank line is no row, nor is the hint that Excel writes for itself
            yield start, cells
    except csv.Error as error:
        raise RefusedFile(
            f"the table breaks off in the row that starts on line {line + 1}: {_plain(error)}",
            hint="close the quotation mark there, and double every quotation mark inside a quoted cell",
        ) from None


def _plain(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end of data" in text:
        return "a quotation mark is opened and never closed"
    if "field larger than" in text:
        return "one cell is longer than 131,072 characters"
    return text


def _workbook(name: str, content: bytes, *, limits: Limits, sheet: str | None) -> Table:
    read = read_sheet(content, limits=limits, sheet=sheet)
    return _open(name, read.lines, limits=limits, sheet=read.name, notes=read.notes)


def _open(
    name: str,
    lines: Callable[[], Lines],
    *,
    limits: Limits,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    notes: tuple[str, ...] = (),
) -> Table:
    above, header = _find_header(lines())
    if len(header) > limits.columns:
        raise RefusedFile(
            f"the header has {len(header)} columns; {limits.columns} is the most that is read",
            hint="check the delimiter, or split the table",
        )
    total, filled = _measure(islice(lines(), len(above) + 1, None), limits=limits)
    if total > filled:
        notes = (*notes, f"{total - filled} empty rows at the end of the table were left out")
    if above:
        notes = (*notes, f"{len(above)} title lines above the header were not read as rows")
    return Table(name, header, filled, encoding, delimiter, sheet, above, notes, lines)


def _find_header(lines: Lines) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Title lines and header: the first row with two filled cells, or the first row where no row has two."""
    first = [tuple(cells) for _, cells in islice(lines, _TITLE_LINES)]
    if not any(_filled(cells) for cells in first):
        raise RefusedFile("the table is empty", hint="give it a header row and at least one row")
    for place, cells in enumerate(first):
        if _filled(cells) >= 2:
            return tuple(first[:place]), _trimmed(cells)
    place = next(at for at, cells in enumerate(first) if _filled(cells))
    return tuple(first[:place]), _trimmed(first[place])


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return tuple(cell.strip() for cell in cells)


def _measure(lines: Lines, *, limits: Limits) -> tuple[int, int]:
    """Rows in all, and rows up to the last one that holds anything. Raises `RefusedFile` past a cap."""
    total = filled = 0
    for line, cells in lines:
        total += 1
        if len(cells) > limits.columns:
            raise RefusedFile(f"line {line} has {len(cells)} columns; {limits.columns} is the most that is read")
        if any(map(str.strip, cells)):
            filled = total
        elif total - filled >= limits.empty_rows:
            break  # a sheet formatted to its last row; nothing stands below within the cap
        if filled > limits.rows:
            raise RefusedFile(f"the table has more than {limits.rows} rows", hint="split the file")
    return total, filled
