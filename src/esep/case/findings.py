"""A proposal with what a person must know before deciding: its place on a scan, how well it was read, who proposes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from esep.extract import Proposal as Found
from esep.extract.answers import Proposer
from esep.extract.legibility import legibility_of
from esep.intake.scans import Word


@dataclass(frozen=True)
class Finding:
    """One proposal. `words` are those of a scan that it rests on; `proposer` is named where a back end was asked.

    `agrees`: the back end says the same as this proposal of the rules.
    """

    proposal: Found
    words: tuple[Word, ...] = ()
    confidence: int | None = None
    warnings: tuple[str, ...] = ()
    proposer: Proposer | None = None
    agrees: bool = False

    @property
    def by_backend(self) -> bool:
        """Is it a back end's, and not the rules'?"""
        return self.proposer is not None and self.proposer.backend != "rules"

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
        if self.proposer is None:
            return found
        return {**found, "proposer": self.proposer.json(), **({} if self.by_backend else {"agreed": self.agrees})}

    def line(self) -> str:
        """One line for people, the warnings under it."""
        found, by = self.proposal, f" ({self.proposer.backend})" if self.by_backend and self.proposer else ""
        head = f"{found.start}-{found.end} {found.kind}: {' '.join(found.quote.split())}{by}"
        return "\n".join([head, *(f"    look again: {warning}" for warning in self.warnings)])


def findings_of(
    text: str,
    proposals: Sequence[Found],
    words: Sequence[Word],
    *,
    proposer: Proposer | None = None,
    agreed: frozenset[int] = frozenset(),
    warnings: Sequence[tuple[str, ...]] | None = None,
) -> Iterator[Finding]:
    """Each proposal of a text with what its scan, if it has one, makes doubtful, and who proposes it.

    `agreed` are the numbers of those with which a back end agrees, `warnings` those of a back end, one tuple each.
    """
    for number, proposal in enumerate(proposals):
        told = warnings[number] if warnings else ()
        finding = Finding(proposal, warnings=told, proposer=proposer, agrees=number in agreed)
        read = legibility_of(proposal, text, words) if words else None
        if read is not None:
            under = tuple(word for word in read.words if isinstance(word, Word))
            finding = replace(finding, words=under, confidence=read.confidence, warnings=(*read.warnings, *told))
        yield finding
