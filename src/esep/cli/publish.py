"""`esep publish`: the static site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from esep.cli.edge import AS_OF, CASE, FD, KNOWN_ON, opened, say


@click.command()
@CASE
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="Folder for the site.")
@AS_OF
@KNOWN_ON
@FD
def publish(
    case_path: Path, folder: Path, as_of: date | None, known_on: int | date | None, fd: int | None
) -> None:
    """Write the static site of CASE: it opens from disk, needs no server and no network."""
    with opened(case_path, fd) as case:
        case.publish(folder, as_of=as_of, known_on=known_on)
        say(f"The site is in {folder}; open {folder / 'index.html'}")
