"""How far two readers agree who do not see each other's answers (Cohen 1960)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from esep.linkage.records import Verdict

Item = TypeVar("Item")
_LEAST = 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers on the pairs that both answered.

    `observed` share of equal answers, `by_chance` the share expected from how often each gives each answer,
    `kappa` = (observed - by_chance) / (1 - by_chance); None with a `status` that says why it cannot be computed.
    """

    pairs: int
    observed: float | None
    by_chance: float | None
    kappa: float | None
    standard_error: float | None
    status: str

    def text(self) -> str:
        """One line."""
        if self.kappa is None or self.observed is None or self.standard_error is None:
            return f"{self.pairs} pairs read twice: {self.status}"
        return (
            f"{self.pairs} pairs read twice, {self.observed:.0%} answered alike, kappa {self.kappa:.2f} "
            f"(standard error {self.standard_error:.2f}){'' if self.status == 'ok' else '; ' + self.status}"
        )


def kappa(first: Mapping[Item, Verdict], second: Mapping[Item, Verdict]) -> Agreement:
    """Agreement over the items that both readers answered; the standard error is the simple one of Cohen 1960."""
    both = sorted(set(first) & set(second), key=repr)
    if not both:
        return Agreement(0, None, None, None, None, "nothing was read by both")
    observed = sum(first[item] == second[item] for item in both) / len(both)
    one, two = Counter(first[item] for item in both), Counter(second[item] for item in both)
    chance = sum(one[verdict] * two[verdict] for verdict in one) / len(both) ** 2
    if chance == 1.0:
        return Agreement(len(both), observed, chance, None, None, "both readers always gave one and the same answer")
    error = math.sqrt(observed * (1 - observed) / len(both)) / (1 - chance)
    status = "ok" if len(both) >= _LEAST else f"fewer than {_LEAST} pairs say little"
    return Agreement(len(both), observed, chance, (observed - chance) / (1 - chance), error, status)


def double_blind_sample(items: Sequence[Item], *, share: float = 0.1, rng: np.random.Generator) -> list[Item]:
    """A random share of items, at least one, for a second reader who does not see the first answer nor the score."""
    if not items:
        return []
    number = max(1, round(share * len(items)))
    return [items[place] for place in sorted(rng.choice(len(items), size=number, replace=False).tolist())]
