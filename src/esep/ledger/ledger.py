"""The ledger of a case: append, read as known on a moment, erase.

Everything known is a claim at a position (`seq`). «As known on D» is everything up to the last position of
the last batch written by the end of D, less what was retracted by then.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from esep.errors import Damaged, LedgerError, Locked, NotFound, RefusedClaim
from esep.ledger import projections
from esep.ledger.acts import Act, Entropy, Receipt, batch_id, seal
from esep.ledger.claims import JUDGEMENTS, Claim, Draft, Op, State
from esep.ledger.database import Cell, Database, Row
from esep.ledger.identity import IDENTIFIED, Judgement
from esep.ledger.merkle import Frontier
from esep.ledger.proposals import Proposal
from esep.ledger.sqlite import SqliteDatabase

FORMAT = "1"
_CHUNK = 2_000
_NEEDED = frozenset(("settings", "proposals", "text"))  # hashes and ids only

_COLUMNS = (
    "c.seq, c.cid, b.id, c.op, c.subject, c.prop, c.target, c.source, c.locator, v.value, v.state, v.lang, v.original"
)
_FROM = "FROM claim c JOIN batch b ON b.number = c.batch LEFT JOIN claim_value v ON v.seq = c.seq"
_LIVE = "NOT EXISTS (SELECT 1 FROM claim r WHERE r.target = c.cid AND r.op <> 'assert' AND r.seq <= ?)"

KnownOn = int | date | datetime | None
"""A moment of knowing: a position, a day (its end, UTC), a time, or None for now."""


class Ledger:
    """An open ledger. Reads see every batch that has been written; writes are one batch an act."""

    def __init__(self, database: Database, *, entropy: Entropy = os.urandom) -> None:
        self.database = database
        self._entropy = entropy
        form = database.one("SELECT value FROM meta WHERE key = 'format'")
        if form is None or form[0] != FORMAT:
            raise LedgerError(
                f"this case has ledger format {form[0] if form else 'none'}, this esep reads format {FORMAT}",
                hint="use the esep that wrote it, or a newer one that can upgrade it",
            )

    @classmethod
    def create(cls, path: Path, *, key: bytes | None, case: str, entropy: Entropy = os.urandom) -> Ledger:
        """Make the database of a new case. `key`: raw 32 bytes, or None for a plain file."""
        database = SqliteDatabase(path, key=key, create=True)
        with database.writing():
            database.run_many("INSERT INTO meta (key, value) VALUES (?, ?)", [("format", FORMAT), ("case", case)])
        return cls(database, entropy=entropy)

    @classmethod
    def open(cls, path: Path, *, key: bytes | None, entropy: Entropy = os.urandom) -> Ledger:
        """Open the database of a case. Raises `WrongKey` if the key does not fit."""
        return cls(SqliteDatabase(path, key=key), entropy=entropy)

    @property
    def case(self) -> str:
        """Record id of the case itself."""
        row = self.database.one("SELECT value FROM meta WHERE key = 'case'")
        return f"case:{row[0]}" if row else "case:unnamed"

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # -- positions -------------------------------------------------------------------------------------------

    def position(self, known_on: KnownOn = None) -> int:
        """Last seq that was known at a moment; 0 if nothing was."""
        if isinstance(known_on, int):
            return known_on
        if known_on is None:
            row = self.database.one("SELECT max(seq) FROM claim")
        else:
            row = self.database.one("SELECT max(first_seq + n - 1) FROM batch WHERE at <= ?", [_stamp(known_on)])
        last = row[0] if row else None
        if last is not None and not isinstance(last, int):
            raise Damaged("the table of claims cannot be read", hint="restore the newest good backup of the case")
        return last or 0

    # -- writing ---------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Several batches that are stored together or not at all."""
        with self.database.writing():
            yield

    def new_cid(self) -> str:
        """A cid for a draft that another draft of the same batch has to name."""
        return self._entropy(16).hex()

    def write(self, drafts: Iterable[Draft], act: Act) -> Receipt:
        """Append one batch; `drafts` may be a long stream. Raises `RefusedClaim` and stores nothing if one is bad."""
        try:
            with self.database.writing():
                return self._write(drafts, act)
        except UnicodeEncodeError:
            raise RefusedClaim(
                "a claim or its act holds half of a character (a lone surrogate)", hint="write the text in UTF-8"
            ) from None

    def _write(self, drafts: Iterable[Draft], act: Act) -> Receipt:
        last = self.database.one("SELECT number, at, first_seq + n, root, frontier FROM batch ORDER BY number DESC")
        number, first_seq = (last[0] + 1, last[2]) if last else (1, 1)
        frontier = Frontier.from_bytes(first_seq - 1, last[4]) if last else Frontier()
        act = _not_before(act, last[1] if last else "")
        name = batch_id(act, first_seq=first_seq, previous_root=frontier.root())
        touched = projections.Touched()
        checked = self._checked(drafts, touched)
        claims: list[tuple[Any, ...]] = []
        values: list[tuple[Any, ...]] = []
        for row in seal(checked, batch=name, number=number, first_seq=first_seq, entropy=self._entropy):
            claims.append(row.claim)
            values.append(row.value)
            frontier.append(row.leaf)
            if len(claims) == _CHUNK:
                self._insert(claims, values)
        self._insert(claims, values)
        n = frontier.size - first_seq + 1
        header = (number, name, act.actor, act.device, act.stamp, act.tool, act.note, first_seq, n)
        self.database.run(
            "INSERT INTO batch (number, id, actor, device, at, tool, note, first_seq, n, root, frontier)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*header, frontier.root(), frontier.to_bytes()],
        )
        projections.refresh(self, touched)
        return Receipt(number, name, first_seq, n, frontier.root().hex())

    def _insert(self, claims: list[tuple[Any, ...]], values: list[tuple[Any, ...]]) -> None:
        self.database.run_many("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", claims)
        self.database.run_many("INSERT INTO claim_value VALUES (?, ?, ?, ?, ?, ?)", values)
        claims.clear()
        values.clear()

    def _checked(self, drafts: Iterable[Draft], touched: projections.Touched) -> Iterator[Draft]:
        for draft in drafts:
            if draft.op != "assert":
                touched.add(self._withdrawable(draft).subject)
            elif draft.prop in JUDGEMENTS:
                touched.add(self._judgeable(draft, touched))
            touched.add(draft.subject)
            yield draft

    def _withdrawable(self, draft: Draft) -> Claim:
        claim = self.claim(draft.target or "")
        if claim.op != "assert":
            raise RefusedClaim(
                f"claim {claim.cid} withdraws another one and cannot be withdrawn itself",
                hint="state again what it withdrew",
            )
        if claim.subject != draft.subject:
            raise RefusedClaim(f"claim {claim.cid} is about {claim.subject}, not about {draft.subject}")
        return claim

    def _judgeable(self, draft: Draft, touched: projections.Touched) -> str:
        other = draft.target or ""
        kinds = {record.partition(":")[0] for record in (draft.subject, other)}
        if len(kinds) > 1 or not kinds <= IDENTIFIED or other == draft.subject:
            raise RefusedClaim(
                f"«{draft.prop}» between {draft.subject} and {other or 'nothing'}",
                hint="a judgement is about two different records of one kind, as person:A and person:B",
            )
        for record in (draft.subject, other):
            written = record in touched.records  # earlier in this batch
            if not written and not self.database.one("SELECT 1 FROM claim WHERE subject = ? LIMIT 1", [record]):
                raise NotFound(f"no record {record}", hint="look records up with «esep claims»")
        return other

    def propose(self, proposals: Iterable[Proposal], act: Act) -> Receipt | None:
        """Store proposals that are new, as one batch; None if there are none."""
        with self.database.writing():
            known = {row[0] for row in self.database.rows("SELECT id FROM proposal")}
            fresh = list({proposal.id: proposal for proposal in proposals if proposal.id not in known}.values())
            if not fresh:
                return None
            ids = sorted(proposal.id for proposal in fresh)
            receipt = self._write([Draft(self.case, "proposals", {"ids": ids})], act)
            first = len(known) + 1
            rows = (proposal.row(number=i, batch=receipt.number) for i, proposal in enumerate(fresh, start=first))
            self.database.run_many("INSERT INTO proposal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            return receipt

    def erase(self, cids: Sequence[str], act: Act, *, reason: str) -> Receipt:
        """Take the values of claims away for good: a dated tombstone with the reason stays, the tree still verifies."""
        with self.database.writing():
            claims = [self.claim(cid) for cid in cids]
            if kept := [claim for claim in claims if claim.prop in _NEEDED]:
                raise RefusedClaim(
                    f"claim {kept[0].cid} ({kept[0].prop}) is what verification rests on and says nothing of a person",
                    hint="erase the statements that do",
                )
            drafts = [
                Draft(claim.subject, claim.prop, {"reason": reason}, op="erase", target=claim.cid) for claim in claims
            ]
            receipt = self._write(drafts, act)
            self.database.run_many("DELETE FROM claim_value WHERE seq = ?", [[claim.seq] for claim in claims])
        try:
            self.database.purge()
        except Locked:
            raise Locked(
                f"the erasure is recorded (batch {receipt.number}), but another program has the case open: until it"
                " ends, the erased words are still in the write-ahead log",
                hint="close the other program; the log is emptied when the case is closed for the last time",
            ) from None
        return receipt

    # -- reading ---------------------------------------------------------------------------------------------

    def claim(self, cid: str) -> Claim:
        """One claim by its cid. Raises `NotFound`."""
        row = self.database.one(f"SELECT {_COLUMNS} {_FROM} WHERE c.cid = ?", [cid])
        if row is None:
            raise NotFound(f"no claim {cid or 'without a cid'}", hint="a cid has 32 hexadecimal digits")
        return _claim(row)

    def claims(
        self,
        *,
        subjects: Sequence[str] | None = None,
        kind: str | None = None,
        props: Sequence[str] | None = None,
        source: str | None = None,
        known_on: KnownOn = None,
        withdrawn: bool = False,
    ) -> Iterator[Claim]:
        """Claims in the order of the ledger, as known on a moment.

        `subjects` record ids, `kind` of records, `props` properties, `source` one source record.
        `withdrawn` adds retracted and erased claims and the retractions and erasures themselves.
        """
        upto = self.position(known_on)
        where, cells = ["c.seq <= ?"], cast("list[Cell]", [upto])
        for column, wanted in (("c.subject", subjects), ("c.prop", props)):
            if wanted is not None:
                listed, listed_cells = self.database.in_list(list(wanted))
                where.append(f"{column} IN {listed}")
                cells += listed_cells
        if kind is not None:
            where.append("c.subject >= ? AND c.subject < ?")
            cells += [f"{kind}:", f"{kind};"]
        if source is not None:
            where.append("c.source = ?")
            cells.append(source)
        if not withdrawn:
            where.append(f"c.op = 'assert' AND {_LIVE}")
            cells.append(upto)
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE {' AND '.join(where)} ORDER BY c.seq"
        return map(_claim, self.database.rows(sql, cells))

    def withdrawals(self) -> Iterator[Claim]:
        """Every retraction and erasure ever recorded, in the order of the ledger."""
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE c.target IS NOT NULL AND c.op <> 'assert' ORDER BY c.seq"
        return map(_claim, self.database.rows(sql))

    def judgements(self, *, known_on: KnownOn = None) -> Iterator[Judgement]:
        """Live judgements as known on a moment, in the order of the ledger."""
        upto = self.position(known_on)
        sql = (
            "SELECT c.cid, c.seq, c.prop, c.subject, c.target FROM claim c"
            f" WHERE c.prop IN ('same', 'different', 'unsure') AND c.op = 'assert' AND c.seq <= ? AND {_LIVE}"
            " ORDER BY c.seq"
        )
        return (Judgement(*row) for row in self.database.rows(sql, [upto, upto]))

    def proposals(self, *, kind: str | None = None, known_on: KnownOn = None) -> Iterator[Proposal]:
        """Proposals in the order of arrival, as known on a moment."""
        upto = self.position(known_on)
        sql = (
            "SELECT p.kind, p.subject, p.grounds, p.payload, p.rule FROM proposal p JOIN batch b ON b.number = p.batch"
            " WHERE b.first_seq <= ? AND (? IS NULL OR p.kind = ?) ORDER BY p.number"
        )
        for row in self.database.rows(sql, [upto, kind, kind]):
            yield Proposal(row[0], row[1], row[2], json.loads(row[3]), row[4])


def _claim(row: Row) -> Claim:
    seq, cid, batch, op, subject, prop, target, source, locator, value, state, lang, original = row
    return Claim(
        seq,
        cid,
        batch,
        cast("Op", op),
        subject,
        prop,
        target,
        source,
        tuple(_decoded(locator, cid)) if locator else (),
        _decoded(value, cid) if value is not None else None,
        cast("State", state or "withheld"),
        lang,
        original,
        state is None,
    )


def _decoded(text: str, cid: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Damaged(f"claim {cid} cannot be read", hint="run «esep verify»; restore the newest good backup") from None


def _stamp(known_on: date | datetime) -> str:
    if isinstance(known_on, datetime):
        return known_on.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    end = datetime(known_on.year, known_on.month, known_on.day, tzinfo=UTC) + timedelta(days=1, seconds=-1)
    return _stamp(end)


def _not_before(act: Act, last_at: str) -> Act:
    """The act, not earlier than the batch before it; a clock that went back is noted, the report is not lost."""
    if act.stamp >= last_at:
        return act
    at = datetime.fromisoformat(last_at.replace("Z", "+00:00"))
    note = f"{act.note}; " if act.note else ""
    return Act(act.actor, at, act.tool, act.device, f"{note}the clock of this machine showed {act.stamp}")
