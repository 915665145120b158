"""Groups that may be the same: one size, one status, one place. It only proposes; people decide.

Single people are proposed by linkage; a group has no name that linkage could compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from esep.ledger.proposals import Proposal, same_pair
from esep.names.keys import search_key
from esep.people.persons import Person

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger

RULE = "same-group-1"
LARGEST_BLOCK = 150
"""A key shared by more groups than this says too little to be worth a person's time for each pair."""


def propose_groups(ledger: Ledger, groups: Iterable[Person]) -> list[Proposal]:
    """Pairs of groups of one size with the same status in the same place that nobody has judged yet."""
    judged = {judgement.pair for judgement in ledger.judgements()}
    return [proposal for proposal in _alike(groups) if (proposal.subject, proposal.grounds) not in judged]


def _alike(groups: Iterable[Person]) -> Iterator[Proposal]:
    blocks: dict[str, list[Person]] = {}
    for group in groups:
        for key in sorted(_keys(group)):
            blocks.setdefault(key, []).append(group)
    offered: set[tuple[str, str]] = set()
    for key, block in sorted(blocks.items()):
        if not 1 < len(block) <= LARGEST_BLOCK:
            continue
        for one, other in combinations(block, 2):
            pair = (one.records[0], other.records[0])
            if pair not in offered:
                offered.add(pair)
                reason = "groups of one size with the same status in the same place"
                yield same_pair(*pair, payload={"reasons": [reason], "key": key}, rule=RULE)


def _keys(group: Person) -> set[str]:
    low, high = group.size
    return {f"{low}-{high} {line.status} {search_key(line.place or '')}" for line in group.statuses}
