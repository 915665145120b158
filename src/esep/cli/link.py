"""`esep link`: propose who may be the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from esep.case import is_case, link_files
from esep.cli.edge import FD, JSON, now, opened, reported, show
from esep.cli.watching import watched

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("paths", metavar="CASE|LIST...", nargs=-1, required=True, type=_PATH)
@click.option("--to", type=_PATH, default=None, help="For lists: the CSV to write; with --draws: the draws.")
@click.option("--draws", type=click.IntRange(min=1), metavar="N", help="For a case: write N draws to --to.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of --draws.")
@click.option("--truth", default=None, help="For lists: a column that says who is who, to judge the result by.")
@click.option("--mapping", type=_PATH, default=None, help="For lists: which column means what.")
@click.option("--decisions", type=_PATH, default=None, help="For lists: what people decided about rows FILE:ROW.")
@click.option("--before", type=_PATH, default=None, help="For lists: an earlier result; its persons keep their ids.")
@click.option("--queue", type=_PATH, default=None, help="For lists: write the doubtful pairs as a table to fill.")
@click.option(
    "--report", type=_PATH, default=None,
    help="Also write the run as one HTML page with pictures. It holds names: not for publication.",
)  # fmt: skip
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", help="For lists: what compares.")
@click.option("--spark", multiple=True, metavar="KEY=VALUE", help="An option of Spark, such as spark.master=URL.")
@click.option("--spark-folder", type=_PATH, help="A folder that all machines of a cluster see.")
@JSON
@FD
def link(
    paths: tuple[Path, ...], to: Path | None, draws: int | None, seed: int, truth: str | None, mapping: Path | None,
    decisions: Path | None, before: Path | None, queue: Path | None, report: Path | None, engine: str,
    spark: tuple[str, ...], spark_folder: Path | None, as_json: bool, fd: int | None,
) -> None:  # fmt: skip
    """Propose which records of CASE, or rows of LISTs, may be one person. Nothing is joined until somebody decides.

    For lists the CSV has list,row,person,probability, one line a data row. Draws are for «esep estimate CASE --draws».
    """
    cases = [path for path in paths if is_case(path)]
    if engine != "spark" and (spark or spark_folder):
        raise click.UsageError("--spark and --spark-folder go with --engine spark")
    of_lists = truth or mapping or decisions or before or queue or engine == "spark"
    if cases and (len(paths) > 1 or of_lists or bool(to) != bool(draws)):
        raise click.UsageError("name one case alone, or with --draws N --to FILE, or lists with --to")
    if draws and report:
        raise click.UsageError("--report is of proposals or lists, not of --draws")
    if cases:
        with opened(cases[0], fd) as case, watched("linking") as progress:
            if draws and to:
                show(case.write_draws(to, number=draws, seed=seed, progress=progress), as_json=as_json)
            else:
                show(case.link(now=now(), report=report, progress=progress), as_json=as_json)
        return
    if draws:
        raise click.UsageError("--draws is for a case")
    if to is None:
        raise click.UsageError("name the file to write with --to")
    with reported(), watched("linking") as progress:
        found = link_files(
            paths, to=to, truth=truth, mapping=mapping, decisions=decisions, before=before, queue=queue,
            report=report, engine=engine, spark=_options(spark), spark_folder=spark_folder, progress=progress,
        )  # fmt: skip
        show(found, as_json=as_json)


def _options(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """KEY=VALUE as pairs."""
    parted = [text.partition("=") for text in texts]
    faulty = [key for key, sign, _ in parted if not sign or not key.startswith("spark.")]
    if faulty:
        raise click.UsageError(f"--spark takes KEY=VALUE with a key that begins with spark., not {faulty[0]!r}")
    return tuple((key, value) for key, _, value in parted)
