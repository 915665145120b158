"""Published capture tables and the peers' figures on them, typed into tests/oracles/estimate."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from esep.estimate import CaptureTable
from esep.estimate.latent_class.cells import cells_of, start_from_prior
from esep.estimate.latent_class.chain import Chain
from esep.estimate.latent_class.settings import LatentClassSettings

ORACLES = Path(__file__).resolve().parents[1] / "oracles" / "estimate"


@pytest.fixture(scope="session")
def oracle() -> Callable[[str], Any]:
    return lambda name: json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def published(oracle) -> Callable[[str], CaptureTable]:
    """Capture table by the name of the data set."""
    tables = oracle("tables")["tables"]
    return lambda name: CaptureTable.from_patterns(tables[name]["counts"], lists=tables[name]["lists"])


@pytest.fixture(scope="session", autouse=True)
def compiled_sampler() -> None:
    """Compile the latent class loop once (some seconds on a new machine), so that no test's time holds it."""
    table = CaptureTable.from_patterns({"100": 4, "010": 3, "001": 2, "110": 1})
    cells, settings, rng = cells_of(table), LatentClassSettings(), np.random.default_rng(1)
    Chain(cells, settings, start_from_prior(cells, settings, rng=rng), rng).run(1)
