"""`esep add`: take files in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from esep.case import FORMS, Facts, joined_json
from esep.cli.edge import BY, CASE, FD, JSON, now, opened


@click.command()
@CASE
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(FORMS), default=None, help="Recognised by content and header when left out.")
@click.option("--id", "name", default=None, help="Id of the source that the file is (one file only).")
@click.option("--title", default=None)
@click.option("--publisher", default=None)
@click.option("--published", default=None, help="Date of publication, EDTF: 2011-12-21, 2011-12.")
@click.option("--language", default=None)
@click.option("--medium", default=None, help="What kind of source it is, as «hospital list» or «morgue register».")
@click.option("--grade", default=None, help="How far the source can be relied on, in the words of the code book.")
@click.option("--reprint-of", default=None, metavar="ID")
@click.option("--translation-of", default=None, metavar="ID")
@click.option("--mapping", type=click.Path(path_type=Path), default=None, help="TOML: which column means what.")
@click.option("--scan-languages", default=None, metavar="LANGS", help="Of pictures of pages: kaz+rus+ukr+eng.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--strict", is_flag=True, help="Refuse the file if a row is faulty.")
@click.option("--every-row", is_flag=True, help="Print one line for every row, not only for those that need you.")
@JSON
@BY
@FD
def add(
    case_path: Path,
    files: tuple[Path, ...],
    kind: str | None,
    name: str | None,
    mapping: Path | None,
    scan_languages: str | None,
    dry_run: bool,
    strict: bool,
    every_row: bool,
    as_json: bool,
    actor: str,
    fd: int | None,
    **said: str | None,
) -> None:
    """Take FILEs into CASE: each file whole in one act, or not at all, with one report line a row."""
    if name and len(files) > 1:
        raise click.UsageError("--id names one source; add the files one by one")
    results = []
    with opened(case_path, fd) as case:
        for path in files:
            with _watched(path.name) as progress:
                added = case.add(
                    path, actor=actor, now=now(), form=kind, name=name, facts=Facts(**said), mapping=mapping,
                    dry_run=dry_run, strict=strict, progress=progress, scan_languages=scan_languages,
                )  # fmt: skip
            results.append(added)
            if not as_json:
                click.echo(added.table() if every_row else added.text())
    if as_json:
        click.echo(joined_json(results))


@contextmanager
def _watched(name: str) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr while a person watches."""
    if not sys.stderr.isatty():
        yield lambda rows: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda rows: bar.advance(task, rows)
