"""Two lists: Petersen, Chapman, and how far the answer moves when the lists depend on each other."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.errors import EstimateError
from esep.estimate.histories import CaptureTable
from esep.estimate.intervals import log_interval
from esep.estimate.methods import Progress, Recipe
from esep.estimate.results import CLOSED, EQUAL_CHANCES, INDEPENDENT, LINKED, Estimate

ODDS_RATIOS = (1 / 5, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.0, 3 / 2, 2.0, 3.0, 4.0, 5.0)
ASSUMPTIONS = (CLOSED, LINKED, INDEPENDENT, EQUAL_CHANCES)


def petersen(first: int, second: int, *, both: int) -> float:
    """Petersen's number: first * second / both. Counts of people; infinite when nobody is on both lists."""
    _check(first, second, both)
    return math.inf if both == 0 else first * second / both


def chapman(first: int, second: int, *, both: int) -> tuple[float, float]:
    """Chapman's nearly unbiased number and its standard error, in people (Chapman 1951; variance Seber 1970)."""
    _check(first, second, both)
    point = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return point, math.sqrt(variance)


def odds_ratio_curve(only_first: int, only_second: int, *, both: int) -> list[dict[str, float | None]]:
    """N if being on one list multiplied the odds of being on the other by `odds_ratio`: n + ratio * n10 n01 / n11.

    Two lists cannot tell which ratio is true; 1 is independence, above 1 the lists cover the same people more often.
    """
    seen = only_first + only_second + both
    return [
        {"odds_ratio": ratio, "point": seen + ratio * only_first * only_second / both if both else None}
        for ratio in ODDS_RATIOS
    ]


def _check(first: int, second: int, both: int) -> None:
    if min(first, second, both) < 0 or both > min(first, second):
        raise EstimateError(
            f"{both} people on both lists do not fit into lists of {first} and {second}", hint="check the overlap"
        )


def _petersen(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    first, second, both = _margins(table)
    point = petersen(first, second, both=both)
    error = math.sqrt(first * second * (first - both) * (second - both) / both**3)
    return _result(table, "petersen", point=point, error=error, level=level)


def _chapman(table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
    first, second, both = _margins(table)
    point, error = chapman(first, second, both=both)
    return _result(table, "chapman", point=max(point, table.n), error=error, level=level)


def _result(table: CaptureTable, name: str, *, point: float, error: float, level: float) -> Estimate:
    first, second, both = _margins(table)
    return Estimate.of(
        table, method=name, point=point, level=level, assumptions=ASSUMPTIONS,
        interval=log_interval(table.n, point, error, level=level),
        details={
            "standard_error": error,
            "on_both": both,
            "odds_ratio_sensitivity": odds_ratio_curve(first - both, second - both, both=both),
        },
    )  # fmt: skip


def _margins(table: CaptureTable) -> tuple[int, int, int]:
    return table.margin(1), table.margin(2), table.margin(3)


def pairwise(table: CaptureTable) -> list[dict[str, Any]]:
    """Every pair of lists: overlap, odds ratio given all other lists, Petersen's number for the pair alone.

    The odds ratio is the Mantel-Haenszel one over the patterns of the other lists, leaving out the pattern «no other
    list», whose fourth cell is the unseen, and patterns with a cell that cannot occur; None where the lists leave it
    open. A pair whose number stands far above the
    rest points to lists that avoid each other, one far below to lists that share a source.
    """
    return [_pair(table, i, j) for i in range(table.k) for j in range(i + 1, table.k)]


def _pair(table: CaptureTable, i: int, j: int) -> dict[str, Any]:
    first, second = int(table.list_sizes[i]), int(table.list_sizes[j])
    both = table.margin(1 << i | 1 << j)
    number, error = chapman(first, second, both=both)
    return {
        "lists": [table.lists[i], table.lists[j]],
        "on_both": both,
        "odds_ratio": _mantel_haenszel(table, i, j),
        "petersen": petersen(first, second, both=both) if both else None,
        "chapman": number,
        "standard_error": error,
    }


def _mantel_haenszel(table: CaptureTable, i: int, j: int) -> float | None:
    pair = np.uint64(1 << i | 1 << j)
    barred = table.structural_zero & ~pair  # a table in which a cell cannot be filled says nothing about the odds
    used = ((table.patterns & ~pair) != 0) & ~np.isin(table.patterns & ~pair, barred)
    _, stratum = np.unique(table.patterns[used] & ~pair, return_inverse=True)
    people, first, second = table.counts[used].astype(float), table.on(i)[used], table.on(j)[used]
    size = stratum.max(initial=-1) + 1

    def cell(inside: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(stratum.ravel(), weights=people * inside, minlength=size), dtype=float)

    whole = cell(np.ones_like(first))
    bottom = float((cell(first & ~second) * cell(~first & second) / whole).sum())
    return float((cell(first & second) * cell(~first & ~second) / whole).sum()) / bottom if bottom else None


PETERSEN = Recipe("petersen", 2, 2, _petersen)
CHAPMAN = Recipe("chapman", 2, 2, _chapman)
