"""SQLite through SQLCipher: one file, encrypted with a raw key, or plain when no key is given.

Write-ahead log, full sync and foreign keys on every connection; one write lock in the process, because
SQLite's own busy time-out starves writers under load (measured: 1 to 9 lost writes in 2,000 without it).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from esep.errors import Damaged, LedgerError, Locked, StorageFull, WrongKey
from esep.ledger.database import Cell, Row

BUSY_MILLISECONDS = 10_000
CACHE_KIBIBYTES = 65_536

_TRIGGERS = """
CREATE TRIGGER claim_is_not_changed BEFORE UPDATE ON claim
BEGIN SELECT raise(ABORT, 'claims are never changed'); END;
CREATE TRIGGER claim_is_not_deleted BEFORE DELETE ON claim
BEGIN SELECT raise(ABORT, 'claims are never deleted'); END;
CREATE TRIGGER batch_is_not_changed BEFORE UPDATE ON batch
BEGIN SELECT raise(ABORT, 'batches are never changed'); END;
CREATE TRIGGER batch_is_not_deleted BEFORE DELETE ON batch
BEGIN SELECT raise(ABORT, 'batches are never deleted'); END;
CREATE TRIGGER proposal_is_not_changed BEFORE UPDATE ON proposal
BEGIN SELECT raise(ABORT, 'proposals are never changed'); END;
CREATE TRIGGER proposal_is_not_deleted BEFORE DELETE ON proposal
BEGIN SELECT raise(ABORT, 'proposals are never deleted'); END;
CREATE TRIGGER value_is_not_changed BEFORE UPDATE ON claim_value
BEGIN SELECT raise(ABORT, 'values are never changed'); END;
CREATE TRIGGER value_is_only_erased BEFORE DELETE ON claim_value
WHEN NOT EXISTS (
    SELECT 1 FROM claim AS erased JOIN claim AS erasure ON erasure.target = erased.cid
    WHERE erased.seq = OLD.seq AND erasure.op = 'erase')
BEGIN SELECT raise(ABORT, 'a value goes only with an erase claim'); END;
"""


def schema() -> str:
    """Statements that make the tables and triggers of a new case."""
    return (resources.files("esep.ledger") / "schema.sql").read_text("utf-8") + _TRIGGERS


class SqliteDatabase:
    """A case's database file. `key` is the raw 32-byte key, or None for a plain file."""

    def __init__(self, path: Path, *, key: bytes | None, create: bool = False) -> None:
        if not create and not path.is_file():
            raise LedgerError(f"there is no database at {path.name}", hint="restore the case from a backup")
        self._lock = threading.RLock()
        with _translated(path):
            self._connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
            self._prepare(key)
        self._path = path
        if create:
            with self.writing():
                for statement in _statements(schema()):
                    self.run(statement)

    def _prepare(self, key: bytes | None) -> None:
        run = self._connection.execute
        if key is not None:
            run(f"PRAGMA key = \"x'{key.hex()}'\"")
        try:
            run("SELECT count(*) FROM sqlite_master").fetchone()
        except driver.DatabaseError as error:
            if "not a database" in str(error):
                raise WrongKey(
                    "the key does not open this case's database",
                    hint="check the passphrase; if it is right, the first page of the file is damaged",
                ) from None
            raise
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA secure_delete = ON")  # Debian's build has it on, others do not
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA temp_store = MEMORY")  # nothing of a case in a temporary file
        run(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        run(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")

    def rows(self, sql: str, cells: Sequence[Cell] = ()) -> Iterator[Row]:
        """Rows of a query, streamed."""
        with _translated(self._path):
            cursor = self._connection.execute(sql, cells)
            while chunk := cursor.fetchmany(2000):
                yield from chunk

    def one(self, sql: str, cells: Sequence[Cell] = ()) -> Row | None:
        """First row of a query, or None."""
        with _translated(self._path):
            row: Row | None = self._connection.execute(sql, cells).fetchone()
            return row

    def run(self, sql: str, cells: Sequence[Cell] = ()) -> int:
        """Run one statement; returns the number of rows it touched."""
        with _translated(self._path):
            return int(self._connection.execute(sql, cells).rowcount)

    def run_many(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Run one statement for every row."""
        with _translated(self._path):
            self._connection.executemany(sql, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction under the write lock; a transaction inside another joins it."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk ends the transaction by itself
                    self._connection.execute("ROLLBACK")
                raise

    def in_list(self, cells: Sequence[str]) -> tuple[str, list[Cell]]:
        """SQL text and cells for `column IN ...`: one JSON array, so that there is no limit on its length."""
        return "(SELECT value FROM json_each(?))", [json.dumps(list(cells))]

    def check(self) -> Iterator[str]:
        """What SQLite and SQLCipher find wrong in pages, indexes and schema."""
        for (fault,) in self.rows("PRAGMA cipher_integrity_check"):
            yield f"database page: {fault}"
        for (fault,) in self.rows("PRAGMA integrity_check"):
            if fault != "ok":
                yield f"database: {fault}"
        written = sorted(str(sql) for (sql,) in self.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        expected = sorted(_statements(schema()))
        for statement in sorted(set(written) ^ set(expected)):
            yield f"database schema differs at: {statement.splitlines()[0]}"

    def purge(self) -> None:
        """Move the write-ahead log into the file and cut it, so that erased bytes are nowhere. Raises `Locked`."""
        row = self.one("PRAGMA wal_checkpoint(TRUNCATE)")
        if row and row[0]:
            raise self._still_open()

    def _still_open(self) -> Locked:
        return Locked(
            f"another program has {self._path.parent.name} open, so its write-ahead log cannot be emptied",
            hint="close the other program and run the same command again",
        )

    def whole_file(self) -> bytes:
        """The database file with its write-ahead log folded in, while nobody writes."""
        with self._lock:
            self.purge()
            self.run("BEGIN IMMEDIATE")  # holds off writers of other processes while the file is read
            try:
                log = self._path.with_name(f"{self._path.name}-wal")
                if log.exists() and log.stat().st_size:  # somebody wrote between the two steps
                    raise self._still_open()
                return self._path.read_bytes()
            finally:
                self.run("ROLLBACK")

    def close(self) -> None:
        """Close the connection; the write-ahead log is folded in."""
        with _translated(self._path):
            self._connection.close()


def _statements(script: str) -> Iterator[str]:
    """Single statements of a script, as SQLite stores their text."""
    pending = ""
    for line in script.splitlines():
        if not pending and (not line.strip() or line.startswith("--")):
            continue
        pending += line + "\n"
        if driver.complete_statement(pending):
            yield pending.strip().removesuffix(";")
            pending = ""


def _unreadable_text(path: Path) -> Damaged:
    return Damaged(
        f"the database of {path.parent.name} holds text that cannot be read",
        hint="run «esep verify»; restore the newest good backup",
    )


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Driver errors as ours; a message never holds values."""
    try:
        yield
    except UnicodeDecodeError:
        raise _unreadable_text(path) from None
    except driver.Error as error:
        text = str(error)
        if "readonly" in text or "unable to open" in text:
            raise LedgerError(
                f"{path.parent.name} cannot be written to, and an open case needs its write-ahead log beside it",
                hint="copy the case to a folder that you may write to",
            ) from None
        if "Could not decode" in text:  # the driver's words repeat the cell
            raise _unreadable_text(path) from None
        if "full" in text:
            raise StorageFull(
                f"the disk that holds {path.parent.name} is full; nothing of this act was stored",
                hint="free some space and run the same command again",
            ) from None
        if "locked" in text or "busy" in text:
            raise Locked(
                f"another program is writing to {path.parent.name}", hint="wait until it has ended and try again"
            ) from None
        if isinstance(error, driver.IntegrityError | driver.ProgrammingError | driver.InterfaceError):
            raise LedgerError(f"the ledger refuses: {text}") from error
        if any(sign in text for sign in ("malformed", "not a database", "disk I/O", "corrupt")):
            raise Damaged(
                f"the database of {path.parent.name} cannot be read: {text}",
                hint="run «esep verify»; restore the newest good backup",
            ) from None
        raise LedgerError(f"the database of {path.parent.name}: {text}") from error
