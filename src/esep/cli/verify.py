"""`esep verify`: compute everything again and name what differs."""

from __future__ import annotations

from pathlib import Path

import click

from esep.case import is_case
from esep.cli.edge import FD, JSON, opened, say, show


@click.command()
@click.argument("path", metavar="CASE|SITE", type=click.Path(path_type=Path))
@click.option("--case", "case_path", default=None, type=click.Path(path_type=Path), help="The case a SITE was made of.")
@click.option("--rebuild", is_flag=True, help="Drop the projections first and compute them again.")
@JSON
@FD
def verify(path: Path, case_path: Path | None, rebuild: bool, as_json: bool, fd: int | None) -> None:
    """Verify a CASE, or a published SITE against its case. Exit 1 if something differs."""
    if case_path is None and not is_case(path):
        raise click.UsageError(f"{path} is no case; to check a site, name its case with --case")
    with opened(case_path or path, fd) as case:
        if rebuild:
            case.rebuild()
            say("projections rebuilt")
        result = case.verify_site(path) if case_path is not None else case.verify()
        show(result, as_json=as_json)
        if not result.is_whole:
            raise SystemExit(1)
