"""Texts to proposals: of a file by itself, or of the documents of a case, where they wait for a decision."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from esep.backends import BackendChoice, open_backend
from esep.case.accepting import FINER
from esep.case.findings import Finding, findings_of
from esep.case.texts import Texts
from esep.counts.tolls import ambiguous_words
from esep.counts.words import folded
from esep.errors import BadInput, RefusedFile
from esep.extract import Extraction, extract_text
from esep.extract import Proposal as Found
from esep.extract.answers import Backend, Proposer
from esep.extract.assisting import assist
from esep.intake.documents import Document, read_document
from esep.intake.paged import Scanning
from esep.intake.scans import Word
from esep.ledger.acts import Act
from esep.ledger.ledger import Ledger
from esep.ledger.proposals import Proposal
from esep.ledger.sources import Sources

EXTRACTOR = "rules-1"
RULES = Proposer("rules", EXTRACTOR, "1")
_WHERE = ("doc", "kind", "start", "end", "quote")


@dataclass(frozen=True)
class Extracted:
    """What was found in one text: proposals, parts, defects. Nothing has been decided.

    `notes` are about the reading of the file, for people.
    """

    extraction: Extraction
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """One line a proposal with its words, then what is damaged in the text."""
        lines = [finding.line() for finding in self.findings]
        lines += [f"{defect.start}-{defect.end} damaged: {defect.kind}" for defect in self.extraction.defects]
        return "\n".join(lines) or "Nothing found."

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """JSON lines, one proposal a line (the one place where esep prints lines and not an array)."""
        name = self.extraction.name
        lines = (json.dumps(f.outer(name), ensure_ascii=False, allow_nan=False) for f in self.findings)
        return "\n".join(lines)


@dataclass(frozen=True)
class Proposed:
    """What extraction left in a case: new proposals by source."""

    by_source: tuple[tuple[str, int, int], ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """One line a source."""
        lines = [f"{source}: {found} proposals, {new} of them new" for source, found, new in self.by_source]
        return "\n".join([*lines, "Nothing is counted until somebody decides: esep decide CASE --pending"])

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array, one object a source."""
        rows = [{"source": source, "proposals": found, "new": new} for source, found, new in self.by_source]
        return json.dumps(rows, ensure_ascii=False, indent=1)


def extract_file(
    path: Path,
    *,
    published: str | None = None,
    scan_languages: str | None = None,
    backend: BackendChoice | None = None,
    progress: Callable[[int], None] = lambda pages: None,
) -> Extracted:
    """Read a document and propose quantities, people, actions, places, organisations and demands.

    With a `backend` what it finds beside the rules comes too, if its words are there; the proposer stands in each
    proposal.
    Offsets are code points of its text layer. A picture of a page is read by tesseract in `scan_languages`
    (`kaz+rus`; all of ours when None). Raises `BadInput`, `RefusedFile` or `ExtractError`.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}", hint="check the name of the file") from None
    layer = read_document(path.name, content, scanning=Scanning(scan_languages, progress))
    _refuse_without_words(path.name, layer)
    extraction = extract_text(layer.text, name=path.name, published=published)
    helper = open_backend(backend) if backend else None
    found, notes = _all_findings(layer.text, extraction, layer.words, helper, published)
    return Extracted(extraction, found, (*layer.notes, *notes))


def _all_findings(
    text: str, extraction: Extraction, words: Sequence[Word], backend: Backend | None, published: str | None
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What the rules found, then what a back end adds, in the order of the text; notes on the back end's part."""
    if backend is None:
        return tuple(findings_of(text, extraction.proposals, words)), ()
    assisted = assist(text, extraction, backend, published=published)
    ours = findings_of(text, extraction.proposals, words, proposer=RULES, agreed=assisted.agreed)
    added = findings_of(
        text,
        [one.proposal for one in assisted.found],
        words,
        proposer=assisted.proposer,
        warnings=[one.warnings for one in assisted.found],
    )
    both = sorted((*ours, *added), key=lambda one: (one.proposal.start, one.proposal.end))
    return tuple(both), assisted.notes()


def _refuse_without_words(name: str, layer: Document) -> None:
    if layer.kind in ("scan", "pdf") and not layer.text.strip():
        raise RefusedFile(
            f"{name}: no word could be read in it ({'; '.join(layer.notes)})",
            hint="if a person can read it, scan it at 300 dpi, or type the text and add that",
        )


def extract_sources(
    ledger: Ledger,
    texts: Texts,
    known: Sources,
    wanted: Sequence[str],
    act: Act,
    *,
    backend: BackendChoice | None = None,
) -> Proposed:
    """Write proposals from documents of a case; all documents when none is named. A rerun adds nothing."""
    held = {proposal.id for proposal in ledger.proposals()}
    helper = open_backend(backend) if backend else None
    outcome, notes = [], []
    with ledger.writing():
        for source in wanted or sorted({claim.subject for claim in ledger.claims(props=["text"])}):
            name = source if source.startswith(("source:", "part:")) else f"source:{source}"
            described = known.get(name)
            published = described.published if described else None
            found = extract_text(texts.text(name), name=name, published=published)
            findings, said = _all_findings(texts.text(name), found, texts.words(name), helper, published)
            notes += [f"{name}: {note}" for note in said]
            proposals = list(_proposals(name, texts.sha256(name), findings))
            ledger.propose(proposals, act)
            outcome.append((name, len(proposals), sum(1 for proposal in proposals if proposal.id not in held)))
    return Proposed(tuple(outcome), tuple(notes))


def _proposals(source: str, text_sha256: str, found: Iterable[Finding]) -> Iterator[Proposal]:
    for finding in found:
        proposal = finding.proposal
        value = {field: told for field, told in proposal.outer(source).items() if field not in _WHERE}
        words = {"role": "quote", "doc": source, "text": text_sha256, "start": proposal.start, "end": proposal.end}
        payload: dict[str, Any] = {
            "spans": [words],
            "parts": [{"role": span.role, "start": span.start, "end": span.end} for span in proposal.spans],
            "value": value,
            "finer": _finer(proposal),
            "language": proposal.language,
        }
        payload |= _extras(finding)
        rule = proposal.rule if finding.by_backend else f"{EXTRACTOR}/{proposal.rule}"
        yield Proposal(proposal.kind, source, text_sha256, payload, rule)


def _extras(finding: Finding) -> dict[str, Any]:
    """Page, boxes, warnings and proposer, without the confidence as a fraction: the ledger keeps whole numbers.

    A rule's proposal is the same with and without a back end: what it agrees with is not part of it.
    """
    extras = finding.extras() if finding.by_backend else replace(finding, proposer=None, agrees=False).extras()
    if extras.pop("ocr_confidence", None) is not None:
        extras["ocr_confidence_percent"] = finding.confidence
    return extras


def _finer(proposal: Found) -> dict[str, Any]:
    """Inner fields that claims carry on, and the ambiguities of the words that a figure uses."""
    finer = {field: told for field, told in proposal.value.items() if field in FINER}
    said = f" {folded(proposal.quote)} "
    marks = [mark for word, mark in ambiguous_words() if f" {word} " in said]
    return {**finer, "ambiguous": marks} if proposal.kind == "quantity" and marks else finer
