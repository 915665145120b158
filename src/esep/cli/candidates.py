"""`esep candidates`: who on a list of a hospital, morgue or jail may be a missing person."""

from __future__ import annotations

from pathlib import Path

import click

from esep.cli.edge import CASE, FD, JSON, now, opened, show


@click.command()
@CASE
@JSON
@FD
def candidates(case_path: Path, as_json: bool, fd: int | None) -> None:
    """Who on lists of hospitals, morgues and jails of CASE, or which body, may be a missing person: with reasons.

    Changes nobody's status; each candidate waits as a proposal for «esep decide», and a rejected one does not return.
    """
    with opened(case_path, fd) as case:
        show(case.candidates(now=now()), as_json=as_json)
