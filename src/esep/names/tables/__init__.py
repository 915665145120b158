"""Tables of letters and words, kept as CSV files that name their sources; read once each."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from esep.errors import NamesError


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Rows of `table`.csv, each by column name; lines that begin with # tell the source and are left out.

    Raises `NamesError` when a row has more or fewer cells than the head.
    """
    text = files(__name__).joinpath(f"{table}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    head, *body = csv.reader(lines)
    for number, row in enumerate(body, start=1):
        if len(row) != len(head):
            raise NamesError(f"names table {table}.csv, row {number}: {len(row)} cells, the head has {len(head)}")
    return tuple(dict(zip(head, row, strict=True)) for row in body)


def column(table: str, key: str, value: str) -> dict[str, str]:
    """Two columns of a table as a mapping; a later row wins over an earlier one with the same key."""
    return {row[key]: row[value] for row in rows(table)}
