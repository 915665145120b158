"""The frozen bench: what may not get worse without somebody noticing."""

import csv
import sys
from pathlib import Path

import pytest

from esep.names.comparison import scores

BENCH = Path(__file__).parents[2] / "benchmarks/names"


@pytest.fixture(autouse=True)
def _bench_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])


def test_made_pairs_of_all_scripts_are_told_apart() -> None:
    from measures import auc

    with (BENCH / "cases/made_pairs.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))[:1000]
    found = scores((row["left"], row["right"]) for row in rows)
    assert auc([row["same"] == "1" for row in rows], [score or 0.0 for score in found]) >= 0.985


def test_the_area_under_the_curve_counts_ties_half() -> None:
    from measures import auc

    assert auc([True, False], [1.0, 0.0]) == 1.0
    assert auc([True, False], [0.5, 0.5]) == 0.5
    assert auc([True, True, False], [0.9, 0.1, 0.5]) == 0.5


def test_precision_and_recall_are_counted_from_the_threshold_up() -> None:
    from measures import precision_recall

    assert precision_recall([True, False, True], [0.9, 0.5, 0.4], 0.5) == (0.5, 0.5)


def test_the_generator_gives_the_same_pairs_for_the_same_seed() -> None:
    from random import Random

    from made_pairs import made_pairs

    one, two = made_pairs(Random(5), number=40), made_pairs(Random(5), number=40)
    assert one == two
    assert sum(pair.same for pair in one) == 20
