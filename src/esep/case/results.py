"""One result type for everything that is a list of rows: text for people, a table, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esep.counts.tables import in_columns

_WIDEST = 60


@dataclass(frozen=True)
class Listing:
    """Rows under named columns. A cell that is None is empty in the table and null in JSON.

    `note` says what a reader of the whole must know (how many more there are, as known on which day).
    """

    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]
    note: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    def table(self) -> str:
        """Aligned columns; long cells are cut, the whole stands in the JSON."""
        lines = [self.columns, *(tuple(_cell(row.get(column)) for column in self.columns) for row in self.rows)]
        return in_columns(lines)

    def text(self) -> str:
        """The table with its note."""
        body = self.table() if self.rows else "Nothing found."
        return f"{body}\n{self.note}" if self.note else body

    def json(self) -> str:
        """A JSON array of objects."""
        return json.dumps([dict(row) for row in self.rows], ensure_ascii=False, indent=1)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    elif isinstance(value, list | tuple):
        text = "; ".join(map(_cell, value))
    else:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
