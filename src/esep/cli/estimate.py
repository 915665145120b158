"""`esep estimate`: how many people no list recorded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from esep.case import estimate_file, is_case, read_draws
from esep.cli.edge import FD, JSON, KNOWN_ON, opened, reported, say, show


@click.command()
@click.argument("path", metavar="CASE|TABLE.csv", type=click.Path(path_type=Path))
@click.option("--lists", default=None, help="Use only these lists, joined by commas; for a case, ids of sources.")
@click.option("--by", default=None, help="Columns of TABLE that split it into strata, joined by commas.")
@click.option("--status", "statuses", default=None, help="For a case: only people who ever had one of these statuses.")
@click.option(
    "--draws", type=click.Path(path_type=Path), default=None, help="For a case: linkage draws, one JSON object a line."
)
@click.option("--method", "methods", default="all", show_default=True, help="all, or names joined by commas.")
@click.option("--level", type=float, default=0.95, show_default=True, help="Of the intervals.")
@click.option("--seed", type=int, default=None, help="Of everything random; the same seed gives the same bytes.")
@click.option(
    "--coverage", type=click.IntRange(min=0), default=0, metavar="N",
    help="Also check the intervals: draw N tables from the fitted model and rerun each method.",
)  # fmt: skip
@click.option("--plot", type=click.Path(path_type=Path), default=None, help="Also draw all methods, as .svg or .png.")
@KNOWN_ON
@JSON
@FD
def estimate(
    path: Path,
    lists: str | None,
    by: str | None,
    statuses: str | None,
    draws: Path | None,
    methods: str,
    level: float,
    seed: int | None,
    coverage: int,
    plot: Path | None,
    known_on: object,
    as_json: bool,
    fd: int | None,
) -> None:
    """Estimate, by every method that fits, how many people no list recorded. Never a count.

    TABLE.csv has one 0/1 column a list and a column n, or one row a person. A case is estimated on the lists that a
    person decided on, with the numbers of its site; --lists or --status set those decisions aside.
    """
    if plot is not None and plot.suffix.lower() not in {".svg", ".png"}:  # before the work, not after it
        raise click.UsageError(f"{plot} ends neither in .svg nor in .png")
    named: str | list[str] = methods if methods == "all" else _split(methods) or []
    if not is_case(path):
        if statuses or draws or known_on is not None:
            raise click.UsageError("--status, --draws and --known-on are for a case")
        with reported(), _watched() as progress:
            result = estimate_file(
                path, lists=_split(lists), by=_split(by), methods=named, level=level, seed=seed, coverage=coverage,
                progress=progress,
            )  # fmt: skip
    else:
        if by:
            raise click.UsageError("--by is for a table")
        chosen = {name: [name] for name in _split(lists) or []} or None
        with opened(path, fd) as case, _watched() as progress:
            result = case.estimate(
                lists=chosen, statuses=_split(statuses), draws=read_draws(draws) if draws else (), methods=named,
                level=level, seed=seed, coverage=coverage, known_on=known_on, progress=progress,  # type: ignore[arg-type]
            )  # fmt: skip
    with reported():
        if plot is not None:
            result.plot(plot)
            say(f"drawn: {plot}")
        show(result, as_json=as_json)


def _split(text: str | None) -> list[str] | None:
    return [part.strip() for part in text.split(",") if part.strip()] if text else None


@contextmanager
def _watched() -> Iterator[Callable[[str, float], None] | None]:
    """A progress bar on stderr while a person watches."""
    if not sys.stderr.isatty():
        yield None
        return
    shown = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("estimating", total=1.0)

        def advance(what: str, share: float) -> None:
            bar.update(task, description=what, completed=share)

        yield advance
