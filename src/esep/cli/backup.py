"""`esep backup` and `esep restore`: a case as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from esep.case import restore as restore_case
from esep.cli.edge import CASE, FD, opened, reported, say


@click.command()
@CASE
@click.option("--to", "file", required=True, type=click.Path(path_type=Path), help="A new file.")
@FD
def backup(case_path: Path, file: Path, fd: int | None) -> None:
    """Write the whole CASE into one file; an encrypted case stays encrypted. Keep copies in several hands."""
    with opened(case_path, fd) as case:
        size = case.backup(file)
        say(f"{file}: {size:,} bytes. A value erased later is still in this file until you destroy it.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "case_path", required=True, type=click.Path(path_type=Path), help="A new folder.")
def restore(file: Path, case_path: Path) -> None:
    """Put a case back from a backup FILE."""
    with reported():
        restore_case(file, case_path)
        say(f"{case_path}: restored. Check it: esep verify {case_path}")
