"""`esep init`: make a case."""

from __future__ import annotations

from pathlib import Path

import click

from esep.case import create_case
from esep.cli.edge import BY, CASE, FD, now, passphrase, reported, say


@click.command()
@CASE
@click.option("--title", default=None, help="What the case is about.")
@click.option("--begins", default=None, help="First day of what it is about; figures about earlier events stay apart.")
@click.option("--plain", is_flag=True, help="No encryption: one ordinary SQLite file. For cases without secrets.")
@BY
@FD
def init(case_path: Path, title: str | None, begins: str | None, plain: bool, actor: str, fd: int | None) -> None:
    """Make a case: one folder with ledger, files and settings, encrypted unless --plain."""
    ask = None if plain else passphrase(fd, new=True)
    with (
        reported(),
        create_case(
            case_path, title=title or case_path.name, actor=actor, now=now(), passphrase=ask, begins=begins
        ) as case,
    ):
        say(f"{case.path}: a new case, {'plain' if plain else 'encrypted'}. Next: esep add {case.path} FILE")
