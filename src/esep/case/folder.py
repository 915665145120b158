"""The folder of a case: `case.toml`, `ledger.db`, `files/`, and `keys.json` unless it was made plain."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from esep.canonical import digest
from esep.dates import When
from esep.errors import NotACase, VaultError, WrongUse
from esep.ledger.acts import Act, Entropy
from esep.ledger.claims import Draft
from esep.ledger.ledger import FORMAT, Ledger
from esep.vault.files import FileStore, write_whole
from esep.vault.keys import MEMORY_KIBIBYTES, Keys, make_keys, open_keys

SETTINGS, DATABASE, FILES, KEYS = "case.toml", "ledger.db", "files", "keys.json"

Passphrase = Callable[[], str]
"""Asks for the passphrase when it is needed: a prompt, a file descriptor, a keyring."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `case.toml` says in the clear: not what the case is about. The ledger knows its hash."""

    id: str
    made: str
    is_plain: bool

    def text(self) -> str:
        """The file, in TOML."""
        lines = (
            "# An esep case. Written once, when the case was made; the ledger knows its hash.",
            f"format = {json.dumps(FORMAT)}",
            f"id = {json.dumps(self.id)}",
            f"made = {json.dumps(self.made)}",
            f"plain = {'true' if self.is_plain else 'false'}",
        )
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Folder:
    """An open case folder."""

    path: Path
    settings: Settings
    ledger: Ledger
    files: FileStore


def is_case(path: Path) -> bool:
    """Whether a path is a case folder."""
    return (path / SETTINGS).is_file()


def make(
    path: Path,
    *,
    title: str,
    actor: str,
    now: datetime,
    passphrase: Passphrase | None,
    begins: str | None = None,
    entropy: Entropy = os.urandom,
    memory_kibibytes: int = MEMORY_KIBIBYTES,
) -> Folder:
    """Make a case; without a passphrase it is plain. Raises `WrongUse` if the folder is not empty.

    `begins` (EDTF) is the first day of what the case is about: figures about earlier events stay apart.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WrongUse(f"{path} is there already and is not empty", hint="name a new folder for the case")
    act = Act(actor, now, "esep init")
    first_day = [When.parse(begins).text] if begins else []
    keys, key_file = None, ""
    if passphrase is not None:
        keys, key_file = make_keys(passphrase(), entropy=entropy, memory_kibibytes=memory_kibibytes)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if keys is not None:
        write_whole(path / KEYS, key_file.encode())
    made = now.astimezone(UTC).isoformat(timespec="seconds")
    settings = Settings(entropy(8).hex(), made, is_plain=keys is None)
    (path / FILES).mkdir()
    ledger = Ledger.create(path / DATABASE, key=keys.database if keys else None, case=settings.id, entropy=entropy)
    text = settings.text().encode()
    case = ledger.case
    said = [Draft(case, "title", title), Draft(case, "settings", {"sha256": digest(text)})]
    ledger.write([*said, *(Draft(case, "begins", day) for day in first_day)], act)
    write_whole(path / SETTINGS, text)  # last: a folder without it is no case
    return Folder(path, settings, ledger, FileStore(path / FILES, keys=keys))


def open_folder(path: Path, *, passphrase: Passphrase | None, entropy: Entropy = os.urandom) -> Folder:
    """Open a case. Raises `NotACase`, `WrongKey`, or `VaultError` when a passphrase is needed and none is given."""
    if not is_case(path):
        raise NotACase(f"{path} is no esep case", hint="make one with «esep init», or name the folder with case.toml")
    settings = _settings(path)
    keys = None if settings.is_plain else _keys(path, passphrase)
    ledger = Ledger.open(path / DATABASE, key=keys.database if keys else None, entropy=entropy)
    return Folder(path, settings, ledger, FileStore(path / FILES, keys=keys))


def _settings(path: Path) -> Settings:
    try:
        held = tomllib.loads((path / SETTINGS).read_text("utf-8"))
        return Settings(held["id"], held["made"], is_plain=bool(held["plain"]))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise NotACase(
            f"{path / SETTINGS} cannot be read: {error}", hint="restore case.toml from a backup of the case"
        ) from None


def _keys(path: Path, passphrase: Passphrase | None) -> Keys:
    if passphrase is None:
        raise VaultError(
            f"{path.name} is encrypted and needs its passphrase", hint="run in a terminal, or use --passphrase-fd"
        )
    try:
        key_file = (path / KEYS).read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        raise VaultError(f"{path.name} has no readable {KEYS}", hint=f"restore {KEYS} from a backup") from None
    return open_keys(key_file, passphrase())
