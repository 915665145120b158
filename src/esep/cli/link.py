"""`esep link`: propose who may be the same."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.status import Status

from esep.case import is_case, link_files
from esep.cli.edge import FD, JSON, now, opened, reported, show


@click.command()
@click.argument("paths", metavar="CASE|LIST...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), default=None, help="For lists: the CSV to write.")
@click.option("--truth", default=None, help="For lists: a column that says who is who, to judge the result by.")
@click.option("--mapping", type=click.Path(path_type=Path), default=None, help="For lists: which column means what.")
@click.option(
    "--report", type=click.Path(path_type=Path), default=None,
    help="Also write the run as one HTML page with pictures. It holds names: not for publication.",
)  # fmt: skip
@JSON
@FD
def link(
    paths: tuple[Path, ...],
    to: Path | None,
    truth: str | None,
    mapping: Path | None,
    report: Path | None,
    as_json: bool,
    fd: int | None,
) -> None:
    """Propose which records of CASE, or rows of LISTs, may be one person. Nothing is joined until somebody decides.

    For lists the CSV has list,row,person,probability, one line a data row.
    """
    cases = [path for path in paths if is_case(path)]
    if cases and (len(paths) > 1 or to or truth or mapping):
        raise click.UsageError("name one case alone, or lists with --to")
    if cases:
        with opened(cases[0], fd) as case, _watched() as progress:
            show(case.link(now=now(), report=report, progress=progress), as_json=as_json)
        return
    if to is None:
        raise click.UsageError("name the file to write with --to")
    with reported(), _watched() as progress:
        linked = link_files(paths, to=to, truth=truth, mapping=mapping, report=report, progress=progress)
        show(linked, as_json=as_json)


@contextmanager
def _watched() -> Iterator[Callable[[str], None]]:
    """What is being done, on stderr, while a person watches."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    with Status("linking", console=Console(stderr=True)) as status:
        yield status.update
