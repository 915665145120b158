"""`esep levels` and `esep wanted`: how far statements are verified, and which evidence is cited and not held."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from esep.cli.edge import CASE, FD, JSON, KNOWN_ON, opened, show
from esep.cli.nouns import QUERY


@click.command()
@CASE
@QUERY
@KNOWN_ON
@JSON
@FD
def levels(case_path: Path, query: str | None, known_on: int | date | None, as_json: bool, fd: int | None) -> None:
    """How far figures and statuses of CASE are verified, by whom and why; QUERY: a level, a person or a record."""
    with opened(case_path, fd) as case:
        show(case.levels(query, known_on=known_on), as_json=as_json)


@click.command()
@CASE
@QUERY
@KNOWN_ON
@JSON
@FD
def wanted(case_path: Path, query: str | None, known_on: int | date | None, as_json: bool, fd: int | None) -> None:
    """Evidence that sources of CASE cite and nobody has given: until its file arrives, nothing rests on it."""
    with opened(case_path, fd) as case:
        show(case.wanted(query, known_on=known_on), as_json=as_json)
