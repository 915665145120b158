"""`esep extract`: what a text says, as proposals."""

from __future__ import annotations

from pathlib import Path

import click

from esep.case import extract_file, is_case
from esep.cli.edge import FD, JSON, now, opened, reported, say, show


@click.command()
@click.argument("path", metavar="CASE|FILE", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1)
@click.option("--published", default=None, help="For a FILE: the day it appeared, for parts that do not say so.")
@click.option("--scan-languages", default=None, metavar="LANGS", help="Of pictures of pages: kaz+rus+ukr+eng.")
@JSON
@FD
def extract(
    path: Path,
    sources: tuple[str, ...],
    published: str | None,
    scan_languages: str | None,
    as_json: bool,
    fd: int | None,
) -> None:
    """Propose quantities, people, actions, places and demands found in a FILE, or in SOURCES of a CASE.

    With --json a FILE gives JSON lines, one proposal a line. In a case nothing counts until somebody decides.
    """
    if not is_case(path):
        if sources:
            raise click.UsageError(f"{path} is no case; extract one file at a time")
        with reported():
            found = extract_file(path, published=published, scan_languages=scan_languages)
            for note in found.notes:
                say(f"note: {note}")
            show(found, as_json=as_json)
        return
    with opened(path, fd) as case:
        show(case.extract(*sources, now=now()), as_json=as_json)
