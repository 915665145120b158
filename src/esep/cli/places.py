"""`esep places`: what a place name can mean."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from esep.case import build_places, find_places
from esep.cli.edge import JSON, reported, show


class NameOrBuild(click.Group):
    """A group whose first word is a name to look up unless it is one of its commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """`esep places NAME` is `esep places find NAME`."""
        return super().resolve_command(ctx, args if args[0] in self.commands else ["find", *args])


def _cache() -> Path:
    """Where the full gazetteer lies: the user's cache folder, read from the environment at the edge only."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "esep" / "places.sqlite"


FILE = click.option(
    "--file", "path", type=click.Path(path_type=Path), default=None, help="The gazetteer, if not in the user's cache."
)


@click.group(cls=NameOrBuild)
def places() -> None:
    """Look up a place: `esep places NAME` shows every candidate, `esep places build` makes the full gazetteer.

    Without the full gazetteer the base one answers: Kazakhstan, towns of its neighbours, cities of the world.
    """


@places.command()
@click.argument("words", metavar="NAME", nargs=-1, required=True)
@click.option("--country", default=None, metavar="ISO", help="The context: places of this country come first.")
@click.option("--aliases", type=click.Path(path_type=Path), default=None, help="CSV of your own: spelling,place.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="Most candidates to show.")
@FILE
@JSON
def find(
    words: tuple[str, ...], country: str | None, aliases: Path | None, limit: int, path: Path | None, as_json: bool
) -> None:
    """Show every place that NAME can mean, likeliest first: country, kind, coordinates, source."""
    with reported():
        found = find_places(
            " ".join(words), gazetteer=path or _cache(), aliases=aliases, limit=limit,
            country=country.upper() if country else None,
        )  # fmt: skip
        show(found, as_json=as_json)


@places.command()
@FILE
@JSON
def build(path: Path | None, as_json: bool) -> None:
    """Make the full gazetteer once, from the packages of the extra `places` (about half a minute, no network)."""
    with reported(), Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("places", total=None)
        made = build_places(path or _cache(), progress=lambda places: bar.advance(task, places))
        show(made, as_json=as_json)
