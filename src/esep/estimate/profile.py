"""Profile likelihood of the number of unseen people, for any model fitted to the completed table.

l(n0) = log (n + n0)! / n0! + sum of n_x log p_x + n0 log p_0, with p the fitted shares of the table that has n0 in the
cell of no list (Cormack 1992; Rcapture's closedpCI is the peer). The interval is where 2 (max l - l) stays below the
chi-square quantile with one degree of freedom. Work is done in log(n0 + 1/2).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaincinv, gammaln, psi

from esep.estimate import newton
from esep.estimate.existence import Standing
from esep.estimate.newton import Floats

FARTHEST = 1e6
"""The upper end is open when the likelihood is still above the cut at this many times the people seen."""

Shares = Callable[[float], tuple[float, float]]
"""n0 -> (sum of n_x log(p_x / (1 - p_0)) over the seen cells, log p_0) of the completed fit."""


@dataclass(frozen=True)
class Profile:
    """`point`, `low`, `high`: unseen people at the maximum and the ends (`high` inf when open); `at_zero`: low is 0."""

    point: float
    low: float
    high: float
    log_likelihood: Callable[[float], float]

    def curve(self, observed: int, *, points: int = 21) -> dict[str, list[float]]:
        """The profile for a plot: people in all, and log likelihood below its maximum."""
        end = self.high if math.isfinite(self.high) else 20 * (self.point + observed)
        grid = np.exp(np.linspace(math.log(self.low + 0.5), math.log(end + 0.5), points)) - 0.5
        top = self.log_likelihood(self.point)
        drops = [self.log_likelihood(float(max(n0, 0.0))) - top for n0 in grid]
        return {"population": [float(observed + n0) for n0 in grid], "log_likelihood": drops}


def log_rising(n0: float, n: float) -> float:
    """Give log (n + n0)! / n0!, without the digits that a difference of log-gammas loses when n0 is large."""
    z = n0 + 1
    if z < 1e4:
        return float(gammaln(z + n) - gammaln(z))
    return (z - 0.5) * math.log1p(n / z) + n * math.log(z + n) - n + (1 / (z + n) - 1 / z) / 12


def profile(shares: Shares, *, observed: int, start: float, level: float) -> Profile:
    """Maximum and interval by Brent's method. `start`: a guess at the unseen, in people."""

    def at(n0: float) -> float:
        seen, log_p0 = shares(n0)
        log_seen = math.log(-math.expm1(log_p0)) if log_p0 < 0 else -math.inf
        return log_rising(n0, observed) + seen + observed * log_seen + n0 * log_p0

    def slope(y: float) -> float:  # the fit is a maximum for each n0, so only the direct dependence on n0 counts
        n0 = max(math.exp(y) - 0.5, 0.0)
        return float(psi(observed + n0 + 1) - psi(n0 + 1)) + shares(n0)[1]

    def scaled(y: float) -> float:
        return at(max(math.exp(y) - 0.5, 0.0))

    floor, roof = math.log(0.5), math.log(FARTHEST * observed)
    top = _maximum(slope, math.log(min(max(start, 0.0), FARTHEST * observed / 10) + 0.5), floor, roof)
    cut = scaled(top) - float(gammaincinv(0.5, level))  # half the chi-square quantile
    low = _crossing(scaled, cut, top, floor)
    high = _crossing(scaled, cut, top, roof)
    return Profile(
        math.exp(top) - 0.5,
        0.0 if low is None else max(math.exp(low) - 0.5, 0.0),
        math.inf if high is None else math.exp(high) - 0.5,
        at,
    )


def _maximum(slope: Callable[[float], float], start: float, floor: float, roof: float) -> float:
    """Where the slope turns from up to down; an end when it never does."""
    step = 0.05
    left = right = start
    while left > floor and slope(left) < 0:
        left, step = max(left - step, floor), 3 * step
    if left == floor and slope(floor) <= 0:
        return floor
    step = 0.05
    while right < roof and slope(right) > 0:
        right, step = min(right + step, roof), 3 * step
    if right == roof and slope(roof) >= 0:
        return roof
    return left if left == right else float(brentq(slope, left, right, xtol=1e-9, rtol=1e-10))


def _crossing(function: Callable[[float], float], cut: float, top: float, end: float) -> float | None:
    """Where the profile falls to the cut between the top and the end; None when it never does."""
    if function(end) >= cut:
        return None
    inner, step = top, math.copysign(0.25, end - top)
    outer = top
    while function(outer) >= cut:
        inner, outer = outer, outer + step
        step *= 2
        if (outer - end) * step >= 0:
            outer = end
            break
    return float(brentq(lambda y: function(y) - cut, inner, outer, xtol=1e-9, rtol=1e-10))


def loglinear_shares(counts: Floats, standing: Standing) -> Shares:
    """Completed fits of a log-linear model: counts float64[2^k], entry 0 ignored. Warm-started from fit to fit."""
    terms = newton.pad_terms([standing.basis])
    cells = np.zeros((1, len(counts)), dtype=bool)
    cells[0, [0, *standing.cells]] = True
    people = counts[None, :].astype(float)
    seen = np.array([cell for cell in standing.cells if counts[cell] > 0])
    warm: list[tuple[float, Floats]] = []

    def shares(n0: float) -> tuple[float, float]:
        completed = people.copy()
        completed[0, 0] = n0
        near = [mu for before, mu in warm if 0.2 < (n0 + 0.5) / (before + 0.5) < 5]
        fit = newton.fit(completed, terms, cells, start=near[0] if near else None)
        warm[:] = [(n0, fit.mu)]
        mu, rest = fit.mu[0], fit.mu[0, 1:].sum()
        log_p0 = float(np.log(mu[0]) - np.log(mu.sum())) if mu[0] < rest else float(-np.log1p(rest / mu[0]))
        return float((counts[seen] * np.log(mu[seen] / rest)).sum()), log_p0

    return shares
