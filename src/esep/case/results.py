"""One result type for everything that is a list of rows: text for people, a table, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

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


class NamesCompared(Protocol):
    """What comparing two names gives: score in [0, 1] or None, parts, reasons."""

    @property
    def score(self) -> float | None: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...
    @property
    def parts(self) -> tuple[Any, ...]: ...
    def text(self) -> str: ...


@dataclass(frozen=True)
class NameMatch:
    """Two names compared, ready to print."""

    compared: NamesCompared

    def text(self) -> str:
        """Score, reasons and parts."""
        return self.compared.text()

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array with one object; `score` is null when there is nothing to compare."""
        parts = [
            {"part": part.part, "left": part.left, "right": part.right, "score": round(part.score, 4)}
            for part in self.compared.parts
        ]
        score = self.compared.score
        found = {"score": None if score is None else round(score, 4), "reasons": self.compared.reasons, "parts": parts}
        return json.dumps([found], ensure_ascii=False, indent=1)


class HasJson(Protocol):
    """A result that prints itself as a JSON array."""

    def json(self) -> str: ...


def joined_json(results: Iterable[HasJson]) -> str:
    """One JSON array of the objects of several results."""
    return json.dumps([row for result in results for row in json.loads(result.json())], ensure_ascii=False, indent=1)
