"""A backup is one ordinary zip file: the case's own files as they are, so an encrypted case stays encrypted.

A value erased later is still in an older backup until that file is destroyed: say so to those who keep them.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path, PurePosixPath

from esep.case.folder import DATABASE, FILES, KEYS, SETTINGS, Folder
from esep.errors import BadInput, WrongUse
from esep.vault.files import write_whole

_TIME = (1980, 1, 1, 0, 0, 0)  # zip's first moment: the same case gives the same bytes


def back_up(folder: Folder, to: Path) -> int:
    """Write a backup; returns its size in bytes. Never over another file. Raises `WrongUse`, `BadInput`."""
    if to.exists():
        raise WrongUse(f"{to} is there already", hint="name a new file for each backup")
    beside = to.with_name(f"{to.name}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(zipfile.ZipInfo(DATABASE, _TIME), folder.ledger.database.whole_file())
            for name in (SETTINGS, KEYS, *(f"{FILES}/{stored}" for stored in folder.files.names())):
                if (folder.path / name).is_file():
                    _put(archive, name, folder.path / name)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(to)
    except OSError as error:
        raise BadInput(f"{to} cannot be written: {error.strerror}", hint="name another place for the backup") from None
    finally:
        beside.unlink(missing_ok=True)
    return to.stat().st_size


def restore(backup: Path, to: Path) -> None:
    """Put a case back from a backup into a new folder; nothing is left behind if the backup is not whole.

    Raises `BadInput` for what is no backup, `WrongUse` if the folder is not empty.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise WrongUse(f"{to} is there already and is not empty", hint="name a new folder for the case")
    beside = to.with_name(f".{to.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        _unpack(backup, beside)
        if to.exists():
            to.rmdir()
        beside.rename(to)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """One file, streamed: evidence may be larger than memory."""
    with path.open("rb") as content, archive.open(zipfile.ZipInfo(name, _TIME), "w", force_zip64=True) as entry:
        shutil.copyfileobj(content, entry)


def _unpack(backup: Path, beside: Path) -> None:
    try:
        with zipfile.ZipFile(backup) as archive:
            names = archive.namelist()
            if not {SETTINGS, DATABASE} <= set(names) or not all(map(_is_ours, names)):
                raise BadInput(f"{backup} is no backup of a case", hint="name a file that «esep backup» wrote")
            (beside / FILES).mkdir(parents=True)
            for name in sorted(names, key=lambda name: name == SETTINGS):  # settings last: without it, no case
                write_whole(beside / name, archive.read(name))
    except (OSError, zipfile.BadZipFile) as error:
        raise BadInput(f"{backup} cannot be read as a backup: {error}", hint="use another copy of it") from None


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if name in (SETTINGS, DATABASE, KEYS):
        return True
    return len(parts) == len((FILES, "name")) and parts[0] == FILES and parts[1] not in ("..", ".") and "\\" not in name
