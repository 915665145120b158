"""What people answered about pairs: live judgements with author, time and reason, and where authors differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from esep.ledger.claims import JUDGEMENTS
from esep.linkage.records import Verdict

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

Pair = tuple[str, str]
"""Two record ids, the smaller one first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One live judgement: the claim `cid`, the pair, what was said, by whom, when and why."""

    cid: str
    pair: Pair
    verdict: Verdict
    by: str
    at: str
    reason: str


def answers(ledger: Ledger, *, known_on: KnownOn = None) -> list[Answer]:
    """Every live answer as known on a moment, in the order of the ledger."""
    found = []
    for claim in ledger.claims(props=sorted(JUDGEMENTS), known_on=known_on):
        note = claim.value if isinstance(claim.value, dict) else {}
        one, two = sorted((claim.subject, claim.target or ""))
        told = (str(note.get(field) or "") for field in ("by", "at", "reason"))
        found.append(Answer(claim.cid, (one, two), cast("Verdict", claim.prop), *told))
    return found


def by_author(given: Iterable[Answer]) -> dict[str, dict[Pair, Answer]]:
    """The last answer of each author about each pair."""
    found: dict[str, dict[Pair, Answer]] = defaultdict(dict)
    for answer in given:
        found[answer.by][answer.pair] = answer
    return dict(found)


def by_pair(given: Iterable[Answer]) -> dict[Pair, tuple[Answer, ...]]:
    """The last answer of each author, gathered by pair in the order of the ledger."""
    found: dict[Pair, dict[str, Answer]] = defaultdict(dict)
    for answer in given:
        found[answer.pair].pop(answer.by, None)
        found[answer.pair][answer.by] = answer
    return {pair: tuple(said.values()) for pair, said in found.items()}


def is_disputed(said: Sequence[Answer]) -> bool:
    """Whether people differ on a pair: as many say «same» as «different». Somebody unsure takes no side."""
    votes = Counter(answer.verdict for answer in said)
    return votes["same"] == votes["different"] > 0


def disputed(given: Iterable[Answer]) -> Mapping[Pair, tuple[Answer, ...]]:
    """Pairs on which people differ, with what each said."""
    return {pair: said for pair, said in by_pair(given).items() if is_disputed(said)}


def rejected_pairs(ledger: Ledger, *, known_on: KnownOn = None) -> set[Pair]:
    """Pairs of which somebody rejected the proposal without a judgement of his own: they are not asked again."""
    answered = {claim.target for claim in ledger.claims(props=["decision"], known_on=known_on)}
    held = ledger.proposals(kind="same", known_on=known_on)
    return {(one.subject, one.grounds) for one in held if one.id in answered}


def cid_at(ledger: Ledger, seq: int) -> str:
    """The cid of the claim at a position."""
    row = ledger.database.one("SELECT cid FROM claim WHERE seq = ?", [seq])
    return str(row[0]) if row else ""
