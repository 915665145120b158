"""Choices of the latent class method, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.errors import EstimateError


@dataclass(frozen=True)
class LatentClassSettings:
    """Model: `classes` K at most; alpha ~ Gamma(`alpha_shape`, rate `alpha_rate`); chances ~ Beta(*`chance_prior`).

    Work: `chains` of `draws` trajectories each, doubled up to `most_draws` until they have settled; `warm_up`
    trajectories to tune each chain; `scouts` short chains and `ladders` tempered ones that look for other answers.
    `sensitivity`: other K to try. `seconds`: CPU seconds after which chains, and ladders, are not lengthened any more;
    a table whose shortest run costs five times that is refused. Defaults of the model are those of LCMCR
    (Manrique-Vallier 2016).
    """

    classes: int = 10
    alpha_shape: float = 0.25
    alpha_rate: float = 0.25
    chance_prior: tuple[float, float] = (1.0, 1.0)
    chains: int = 4
    draws: int = 1500
    most_draws: int = 12000
    warm_up: int = 1000
    scouts: int = 12
    ladders: int = 4
    sensitivity: tuple[int, ...] = (5, 20)
    seconds: float = 5.0

    def __post_init__(self) -> None:
        """Refuse what no sampler could run."""
        positive = (self.alpha_shape, self.alpha_rate, *self.chance_prior)
        if self.classes < 2 or self.chains < 2 or not all(value > 0 for value in positive):
            raise EstimateError(
                "latent classes need at least 2 classes, 2 chains and positive prior parameters",
                hint="the defaults are 10 classes, 4 chains, 0.25, 0.25 and (1, 1)",
            )

    def prior_numbers(self) -> NDArray[np.float64]:
        """The four numbers as the compiled loop wants them."""
        return np.array([self.alpha_shape, self.alpha_rate, *self.chance_prior], dtype=np.float64)
