"""`esep.open(path)` gives a `Case`; `extract_file`, `estimate_table` and `match` work without one."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from esep.case.backups import restore
from esep.case.case import Case
from esep.case.folder import Passphrase, is_case, make, open_folder
from esep.case.parcels import FORMS, Facts
from esep.case.results import NameMatch, joined_json
from esep.dates import When
from esep.errors import BadDate
from esep.ledger.acts import Entropy

if TYPE_CHECKING:
    from esep.case.estimating import Estimates
    from esep.case.extracting import Extracted
    from esep.case.linking import Linked

__all__ = [
    "FORMS",
    "Case",
    "Facts",
    "create_case",
    "estimate_file",
    "extract_file",
    "is_case",
    "joined_json",
    "last_day",
    "link_files",
    "match",
    "open_case",
    "restore",
]


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


def last_day(text: str) -> date:
    """Last day that an EDTF date can mean: that of the month for `2011-12`. Raises `BadDate`."""
    when = When.parse(text)
    if when.latest is None:
        raise BadDate(f"{text!r} has no last day", hint="write a day, a month or a year")
    return when.latest


def estimate_file(
    path: Path,
    *,
    lists: Sequence[str] | None = None,
    by: Sequence[str] | None = None,
    methods: Sequence[str] | str = "all",
    level: float = 0.95,
    seed: int | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Estimates:
    """Estimate from a CSV with one 0/1 column a list and `n`, or one row a person. Raises `EstimateError`."""
    from esep.case import estimating  # noqa: PLC0415 - NumPy loads on first use

    return estimating.estimate_file(
        path, lists=lists, by=by, methods=methods, level=level, seed=seed, progress=progress
    )


def extract_file(path: Path, *, published: str | None = None) -> Extracted:
    """Propose what a document says, without a case. Raises `BadInput`, `RefusedFile` or `ExtractError`."""
    from esep.case import extracting  # noqa: PLC0415 - lexicons load on first use

    return extracting.extract_file(path, published=published)


def link_files(
    paths: Sequence[Path],
    *,
    to: Path,
    truth: str | None = None,
    mapping: Path | None = None,
    engine: str = "duckdb",
    spark: Sequence[tuple[str, str]] = (),
    spark_folder: Path | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> Linked:
    """Link lists; `list,row,person,probability` goes to `to`. Raises `BadInput`, `RefusedFile` or `LinkageError`.

    `engine` is "duckdb" or "spark", which takes options of its session and a folder that all its machines see.
    """
    from esep.case import linking  # noqa: PLC0415 - Splink and DuckDB load on first use
    from esep.linkage import Settings  # noqa: PLC0415 - with linking

    folder = str(spark_folder or "")
    settings = Settings(engine=engine, spark=tuple(spark), spark_folder=folder)
    return linking.link_files(paths, to=to, truth=truth, mapping=mapping, settings=settings, progress=progress)
