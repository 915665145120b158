"""Sheets of an XLSX workbook, read in a process of their own and handed on as lines of text cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from esep.errors import RefusedFile
from esep.intake.hostile import check_office_file, zip_names
from esep.intake.limits import Limits
from esep.intake.sandbox import parse_apart


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, what was left aside, and its rows (sheet row from 1, cells) as often as asked."""

    name: str
    notes: tuple[str, ...]
    lines: Callable[[], Iterator[tuple[int, Sequence[str]]]]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an XLSX workbook. Raises `RefusedFile` for a damaged zip and for one with macros."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    names = zip_names(content)
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise RefusedFile("the workbook carries macros", hint="save it as .xlsx without macros")
    return "xl/workbook.xml" in names


def read_sheet(content: bytes, *, limits: Limits, sheet: str | None = None, head: int | None = None) -> Sheet:
    """The sheet named, or the first that is shown and holds anything; `head` reads no more than so many rows.

    Raises `RefusedFile`.
    """
    check_office_file(content, limits=limits)
    values = parse_apart("sheet", content, limits=limits, sheet=sheet, head=head)
    rows = [json.dumps(value, ensure_ascii=False) for value in values]  # text takes a third of the room of lists
    about = json.loads(rows.pop())
    notes: list[str] = []
    if about["others"]:
        notes.append(f"sheets that were not read: {', '.join(map(repr, about['others']))}; name one in the mapping")
    if about["stopped"]:
        notes.append(f"reading stopped at sheet row {about['stopped']}, after {limits.empty_rows} empty rows")

    def lines() -> Iterator[tuple[int, Sequence[str]]]:
        return ((number, cells) for number, cells in map(json.loads, rows))

    return Sheet(about["sheet"], tuple(notes), lines)
