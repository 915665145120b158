"""Proposals: what a program found and no person has decided. They never join or count by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from esep.canonical import identifier
from esep.ledger.acts import value_text

AUDIT = "audit"
"""Kind of an entry that keeps a random sample of pairs for an audit of linkage: nobody accepts or rejects it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One finding of a program.

    `kind` is `same` for a pair of records, or what was found in a text (quantity, person, action ...);
    `subject` is the source of the text or the smaller record of the pair, `grounds` the hash of the text or
    the other record; `payload` is what was found (spans, value, reasons, score parts as text or integers);
    `rule` names the rule or model with its version. The id is a hash of all five, so a rerun adds nothing.
    """

    kind: str
    subject: str
    grounds: str
    payload: Any
    rule: str

    @property
    def id(self) -> str:
        """SHA-256 over kind, subject, grounds, payload and rule."""
        return identifier("esep-proposal-1", self.kind, self.subject, self.grounds, self.payload, self.rule)

    def row(self, *, number: int, batch: int) -> tuple[Any, ...]:
        """Columns of the table `proposal`."""
        return self.id, number, self.kind, self.subject, self.grounds, value_text(self.payload), self.rule, batch


def same_pair(left: str, right: str, *, payload: Any, rule: str) -> Proposal:
    """Proposal that two records are the same, whichever of them is named first."""
    first, second = sorted((left, right))
    return Proposal("same", first, second, payload, rule)
