"""Estimates as results of the house: text for people, an array of objects for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from esep.errors import WrongUse
from esep.estimate import CaptureDraws, Comparison, estimate_table
from esep.estimate.compare import DEFAULT_SEED
from esep.estimate.methods import Progress


@dataclass(frozen=True)
class Estimates:
    """All methods side by side. An estimate is people inferred; it is never called a count."""

    comparison: Comparison

    def text(self) -> str:
        """The table of methods, their spread, and what the lists cannot settle."""
        return self.comparison.text()

    def table(self) -> str:
        """The same as the text."""
        return self.comparison.text()

    def json(self) -> str:
        """A JSON array, one object a method: method, status, point, low, high, level, observed, details …"""
        return json.dumps(self.comparison.json(), ensure_ascii=False, indent=1, allow_nan=False)


def estimate_file(
    path: Path,
    *,
    lists: Sequence[str] | None = None,
    by: Sequence[str] | None = None,
    methods: Sequence[str] | str = "all",
    level: float = 0.95,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Estimates:
    """Estimate from a CSV with one 0/1 column a list and `n`, or one row a person. Raises `EstimateError`."""
    if not path.is_file():
        raise WrongUse(f"{path} is neither a case nor a file", hint="name a case folder or a CSV of capture histories")
    return Estimates(
        estimate_table(
            path, lists=lists, by=by, methods=methods, level=level, seed=_seed(seed), progress=progress
        )
    )


def estimate_captures(
    table: CaptureDraws,
    *,
    methods: Sequence[str] | str = "all",
    level: float = 0.95,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Estimates:
    """Estimate from the captures of a case, one table for each draw of who is who."""
    found = table if len(table.counts) > 1 else table.table(0)
    return Estimates(estimate_table(found, methods=methods, level=level, seed=_seed(seed), progress=progress))


def _seed(seed: int | None) -> int:
    return DEFAULT_SEED if seed is None else seed
