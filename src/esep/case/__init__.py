"""`esep.open(path)` gives a `Case`; `extract_file`, `estimate_table` and `match` work without one."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from esep.backends import NAMES as BACKENDS
from esep.backends import BackendChoice
from esep.case.backups import restore
from esep.case.case import Case
from esep.case.folder import Passphrase, is_case, make, open_folder
from esep.case.parcels import FORMS, Facts
from esep.case.results import Listing, NameMatch, joined_json
from esep.dates import When
from esep.errors import BadDate
from esep.ledger.acts import Entropy

if TYPE_CHECKING:
    from esep.case.agreeing import Agreed
    from esep.case.estimating import Estimates
    from esep.case.extracting import Extracted
    from esep.case.gazetteer import Built
    from esep.case.linking import Linked

__all__ = [
    "BACKENDS",
    "FORMS",
    "BackendChoice",
    "Case",
    "Facts",
    "agreement_of_files",
    "build_places",
    "create_case",
    "estimate_file",
    "extract_file",
    "find_places",
    "is_case",
    "joined_json",
    "last_day",
    "link_files",
    "match",
    "open_case",
    "read_draws",
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
    coverage: int = 0,
    progress: Callable[[str, float], None] | None = None,
) -> Estimates:
    """Estimate from a CSV with one 0/1 column a list and `n`, or one row a person. Raises `EstimateError`.

    `coverage`: also draw so many tables for each method from the fitted model, and say how often its interval holds.
    """
    from esep.case import estimating  # noqa: PLC0415 - NumPy loads on first use

    settings = estimating.settings_of(methods, level=level, seed=seed, coverage=coverage, progress=progress)
    return estimating.estimate_file(path, lists=lists, by=by, settings=settings)


def read_draws(path: Path) -> tuple[dict[str, str], ...]:
    """Linkage draws from a file of JSON lines, each record id -> label of its person. Raises `BadInput`."""
    from esep.case import drawn  # noqa: PLC0415 - keeps the import of the package small

    return drawn.read_draws(path)


def extract_file(
    path: Path,
    *,
    published: str | None = None,
    scan_languages: str | None = None,
    backend: BackendChoice | None = None,
    progress: Callable[[int], None] = lambda pages: None,
) -> Extracted:
    """Propose what a document or scan says, without a case. Raises `BadInput`, `RefusedFile` or `ExtractError`."""
    from esep.case import extracting  # noqa: PLC0415 - lexicons load on first use

    return extracting.extract_file(
        path, published=published, scan_languages=scan_languages, backend=backend, progress=progress
    )


def build_places(to: Path, *, progress: Callable[[int], None] = lambda places: None) -> Built:
    """Make the full gazetteer from the packages of the extra `places`. Raises `BadInput` where one is missing."""
    from esep.case import gazetteer  # noqa: PLC0415 - tables load on first use

    return gazetteer.build_places(to, progress=progress)


def find_places(
    spelling: str, *, gazetteer: Path, country: str | None = None, aliases: Path | None = None, limit: int = 5
) -> Listing:
    """Every place a spelling can mean, likeliest first; from the base gazetteer where the file does not exist."""
    from esep.case import gazetteer as looking  # noqa: PLC0415 - tables load on first use

    return looking.find_places(spelling, gazetteer=gazetteer, country=country, aliases=aliases, limit=limit)


def link_files(
    paths: Sequence[Path],
    *,
    to: Path,
    truth: str | None = None,
    mapping: Path | None = None,
    report: Path | None = None,
    decisions: Path | None = None,
    before: Path | None = None,
    queue: Path | None = None,
    engine: str = "duckdb",
    spark: Sequence[tuple[str, str]] = (),
    spark_folder: Path | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> Linked:
    """Link lists; `list,row,person,probability` goes to `to`, a page with pictures and names to `report`.

    `decisions`: what people decided about pairs of rows; `before`: an earlier result, whose persons keep their ids;
    `queue`: a table of doubtful pairs to write, for people to fill. `engine` is "duckdb" or "spark", which takes
    options of its session and a folder that all its machines see.
    Raises `BadInput`, `RefusedFile` or `LinkageError`; then nothing is written.
    """
    from esep.case import linking  # noqa: PLC0415 - Splink and DuckDB load on first use
    from esep.linkage import Settings  # noqa: PLC0415 - with linking

    settings = Settings(engine=engine, spark=tuple(spark), spark_folder=str(spark_folder or ""))
    return linking.link_files(
        paths, to=to, truth=truth, mapping=mapping, report=report, decisions=decisions, before=before, queue=queue,
        settings=settings, progress=progress,
    )  # fmt: skip


def agreement_of_files(paths: Sequence[Path], *, to: Path | None = None) -> Agreed:
    """How far two readers agree who each filled a table; `to` gets the pairs that they answered differently.

    Raises `BadInput` naming bad rows, `WrongUse` when there are not two files or `to` is there already.
    """
    from esep.case import agreeing  # noqa: PLC0415 - NumPy loads on first use

    agreed, table = agreeing.agree_in_files(paths)
    if to is not None:
        agreeing.write_differing(agreed, table, to)
    return agreed
