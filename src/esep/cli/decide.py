"""`esep decide`: record what people decided."""

from __future__ import annotations

from pathlib import Path

import click

from esep.cli.edge import BY, CASE, FD, JSON, now, opened, show


@click.command()
@CASE
@click.argument("decisions", required=False, type=click.Path(path_type=Path))
@click.option("--pending", is_flag=True, help="List the proposals that nobody has decided.")
@JSON
@BY
@FD
def decide(
    case_path: Path, decisions: Path | None, pending: bool, as_json: bool, actor: str, fd: int | None
) -> None:
    r"""Record DECISIONS (JSON lines) in CASE: all of the file or, if a line is bad, nothing.

    \b
    {"v":1, "decide":"same|different|unsure", "left":RECORD, "right":RECORD, "reason":"", "by":"", "at":""}
    {"v":1, "decide":"accept|correct|reject", "proposal":ID, "value":{}, "reason":"", "by":"", "at":""}
    {"v":1, "decide":"undo", "of":CID, "reason":"", "by":"", "at":""}
    """
    if pending == (decisions is not None):
        raise click.UsageError("give a file of decisions, or --pending")
    with opened(case_path, fd) as case:
        result = case.proposals() if decisions is None else case.decide(decisions, actor=actor, now=now())
        show(result, as_json=as_json)
