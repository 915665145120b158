"""Rubin's rules for results from m imputed or relinked tables, on theta = log(unseen + 1/2).

An option beside pooled draws, which keep the skewness. Source: Rubin 1987, pages 76 to 77. The R package verdata has
1 / (m + 1) where Rubin has m / (m + 1), which gives far too few degrees of freedom; that is not followed here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit


@dataclass(frozen=True)
class Combined:
    """`point`, `low`, `high`: people on no list; `degrees_of_freedom` inf when all replicates agree."""

    point: float
    low: float
    high: float
    within: float
    between: float
    degrees_of_freedom: float


def degrees_of_freedom(m: int, *, within: float, between: float) -> float:
    """(m - 1) (1 + (m / (m + 1)) W / B)^2; infinite when B is 0."""
    return math.inf if between == 0 else (m - 1) * (1 + m / (m + 1) * within / between) ** 2


def combine(means: Sequence[float], variances: Sequence[float], *, level: float = 0.95) -> Combined:
    """From the mean and variance of log(unseen + 1/2) in each of m >= 2 replicates."""
    m = len(means)
    if m < 2 or len(variances) != m:
        raise ValueError(f"Rubin's rules need at least two replicates with a mean and a variance each, not {m}")
    centre, within = float(np.mean(means)), float(np.mean(variances))
    between = float(np.var(means, ddof=1))
    whole = within + (1 + 1 / m) * between
    df = degrees_of_freedom(m, within=within, between=between)
    width = float(stdtrit(min(df, 1e9), (1 + level) / 2)) * math.sqrt(whole)
    low, high = (max(math.exp(centre + sign * width) - 0.5, 0.0) for sign in (-1, 1))
    return Combined(math.exp(centre) - 0.5, low, high, within, between, df)
