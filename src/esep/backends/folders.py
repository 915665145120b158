"""Models that lie in a folder: found without running anything, named by the hash of their files."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from esep.errors import BackendLost


def only_file(folder: Path, pattern: str) -> Path:
    """The one file of a folder (or of a folder in it) that fits. Raises `BackendLost` for none or several."""
    found = sorted(path for path in folder.rglob(pattern) if path.is_file())
    if len(found) != 1:
        raise BackendLost(
            f"the folder of the model has {len(found)} files {pattern}; one is needed",
            hint="docs/how-to/back-ends.md says which files a model has",
        )
    return found[0]


def package_folder(name: str) -> Path | None:
    """Folder of an installed package, without importing it; None where it is not installed."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(next(iter(found.submodule_search_locations)))


def fingerprint(*files: Path) -> str:
    """SHA-256 over the files in their order."""
    told = hashlib.sha256()
    for path in files:
        with path.open("rb") as stream:
            told.update(hashlib.file_digest(stream, "sha256").digest())
    return told.hexdigest()


def missing(package: str, extra: str) -> BackendLost:
    """What to say where a library is not installed."""
    return BackendLost(f"the library {package} is not installed", hint=f"pip install 'esep[{extra}]'")
