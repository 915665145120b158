"""The audit of missed links: a random sample of pairs that a run left apart, kept in the case, and what it says.

The sample is stored as one entry among the proposals (kind `audit`), with the number of pairs that each of its pairs
stands for: without it the answers could not be weighted. People answer its pairs like any others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from esep.errors import LinkageError
from esep.ledger.proposals import AUDIT, Proposal
from esep.linkage.audit import Audited, missed_share
from esep.linkage.draws import Missed
from esep.people.answers import Pair, answers

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger


def audit_entry(
    case: str, sample: Sequence[tuple[Pair, Audited]], *, links: int, position: int, seed: int, rule: str
) -> Proposal:
    """The entry that keeps a sample. `links` are those that the run had found: missed links are a share of them."""
    pairs = [[*pair, one.stratum, round(1000 * one.stands_for)] for pair, one in sample]
    payload = {"links": links, "seed": seed, "pairs": pairs}
    return Proposal(AUDIT, case, f"position {position}", payload, rule)


def last_audit(ledger: Ledger, *, known_on: KnownOn = None) -> Proposal | None:
    """The newest sample as known on a moment."""
    return next(reversed(list(ledger.proposals(kind=AUDIT, known_on=known_on))), None)


def audited_pairs(entry: Proposal) -> list[Pair]:
    """Pairs of a sample, by record ids, the smaller one first."""
    return [_pair(left, right) for left, right, _, _ in entry.payload["pairs"]]


def missed_in(
    ledger: Ledger, entry: Proposal, cluster_of: Mapping[str, int], *, known_on: KnownOn = None
) -> Missed | None:
    """Missed links by a sample, None while less than half of it is answered.

    `cluster_of` gives the cluster of each record now: pairs of the sample that are joined by now are missed no
    longer. The share found in the audit is taken to hold for lists that came since.
    """
    said = {answer.pair: answer.verdict for answer in answers(ledger, known_on=known_on)}
    sample, given = [], {}
    joined = 0
    for left, right, stratum, stands_for in entry.payload["pairs"]:
        one = Audited((left, 0), (right, 0), stratum, stands_for / 1000)
        sample.append(one)
        verdict = said.get(_pair(left, right))
        if verdict is not None:
            given[one.left, one.right] = verdict
            joined += verdict == "same" and left in cluster_of and cluster_of[left] == cluster_of.get(right)
    try:
        return missed_share(sample, given, links=entry.payload["links"], joined_since=joined)
    except LinkageError:
        return None


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left <= right else (right, left)
