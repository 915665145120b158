"""The one seam between the ledger and a database: what every dialect must offer.

SQL above this line is written once, in the words both SQLite and PostgreSQL understand, with `?` for a
parameter. A dialect opens a connection, makes the tables with its own triggers, runs statements inside one
write lock, and turns its driver's errors into ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]
Cell = str | int | bytes | None


class Database(Protocol):
    """A case's database, open."""

    def rows(self, sql: str, cells: Sequence[Cell] = ()) -> Iterator[Row]:
        """Rows of a query, streamed. A query whose rows are not read to the end holds its snapshot."""

    def one(self, sql: str, cells: Sequence[Cell] = ()) -> Row | None:
        """First row of a query, or None."""

    def run(self, sql: str, cells: Sequence[Cell] = ()) -> int:
        """Run one statement inside `writing`; returns the number of rows it touched."""

    def run_many(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Run one statement for every row, inside `writing`."""

    def writing(self) -> AbstractContextManager[None]:
        """One transaction under the write lock: committed to disk when it ends well, undone otherwise."""

    def in_list(self, cells: Sequence[str]) -> tuple[str, list[Cell]]:
        """SQL text and cells for `column IN (...)`, however many there are."""

    def check(self) -> Iterator[str]:
        """Faults the database itself finds in its pages and indexes, one sentence each."""

    def purge(self) -> None:
        """Make sure that erased bytes are gone from the files."""

    def whole_file(self) -> bytes:
        """The database as one consistent file, for a backup; encrypted if the case is."""

    def close(self) -> None:
        """Close the connection."""
