"""Posterior-predictive checks: a model that made the table passes, one that could not have made it does not."""

import numpy as np
import pytest

from esep.estimate.histories import CaptureTable
from esep.estimate.predictive import check_prediction, replicate

CHANCES, SHARES = np.array([[0.5], [0.4], [0.3]]), np.ones(1)


def independent_table(people: int, seed: int) -> CaptureTable:
    rows = np.random.default_rng(seed).random((people, 3)) < CHANCES[:, 0]
    return CaptureTable.from_rows(rows[rows.any(axis=1)], lists=("a", "b", "c"))


def check(table: CaptureTable) -> dict[str, float]:
    draws = 400
    found = check_prediction(
        table, np.tile(CHANCES, (draws, 1, 1)), np.tile(SHARES, (draws, 1)), rng=np.random.default_rng(1)
    )
    return {row["count"]: row["p"] for row in found}


def test_the_model_that_made_the_table_passes():
    prob = check(independent_table(2000, seed=2))
    assert set(prob) == {"f_1", "f_2", "a and b", "a and c", "b and c"}
    assert all(0.005 < p < 0.995 for p in prob.values())


def test_two_lists_that_follow_each_other_show_in_their_pair():
    table = independent_table(2000, seed=3)
    both = table.patterns & np.uint64(3)
    codes = np.where(both > 0, table.patterns | np.uint64(3), table.patterns)
    prob = check(CaptureTable.from_codes(codes, table.counts, lists=table.lists))
    assert prob["a and b"] < 0.01


@pytest.mark.parametrize("lists", [3, 14])
def test_a_replicate_has_as_many_people_and_no_impossible_pattern(lists):
    table = CaptureTable.from_codes([1, 2, 4], [50, 60, 70], lists=[str(j) for j in range(lists)], structural_zero=[3])
    patterns, counts = replicate(table, np.full((lists, 1), 0.3), SHARES, rng=np.random.default_rng(4))
    assert counts.sum() == pytest.approx(180, abs=2)
    assert 3 not in patterns
    assert 0 not in patterns
