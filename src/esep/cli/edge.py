"""The edge of the program: what is said to people, what to programs, and how it ends.

Data goes to stdout, words for people to stderr (`error:`, then `hint:`). Exit 0 done, 1 a check found
something, 2 wrong use or an error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import click

from esep.case import Case, last_day, open_case
from esep.errors import BadDate, EsepError, WrongUse


class Result(Protocol):
    """Anything a verb gives back."""

    def text(self) -> str: ...
    def json(self) -> str: ...


def show(result: Result, *, as_json: bool) -> None:
    """Print a result to stdout."""
    click.echo(result.json() if as_json else result.text())


def say(words: str) -> None:
    """Say something to the person, on stderr."""
    click.echo(words, err=True)


@contextmanager
def reported() -> Iterator[None]:
    """Turn an error into `error:` and `hint:` lines and exit 2."""
    try:
        yield
    except EsepError as error:
        say(f"error: {error}")
        if error.hint:
            say(f"hint: {error.hint}")
        raise SystemExit(2) from None
    except UnicodeError:
        say("error: an argument or a file name holds bytes that are no text")
        say("hint: write names in UTF-8; rename the file")
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        say(f"error: {error.filename or 'a file'}: {error.strerror or 'cannot be read or written'}")
        raise SystemExit(2) from None


def now() -> datetime:
    """The clock, read at the edge only."""
    return datetime.now(tz=UTC)


def passphrase(fd: int | None, *, new: bool = False) -> Callable[[], str]:
    """Ask for the passphrase: from a file descriptor, or at the terminal; never from an argument."""

    def ask() -> str:
        if fd is not None:
            try:
                with os.fdopen(fd, encoding="utf-8") as stream:
                    return stream.readline().rstrip("\n")
            except (OSError, UnicodeDecodeError):
                raise WrongUse(
                    f"no passphrase can be read from file descriptor {fd}",
                    hint="open it for the program, as in 7< FILE, and write the passphrase in UTF-8",
                ) from None
        if not sys.stdin.isatty():
            raise WrongUse(
                "a passphrase is needed and there is no terminal to ask at", hint="use --passphrase-fd N, or --plain"
            )
        return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))

    return ask


@contextmanager
def opened(path: Path, fd: int | None) -> Iterator[Case]:
    """An open case whose errors are reported."""
    with reported(), open_case(path, passphrase=passphrase(fd)) as case:
        yield case


class Day(click.ParamType[date]):
    """A day of the world: 2011-12-16; a month or a year means its last day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read EDTF and give its last day."""
        try:
            return last_day(str(value))
        except BadDate as error:
            self.fail(f"{error} ({error.hint})" if error.hint else str(error), param, ctx)


_FARTHEST = 2**63 - 1  # what a database can count


class Moment(click.ParamType[int | date]):
    """A moment of knowing: a position in the ledger (a number of digits), or a day."""

    name = "date or position"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | date:
        """Read a position, or a day as `Day` does."""
        text = str(value)
        is_position = text.isascii() and text.isdigit() and len(text) != len("2011")
        return min(int(text), _FARTHEST) if is_position else Day().convert(value, param, ctx)


CASE = click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
KNOWN_ON = click.option("--known-on", type=Moment(), help="What we knew on this day, or at this position.")
AS_OF = click.option("--as-of", type=Day(), help="The state of the world on this day.")
BY = click.option("--by", "actor", default="recorder", show_default=True, help="Who does this; a pseudonym is enough.")
FD = click.option("--passphrase-fd", "fd", type=int, help="Read the passphrase from this file descriptor.")
