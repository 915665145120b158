"""`esep queue`: pairs for people to decide."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esep.cli.edge import CASE, FD, JSON, now, opened, say, show
from esep.cli.watching import watched
from esep.errors import WrongUse

if TYPE_CHECKING:
    from esep.case import Case
    from esep.case.questions import Questions

_SHOWN, _AFTERNOON = 10, 150
_KEEP = "it holds names in plain text: keep it as you keep the case, and delete it when it is decided"


@click.command()
@CASE
@click.option("--by", "actor", default="recorder", show_default=True, help="Who answers; a pseudonym is enough.")
@click.option("--most", type=click.IntRange(min=1), help=f"So many pairs: {_SHOWN} to read, {_AFTERNOON} to answer.")
@click.option("--to", type=click.Path(path_type=Path), help="A table to fill (.csv), for «esep decide CASE FILE».")
@click.option("--ask", is_flag=True, help="Ask here, pair by pair. Stop at any time: every answer is kept at once.")
@click.option("--blind", is_flag=True, help="Show what the machine thinks only after the answer.")
@click.option("--readers", help="Two names or more, joined by commas: a blind table for each in the folder --to.")
@click.option("--sample", type=click.IntRange(min=1), default=30, show_default=True, help="Pairs for --readers.")
@click.option("--audit", is_flag=True, help="Random pairs that linkage left apart: how many links does it miss?")
@click.option("--each", type=click.IntRange(min=1), default=40, show_default=True, help="Of each stratum of --audit.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of random samples.")
@JSON
@FD
def queue(
    case_path: Path, actor: str, most: int | None, to: Path | None, ask: bool, blind: bool, readers: str | None,
    sample: int, audit: bool, each: int, seed: int, as_json: bool, fd: int | None,
) -> None:  # fmt: skip
    """Pairs of CASE that may be one person, those first whose answer changes most. Answered pairs are not shown again.

    Shows them, writes a table to fill in a spreadsheet (--to), or asks at the terminal (--ask).
    """
    if ask and (to or as_json or readers):
        raise click.UsageError("--ask goes with --by, --most, --blind and --audit only")
    if readers and (to is None or audit):
        raise click.UsageError("--readers needs the folder to write to, as --to DIR, and no --audit")
    with opened(case_path, fd) as case:
        if ask and not sys.stdin.isatty():
            raise WrongUse("nobody is at the terminal to be asked", hint="write a table with --to FILE.csv")
        if readers:
            _write_samples(case, readers, to or Path(), sample=sample, seed=seed)
            return
        with watched("linking") as progress:
            if audit:
                found = case.audit(each=each, seed=seed, actor=actor, now=now(), progress=progress)
            else:
                number = most or (_AFTERNOON if ask or to else _SHOWN)
                found = case.queue(by=actor, most=number, blind=blind, progress=progress)
        if ask:
            _ask(case, found, actor=actor, blind=blind or audit)
        elif to:
            _write(found, to, by=actor)
            say(f"Fill the column answer and run: esep decide {case_path} {to}")
        else:
            show(found, as_json=as_json)


def _write_samples(case: Case, readers: str, to: Path, *, sample: int, seed: int) -> None:
    names = [name.strip() for name in readers.split(",") if name.strip()]
    with watched("linking") as progress:
        found = case.samples(names, number=sample, seed=seed, progress=progress)
    to.mkdir(parents=True, exist_ok=True)
    paths = [to / f"{_file_name(name)}.csv" for name in found]
    for path, (name, questions) in zip(paths, found.items(), strict=True):
        _write(questions, path, by=name)
    say(f"When both are filled: esep agreement {' '.join(map(str, paths[:2]))}")


def _write(found: Questions, to: Path, *, by: str) -> None:
    found.write(to, by=by)
    say(f"{to}: {len(found)} pairs of {found.total} open; {_KEEP}")


def _file_name(name: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
    return kept or "reader"


def _ask(case: Case, found: Questions, *, actor: str, blind: bool) -> None:
    from esep.case.asking import ask  # noqa: PLC0415 - loads with the queue

    if not found.asked:
        say(found.text())
        return
    ask(found.asked, case.recorder(actor=actor, clock=now), read=input, write=say, blind=blind)
