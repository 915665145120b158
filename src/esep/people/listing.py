"""Finding people: a page of the list, or a search by any spelling, from stored keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esep.ledger.database import Cell
from esep.ledger.projections import LOOSE
from esep.names import compare
from esep.names.keys import loose_key, search_tokens

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: a person or group as of now."""

    id: str
    kind: str
    name: str | None
    statuses: tuple[str, ...]
    sources: int
    records: int


_COLUMNS = "entity, kind, name, statuses, sources, records"


def page(ledger: Ledger, *, kind: str = "person", after: str | None = None, limit: int = 50) -> list[Entry]:
    """`limit` entries in the order of their keys, behind the entry with id `after` (None: from the beginning)."""
    cells: list[Cell] = [kind]
    where = "kind = ?"
    if after is not None:
        row = ledger.database.one("SELECT name_key FROM entry WHERE entity = ?", [after])
        key = row[0] if row and row[0] is not None else ""
        where += " AND (coalesce(name_key, '') > ? OR (coalesce(name_key, '') = ? AND entity > ?))"
        cells += [key, key, after]
    sql = f"SELECT {_COLUMNS} FROM entry WHERE {where} ORDER BY coalesce(name_key, ''), entity LIMIT ?"
    return [_entry(row) for row in ledger.database.rows(sql, [*cells, limit])]


def search(
    ledger: Ledger, query: str, *, kinds: Sequence[str] = ("person", "group"), limit: int | None = None
) -> list[Entry]:
    """Entries of which some name holds every word of the query, or its beginning, in any spelling and script.

    If there are none, a second try folds near sounds together (German s for z, Arabic without vowels); what that
    finds is in the order of how well the names compare.
    """
    found = _holding(ledger, search_tokens(query), kinds)
    if not found:
        loose = [LOOSE + token for token in loose_key(query).split()]
        found = sorted(_holding(ledger, loose, kinds), key=lambda entry: -(compare(query, entry.name or "").score or 0))
    return found[:limit]


def _holding(ledger: Ledger, tokens: Sequence[str], kinds: Sequence[str]) -> list[Entry]:
    found: set[str] | None = None
    for token in tokens:
        rows = ledger.database.rows(
            "SELECT DISTINCT entity FROM search WHERE token >= ? AND token < ?", [token, token + "\U0010ffff"]
        )
        these = {row[0] for row in rows}
        found = these if found is None else found & these
    if not found:
        return []
    listed, cells = ledger.database.in_list(sorted(found))
    sql = f"SELECT {_COLUMNS} FROM entry WHERE entity IN {listed} ORDER BY coalesce(name_key, ''), entity"
    entries = map(_entry, ledger.database.rows(sql, cells))
    return [entry for entry in entries if entry.kind in kinds]


def _entry(row: tuple[str, str, str | None, str, int, int]) -> Entry:
    entity, kind, name, statuses, sources, records = row
    return Entry(entity, kind, name, tuple(statuses.split()), sources, records)
