"""Verification: every id, leaf, root, commitment, proposal and projection is computed again and compared."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from esep.canonical import identifier
from esep.errors import Damaged, EsepError
from esep.ledger import projections
from esep.ledger.acts import claim_leaf, commitment, header_id
from esep.ledger.database import Row
from esep.ledger.merkle import Frontier

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger


_MISSHAPEN = (ValueError, TypeError, AttributeError, KeyError, IndexError)
"""What reading a damaged cell can raise, whose type or shape is no longer what was stored."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that differs from what was committed: where it is, and what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(ledger: Ledger) -> Iterator[Finding]:
    """Everything in the ledger that differs from what was committed, in the order of the ledger."""
    steps = (_pages, _batches, _values_without_claim, _proposals, _projections)
    for step in steps:
        try:
            yield from step(ledger)
        except Damaged as error:
            yield Finding("database", str(error))
        except (EsepError, *_MISSHAPEN) as error:  # a stored cell no longer has its type
            yield Finding(f"database, while checking {step.__name__.strip('_')}", f"unreadable: {error}")


def _pages(ledger: Ledger) -> Iterator[Finding]:
    for fault in ledger.database.check():
        yield Finding("database", fault)


def _batches(ledger: Ledger) -> Iterator[Finding]:
    claims = _claims(ledger)
    pending = next(claims, None)
    frontier, number, at = Frontier(), 0, ""
    for row in ledger.database.rows("SELECT * FROM batch ORDER BY number"):
        where = f"batch {row[0]}"
        if row[0] != number + 1:
            yield Finding(where, f"follows batch {number}: {row[0] - number - 1} batches are missing")
        if str(row[4]) < at:
            yield Finding(where, "is dated before the batch that precedes it")
        if row[7] != frontier.size + 1:
            yield Finding(where, f"starts at claim {row[7]}, but {frontier.size} claims precede it")
            frontier = Frontier(row[7] - 1, [b"\0" * 32] * (row[7] - 1).bit_count())
        if header_id((row[2], row[3], row[4], row[5], row[6]), row[7], frontier.root()) != row[1]:
            yield Finding(where, "its header (actor, device, time, tool or note) is not what was committed")
        while pending is not None and pending[0] < row[7] + row[8]:
            yield from _claim(ledger, pending, frontier, batch=row)
            pending = next(claims, None)
        yield from _root(where, row, frontier)
        frontier, number, at = _stored_frontier(row, frontier), row[0], str(row[4])
    for extra in chain([pending] if pending else [], claims):
        yield Finding(f"claim {extra[1]}", "belongs to no batch")


def _claims(ledger: Ledger) -> Iterator[Row]:
    yield from ledger.database.rows(
        "SELECT c.seq, c.cid, c.batch, c.op, c.subject, c.prop, c.target, c.source, c.locator, c.commitment,"
        " v.salt, v.state, v.value, v.lang, v.original FROM claim c LEFT JOIN claim_value v ON v.seq = c.seq"
        " ORDER BY c.seq"
    )


def _claim(ledger: Ledger, row: Row, frontier: Frontier, *, batch: Row) -> Iterator[Finding]:
    seq, cid, number, op, subject, prop, target, source, locator, sealed, salt, state, value, lang, original = row
    where = f"claim {cid} (number {seq}, in batch {batch[0]})"
    if seq != frontier.size + 1:
        yield Finding(where, f"follows claim number {frontier.size}: claims are missing or out of order")
    if number != batch[0]:
        yield Finding(where, f"says it belongs to batch {number}")
    frontier.append(claim_leaf((cid, batch[1], op, subject, prop, target, source, locator), bytes(sealed)))
    if salt is None:
        erased = ledger.database.one("SELECT 1 FROM claim WHERE op = 'erase' AND target = ?", [cid])
        if not erased:
            yield Finding(where, "its value is gone and nobody recorded an erasure")
    elif not hmac.compare_digest(
        commitment(bytes(salt), state=state, value=value, lang=lang, original=original), bytes(sealed)
    ):
        yield Finding(where, "its value is not what was committed")


def _root(where: str, row: Row, frontier: Frontier) -> Iterator[Finding]:
    if frontier.size != row[7] + row[8] - 1:
        yield Finding(where, f"holds {frontier.size - row[7] + 1} claims, not {row[8]}")
    elif frontier.root() != bytes(row[9]):
        yield Finding(where, "one of its claims, or its root, is not what was committed")
    elif frontier.to_bytes() != bytes(row[10]):
        yield Finding(where, "its subtree roots do not lead to its root")


def _stored_frontier(row: Row, frontier: Frontier) -> Frontier:
    """Where to go on: from what the batch stored, so that one change is not reported at every later batch."""
    try:
        return Frontier.from_bytes(row[7] + row[8] - 1, bytes(row[10]))
    except (ValueError, TypeError):
        return frontier


def _values_without_claim(ledger: Ledger) -> Iterator[Finding]:
    sql = "SELECT v.seq FROM claim_value v LEFT JOIN claim c ON c.seq = v.seq WHERE c.seq IS NULL"
    for (seq,) in ledger.database.rows(sql):
        yield Finding(f"value number {seq}", "belongs to no claim")
    for row in ledger.database.rows(
        "SELECT c.cid FROM claim e JOIN claim c ON c.cid = e.target JOIN claim_value v ON v.seq = c.seq"
        " WHERE e.op = 'erase'"
    ):
        yield Finding(f"claim {row[0]}", "was erased, but its value is still there")


def _proposals(ledger: Ledger) -> Iterator[Finding]:
    committed: dict[str, str] = {}
    for claim in ledger.claims(props=["proposals"]):
        committed.update(dict.fromkeys(claim.value["ids"] if claim.value else (), claim.batch))
    rows = ledger.database.rows(
        "SELECT p.id, p.number, p.kind, p.subject, p.grounds, p.payload, p.rule, b.id FROM proposal p"
        " LEFT JOIN batch b ON b.number = p.batch ORDER BY p.number"
    )
    for expected, row in enumerate(rows, start=1):
        where = f"proposal {row[0]}"
        if row[1] != expected:
            yield Finding(where, f"is number {row[1]}, expected {expected}: proposals are missing")
        if row[0] not in committed:
            yield Finding(where, "was never committed by a batch")
        elif row[7] != committed[row[0]]:
            yield Finding(where, "says it arrived with another batch than the one that committed it")
        if row[0] != identifier("esep-proposal-1", row[2], row[3], row[4], json.loads(row[5]), row[6]):
            yield Finding(where, "is not what was committed")
        committed.pop(row[0], None)
    for missing in sorted(committed):
        yield Finding(f"proposal {missing}", "is gone")


def _projections(ledger: Ledger) -> Iterator[Finding]:
    now: dict[str, list[tuple[Any, ...]]] = dict(projections.stored(ledger))
    for table, expected in projections.computed(ledger).items():
        if now[table] != expected:
            different = sorted(set(now[table]) ^ set(expected), key=repr)
            first = different[0][0] if different else "a row that stands twice"
            what = f"differs from the claims at {first}; «esep verify --rebuild» mends it"
            yield Finding(f"projection {table}", what)
