"""The fixed suite of simulated tables on which intervals are judged. Seeds and cells were fixed before the first run.

A scenario says how N people come to be on k lists; `right` names the methods whose assumptions hold there. The seed of
a table follows from scenario, k, N and its number alone, so a run can stop and go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20111216
ANALYTIC_TABLES, BOOTSTRAP_TABLES = 400, 100
SIZES = (100, 1_000, 10_000)
CHANCES = (0.05, 0.4)
"""Chance of being on the first and on the last list; the lists between are evenly spaced."""

ANALYTIC = (
    "chapman", "chao-bound", "coverage-independent", "coverage-low", "loglinear-independent", "heterogeneity-chao",
    "heterogeneity-darroch", "loglinear-bic", "loglinear-average",
)  # fmt: skip
BOOTSTRAP = ("loglinear-bic-bootstrap", "loglinear-stepwise")
SELECTING = ("loglinear-average", *BOOTSTRAP)

Probabilities = Callable[[int], NDArray[np.float64]]


@dataclass(frozen=True)
class Scenario:
    """`cells`: k -> probability of each of the 2^k patterns; `lists`: the k that are tried."""

    name: str
    cells: Probabilities
    lists: tuple[int, ...]
    right: tuple[str, ...]


def _independent(k: int) -> NDArray[np.float64]:
    return _product(np.linspace(*CHANCES, k))


def _product(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    k = len(chances)
    on = (np.arange(1 << k)[:, None] >> np.arange(k)) & 1 == 1
    return np.where(on, chances, 1 - chances).prod(axis=1)


def _two_classes(k: int) -> NDArray[np.float64]:
    """Eight in ten people are hard to list (chances as above, halved), two in ten easy (0.5 to 0.8)."""
    return 0.8 * _product(np.linspace(*CHANCES, k) / 2) + 0.2 * _product(np.linspace(0.5, 0.8, k))


def _pair(odds_ratio: float) -> Probabilities:
    """The first two lists depend on each other; each list keeps its chance."""

    def cells(k: int) -> NDArray[np.float64]:
        chances = np.linspace(*CHANCES, k)
        joint = _joint(chances[0], chances[1], odds_ratio)
        rest = _product(chances[2:])
        return np.multiply.outer(rest, joint).ravel()

    return cells


def _joint(p: float, q: float, odds_ratio: float) -> NDArray[np.float64]:
    """2 x 2 table with margins p, q and the odds ratio, as patterns 00, 10, 01, 11 (Plackett's formula)."""
    s = 1 + (p + q) * (odds_ratio - 1)
    both = (s - np.sqrt(s * s - 4 * odds_ratio * (odds_ratio - 1) * p * q)) / (2 * (odds_ratio - 1))
    return np.array([1 - p - q + both, p - both, q - both, both])


SCENARIOS = (
    Scenario(
        "independent", _independent, (2, 3, 4, 5, 6),
        (
            "chapman", "chao-bound", "coverage-independent", "loglinear-independent", "heterogeneity-darroch",
            *SELECTING,
        ),
    ),
    Scenario("pair, odds ratio 3", _pair(3.0), (3, 4, 5), SELECTING),
    Scenario("pair, odds ratio 1/3", _pair(1 / 3), (3, 4, 5), SELECTING),
    Scenario("two classes", _two_classes, (3, 4, 5), ()),
)  # fmt: skip


def draw(scenario: Scenario, *, k: int, people: int, number: int) -> NDArray[np.int64]:
    """Counts of the 2^k patterns of one table, entry 0 (nobody lists them) set to 0."""
    name = f"{SEED} {scenario.name} {k} {people} {number}".encode()
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(name).digest()[:8], "big"))
    counts = rng.multinomial(people, scenario.cells(k))
    counts[0] = 0
    return counts
