"""`esep extract`: what a text says, as proposals."""

from __future__ import annotations

from pathlib import Path

import click

from esep.case import BACKENDS, BackendChoice, extract_file, is_case
from esep.cli.edge import FD, JSON, now, opened, reported, say, show


@click.command()
@click.argument("path", metavar="CASE|FILE", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1)
@click.option("--published", default=None, help="For a FILE: the day it appeared, for parts that do not say so.")
@click.option("--scan-languages", default=None, metavar="LANGS", help="Of pictures of pages: kaz+rus+ukr+eng.")
@click.option("--backend", "name", type=click.Choice(BACKENDS), default=None, help="Reads beside the rules; optional.")
@click.option("--model", default=None, help="Folder of the back end's model; for llm its name at the server.")
@click.option("--server", default=None, metavar="URL", help="For llm: http://127.0.0.1:PORT; no other machine.")
@click.option("--seconds", type=click.FloatRange(1, 3600), default=120, show_default=True, help="Most for one answer.")
@JSON
@FD
def extract(
    path: Path,
    sources: tuple[str, ...],
    published: str | None,
    scan_languages: str | None,
    name: str | None,
    model: str | None,
    server: str | None,
    seconds: float,
    as_json: bool,
    fd: int | None,
) -> None:
    """Propose quantities, people, actions, places and demands found in a FILE, or in SOURCES of a CASE.

    With --json a FILE gives JSON lines, one proposal a line. In a case nothing counts until somebody decides.
    """
    if not name and (model or server):
        raise click.UsageError("--model and --server belong to a back end: name it with --backend")
    backend = BackendChoice(name, model, server, seconds) if name else None
    if is_case(path):
        with opened(path, fd) as case:
            proposed = case.extract(*sources, now=now(), backend=backend)
            _tell(proposed.notes)
            show(proposed, as_json=as_json)
        return
    if sources:
        raise click.UsageError(f"{path} is no case; extract one file at a time")
    with reported():
        found = extract_file(path, published=published, scan_languages=scan_languages, backend=backend)
        _tell(found.notes)
        show(found, as_json=as_json)


def _tell(notes: tuple[str, ...]) -> None:
    for note in notes:
        say(f"note: {note}")
