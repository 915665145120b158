"""`esep demo`: the bundled case, end to end."""

from __future__ import annotations

from pathlib import Path

import click

from esep.case.demo import build_demo
from esep.cli.edge import reported, say


@click.command()
@click.option(
    "--to", "folder", default="esep-demo", show_default=True, type=click.Path(path_type=Path),
    help="Folder for the site; the case is left beside it as FOLDER-case.",
)  # fmt: skip
def demo(folder: Path) -> None:
    """Build the bundled Zhanaozen case end to end, say what came out, and leave its site in FOLDER."""
    with reported():
        built = build_demo(folder, say=click.echo)
        say("")
        say(f"The case is in {built.case}. Look around: esep people {built.case} Тулетаева")
        say(f"The site is in {built.site}; open {built.site / 'index.html'}")
