"""Verification of a whole case: the ledger, its settings, its stored files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from esep.canonical import digest
from esep.case.folder import SETTINGS, Folder
from esep.errors import EsepError
from esep.ledger import projections
from esep.ledger.verifying import Finding, verify


@dataclass(frozen=True)
class Verification:
    """What differs from what was committed (nothing, if all is well), and what was looked at.

    `leftovers` are files that no claim speaks of: what a broken-off import leaves. They change nothing.
    """

    findings: tuple[Finding, ...]
    claims: int
    files: int
    root: str
    leftovers: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing differs."""
        return not self.findings

    def text(self) -> str:
        """The first thing that differs, then the others; or that all is well."""
        if self.is_whole:
            whole = f"Whole: {self.claims} claims, {self.files} stored files. Root {self.root}"
            left = f"Files that no claim speaks of (an import was broken off): {', '.join(self.leftovers)}"
            return f"{whole}\n{left}" if self.leftovers else whole
        head = f"{len(self.findings)} things differ from what was recorded. The first:"
        lines = [head, *map(str, self.findings[:20])]
        more = len(self.findings) - 20
        return "\n".join([*lines, f"and {more} more"] if more > 0 else lines)

    def table(self) -> str:
        """One line a finding."""
        return "\n".join(map(str, self.findings))

    def json(self) -> str:
        """A JSON array of findings."""
        return json.dumps([{"where": f.where, "what": f.what} for f in self.findings], ensure_ascii=False, indent=1)


def verify_case(folder: Folder) -> Verification:
    """Compute everything again and name what differs."""
    findings = list(verify(folder.ledger))
    for step in (_settings, _files, _passages):
        findings += _guarded(step(folder))
    if findings:  # what is damaged is not asked for more
        return Verification(tuple(findings), 0, 0, "")
    last = folder.ledger.database.one("SELECT root FROM batch ORDER BY number DESC")
    root = bytes(last[0]).hex() if last else ""
    kept = set(_recorded(folder))
    leftovers = tuple(name for name in folder.files.names() if name not in kept)
    return Verification((), folder.ledger.position(), len(kept), root, leftovers)


def rebuild(folder: Folder) -> None:
    """Drop the projections and compute them again from the claims."""
    projections.rebuild(folder.ledger)


def _guarded(findings: Iterator[Finding]) -> Iterator[Finding]:
    try:
        yield from findings
    except EsepError as error:
        yield Finding("case", str(error))
    except (KeyError, TypeError, ValueError, AttributeError) as error:  # a stored value no longer has its shape
        yield Finding("case", f"a stored value cannot be read: {type(error).__name__}")


def _settings(folder: Folder) -> Iterator[Finding]:
    recorded = [c.value for c in folder.ledger.claims(subjects=[folder.ledger.case], props=["settings"])]
    content = (folder.path / SETTINGS).read_bytes()
    if not recorded or not isinstance(recorded[-1], dict) or recorded[-1].get("sha256") != digest(content):
        yield Finding(SETTINGS, "is not the file that was recorded when the case was made")
    if folder.ledger.case != f"case:{folder.settings.id}":
        yield Finding(SETTINGS, f"belongs to case {folder.settings.id}, the ledger to {folder.ledger.case}")


def _files(folder: Folder) -> Iterator[Finding]:
    for stored_as, sha256 in sorted(_recorded(folder).items()):
        try:
            folder.files.get(sha256)
        except EsepError as error:
            yield Finding(f"files/{stored_as}", str(error))


def _recorded(folder: Folder) -> dict[str, str]:
    """Stored name and hash of every file that a claim speaks of."""
    claims = folder.ledger.claims(props=["file", "text"])
    told = [claim.value for claim in claims if isinstance(claim.value, dict)]
    hashes = {value[field] for value in told for field in ("sha256", "boxes") if field in value}
    return {folder.files.name(sha256): sha256 for sha256 in hashes}


def _passages(folder: Folder) -> Iterator[Finding]:
    """Every passage lies inside the text it was taken from, and that text is held."""
    lengths: dict[str, int] = {}
    for claim in folder.ledger.claims(props=["text"]):
        lengths[str(claim.value["sha256"])] = int(claim.value["length"])
    for claim in folder.ledger.claims():
        for place in claim.locator:
            if place.get("role") != "quote":
                continue
            if not 0 <= place["start"] < place["end"] <= lengths.get(place["text"], 0):
                where = f"{place['doc']} {place['start']}-{place['end']}"
                yield Finding(f"claim {claim.cid}", f"cites {where}: no such text")
