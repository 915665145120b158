"""Stored files: each kept once by its content, written whole or not at all, checked at every reading.

In an encrypted case a file is an age file, and its name is HMAC-SHA256(naming key, SHA-256 of the content):
whoever seizes the disk cannot confirm that a known video is there. In a plain case the name is the SHA-256.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage

from esep.errors import Damaged, MissingFile, StorageFull
from esep.vault.keys import Keys

_DISK_FULL = (28, 122)  # ENOSPC, EDQUOT


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One stored content: its SHA-256, its size in bytes, and the name it is stored under."""

    sha256: str
    size: int
    stored_as: str


class FileStore:
    """The folder `files/` of a case."""

    def __init__(self, folder: Path, *, keys: Keys | None) -> None:
        self.folder = folder
        self._keys = keys

    def name(self, sha256: str) -> str:
        """Name under which a content with this hash is stored."""
        if self._keys is None:
            return sha256
        return hmac.digest(self._keys.naming, bytes.fromhex(sha256), "sha256").hex()

    def holds(self, sha256: str) -> bool:
        """Whether a content with this hash is stored."""
        return (self.folder / self.name(sha256)).exists()

    def put(self, content: bytes) -> StoredFile:
        """Keep a content. The same content twice is one file."""
        sha256 = hashlib.sha256(content).hexdigest()
        stored = StoredFile(sha256, len(content), self.name(sha256))
        path = self.folder / stored.stored_as
        if not path.exists():
            closed = content if self._keys is None else pyrage.encrypt(content, [_recipient(self._keys)])
            write_whole(path, closed)
        return stored

    def get(self, sha256: str) -> bytes:
        """A stored content. Raises `MissingFile` or `Damaged`, naming the file by its stored name."""
        path = self.folder / self.name(sha256)
        try:
            closed = path.read_bytes()
        except FileNotFoundError:
            raise MissingFile(
                f"stored file {path.name} is not in {self.folder.name}/", hint="restore it from a backup of the case"
            ) from None
        content = closed if self._keys is None else _opened(closed, path.name, self._keys)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(
                f"stored file {path.name} is not what was taken in", hint="restore it from a backup of the case"
            )
        return content

    def remove(self, sha256: str) -> None:
        """Take a stored content away: only for an erasure, or to undo a `put` whose claim was never written."""
        (self.folder / self.name(sha256)).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Names of all files in the store."""
        return (path.name for path in sorted(self.folder.iterdir()) if path.is_file())


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write a file so that after a crash it is there whole or not at all.

    `mode`: permissions it has from its first byte on, as 0o600 for what only its owner may read.
    """
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            if mode is not None:
                os.chmod(beside, mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        if error.errno in _DISK_FULL:
            raise StorageFull(
                f"the disk that holds {path.parent.name}/ is full; nothing of this act was stored",
                hint="free some space and run the same command again",
            ) from None
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _recipient(keys: Keys) -> pyrage.x25519.Recipient:
    return pyrage.x25519.Recipient.from_str(keys.recipient)


def _opened(closed: bytes, name: str, keys: Keys) -> bytes:
    try:
        opened: bytes = pyrage.decrypt(closed, [pyrage.x25519.Identity.from_str(keys.identity)])
    except pyrage.DecryptError:
        raise Damaged(f"stored file {name} cannot be opened", hint="restore it from a backup of the case") from None
    return opened
