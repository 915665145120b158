"""`esep count`: the documented count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from esep.cli.edge import AS_OF, CASE, FD, JSON, KNOWN_ON, opened, show
from esep.cli.nouns import IDENTITY

DIMENSIONS = ("status", "place", "day")


class Dimensions(click.ParamType[tuple[str, ...]]):
    """Some of status, place, day, joined by commas."""

    name = "dimensions"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split and check."""
        parts = tuple(part.strip() for part in str(value).split(","))
        if unknown := [part for part in parts if part not in DIMENSIONS]:
            self.fail(f"{', '.join(unknown)}: expected some of {', '.join(DIMENSIONS)}", param, ctx)
        return parts


@click.command()
@CASE
@click.option("--by", type=Dimensions(), default="status", show_default=True, help="status, place, day.")
@AS_OF
@KNOWN_ON
@IDENTITY
@JSON
@FD
def count(
    case_path: Path,
    by: tuple[str, ...],
    as_of: date | None,
    known_on: int | date | None,
    identity: str,
    as_json: bool,
    fd: int | None,
) -> None:
    """Count the people recorded in CASE; each number opens to its people and claims. Never an estimate."""
    with opened(case_path, fd) as case:
        show(case.count(by, as_of=as_of, known_on=known_on, identity=identity), as_json=as_json)  # type: ignore[arg-type]
