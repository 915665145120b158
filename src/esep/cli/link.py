"""`esep link`: propose who may be the same."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
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
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", help="For lists: what compares.")
@click.option("--spark", multiple=True, metavar="KEY=VALUE", help="An option of Spark, such as spark.master=URL.")
@click.option("--spark-folder", type=click.Path(path_type=Path), help="A folder that all machines of a cluster see.")
@JSON
@FD
def link(
    paths: tuple[Path, ...],
    to: Path | None,
    truth: str | None,
    mapping: Path | None,
    engine: str,
    spark: tuple[str, ...],
    spark_folder: Path | None,
    as_json: bool,
    fd: int | None,
) -> None:
    """Propose which records of CASE, or rows of LISTs, may be one person. Nothing is joined until somebody decides.

    For lists the CSV has list,row,person,probability, one line a data row.
    """
    cases = [path for path in paths if is_case(path)]
    if engine != "spark" and (spark or spark_folder):
        raise click.UsageError("--spark and --spark-folder go with --engine spark")
    if cases and (len(paths) > 1 or to or truth or mapping or engine == "spark"):
        raise click.UsageError("name one case alone, or lists with --to")
    if cases:
        with opened(cases[0], fd) as case, _watched() as progress:
            show(case.link(now=now(), progress=progress), as_json=as_json)
        return
    if to is None:
        raise click.UsageError("name the file to write with --to")
    with reported(), _watched() as progress:
        found = link_files(
            paths,
            to=to,
            truth=truth,
            mapping=mapping,
            engine=engine,
            spark=_options(spark),
            spark_folder=spark_folder,
            progress=progress,
        )
        show(found, as_json=as_json)


def _options(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """KEY=VALUE as pairs."""
    parted = [text.partition("=") for text in texts]
    faulty = [key for key, sign, _ in parted if not sign or not key.startswith("spark.")]
    if faulty:
        raise click.UsageError(f"--spark takes KEY=VALUE with a key that begins with spark., not {faulty[0]!r}")
    return tuple((key, value) for key, _, value in parted)


@contextmanager
def _watched() -> Iterator[Callable[[str], None]]:
    """What is being done, on stderr, while a person watches."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    with Status("linking", console=Console(stderr=True)) as status:
        yield status.update
