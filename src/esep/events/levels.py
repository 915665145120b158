"""What people recorded about single figures: claims `corroboration` about tolls, read for the rule of verification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from esep.counts.toll_levels import TollFindings
from esep.counts.verification import Finding, read_finding
from esep.ledger.wanted import Evidence

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

PROP = "corroboration"


def toll_findings(ledger: Ledger, *, evidence: Evidence, known_on: KnownOn = None) -> TollFindings:
    """Findings by toll, in the order of recording; a claim that says no finding is listed with the reason."""
    found: dict[str, list[Finding]] = {}
    unread = []
    for claim in ledger.claims(kind="toll", props=[PROP], known_on=ledger.position(known_on)):
        standing = evidence.standing(claim.source)
        read = read_finding(claim.value, claim=claim.cid, evidence=claim.source, standing=standing)
        if isinstance(read, str):
            unread.append((claim.cid, read))
        else:
            found.setdefault(claim.subject, []).append(read)
    return TollFindings(found, tuple(unread), evidence.wanted)
