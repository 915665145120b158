"""`esep agreement`: how far two readers agree."""

from __future__ import annotations

from pathlib import Path

import click

from esep.case import agreement_of_files, is_case
from esep.cli.edge import FD, JSON, KNOWN_ON, opened, reported, say, show


@click.command()
@click.argument("paths", metavar="CASE|FILE FILE", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), help="For files: a table of the pairs answered differently.")
@KNOWN_ON
@JSON
@FD
def agreement(
    paths: tuple[Path, ...], to: Path | None, known_on: object, as_json: bool, fd: int | None
) -> None:
    """Kappa of two readers, its interval, their answers against each other, and the pairs they answered differently.

    Of two tables that «esep queue CASE --readers A,B --to DIR» wrote, or of all answers that CASE holds.
    """
    cases = [path for path in paths if is_case(path)]
    if cases and (len(paths) > 1 or to):
        raise click.UsageError("name one case alone, or two files of answers with --to if you like")
    if cases:
        with opened(cases[0], fd) as case:
            show(case.agreement(known_on=known_on), as_json=as_json)  # type: ignore[arg-type]
        return
    with reported():
        found = agreement_of_files(paths, to=to)
        show(found, as_json=as_json)
        if to:
            say(f"{to}: {len(found.differing)} pairs to talk about and answer anew")
