"""`esep`: the verbs in the order of the work, and the nouns to look things up."""

from __future__ import annotations

import click

from esep import __version__
from esep.cli.add import add
from esep.cli.agreement import agreement
from esep.cli.backup import backup, restore
from esep.cli.candidates import candidates
from esep.cli.count import count
from esep.cli.decide import decide
from esep.cli.demo import demo
from esep.cli.estimate import estimate
from esep.cli.extract import extract
from esep.cli.init import init
from esep.cli.link import link
from esep.cli.match import match
from esep.cli.nouns import bodies, checks, claims, demands, events, levels, people, sources, tolls, wanted
from esep.cli.places import places
from esep.cli.publish import publish
from esep.cli.queue import queue
from esep.cli.verify import verify


class InOrderOfWork(click.Group):
    """Shows the verbs in the order of the work, then the nouns."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which they were added."""
        return list(self.commands)


@click.group(cls=InOrderOfWork, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="esep")
def main() -> None:
    """Casualty recording: every report kept, every person counted once, every number answerable to its words."""


for command in (
    demo, init, add, extract, link, candidates, queue, decide, agreement, count, estimate, publish, verify, backup,
    restore, match, places, people, sources, claims, events, tolls, levels, wanted, checks, bodies, demands,
):  # fmt: skip
    main.add_command(command)
