"""`esep decide`: record what people decided."""

from __future__ import annotations

from pathlib import Path

import click

from esep.cli.edge import BY, CASE, FD, JSON, now, opened, show


@click.command()
@CASE
@click.argument("decisions", required=False, type=click.Path(path_type=Path))
@click.option("--pending", is_flag=True, help="List the proposals that nobody has decided.")
@click.option("--undo", metavar="CID", help="Take back the decision with this claim id.")
@click.option("--reason", default="", help="Why it is taken back.")
@JSON
@BY
@FD
def decide(
    case_path: Path, decisions: Path | None, pending: bool, undo: str | None, reason: str, as_json: bool, actor: str,
    fd: int | None,
) -> None:  # fmt: skip
    r"""Record DECISIONS in CASE: all of the file or, if a line is bad, nothing.

    DECISIONS is a table that «esep queue» wrote and somebody filled (CSV, XLSX), or JSON lines:

    \b
    {"v":1, "decide":"same|different|unsure", "left":RECORD, "right":RECORD, "reason":"", "by":"", "at":""}
    {"v":1, "decide":"accept|correct|reject", "proposal":ID, "value":{}, "reason":"", "by":"", "at":""}
    {"v":1, "decide":"undo", "of":CID, "reason":"", "by":"", "at":""}
    """
    if sum((pending, decisions is not None, undo is not None)) != 1:
        raise click.UsageError("give a file of decisions, or --pending, or --undo CID")
    with opened(case_path, fd) as case:
        if undo is not None:
            show(case.undo(undo, reason=reason, actor=actor, now=now()), as_json=as_json)
        elif decisions is not None:
            show(case.decide(decisions, actor=actor, now=now()), as_json=as_json)
        else:
            show(case.proposals(), as_json=as_json)
