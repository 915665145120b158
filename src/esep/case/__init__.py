"""`esep.open(path)` gives a `Case`; `extract_file`, `estimate_table` and `match` work without one."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from esep.case.adding import FORMS, Facts
from esep.case.case import Case
from esep.case.folder import Passphrase, is_case, make, open_folder
from esep.case.results import NameMatch, joined_json
from esep.ledger.acts import Entropy

__all__ = ["FORMS", "Case", "Facts", "create_case", "is_case", "joined_json", "match", "open_case"]


def open_case(path: str | Path, *, passphrase: Passphrase | None = None) -> Case:
    """Open a case folder. `passphrase` is asked for only if the case is encrypted.

    Raises `NotACase`, `WrongKey`, or `VaultError` when a passphrase is needed and none can be had.
    """
    return Case(open_folder(Path(path), passphrase=passphrase))


def create_case(
    path: str | Path,
    *,
    title: str,
    actor: str,
    now: datetime,
    passphrase: Passphrase | None,
    begins: str | None = None,
    entropy: Entropy = os.urandom,
) -> Case:
    """Make a case folder and open it; without a passphrase it is plain.

    `begins` (EDTF): first day of what the case is about. Raises `WrongUse` if the folder is not empty.
    """
    folder = make(
        Path(path), title=title, actor=actor, now=now, passphrase=passphrase, begins=begins, entropy=entropy
    )
    return Case(folder)


def match(one: str, other: str) -> NameMatch:
    """Compare two names in any script: a score with its parts and reasons."""
    from esep.names import compare  # noqa: PLC0415 - loads the name tables

    return NameMatch(compare(one, other))
