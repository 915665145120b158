"""Tesseract on this machine: where it is, which languages it can read, and what to install when one is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from esep.errors import BadInput, RefusedFile

OUR_LANGUAGES = ("kaz", "rus", "ukr", "eng")
"""Read together: with `rus` alone a page in four languages had 21 % wrong characters, with all four under 1 %."""
_NAME = re.compile(r"[A-Za-z0-9_]+(?:/[A-Za-z0-9_]+)?")
_SYSTEM = ("/usr", "/bin", "/lib")
_SECONDS = 30
_BARE = {"LC_ALL": "C.UTF-8"}  # as inside the walls: data that only the user's environment points to are not there


@dataclass(frozen=True, slots=True)
class Reader:
    """Tesseract, ready: its path and version, the languages to read in, and whether a person named them."""

    program: str
    version: str
    languages: tuple[str, ...]
    is_named: bool

    @property
    def folders(self) -> tuple[str, ...]:
        """Folders the program needs that are not the system's own."""
        home = Path(self.program).resolve().parent.parent
        return () if str(home).startswith(_SYSTEM) else tuple(str(home / part) for part in ("bin", "lib", "share"))


def find_reader(languages: str | None = None) -> Reader:
    """Tesseract with the languages wanted: `kaz+rus`, or all of ours when None.

    Raises `BadInput` for a malformed list, `RefusedFile` when tesseract or the data of a language is missing.
    """
    wanted = _wanted(languages)
    program = shutil.which("tesseract")
    if program is None:
        raise RefusedFile("no tesseract on this machine, so a picture of a page cannot be read", hint=_install(wanted))
    version, installed = _installed(program)
    if missing := [language for language in wanted if language not in installed]:
        raise RefusedFile(
            f"tesseract has no data for {', '.join(missing)}",
            hint=f"{_install(missing)}; or name the languages of the page: --scan-languages "
            + ("+".join(language for language in OUR_LANGUAGES if language in installed) or "eng"),
        )
    return Reader(program, version, wanted, languages is not None)


def _wanted(languages: str | None) -> tuple[str, ...]:
    if languages is None:
        return OUR_LANGUAGES
    found = tuple(dict.fromkeys(languages.split("+")))
    if not all(map(_NAME.fullmatch, found)):
        raise BadInput(
            f"{languages!r} is no list of languages of tesseract",
            hint="write them with a plus between: kaz+rus+ukr+eng",
        )
    return found


def _install(languages: tuple[str, ...] | list[str]) -> str:
    packages = " ".join(f"tesseract-ocr-{language.replace('_', '-').lower()}" for language in languages)
    return f"on Debian: apt install tesseract-ocr {packages}"


@cache
def _installed(program: str) -> tuple[str, frozenset[str]]:
    """Version, and names of the languages that have data."""
    version = _said(program, "--version").split("\n", maxsplit=1)[0].removeprefix("tesseract").strip()
    return version, frozenset(_said(program, "--list-langs").splitlines()[1:])


def _said(program: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the program found on the path
            [program, option], capture_output=True, check=False, timeout=_SECONDS, text=True, env=_BARE
        )
    except (OSError, subprocess.TimeoutExpired):
        raise RefusedFile("tesseract is on this machine and does not start", hint="try: tesseract --version") from None
    return done.stdout or done.stderr  # versions before 5 answer on stderr
