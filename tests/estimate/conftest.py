"""Published capture tables and the peers' figures on them, typed into tests/oracles/estimate."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esep.estimate import CaptureTable

ORACLES = Path(__file__).resolve().parents[1] / "oracles" / "estimate"


@pytest.fixture(scope="session")
def oracle() -> Callable[[str], Any]:
    return lambda name: json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def published(oracle) -> Callable[[str], CaptureTable]:
    """Capture table by the name of the data set."""
    tables = oracle("tables")["tables"]
    return lambda name: CaptureTable.from_patterns(tables[name]["counts"], lists=tables[name]["lists"])
