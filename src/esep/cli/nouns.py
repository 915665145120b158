"""The nouns: look things up in a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from esep.cli.edge import AS_OF, CASE, FD, JSON, KNOWN_ON, opened, say, show

QUERY = click.argument("query", required=False)
IDENTITY = click.option(
    "--identity", type=click.Choice(["decided", "proposed"]), default="decided", show_default=True,
    help="Who is one person: what people decided, or what would follow if they accepted every proposal.",
)  # fmt: skip


@click.command()
@CASE
@QUERY
@AS_OF
@KNOWN_ON
@IDENTITY
@click.option("--limit", type=int, default=None, help="Show so many at most.")
@JSON
@FD
def people(
    case_path: Path,
    query: str | None,
    as_of: date | None,
    known_on: int | date | None,
    identity: str,
    limit: int | None,
    as_json: bool,
    fd: int | None,
) -> None:
    """People and groups of CASE; with a QUERY those with such a name, in any spelling and script."""
    with opened(case_path, fd) as case:
        found = case.people(query, as_of=as_of, known_on=known_on, identity=identity, limit=limit)  # type: ignore[arg-type]
        show(found, as_json=as_json)


@click.command()
@CASE
@QUERY
@KNOWN_ON
@JSON
@FD
def sources(case_path: Path, query: str | None, known_on: int | date | None, as_json: bool, fd: int | None) -> None:
    """Sources of CASE with their roots: what they reprint or translate."""
    with opened(case_path, fd) as case:
        show(case.sources(query, known_on=known_on), as_json=as_json)


@click.command()
@CASE
@QUERY
@KNOWN_ON
@click.option("--withdrawn", is_flag=True, help="Show retracted and erased claims too.")
@JSON
@FD
def claims(
    case_path: Path, query: str | None, known_on: int | date | None, withdrawn: bool, as_json: bool, fd: int | None
) -> None:
    """Claims of CASE: about a record, from a source, of a property, or one with a cid."""
    with opened(case_path, fd) as case:
        show(case.claims(query, known_on=known_on, withdrawn=withdrawn), as_json=as_json)


@click.command()
@CASE
@QUERY
@click.option("--during", default=None, help="EDTF period, as 2011-12 or 2011-12-16/2011-12-18.")
@KNOWN_ON
@JSON
@FD
def events(
    case_path: Path, query: str | None, during: str | None, known_on: int | date | None, as_json: bool, fd: int | None
) -> None:
    """The chronology of CASE in the order of time; what has no date comes last."""
    with opened(case_path, fd) as case:
        show(case.events(query, during=during, known_on=known_on), as_json=as_json)


@click.command()
@CASE
@AS_OF
@KNOWN_ON
@click.option(
    "--reconcile", is_flag=True,
    help="Also say which figures cannot all be true, and what range each choice of sources leaves.",
)  # fmt: skip
@click.option(
    "--profile", type=click.Choice(["acled", "ucdp"]), default=None,
    help="As CSV in the coding of ACLED or UCDP: statements about the dead, each with the rule that gave its figure.",
)  # fmt: skip
@JSON
@FD
def tolls(
    case_path: Path, as_of: date | None, known_on: int | date | None, reconcile: bool, profile: str | None,
    as_json: bool, fd: int | None,
) -> None:  # fmt: skip
    """What sources of CASE said about numbers: side by side, never added, never averaged."""
    if profile and reconcile:
        raise click.UsageError("--profile exports statements one by one; leave out --reconcile")
    with opened(case_path, fd) as case:
        if profile:
            coded = case.tolls_as(profile, as_of=as_of, known_on=known_on)  # type: ignore[arg-type]
            show(coded, as_json=as_json)
            say(f"{len(coded.rows)} statements about the dead; {coded.left_out} others have no place in this coding.")
            return
        show(case.tolls(as_of=as_of, known_on=known_on, reconcile=reconcile), as_json=as_json)


@click.command()
@CASE
@QUERY
@KNOWN_ON
@JSON
@FD
def checks(case_path: Path, query: str | None, known_on: int | date | None, as_json: bool, fd: int | None) -> None:
    """The search for the missing of CASE: where it was asked, what was answered, where nobody asked."""
    with opened(case_path, fd) as case:
        show(case.checks(query, known_on=known_on), as_json=as_json)


@click.command()
@CASE
@KNOWN_ON
@JSON
@FD
def bodies(case_path: Path, known_on: int | date | None, as_json: bool, fd: int | None) -> None:
    """Bodies of CASE and what is said to have become of them."""
    with opened(case_path, fd) as case:
        show(case.bodies(known_on=known_on), as_json=as_json)


@click.command()
@CASE
@QUERY
@KNOWN_ON
@JSON
@FD
def demands(case_path: Path, query: str | None, known_on: int | date | None, as_json: bool, fd: int | None) -> None:
    """Demands of CASE: who asks what of whom, and what became of it."""
    with opened(case_path, fd) as case:
        show(case.demands(query, known_on=known_on), as_json=as_json)
