"""Adding a file: bytes kept, claims and the row report written in one batch, or nothing.

The same file again makes a second receipt and no second object; its rows say nothing new and are reported as
unchanged. A newer version of a table whose rows have ids of their own adds the new values and retracts those
that the row now states differently: the first words stay readable. An emptied cell withdraws nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from esep.canonical import canonical, digest
from esep.case.folder import Folder
from esep.case.texts import Texts
from esep.case.this_case import of_this_case
from esep.dates import When
from esep.errors import BadDate, BadInput, FaultyRows, RefusedFile
from esep.intake.documents import Document, read_document
from esep.intake.headers import TABLE_FORMS
from esep.intake.limits import DEFAULT_LIMITS, Limits
from esep.intake.mapping import NO_MAPPING, read_mapping
from esep.intake.media import Media, read_media
from esep.intake.reading import RowReading, TableReading, open_table
from esep.intake.recognise import recognise
from esep.intake.report import RowLine, RowReport
from esep.intake.row import Context
from esep.ledger.acts import Act, Receipt
from esep.ledger.claims import Claim, Draft
from esep.ledger.ledger import Ledger
from esep.vault.files import StoredFile

Progress = Callable[[int], None]
"""Told how many more rows have been read."""

Place = tuple[str, str, str | None, Any, Any] | None

Key = tuple[str, str, bytes | None, str, str | None, str | None, str | None]

FORMS = (*TABLE_FORMS, "document", "media")
_ROWS_AT_ONCE = 500
_WHO = ("name", "description")
_FACTS = ("title", "publisher", "published", "language", "grade", "reprint_of", "translation_of")


def no_progress(rows: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Facts:
    """What the person who adds a file says about it as a source; None is not said."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    grade: str | None = None
    reprint_of: str | None = None
    translation_of: str | None = None

    def drafts(self, source: str) -> Iterator[Draft]:
        """One claim for each fact that is said."""
        for prop in _FACTS:
            value = getattr(self, prop)
            if value is not None:
                yield Draft(source, prop, _source_id(value) if prop.endswith("_of") else value)


NOTHING_SAID = Facts()


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


@dataclass(frozen=True)
class Parcel:
    """One file on its way in: what it is, and what of it will be kept."""

    name: str
    content: bytes
    form: str
    source: str
    facts: Facts
    table: TableReading | None = None
    layer: Document | None = None
    media: Media | None = None

    @property
    def sha256(self) -> str:
        """Hash of the file's bytes."""
        return digest(self.content)

    @property
    def kept(self) -> tuple[bytes, ...]:
        """Contents to store: the file itself, and the text layer that passages address."""
        return (self.content, self.layer.text.encode()) if self.layer else (self.content,)


@dataclass
class _Rows:
    """Lines of the report as the rows stream by, and which of them said nothing new."""

    lines: list[RowLine] = field(default_factory=list)
    unchanged: set[int] = field(default_factory=set)


def open_parcel(
    folder: Folder,
    path: Path,
    *,
    form: str | None = None,
    name: str | None = None,
    facts: Facts = NOTHING_SAID,
    mapping: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Parcel:
    """Read a file without storing anything. `name` is the id of the source that it is.

    Raises `RefusedFile` or `BadInput` with one plain reason.
    """
    _check_facts(facts)
    content = _read(path, limits)
    own = read_mapping(_text(mapping)) if mapping else NO_MAPPING
    form = form or recognise(path.name, content, mapping=own, limits=limits)
    scope = name.removeprefix("source:") if name else _held_as(folder, content, form) or _scope(path, digest(content))
    table = layer = media = None
    if form in TABLE_FORMS:
        context = Context(scope, own, Texts(folder).passage, facts.language)
        table = open_table(path.name, content, form=form, context=context, limits=limits)
        if own.title and not facts.title:
            facts = replace(facts, title=own.title)
    elif form == "document":
        layer = read_document(path.name, content, limits=limits)
        _refuse_another_text(folder, f"source:{scope}", layer)
    else:
        media = read_media(content, limits=limits)
    return Parcel(path.name, content, form, f"source:{scope}", facts, table, layer, media)


def _check_facts(facts: Facts) -> None:
    if facts.published:
        try:
            When.parse(facts.published)
        except BadDate as error:
            raise BadInput(f"the date of publication: {error}", hint=error.hint) from None


def _refuse_another_text(folder: Folder, source: str, layer: Document) -> None:
    """A document's text is what its passages address: another text under the same id is another document."""
    held = list(folder.ledger.claims(subjects=[source], props=["text"]))
    if held and held[-1].value["sha256"] != layer.sha256:
        raise BadInput(
            f"{source} is held with another text (sha256 {held[-1].value['sha256'][:12]}…, this one is"
            f" {layer.sha256[:12]}…), and passages address that one",
            hint="add this version under an id of its own, with --reprint-of if it is the same text printed again",
        )


def add(folder: Folder, parcel: Parcel, act: Act, *, strict: bool = False, progress: Progress = no_progress) -> Added:
    """Store a file: bytes, claims and report in one batch, or nothing.

    Raises `FaultyRows` if `strict` and a row is faulty.
    """
    rows = _Rows()
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
    rows = _Rows()
    stored = [StoredFile(digest(content), len(content), "") for content in parcel.kept]
    for _ in _drafts(folder, parcel, stored, rows, strict, progress):
        pass
    return _added(parcel, None, rows)


def _added(parcel: Parcel, receipt: Receipt | None, rows: _Rows) -> Added:
    report = parcel.table.report(tuple(rows.lines)).with_unchanged(rows.unchanged) if parcel.table else None
    notes = parcel.layer.notes if parcel.layer else ()
    if parcel.media and parcel.media.why_not:
        notes = (parcel.media.why_not,)
    return Added(parcel.name, parcel.form, parcel.source, parcel.sha256, receipt, report, notes)


def _drafts(  # noqa: PLR0917 - one stream told in order
    folder: Folder, parcel: Parcel, stored: Sequence[StoredFile], rows: _Rows, strict: bool, progress: Progress
) -> Iterator[Draft]:
    """Every claim of the batch: the file's receipt and facts, its rows or its text layer, and the report."""
    file = stored[0]
    held = {"name": parcel.name, "form": parcel.form, "sha256": file.sha256, "size": file.size}
    yield Draft(parcel.source, "file", {**held, **_media_facts(parcel.media), "stored_as": file.stored_as})
    claims = list(folder.ledger.claims(subjects=[parcel.source]))
    known = set(map(_key, claims))
    files = [claim.value for claim in claims if claim.prop == "file" and isinstance(claim.value, dict)]
    is_again = any(value.get("sha256") == file.sha256 for value in files)
    yield from (draft for draft in parcel.facts.drafts(parcel.source) if _key(draft) not in known)
    if parcel.layer is not None:
        text = Draft(parcel.source, "text", _text_facts(parcel.layer))
        yield from (draft for draft in (text,) if _key(draft) not in known)
    if parcel.table is not None:
        if files and not is_again:
            _refuse_moved_rows(folder.ledger, parcel.table, parcel.source)
        yield from _table_drafts(folder.ledger, parcel.table, Texts(folder), rows, progress, is_again=is_again)
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


def _refuse_moved_rows(ledger: Ledger, table: TableReading, source: str) -> None:
    """Records without an id of their own are known by their row: judgements and permissions would change hands."""
    scope = source.partition(":")[2]
    was = {
        int(row): str(claim.value)
        for claim in ledger.claims(props=_WHO)
        for record, _, row in (claim.subject.partition(":")[2].rpartition("/"),)
        if record == scope and row.isdecimal()
    }
    now = {
        reading.line.row: str(draft.value)
        for reading in table.rows() if was
        for draft in reading.drafts
        if draft.prop in _WHO and draft.subject.endswith(f":{scope}/{reading.line.row}")
    }  # fmt: skip
    rows_of: dict[str, list[int]] = {}
    for row, who in was.items():
        rows_of.setdefault(who, []).append(row)
    for row, who in now.items():
        left = [other for other in rows_of.get(who, ()) if now.get(other) != who]
        if left and was.get(row) != who:
            raise BadInput(
                f"rows of {source} have moved: row {row} was row {left[0]} before, and judgements hold on to rows",
                hint="put new rows at the end, or add this version under an id of its own and decide who is the same",
            )


def _table_drafts(
    ledger: Ledger, table: TableReading, texts: Texts, rows: _Rows, progress: Progress, *, is_again: bool
) -> Iterator[Draft]:
    """Drafts of the rows, then retractions of what no row says any more. Known is what stood before this file.

    `is_again`: these bytes were taken in before, so what a person has withdrawn or erased since is not said anew.
    """
    upto = ledger.position()
    forms = _forms(ledger) if table.form != "claims" else {}
    superseded: dict[Key, list[Claim]] = {}
    readings = (of_this_case(reading, ledger.case) for reading in table.rows())
    while chunk := list(islice(readings, _ROWS_AT_ONCE)):
        rows.lines.extend(reading.line for reading in chunk)
        subjects = sorted({draft.subject for reading in chunk for draft in reading.drafts})
        known: dict[str, list[Claim]] = {}
        others = [other for other in map(_of_other_kind, subjects) if other]
        for claim in ledger.claims(subjects=[*subjects, *others], known_on=upto):
            known.setdefault(claim.subject, []).append(claim)
        closed = _closed(ledger, subjects) if is_again else set()
        chunk = [replace(r, drafts=tuple(d for d in r.drafts if _cell_of(d) not in closed)) for r in chunk]
        for reading in chunk:
            for draft in _row_drafts(reading, known, rows):
                yield _anchored(draft, texts)
            changed = reading.drafts if reading.line.row not in rows.unchanged else ()
            for claim in _otherwise(changed, known):
                if forms.get(_table_of(claim)) == table.form:
                    superseded.setdefault(_key(claim), []).append(claim)
        progress(len(chunk))
    if superseded:  # a thing may have several rows: only the whole table tells what it no longer says
        for key in {_key(draft) for reading in table.rows() for draft in reading.drafts} & superseded.keys():
            del superseded[key]
    for claims in superseded.values():
        yield from (_retraction(claim) for claim in claims)


def _closed(ledger: Ledger, subjects: Sequence[str]) -> set[Place]:
    """Cells whose statement a person has withdrawn or erased."""
    claims = {claim.cid: claim for claim in ledger.claims(subjects=subjects, withdrawn=True)}
    withdrawn = (claim for claim in claims.values() if claim.op != "assert" and claim.target in claims)
    by_person = (claim for claim in withdrawn if claim.op == "erase" or "decision" in (claim.value or {}))
    return {_cell_of(claims[claim.target or ""]) for claim in by_person} - {None}


def _cell_of(claim: Claim | Draft) -> Place:
    """Cell of a table in which a claim stands; None if it stands in none."""
    cells = (place for place in claim.locator if place.get("role") == "cell")
    return next(((claim.subject, claim.prop, claim.source, p.get("row"), p.get("column")) for p in cells), None)


def _forms(ledger: Ledger) -> dict[str | None, str]:
    """Form in which each file was taken in: a table of one form corrects no statement of another."""
    files = ledger.claims(props=["file"])
    return {claim.subject: str(claim.value.get("form")) for claim in files if isinstance(claim.value, dict)}


def _table_of(claim: Claim) -> str | None:
    """Source record of the table in which a claim stands, or None if it stands in no table."""
    cells = (place for place in claim.locator if place.get("role") == "cell")
    return next((str(place.get("table") or claim.source) for place in cells), None)


def _anchored(draft: Draft, texts: Texts) -> Draft:
    """The draft with the hash of the text that its passage addresses."""
    if not any(place.get("role") == "quote" for place in draft.locator):
        return draft
    locator = (
        {**place, "text": texts.sha256(place["doc"])} if place.get("role") == "quote" else place
        for place in draft.locator
    )
    return replace(draft, locator=tuple(locator))


def _row_drafts(reading: RowReading, known: dict[str, list[Claim]], rows: _Rows) -> Iterator[Draft]:
    if reading.drafts and not any(draft.subject in known for draft in reading.drafts):
        yield from reading.drafts
        return
    stated = {_key(draft) for draft in reading.drafts}
    held = {_key(claim) for draft in reading.drafts for claim in known.get(draft.subject, ())}
    if stated <= held:
        rows.unchanged.add(reading.line.row)
        return
    yield from (draft for draft in reading.drafts if _key(draft) not in held)


def _otherwise(drafts: Sequence[Draft], known: dict[str, list[Claim]]) -> Iterator[Claim]:
    """What was held of the things that this row states, and the row does not repeat."""
    slots = {(draft.subject, draft.prop, draft.source) for draft in drafts}
    stated = {_key(draft) for draft in drafts}
    for subject in dict.fromkeys(draft.subject for draft in drafts):
        for claim in known.get(subject, ()):
            if (subject, claim.prop, claim.source) in slots and _key(claim) not in stated:
                yield claim
        yield from known.get(_of_other_kind(subject) or "", ())  # one person became a group, or the other way


def _of_other_kind(subject: str) -> str | None:
    """The group that a row of this id would be, or the person; None for other kinds."""
    kind, _, name = subject.partition(":")
    return {"person": f"group:{name}", "group": f"person:{name}"}.get(kind)


def _retraction(claim: Claim) -> Draft:
    reason = {"reason": "a newer version of the table says otherwise"}
    return Draft(claim.subject, claim.prop, reason, op="retract", target=claim.cid)


def _key(claim: Draft | Claim) -> Key:
    """What a claim says, wherever in the table it stands."""
    value = canonical(claim.value) if claim.state == "stated" else None
    return (claim.subject, claim.prop, value, claim.state, claim.source, claim.lang, claim.original)


def _read(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise RefusedFile(
                f"{path.name} has {size:,} bytes, more than the limit of {limits.file_bytes:,}",
                hint="split the file, or raise the limit for this case",
            )
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise BadInput(f"{path}: {error.strerror}", hint="check the name of the file") from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"mapping {path} cannot be read: {error}", hint="a mapping is a TOML file in UTF-8") from None


def _held_as(folder: Folder, content: bytes, form: str) -> str | None:
    """Name of the source that these bytes were taken in as before, whatever the file was called then."""
    sha256 = digest(content)
    if not folder.files.holds(sha256):
        return None
    held = (claim for claim in folder.ledger.claims(kind="source", props=["file"]) if isinstance(claim.value, dict))
    same = (claim for claim in held if (claim.value.get("sha256"), claim.value.get("form")) == (sha256, form))
    return next((claim.subject.partition(":")[2] for claim in same), None)


def _scope(path: Path, sha256: str) -> str:
    """Name of a file's source when nobody gave one: its file name and the beginning of its hash."""
    stem = re.sub(r"[^\w.-]+", "-", path.stem).strip("-")[:40] or "file"
    return f"{stem}-{sha256[:8]}"


def _source_id(name: str) -> str:
    return name if name.startswith(("source:", "part:")) else f"source:{name}"
