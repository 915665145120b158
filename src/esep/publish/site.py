"""The static site: written whole or not at all, and checked file by file against the ledger it was made from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from esep.canonical import digest
from esep.errors import BadInput, WrongUse
from esep.publish.manifest import NAME, Manifest, manifest_of, read_manifest
from esep.publish.render import render_site
from esep.publish.view import View


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the folder, its files, and the manifest."""

    folder: Path
    manifest: Manifest

    def text(self) -> str:
        """One sentence."""
        return f"{len(self.manifest.files) + 1} files in {self.folder}; open {self.folder / 'index.html'}"


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """One file of a site that is not what the ledger gives."""

    path: str
    what: Literal["differs", "missing", "extra"]

    def text(self) -> str:
        """«people/P-x.html differs»."""
        return f"{self.path} {'is ' if self.what != 'differs' else ''}{self.what}"


def write_site(view: View, folder: Path) -> Written:
    """Write the site beside `folder`, then put it in its place; an older site there is replaced as a whole.

    Raises `WrongUse` if the folder holds anything that no manifest of ours lists; then nothing is changed.
    """
    folder = folder.absolute()
    _check_replaceable(folder)
    site = render_site(view)
    manifest = manifest_of(site, view)
    beside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        _write_files({**site, NAME: manifest.text().encode()}, beside)
        _put_in_place(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Written(folder, manifest)


def verify_site(folder: Path, view: View) -> Iterator[SiteFinding]:
    """Make every file again from the view and name each that differs, is missing or is extra.

    Raises `BadInput` if the folder has no manifest. A view of another position than the manifest's differs in full.
    """
    read_manifest(folder)
    site = render_site(view)
    expected = {**site, NAME: manifest_of(site, view).text().encode()}
    held = _files(folder)
    for path in sorted(expected.keys() | held):
        if path not in held:
            yield SiteFinding(path, "missing")
        elif path not in expected:
            yield SiteFinding(path, "extra")
        elif (folder / path).is_symlink() or (folder / path).read_bytes() != expected[path]:
            yield SiteFinding(path, "differs")


def check_hashes(folder: Path) -> Iterator[SiteFinding]:
    """Compare a site with its own manifest only; needs no case, and says nothing about who wrote the manifest."""
    listed = read_manifest(folder).files
    held = _files(folder) - {NAME}
    for path in sorted(listed.keys() | held):
        if path not in held:
            yield SiteFinding(path, "missing")
        elif path not in listed:
            yield SiteFinding(path, "extra")
        elif digest((folder / path).read_bytes()) != listed[path]:
            yield SiteFinding(path, "differs")


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


def _check_replaceable(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise WrongUse(f"{folder} is no folder", hint="name a folder for the site")
    held = _files(folder)
    if not held:
        return
    try:
        listed = read_manifest(folder).files.keys() | {NAME}
    except BadInput:
        raise WrongUse(
            f"{folder} holds files that are no site of ours", hint="name a new or empty folder for the site"
        ) from None
    if others := sorted(held - listed):
        raise WrongUse(f"{folder} holds {others[0]}, which is no part of the site", hint="move it elsewhere first")


def _write_files(files: Mapping[str, bytes], folder: Path) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _put_in_place(beside: Path, folder: Path) -> None:
    """Rename the new folder into place; an old one steps aside first and comes back if that fails."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    had_old = folder.exists()
    if had_old:
        folder.rename(aside)
    try:
        beside.rename(folder)
    except OSError:
        if had_old:
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)
