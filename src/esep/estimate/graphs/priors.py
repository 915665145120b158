"""Priors on the size of a population, as averaging over graphs uses them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.errors import EstimateError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PopulationPrior:
    """Prior on N, up to a constant.

    kind "1/N" (the default of the field: equal weight to every doubling), "uniform", or "negative-binomial" with
    `mean` and `size`. `most`: no N above this one (needed to make "uniform" proper).
    """

    kind: str = "1/N"
    most: float = float("inf")
    mean: float = float("nan")
    size: float = float("nan")

    def __post_init__(self) -> None:
        """Refuse a kind that is not known, and a negative binomial without its two numbers."""
        if self.kind not in {"1/N", "uniform", "negative-binomial"}:
            raise EstimateError(
                f"unknown prior on the population: {self.kind!r}", hint="use 1/N, uniform or negative-binomial"
            )
        if self.kind == "negative-binomial" and not (self.mean > 0 and self.size > 0):
            raise EstimateError("the negative-binomial prior needs mean > 0 and size > 0", hint="give both")

    def log_density(self, population: Floats) -> Floats:
        """Log prior of each N, minus infinity above `most`."""
        if self.kind == "uniform":
            density = np.zeros_like(population)
        elif self.kind == "1/N":
            density = -np.log(np.maximum(population, 1.0))
        else:
            density = self._negative_binomial(population)
        return np.where(population > self.most, -np.inf, density)

    @property
    def tail_power(self) -> float:
        """Power of N to which the prior tends; minus infinity where it ends or falls exponentially."""
        if np.isfinite(self.most) or self.kind == "negative-binomial":
            return float("-inf")
        return -1.0 if self.kind == "1/N" else 0.0

    def _negative_binomial(self, population: Floats) -> Floats:
        from scipy.special import gammaln  # noqa: PLC0415

        share = self.mean / (self.mean + self.size)
        result: Floats = (
            gammaln(population + self.size) - gammaln(population + 1.0) + population * np.log(share)
        )
        return result
