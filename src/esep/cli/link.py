"""`esep link`: propose who may be the same."""

from __future__ import annotations

from pathlib import Path

import click

from esep.cli.edge import CASE, FD, JSON, now, opened, show


@click.command()
@CASE
@JSON
@FD
def link(case_path: Path, as_json: bool, fd: int | None) -> None:
    """Propose which records of CASE may be one person. Nothing is joined until somebody decides."""
    with opened(case_path, fd) as case:
        show(case.link(now=now()), as_json=as_json)
