"""What each margin of a capture table says about the number unseen, under a hyper-Dirichlet prior.

Source: Madigan and York 1997 (Biometrika 84), section 3; Dawid and Lauritzen 1993 for the hyper-Dirichlet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.estimate.graphs.priors import PopulationPrior
from esep.estimate.histories import CaptureTable
from esep.estimate.log_gamma import log_gamma_ratio

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MarginScore:
    """Score of one set of lists as a function of n0: constant - log Gamma(start + n0 + step) / Gamma(start + n0).

    For n0 far above the observed number the score falls as -step * log n0.
    """

    constant: float
    start: float
    step: float

    def at(self, unseen: Floats) -> Floats:
        """Log score at each number unseen."""
        return self.constant - log_gamma_ratio(self.start + unseen, self.step)


def score_margin(table: CaptureTable, chosen: int, *, delta: float) -> MarginScore:
    """Log h(A) for the lists in the bit set `chosen`, with `delta` prior people in each full cell.

    h(A) = Gamma(a) / Gamma(a + N) prod_y Gamma(n_A(y) + d_A) / Gamma(d_A), a = 2^k delta, d_A = 2^(k-|A|) delta; only
    the cell of nobody on A holds the unseen, so it alone depends on n0.
    """
    from scipy.special import gammaln  # noqa: PLC0415  scipy loads on first use

    total = float(2**table.k) * delta
    each = float(2 ** (table.k - chosen.bit_count())) * delta
    cells, where = np.unique(table.patterns & np.uint64(chosen), return_inverse=True)
    people = np.bincount(where, weights=table.counts)
    nobody = float(people[cells == 0].sum())
    seen = people[cells != 0]
    constant = gammaln(total) + np.sum(log_gamma_ratio(each, seen)) - gammaln(each)
    return MarginScore(float(constant), each + nobody, total - each + float(seen.sum()))


def score_all_margins(table: CaptureTable, *, delta: float) -> list[MarginScore]:
    """Scores of all 2^k sets of lists in the order of their bit sets; the empty set scores 0."""
    scores = [score_margin(table, chosen, delta=delta) for chosen in range(1, 1 << table.k)]
    return [MarginScore(0.0, 1.0, 0.0), *scores]


def base_score(table: CaptureTable, unseen: Floats, *, prior: PopulationPrior) -> Floats:
    """The part of the log weight that all graphs share: N! / (n0! prod n_x!) times the prior on N."""
    from scipy.special import gammaln  # noqa: PLC0415

    ways = log_gamma_ratio(unseen + 1.0, table.n) - np.sum(gammaln(table.counts + 1.0))
    result: Floats = ways + prior.log_density(unseen + table.n)
    return result


def base_power(table: CaptureTable, *, prior: PopulationPrior) -> float:
    """Power of n0 to which the shared part tends; minus infinity where the prior ends the tail."""
    return table.n + prior.tail_power
