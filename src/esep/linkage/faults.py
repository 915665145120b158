"""How often names of each list agree badly or say little, learnt from the list itself.

Names that agree badly speak less against one person where a list is full of typing errors, unsure spellings and
initials, and more where two careful registers disagree. One share for all lists would leave records of the worst list
alone: on made lists 7 of 35 people of the least careful one, too many by a fifth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from esep.linkage.comparison import NAME_CUTS
from esep.linkage.engine import Scored
from esep.linkage.features import Features

GOOD_NAMES = 9.0
"""Nats of names from which a link rests on them without a fault. Short and common names reach it seldom too."""
_GOOD_LEVEL = NAME_CUTS.index(GOOD_NAMES) + 1
_KNOWN_LINKS = 30.0
"""What all lists show counts as much as so many links of a list of its own."""
_ROUNDS = 50
_LEAST, _MOST = 0.005, 3.0


@dataclass(frozen=True)
class Faults:
    """Faults a record of each list brings to a comparison of names (mean of a Poisson count), and `share`, the share of
    all links that rest on names with a fault.
    """

    of_list: Mapping[str, float]
    share: float

    def rate(self, name: str) -> float:
        """Faults of a list; of a list that is not known, as of a list in general."""
        return self.of_list.get(name, float(-np.log1p(-self.share)) / 2)


NO_FAULTS = Faults({}, 0.0)


def list_faults(scored: Scored, found: Sequence[Features], *, odds: NDArray[np.float64]) -> Faults:
    """Faults of lists from pairs and their log odds.

    A link rests on good names when neither record brings a fault. Expectation and maximisation over who is one person
    and which record brought the fault; pairs without names are left out.
    """
    names = sorted({one.list for one in found})
    named = scored.gammas[:, 0] >= 0
    scored, odds = scored.taken(named), odds[named]
    one, two, faulty = _sides(scored, found, names)
    usual = _usual(odds, faulty)
    if not 0 < usual < 1 or len(names) < 2:
        return NO_FAULTS
    usual = float(np.clip(usual, -np.expm1(-2 * _LEAST), -np.expm1(-2 * _MOST)))  # as rates are, or all would weigh
    rate = np.full(len(names), -np.log1p(-usual) / 2)
    mean = rate.copy()
    for _ in range(_ROUNDS):
        both = rate[one] + rate[two]
        matches = _shares(odds + _worth(both, faulty, usual))
        caused = np.where(faulty, matches / -np.expm1(-both), 0.0)
        seen, causes = np.full(len(names), _KNOWN_LINKS), _KNOWN_LINKS * mean
        for side in (one, two):
            seen += np.bincount(side, weights=matches, minlength=len(names))
            causes += np.bincount(side, weights=caused * rate[side], minlength=len(names))
        new = np.clip(causes / seen, _LEAST, _MOST)
        done = bool(np.abs(new - rate).max() < 1e-5)
        rate = new
        if done:
            break
    return Faults(dict(zip(names, rate.tolist(), strict=True)), usual)


def with_faults(scored: Scored, found: Sequence[Features], faults: Faults) -> Scored:
    """`scored` with the weight of names changed by what their lists are like."""
    if not faults.of_list:
        return scored
    names = sorted({one.list for one in found})
    rate = np.array([faults.rate(name) for name in names])
    one, two, faulty = _sides(scored, found, names)
    worth = np.where(scored.gammas[:, 0] >= 0, _worth(rate[one] + rate[two], faulty, faults.share), 0.0)
    parts = scored.parts.copy()
    parts[:, 0] += worth.astype(np.float32)
    return replace(scored, weight=scored.weight + worth, parts=parts)


def _worth(both: NDArray[np.float64], faulty: NDArray[np.bool_], usual: float) -> NDArray[np.float64]:
    """Nats that a good or a bad agreement is worth more between these two lists than between all."""
    found: NDArray[np.float64] = np.where(faulty, np.log(-np.expm1(-both) / usual), -both - np.log1p(-usual))
    return found


def _sides(
    scored: Scored, found: Sequence[Features], names: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Number of the list of each record of each pair, and whether their names agree with a fault."""
    numbers = {name: number for number, name in enumerate(names)}
    lists = np.array([numbers[one.list] for one in found], dtype=np.int64)
    level = len(NAME_CUTS) - scored.gammas[:, 0]
    faulty = (scored.gammas[:, 0] >= 0) & (level < _GOOD_LEVEL)
    return lists[scored.left], lists[scored.right], faulty


def _usual(odds: NDArray[np.float64], faulty: NDArray[np.bool_]) -> float:
    matches = _shares(odds)
    return float(matches[faulty].sum() / max(matches.sum(), 1e-9))


def _shares(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(odds, -500, 500)))
    return found
