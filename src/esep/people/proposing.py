"""What a run of linkage proposes: pairs of named persons that may be one, with probability and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from esep.ledger.proposals import Proposal, same_pair
from esep.people.answers import rejected_pairs
from esep.people.doubt import Doubt

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger

_LEAST = 0.05
"""Pairs less probable than this are not worth a person's time."""

_NEWS = 100
"""Thousandths by which a probability must differ from the one proposed last for the pair to be proposed anew."""


def propose_pairs(ledger: Ledger, doubt: Doubt) -> list[Proposal]:
    """Pairs that nobody has judged or joined; one that was proposed before only if there is news. It joins nobody."""
    judged = {one.pair for one in ledger.judgements(known_on=doubt.position)} | rejected_pairs(ledger)
    last = {(old.subject, old.grounds): old for old in ledger.proposals(kind="same")}
    fresh = []
    for found in _likely(doubt):
        pair = (found.subject, found.grounds)
        is_open = pair not in judged and doubt.standing[pair[0]] != doubt.standing[pair[1]]
        if is_open and _is_news(last.get(pair), found):
            fresh.append(found)
    return fresh


def _likely(doubt: Doubt) -> Iterator[Proposal]:
    known = {record.key: record.record_id for record in doubt.linkage.records}
    for link in doubt.linkage.links(above=_LEAST):
        payload = {"reasons": list(link.reasons), "probability_per_mille": round(1000 * link.probability)}
        yield same_pair(known[link.left], known[link.right], payload=payload, rule=doubt.rule)


def _is_news(old: Proposal | None, new: Proposal) -> bool:
    if old is None:
        return True
    return old.rule != new.rule or abs(_per_mille(old.payload) - _per_mille(new.payload)) >= _NEWS


def _per_mille(payload: Any) -> int:
    return int(payload.get("probability_per_mille", 0)) if isinstance(payload, dict) else 0
