"""Why a pair was scored as it was: each field in words with the evidence it adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from esep.linkage.comparison import Field, comparisons
from esep.linkage.engine import Scored
from esep.linkage.records import Record
from esep.names import compare


@dataclass(frozen=True, slots=True)
class Reason:
    """What one field showed: its name, in words, and nats for (above 0) or against; 0 when it is not stated."""

    field: str
    said: str
    nats: float


def field_reasons(scored: Scored, place: int, *, fields: Sequence[Field] | None = None) -> tuple[Reason, ...]:
    """Evidence of each field for the pair at a place in `scored`; what is not stated on one side is said so."""
    found = []
    for number, field in enumerate(fields or comparisons()):
        gamma = int(scored.gammas[place, number])
        said = "not stated on one side" if gamma < 0 else field.levels[len(field.levels) - 1 - gamma].label
        found.append(Reason(field.name, said, round(float(scored.parts[place, number]), 2)))
    return tuple(found)


def in_words(reasons: Sequence[Reason], left: Record, right: Record) -> tuple[str, ...]:
    """Sentences for a reader, the heaviest first; names are told by the comparison of names itself."""
    weighed = sorted((reason for reason in reasons if reason.nats), key=lambda reason: -abs(reason.nats))
    lines = []
    for reason in weighed:
        said = "; ".join(compare(left.name, right.name).reasons) if reason.field == "name" else reason.said
        lines.append(f"{reason.field}: {said} ({reason.nats:+.1f})")
    return tuple(lines)


def probability(log_odds: float) -> float:
    """Probability of natural log odds."""
    return float(1.0 / (1.0 + np.exp(-np.clip(log_odds, -700, 700))))
