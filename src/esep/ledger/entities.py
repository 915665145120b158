"""Which records are one person: under decided judgements, or under proposals too, to see what they would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from esep.errors import WrongUse
from esep.ledger.identity import IDENTIFIED, Clusters, Judgement, cluster

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

Identity = Literal["decided", "proposed"] | Mapping[str, str]
"""`decided` (the default, the only one publishing accepts), `proposed`, or a draw: a mapping record -> label."""


def entities(ledger: Ledger, *, known_on: KnownOn = None, identity: Identity = "decided") -> Clusters:
    """Clusters of records as known on a moment."""
    upto = ledger.position(known_on)
    judgements = list(ledger.judgements(known_on=upto))
    first = first_seqs(ledger, known_on=upto)
    if isinstance(identity, Mapping):
        return cluster(_drawn(identity), first_seq=first)
    if identity == "proposed":
        judgements += _proposed(ledger, judgements, upto)
    elif identity != "decided":
        raise WrongUse(f"identity {identity!r} is not known", hint="use decided, proposed, or a draw")
    return cluster(judgements, first_seq=first)


def first_seqs(ledger: Ledger, *, known_on: KnownOn = None) -> dict[str, int]:
    """Seq of the first claim about each record that can be judged, in the order of the ledger."""
    upto = ledger.position(known_on)
    rows = ledger.database.rows("SELECT subject, min(seq) FROM claim WHERE seq <= ? GROUP BY subject", [upto])
    found = [(seq, subject) for subject, seq in rows if subject.partition(":")[0] in IDENTIFIED]
    return {subject: seq for seq, subject in sorted(found)}


def _proposed(ledger: Ledger, decided: Iterable[Judgement], upto: int) -> list[Judgement]:
    settled = {judgement.pair for judgement in decided}
    pairs = (proposal for proposal in ledger.proposals(kind="same", known_on=upto))
    return [
        Judgement(proposal.id, upto + number, "same", proposal.subject, proposal.grounds)
        for number, proposal in enumerate(pairs, start=1)
        if (proposal.subject, proposal.grounds) not in settled
    ]


def _drawn(labels: Mapping[str, str]) -> list[Judgement]:
    first: dict[str, str] = {}
    drawn = []
    for number, (record, label) in enumerate(labels.items(), start=1):
        other = first.setdefault(label, record)
        if other != record:
            drawn.append(Judgement(f"draw-{number}", number, "same", other, record))
    return drawn
