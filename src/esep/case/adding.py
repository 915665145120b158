"""Adding a file: bytes kept, claims and the row report written in one batch, or nothing.

The same file again makes a second receipt and no second object; its rows say nothing new and are reported as
unchanged. A newer version of a table whose rows have ids of their own adds the new values and retracts those
that the row now states differently: the first words stay readable. An emptied cell withdraws nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from esep.canonical import digest
from esep.case.folder import Folder
from esep.case.parcels import Parcel
from esep.case.rows import Progress, Rows, key_of, no_progress, refuse_moved_rows, table_drafts
from esep.case.texts import Texts
from esep.errors import FaultyRows
from esep.intake.documents import Document
from esep.intake.media import Media
from esep.intake.report import RowReport
from esep.ledger.acts import Act, Receipt
from esep.ledger.claims import Draft
from esep.vault.files import StoredFile


@dataclass(frozen=True)
class Added:
    """What became of one file. `report` is None for a document; `receipt` is None for a dry run."""

    name: str
    form: str
    source: str
    sha256: str
    receipt: Receipt | None
    report: RowReport | None = None
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """The report in words."""
        kept = "nothing was stored (dry run)" if self.receipt is None else f"batch {self.receipt.number}"
        head = f"{self.name}: {self.form}, {self.source}, {kept}"
        lines = [self.report.text()] if self.report else []
        return "\n".join([head, *lines, *(f"note: {note}" for note in self.notes)])

    def table(self) -> str:
        """One line for every row of the file."""
        return self.report.text(every_row=True) if self.report else self.text()

    def json(self) -> str:
        """A JSON array with one object for the file."""
        rejected = self.report.rejected if self.report else ()
        found = {
            "name": self.name,
            "form": self.form,
            "source": self.source,
            "sha256": self.sha256,
            "batch": self.receipt.batch if self.receipt else None,
            "claims": self.receipt.n if self.receipt else 0,
            "totals": self.report.totals if self.report else None,
            "rejected": [
                {"row": line.row, "line": line.line, "reasons": line.reasons, "hints": line.hints}
                for line in rejected
            ],
            "notes": self.notes,
        }
        return json.dumps([found], ensure_ascii=False, indent=1)


def add(folder: Folder, parcel: Parcel, act: Act, *, strict: bool = False, progress: Progress = no_progress) -> Added:
    """Store a file: bytes, claims and report in one batch, or nothing.

    Raises `FaultyRows` if `strict` and a row is faulty.
    """
    rows = Rows()
    with folder.ledger.writing():  # while nobody else writes: a file that we take away again is nobody else's
        new = [content for content in parcel.kept if not folder.files.holds(digest(content))]
        try:
            stored = [folder.files.put(content) for content in parcel.kept]
            receipt = folder.ledger.write(_drafts(folder, parcel, stored, rows, strict, progress), act)
        except BaseException:
            for content in new:
                folder.files.remove(digest(content))
            raise
    return _added(parcel, receipt, rows)


def rehearse(folder: Folder, parcel: Parcel, *, strict: bool = False, progress: Progress = no_progress) -> Added:
    """What `add` would do, without storing anything."""
    rows = Rows()
    stored = [StoredFile(digest(content), len(content), "") for content in parcel.kept]
    for _ in _drafts(folder, parcel, stored, rows, strict, progress):
        pass
    return _added(parcel, None, rows)


def _added(parcel: Parcel, receipt: Receipt | None, rows: Rows) -> Added:
    report = parcel.table.report(tuple(rows.lines)).with_unchanged(rows.unchanged) if parcel.table else None
    notes = parcel.layer.notes if parcel.layer else ()
    if parcel.media and parcel.media.why_not:
        notes = (parcel.media.why_not,)
    notes = (*notes, *parcel.notes)
    return Added(parcel.name, parcel.form, parcel.source, parcel.sha256, receipt, report, notes)


def _drafts(  # noqa: PLR0917 - one stream told in order
    folder: Folder, parcel: Parcel, stored: Sequence[StoredFile], rows: Rows, strict: bool, progress: Progress
) -> Iterator[Draft]:
    """Every claim of the batch: the file's receipt and facts, its rows or its text layer, and the report."""
    file = stored[0]
    held = {"name": parcel.name, "form": parcel.form, "sha256": file.sha256, "size": file.size}
    yield Draft(parcel.source, "file", {**held, **_media_facts(parcel.media), "stored_as": file.stored_as})
    claims = list(folder.ledger.claims(subjects=[parcel.source]))
    known = set(map(key_of, claims))
    files = [claim.value for claim in claims if claim.prop == "file" and isinstance(claim.value, dict)]
    is_again = any(value.get("sha256") == file.sha256 for value in files)
    yield from (draft for draft in parcel.facts.drafts(parcel.source) if key_of(draft) not in known)
    if parcel.layer is not None:
        text = Draft(parcel.source, "text", {**_text_facts(parcel.layer), **_scan_facts(parcel)})
        yield from (draft for draft in (text,) if key_of(draft) not in known)
    if parcel.table is not None:
        if files and not is_again:
            refuse_moved_rows(folder.ledger, parcel.table, parcel.source)
        yield from table_drafts(folder.ledger, parcel.table, Texts(folder), rows, progress, is_again=is_again)
        report = _added(parcel, None, rows).report
        if strict and report and report.rejected:
            raise FaultyRows(
                f"{parcel.name} was refused: {len(report.rejected)} of {len(rows.lines)} rows are faulty\n"
                + "\n".join(line.text() for line in report.rejected[:10]),
                hint="mend these rows, or add the file without --strict to keep them apart as rejected",
            )
        yield Draft(parcel.source, "import", _report_value(report))


def _text_facts(layer: Document) -> dict[str, Any]:
    return {
        "sha256": layer.sha256,
        "length": len(layer.text),
        "kind": layer.kind,
        "encoding": layer.encoding,
        "newlines": layer.newlines,
        "page_starts": list(layer.page_starts),
    }


def _scan_facts(parcel: Parcel) -> dict[str, Any]:
    """For a text that was read from pictures: where its words stand, and what read them."""
    if parcel.layer is None or parcel.layer.reader is None or not parcel.boxes:
        return {}
    reader = parcel.layer.reader
    return {
        "boxes": digest(parcel.boxes),
        "read_by": {"program": "tesseract", "version": reader.version, "languages": list(reader.languages)},
    }


def _media_facts(media: Media | None) -> dict[str, Any]:
    if media is None:
        return {}
    found = {"mime": media.mime, "width": media.width, "height": media.height, "why_not_shown": media.why_not or None}
    return {key: value for key, value in found.items() if value is not None}


def _report_value(report: RowReport | None) -> dict[str, Any]:
    """The report as it is kept: totals, and every rejected row with its reason and its raw cells."""
    rejected = report.rejected if report else ()
    return {
        "totals": dict(report.totals) if report else {},
        "rejected": [
            {"row": line.row, "line": line.line, "reasons": list(line.reasons), "cells": dict(line.cells),
             "protected:cells": dict(line.sealed_cells)}
            for line in rejected
        ],
    }  # fmt: skip
