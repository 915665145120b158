"""What a run will cost, worked out beforehand, so that no table keeps anybody waiting unannounced."""

from __future__ import annotations

from esep.estimate.latent_class.cells import Cells
from esep.estimate.latent_class.settings import LatentClassSettings

BASE, EACH = 0.6e-6, 1.3e-9  # seconds a gradient, and a product of cell, class and list; one core of 2.6 GHz
TRAJECTORY_STEPS = 60  # leapfrog steps of a mean trajectory
CALL = 25e-6  # seconds a call of the compiled loop costs beside its work


def gradient_seconds(cells: Cells, settings: LatentClassSettings) -> float:
    """CPU seconds of one gradient."""
    return BASE + EACH * len(cells.on) * settings.classes * cells.lists


def chain_seconds(cells: Cells, settings: LatentClassSettings, draws: int) -> float:
    """CPU seconds of all chains with their warm-up and so many draws each."""
    steps = (settings.warm_up + draws) * TRAJECTORY_STEPS
    return settings.chains * steps * gradient_seconds(cells, settings)


def ladder_seconds(cells: Cells, settings: LatentClassSettings, *, rounds: int, temperatures: int, steps: int) -> float:
    """CPU seconds of all ladders with `rounds` kept rounds and as many to settle in."""
    trajectories = settings.ladders * temperatures * (2 * rounds + 600)
    return trajectories * (steps * gradient_seconds(cells, settings) + CALL)
