"""A proposal with what a person must know before deciding: its place on a scan, how well it was read, who proposes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from esep.extract import Proposal as Found
from esep.extract.legibility import legibility_of
from esep.intake.scans import Word


@dataclass(frozen=True)
class Finding:
    """One proposal. `words` are those of a scan that it rests on; `proposer` names a back end, None the rules."""

    proposal: Found
    words: tuple[Word, ...] = ()
    confidence: int | None = None
    warnings: tuple[str, ...] = ()
    proposer: dict[str, Any] | None = None

    def outer(self, name: str) -> dict[str, Any]:
        """The record of the outer format; fields of scans and of back ends only where there is one."""
        return {**self.proposal.outer(name), **self.extras()}

    def extras(self) -> dict[str, Any]:
        """Page, boxes and least confidence (0 to 1) of a scan, warnings, proposer."""
        found: dict[str, Any] = {}
        if self.confidence is not None:
            found["page"] = self.words[0].page
            found["boxes"] = [list(word.row()[2:7]) for word in self.words]
            found["ocr_confidence"] = self.confidence / 100
        if self.confidence is not None or self.warnings or self.proposer:
            found["warnings"] = list(self.warnings)
        return {**found, "proposer": self.proposer} if self.proposer else found

    def line(self) -> str:
        """One line for people, the warnings under it."""
        found, by = self.proposal, f" ({self.proposer['backend']})" if self.proposer else ""
        head = f"{found.start}-{found.end} {found.kind}: {' '.join(found.quote.split())}{by}"
        return "\n".join([head, *(f"    look again: {warning}" for warning in self.warnings)])


def findings_of(text: str, proposals: Sequence[Found], words: Sequence[Word]) -> Iterator[Finding]:
    """Each proposal of a text with what its scan, if it has one, makes doubtful."""
    for proposal in proposals:
        read = legibility_of(proposal, text, words) if words else None
        if read is None:
            yield Finding(proposal)
        else:
            under = tuple(word for word in read.words if isinstance(word, Word))
            yield Finding(proposal, under, read.confidence, read.warnings)
