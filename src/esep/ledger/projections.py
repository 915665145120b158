"""Projections: who is who, lists and search, as of now. Dropped and rebuilt at will, never edited.

After each batch only the clusters it touched are computed again; `rebuild` computes all. Both use the same
function, and a test proves that they agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from esep.ledger.database import Cell
from esep.ledger.identity import IDENTIFIED, Judgement, cluster, mint
from esep.names.keys import loose_tokens, search_tokens

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger

_SHOWN = ("name", "other_name", "description", "summary", "status")
LOOSE = "~"
"""Mark of loosely folded words in the search table, for a second try."""

_PORTION = 4_000
_TABLES = ("identity", "entry", "search", "conflict")


@dataclass(slots=True)
class Touched:
    """Records that a batch says something about, as far as identity and lists care."""

    records: dict[str, None] = field(default_factory=dict)

    def add(self, record: str) -> None:
        """Note a record; kinds that are never joined are passed over."""
        if record.partition(":")[0] in IDENTIFIED:
            self.records[record] = None


@dataclass(slots=True)
class _Seen:
    """What the projections need of one record."""

    first: int
    name: str | None = None
    description: str | None = None
    names: list[str] = field(default_factory=list)
    statuses: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of every projection for some clusters."""

    identity: list[tuple[str, str, str, int]]
    entry: list[tuple[Any, ...]]
    search: list[tuple[str, str]]
    conflict: list[tuple[str, str, str]]


def refresh(ledger: Ledger, touched: Touched) -> None:
    """Compute the clusters again that these records belong to or belonged to.

    Some thousand records at a time, so that a long list needs no more memory than a short one; a cluster that
    two portions touch is computed twice, with the same outcome.
    """
    records = list(touched.records)
    for start in range(0, len(records), _PORTION):
        _refresh(ledger, records[start : start + _PORTION])


def _refresh(ledger: Ledger, records: Sequence[str]) -> None:
    component = _component(ledger, records)
    database = ledger.database
    listed, cells = database.in_list(component)
    old = [row[0] for row in database.rows(f"SELECT DISTINCT entity FROM identity WHERE record IN {listed}", cells)]
    if old:  # records that are new have no rows yet: most of a long list
        old_listed, old_cells = database.in_list(old)
        database.run(f"DELETE FROM search WHERE entity IN {old_listed}", old_cells)
        database.run(f"DELETE FROM entry WHERE entity IN {old_listed}", old_cells)
        database.run(f"DELETE FROM conflict WHERE left_record IN {listed}", cells)
        database.run(f"DELETE FROM identity WHERE record IN {listed}", cells)
    _store(ledger, compute(ledger, component))


def rebuild(ledger: Ledger) -> None:
    """Drop every projection and compute it again from the claims."""
    with ledger.writing():
        for table in _TABLES:
            ledger.database.run(f"DELETE FROM {table}")
        _store(ledger, compute(ledger))


def stored(ledger: Ledger) -> Mapping[str, list[tuple[Any, ...]]]:
    """Rows of every projection as they are stored, sorted."""
    return {table: sorted(ledger.database.rows(f"SELECT * FROM {table}"), key=repr) for table in _TABLES}


def computed(ledger: Ledger) -> Mapping[str, list[tuple[Any, ...]]]:
    """Rows of every projection as they should be, sorted."""
    rows = compute(ledger)
    tables: dict[str, Sequence[tuple[Any, ...]]] = {
        "identity": rows.identity, "entry": rows.entry, "search": rows.search, "conflict": rows.conflict
    }  # fmt: skip
    return {table: sorted(found, key=repr) for table, found in tables.items()}


def compute(ledger: Ledger, records: Sequence[str] | None = None) -> Rows:
    """Rows for these records (whole clusters), or for all."""
    seen = _seen(ledger, records)
    judgements = _judgements(ledger, records)
    clusters = cluster(judgements, first_seq={record: found.first for record, found in seen.items()})
    minted = {record: mint(record) for record in seen}
    members: dict[str, list[str]] = {}
    for record in seen:
        members.setdefault(clusters.entity.get(record, minted[record]), []).append(record)
    rows = Rows([], [], [], [(conflict.left, conflict.right, conflict.reason) for conflict in clusters.conflicts])
    for entity, its_records in members.items():
        ordered = sorted(its_records, key=lambda record: (seen[record].first, record))
        rows.identity.extend((record, minted[record], entity, seen[record].first) for record in ordered)
        _add_entity(rows, entity, [seen[record] for record in ordered], kind=ordered[0].partition(":")[0])
    return rows


def _add_entity(rows: Rows, entity: str, parts: Sequence[_Seen], *, kind: str) -> None:
    name = next((part.name for part in parts if part.name), None)
    name = name or next((part.description for part in parts if part.description), None)
    folded = {written: search_tokens(written) for part in parts for written in part.names}
    key = " ".join(folded.get(name) or search_tokens(name)) if name else None
    statuses = " ".join(sorted(set().union(*(part.statuses for part in parts))))
    sources = len(set().union(*(part.sources for part in parts)))
    rows.entry.append((entity, kind, name, key, statuses, sources, len(parts)))
    found = {token for tokens in folded.values() for token in tokens}
    found |= {LOOSE + token for tokens in folded.values() for token in loose_tokens(tokens)}
    rows.search.extend((word, entity) for word in sorted(found))


def _store(ledger: Ledger, rows: Rows) -> None:
    database = ledger.database
    database.run_many("INSERT INTO identity VALUES (?, ?, ?, ?)", rows.identity)
    database.run_many("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", rows.entry)
    database.run_many("INSERT INTO search VALUES (?, ?)", rows.search)
    database.run_many("INSERT INTO conflict VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows.conflict)


def _seen(ledger: Ledger, records: Sequence[str] | None) -> dict[str, _Seen]:
    where = ""
    cells: list[Cell] = []
    if records is not None:
        listed, cells = ledger.database.in_list(records)
        where = f" AND c.subject IN {listed}"
    gone = {
        row[0]
        for row in ledger.database.rows(
            "SELECT c.seq FROM claim r JOIN claim c ON c.cid = r.target WHERE r.op <> 'assert'"
        )
    }
    sql = (
        "SELECT c.seq, c.subject, c.prop, c.source, v.value FROM claim c"
        f" LEFT JOIN claim_value v ON v.seq = c.seq AND c.prop IN ({', '.join(map(repr, _SHOWN))})"
        f" WHERE c.op = 'assert'{where} ORDER BY c.seq"
    )
    seen: dict[str, _Seen] = {}
    for seq, subject, prop, source, value in ledger.database.rows(sql, cells):
        found = seen.get(subject)
        if found is None:
            if subject.partition(":")[0] not in IDENTIFIED:
                continue
            found = seen[subject] = _Seen(seq)
        if seq in gone:
            continue
        if source:
            found.sources.add(source)
        if value is not None:
            _note(found, prop, value)
    return seen


def _note(found: _Seen, prop: str, value: str) -> None:
    stated = json.loads(value)
    if prop == "status" and isinstance(stated, dict):
        found.statuses.add(str(stated.get("status", "")))
    elif isinstance(stated, str):
        if prop == "name":
            found.name = found.name or stated
        elif prop in ("description", "summary"):
            found.description = found.description or stated
        if prop in ("name", "other_name"):
            found.names.append(stated)


def _judgements(ledger: Ledger, records: Sequence[str] | None) -> Iterable[Judgement]:
    if records is None:
        return ledger.judgements()
    inside = set(records)
    return (judgement for judgement in _judgements_about(ledger, records) if judgement.right in inside)


def _judgements_about(ledger: Ledger, records: Sequence[str]) -> Iterator[Judgement]:
    listed, cells = ledger.database.in_list(records)
    sql = (
        "SELECT c.cid, c.seq, c.prop, c.subject, c.target FROM claim c WHERE c.op = 'assert'"
        f" AND c.prop IN ('same', 'different', 'unsure') AND c.subject IN {listed}"
        " AND NOT EXISTS (SELECT 1 FROM claim r WHERE r.target = c.cid AND r.op <> 'assert')"
    )
    return (Judgement(*row) for row in ledger.database.rows(sql, cells))


def _component(ledger: Ledger, records: Sequence[str]) -> list[str]:
    """These records and all that judgements, live or withdrawn, tie them to."""
    reached, edge = dict.fromkeys(records), list(records)
    while edge:
        listed, cells = ledger.database.in_list(edge)
        sql = (
            "SELECT target FROM claim WHERE op = 'assert' AND prop IN ('same', 'different')"
            f" AND subject IN {listed}"
            " UNION SELECT subject FROM claim WHERE op = 'assert' AND prop IN ('same', 'different')"
            f" AND target IN {listed}"
        )
        edge = [row[0] for row in ledger.database.rows(sql, [*cells, *cells]) if row[0] not in reached]
        reached.update(dict.fromkeys(edge))
    return list(reached)

