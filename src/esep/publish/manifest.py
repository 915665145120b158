"""`manifest.json`: every file of a site with its hash, and the state of the ledger that it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from esep.canonical import digest
from esep.errors import BadInput
from esep.publish.view import View

NAME = "manifest.json"
FORM = "esep-site-1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a site says about itself; `files` leads from paths to SHA-256 in hexadecimal."""

    title: str
    position: int
    root: str
    known_on: str
    as_of: date | None
    version: str
    files: Mapping[str, str]

    def text(self) -> str:
        """The file, as JSON with sorted keys."""
        settings = {"title": self.title, "position": self.position, "root": self.root, "known_on": self.known_on}
        made = {"as_of": self.as_of.isoformat() if self.as_of else None, "version": self.version}
        held = {"format": FORM, **settings, **made, "files": dict(self.files)}
        return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def manifest_of(site: Mapping[str, bytes], view: View) -> Manifest:
    """Manifest of these files."""
    made = view.settings
    hashes = {path: digest(content) for path, content in sorted(site.items())}
    return Manifest(made.title, made.position, made.root, made.known_on, made.as_of, made.version, hashes)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a site. Raises `BadInput` where there is none, or none that can be read."""
    path = folder / NAME
    try:
        held = json.loads(path.read_text("utf-8"))
        if held["format"] != FORM:
            raise BadInput(f"{path} has format {held['format']!r}, expected {FORM!r}", hint="use the esep that made it")
        as_of = date.fromisoformat(held["as_of"]) if held["as_of"] else None
        settings = (str(held["title"]), int(held["position"]), str(held["root"]), str(held["known_on"]))
        return Manifest(*settings, as_of, str(held["version"]), {str(k): str(v) for k, v in held["files"].items()})
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path} is no manifest of a site: {error}", hint="name a folder made by «esep publish»"
        ) from None
