"""How far two readers agree who do not see each other's answers (Cohen 1960)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import TypeVar

import numpy as np

from esep.linkage.records import Verdict

Item = TypeVar("Item")
_LEAST = 10
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers on the pairs that both answered.

    `observed` share of equal answers, `by_chance` the share expected from how often each gives each answer,
    `kappa` = (observed - by_chance) / (1 - by_chance); None with a `status` that says why it cannot be computed.
    `low` and `high` bound kappa at `level`: Wilson's interval of the observed share with the share by chance held
    fixed, as Cohen's standard error holds it, so that full agreement on a few pairs is not taken for certainty.
    `table` counts pairs by the answers of the first and the second reader.
    """

    pairs: int
    observed: float | None
    by_chance: float | None
    kappa: float | None
    standard_error: float | None
    status: str
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    table: Mapping[tuple[Verdict, Verdict], int] = field(default_factory=dict)

    def text(self) -> str:
        """One line."""
        if self.kappa is None or self.low is None or self.high is None:
            return f"{self.pairs} pairs read twice: {self.status}"
        return (
            f"{self.pairs} pairs read twice, {self.observed:.0%} answered alike, kappa {self.kappa:.2f} "
            f"({self.low:.2f} to {self.high:.2f} at level {self.level:g})"
            f"{'' if self.status == 'ok' else '; ' + self.status}"
        )


def kappa(first: Mapping[Item, Verdict], second: Mapping[Item, Verdict], *, level: float = 0.95) -> Agreement:
    """Agreement over the items that both readers answered; the standard error is the simple one of Cohen 1960."""
    both = sorted(set(first) & set(second), key=repr)
    if not both:
        return Agreement(0, None, None, None, None, "nothing was read by both")
    table = Counter((first[item], second[item]) for item in both)
    observed = sum(table[verdict, verdict] for verdict in VERDICTS) / len(both)
    one, two = Counter(first[item] for item in both), Counter(second[item] for item in both)
    chance = sum(one[verdict] * two[verdict] for verdict in one) / len(both) ** 2
    if chance == 1.0:
        alike = "both readers always gave one and the same answer"
        return Agreement(len(both), observed, chance, None, None, alike, level=level, table=table)
    error = math.sqrt(observed * (1 - observed) / len(both)) / (1 - chance)
    low, high = ((share - chance) / (1 - chance) for share in _wilson(observed, len(both), level=level))
    status = "ok" if len(both) >= _LEAST else f"fewer than {_LEAST} pairs say little"
    point = (observed - chance) / (1 - chance)
    return Agreement(len(both), observed, chance, point, error, status, max(-1.0, low), min(1.0, high), level, table)


def _wilson(share: float, number: int, *, level: float) -> tuple[float, float]:
    """Interval of a share (Wilson 1927)."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (share + z * z / (2 * number)) / (1 + z * z / number)
    half = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number**2)) / (1 + z * z / number)
    return max(0.0, middle - half), min(1.0, middle + half)


def double_blind_sample(items: Sequence[Item], *, share: float = 0.1, rng: np.random.Generator) -> list[Item]:
    """A random share of items, at least one, for a second reader who does not see the first answer nor the score."""
    if not items:
        return []
    number = max(1, round(share * len(items)))
    return [items[place] for place in sorted(rng.choice(len(items), size=number, replace=False).tolist())]
