"""`esep match`: compare two names."""

from __future__ import annotations

import click

from esep.case import match as match_names
from esep.cli.edge import JSON, reported, show


@click.command()
@click.argument("one")
@click.argument("other")
@JSON
def match(one: str, other: str, as_json: bool) -> None:
    """Compare two NAMEs in any script: a score with its parts and reasons."""
    with reported():
        show(match_names(one, other), as_json=as_json)
