"""XLSX to rows of text: `[sheet row, [cells]]` for each row, then one object about the sheet.

Dates become ISO text at the precision that the cell shows: a cell formatted as month and year gives 2011-12,
not the first of the month that the file stores. Whole numbers have no `.0`.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from esep.errors import RefusedFile
from esep.intake.limits import Limits

sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it, and it reserves much memory

import openpyxl  # noqa: E402 - after numpy is out of the way

_FORMULA_WITHOUT_RESULT = re.compile(rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


def parse(content: bytes, *, limits: Limits, sheet: str | None = None, head: int | None = None) -> Iterator[Any]:
    """Rows of the named sheet, or of the first one that is shown and holds anything; `head` stops after so many."""
    _refuse_uncalculated(content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    shown = [found for found in book.worksheets if found.sheet_state == "visible"] or list(book.worksheets)
    if sheet is not None and sheet not in book.sheetnames:
        raise RefusedFile(
            f"the workbook has no sheet {sheet!r}", hint=f"it has {', '.join(map(repr, book.sheetnames))}"
        )
    for page in [book[sheet]] if sheet is not None else shown:
        filled = stopped = 0
        for number, cells in _rows(page, limits=limits):
            if number < 0:
                stopped = -number
                break
            filled += bool(cells)
            yield [number, cells]
            if head and number >= head:
                break
        if filled or sheet is not None:
            others = [name for name in book.sheetnames if name != page.title]
            yield {"sheet": page.title, "others": others, "stopped": stopped}
            return
    raise RefusedFile("the workbook holds no rows", hint="check that the right file was saved")


def _rows(page: Any, *, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number; the last may be `(-row, [])`: reading stopped there after so many empty rows."""
    page.reset_dimensions()  # what the sheet says of its own size is not to be trusted
    empty: list[int] = []
    read = 0
    for number, row in enumerate(page.iter_rows(), start=1):
        cells = _trimmed([_cell_text(cell) for cell in row])
        if len(cells) > limits.columns:
            raise RefusedFile(f"sheet row {number} has {len(cells)} columns; {limits.columns} is the most that is read")
        if not cells:
            empty.append(number)
            if len(empty) >= limits.empty_rows:
                yield -number, []
                return
            continue
        yield from ((before, []) for before in empty)
        empty.clear()
        read += 1
        if read > limits.rows:
            raise RefusedFile(f"the sheet has more than {limits.rows} rows", hint="split the file")
        yield number, cells


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _cell_text(cell: Any) -> str:
    """Text of one cell, at the precision at which the cell shows it."""
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return _date_text(value, cell.number_format or "")  # asked of dates only: looking it up is slow
    return _plain_text(value)


def _plain_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S")
    return str(int(value.total_seconds())) if isinstance(value, timedelta) else str(value)


def _date_text(value: datetime | date, shown_as: str) -> str:
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown_as.lower())
    if "y" in pattern and "d" not in pattern and "h" not in pattern:
        return f"{value.year:04d}-{value.month:02d}" if "m" in pattern else f"{value.year:04d}"
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(timespec="seconds")
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"


def _refuse_uncalculated(content: bytes) -> None:
    """A formula whose result was never stored would read as an empty cell, and a value would be lost unseen."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.startswith("xl/worksheets/") and _FORMULA_WITHOUT_RESULT.search(packed.read(name)):
                raise RefusedFile(
                    "a sheet has formulas whose results are not stored",
                    hint="open and save it in a spreadsheet program",
                )
