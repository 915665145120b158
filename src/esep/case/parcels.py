"""A file on its way in: what it is, and what of it will be kept. Reading it stores nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from esep.canonical import digest
from esep.case.folder import Folder
from esep.case.texts import Texts
from esep.dates import When
from esep.errors import BadDate, BadInput, RefusedFile
from esep.intake.documents import DEFAULT_SCANNING, Document, is_picture, read_document
from esep.intake.headers import TABLE_FORMS
from esep.intake.kinds import kind_of
from esep.intake.limits import DEFAULT_LIMITS, Limits
from esep.intake.mapping import NO_MAPPING, read_mapping
from esep.intake.media import Media, read_media
from esep.intake.paged import Scanning
from esep.intake.reading import TableReading, open_table
from esep.intake.recognise import recognise
from esep.intake.row import Context
from esep.intake.scans import boxes_file, is_legible
from esep.ledger.claims import Draft

FORMS = (*TABLE_FORMS, "document", "media")
_FACTS = ("title", "publisher", "published", "language", "medium", "grade", "reprint_of", "translation_of")


@dataclass(frozen=True)
class Facts:
    """What the person who adds a file says about it as a source; None is not said."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    medium: str | None = None
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
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """Hash of the file's bytes."""
        return digest(self.content)

    @property
    def kept(self) -> tuple[bytes, ...]:
        """Contents to store: the file itself, the text layer that passages address, and where a scan's words stand."""
        if self.layer is None:
            return (self.content,)
        boxes = (self.boxes,) if self.boxes else ()
        return self.content, self.layer.text.encode(), *boxes

    @property
    def boxes(self) -> bytes:
        """Places of the words that were read from pictures; empty where none was."""
        return boxes_file(self.layer.words, self.layer.scanned) if self.layer and self.layer.words else b""


def open_parcel(
    folder: Folder,
    path: Path,
    *,
    form: str | None = None,
    name: str | None = None,
    facts: Facts = NOTHING_SAID,
    mapping: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    scanning: Scanning = DEFAULT_SCANNING,
) -> Parcel:
    """Read a file without storing anything. `name` is the id of the source that it is.

    A picture is a document if a text can be read in it, else media; a `form` that is given decides.
    Raises `RefusedFile` or `BadInput` with one plain reason.
    """
    _check_facts(facts)
    content = _read(path, limits)
    own = read_mapping(_text(mapping)) if mapping else NO_MAPPING
    layer: Document | None = None
    notes: tuple[str, ...] = ()
    if form is None:
        form = recognise(path.name, content, mapping=own, limits=limits)
        if form == "media" and is_picture(kind_of(content)):
            form, layer, notes = _picture(folder, path.name, content, limits=limits, scanning=scanning)
    scope = name.removeprefix("source:") if name else _held_as(folder, content, form) or _scope(path, digest(content))
    table = media = None
    if form in TABLE_FORMS:
        context = Context(scope, own, Texts(folder).passage, facts.language)
        table = open_table(path.name, content, form=form, context=context, limits=limits)
        if own.title and not facts.title:
            facts = replace(facts, title=own.title)
    elif form == "document":
        layer = layer or read_document(path.name, content, limits=limits, scanning=scanning)
        _refuse_another_text(folder, f"source:{scope}", layer)
    else:
        media = read_media(content, limits=limits)
    return Parcel(path.name, content, form, f"source:{scope}", facts, table, layer, media, notes)


def _picture(
    folder: Folder, name: str, content: bytes, *, limits: Limits, scanning: Scanning
) -> tuple[str, Document | None, tuple[str, ...]]:
    """Form of a picture that nobody named: as it is held already, else by whether a text can be read in it."""
    if _held_as(folder, content, "media") and scanning.languages is None:
        return "media", None, ()
    try:
        layer = read_document(name, content, limits=limits, scanning=scanning)
    except RefusedFile as refusal:
        if scanning.languages is not None:
            raise
        return "media", None, (f"kept as a picture, its text was not read: {refusal}", *filter(None, (refusal.hint,)))
    if is_legible(layer.words):
        return "document", layer, ()
    return "media", None, ("kept as a picture: no text could be read in it; if there is one, add --kind document",)


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
        again = "; a scan gives another text when tesseract or its languages are others" if layer.scanned else ""
        raise BadInput(
            f"{source} is held with another text (sha256 {held[-1].value['sha256'][:12]}…, this one is"
            f" {layer.sha256[:12]}…), and passages address that one{again}",
            hint="add this version under an id of its own, with --reprint-of if it is the same text printed again",
        )


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
