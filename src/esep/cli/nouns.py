"""The nouns: look things up in a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from esep.case import Case
from esep.cli.edge import AS_OF, CASE, FD, JSON, KNOWN_ON, Result, opened, say, show

Known = int | date | None
QUERY = click.argument("query", required=False)
IDENTITY = click.option(
    "--identity", type=click.Choice(["decided", "proposed"]), default="decided", show_default=True,
    help="Who is one person: what people decided, or what would follow if they accepted every proposal.",
)  # fmt: skip


def noun(*options: Callable[[Any], Any]) -> Callable[[Callable[..., Result]], click.Command]:
    """A command that opens CASE, looks something up with its own options and prints it, as text or `--json`.

    The function looks up: it gets the open case, and the options by name; its docstring is the help.
    """

    def command(look: Callable[..., Result]) -> click.Command:
        def run(case_path: Path, as_json: bool, fd: int | None, **chosen: Any) -> None:
            with opened(case_path, fd) as case:
                show(look(case, **chosen), as_json=as_json)

        decorated: Callable[..., Any] = run
        for option in reversed((CASE, *options, JSON, FD)):
            decorated = option(decorated)
        return click.command(name=look.__name__, help=look.__doc__)(decorated)

    return command


@noun(QUERY, AS_OF, KNOWN_ON, IDENTITY, click.option("--limit", type=int, default=None, help="Show so many at most."))
def people(
    case: Case, query: str | None, as_of: date | None, known_on: Known, identity: Any, limit: int | None
) -> Result:
    """People and groups of CASE; with a QUERY those with such a name, in any spelling and script."""
    return case.people(query, as_of=as_of, known_on=known_on, identity=identity, limit=limit)


@noun(QUERY, KNOWN_ON)
def sources(case: Case, query: str | None, known_on: Known) -> Result:
    """Sources of CASE with their roots: what they reprint or translate."""
    return case.sources(query, known_on=known_on)


@noun(QUERY, KNOWN_ON, click.option("--withdrawn", is_flag=True, help="Show retracted and erased claims too."))
def claims(case: Case, query: str | None, known_on: Known, withdrawn: bool) -> Result:
    """Claims of CASE: about a record, from a source, of a property, or one with a cid."""
    return case.claims(query, known_on=known_on, withdrawn=withdrawn)


@noun(
    QUERY,
    click.option("--during", default=None, help="EDTF period, as 2011-12 or 2011-12-16/2011-12-18."),
    KNOWN_ON,
)
def events(case: Case, query: str | None, during: str | None, known_on: Known) -> Result:
    """The chronology of CASE in the order of time; what has no date comes last."""
    return case.events(query, during=during, known_on=known_on)


@noun(
    AS_OF,
    KNOWN_ON,
    click.option(
        "--reconcile", is_flag=True,
        help="Also say which figures cannot all be true, and what range each choice of sources leaves.",
    ),
    click.option(
        "--profile", type=click.Choice(["acled", "ucdp"]), default=None,
        help="As CSV in the coding of ACLED or UCDP: statements about the dead, each with the rule of its figure.",
    ),
)  # fmt: skip
def tolls(case: Case, as_of: date | None, known_on: Known, reconcile: bool, profile: Any) -> Result:
    """What sources of CASE said about numbers: side by side, never added, never averaged."""
    if profile and reconcile:
        raise click.UsageError("--profile exports statements one by one; leave out --reconcile")
    if not profile:
        return case.tolls(as_of=as_of, known_on=known_on, reconcile=reconcile)
    coded = case.tolls_as(profile, as_of=as_of, known_on=known_on)
    say(f"{len(coded.rows)} statements about the dead; {coded.left_out} others have no place in this coding.")
    return coded


@noun(QUERY, KNOWN_ON)
def checks(case: Case, query: str | None, known_on: Known) -> Result:
    """The search for the missing of CASE: where it was asked, what was answered, where nobody asked."""
    return case.checks(query, known_on=known_on)


@noun(KNOWN_ON)
def bodies(case: Case, known_on: Known) -> Result:
    """Bodies of CASE and what is said to have become of them."""
    return case.bodies(known_on=known_on)


@noun(QUERY, KNOWN_ON)
def demands(case: Case, query: str | None, known_on: Known) -> Result:
    """Demands of CASE: who asks what of whom, and what became of it."""
    return case.demands(query, known_on=known_on)


@noun(QUERY, KNOWN_ON)
def levels(case: Case, query: str | None, known_on: Known) -> Result:
    """How far figures and statuses of CASE are verified, by whom and why; QUERY: a level, a person or a record."""
    return case.levels(query, known_on=known_on)


@noun(QUERY, KNOWN_ON)
def wanted(case: Case, query: str | None, known_on: Known) -> Result:
    """Evidence that sources of CASE cite and nobody has given: until its file arrives, nothing rests on it."""
    return case.wanted(query, known_on=known_on)
