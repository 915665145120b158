"""Scores of clusters against a truth, worked out by hand."""

import pytest

from esep.linkage.evaluation import Judged, evaluate

FOUR = [Judged("x", "1", "a"), Judged("x", "1", "b"), Judged("x", "2", "a"), Judged("y", "2", "b")]


def test_pairs_are_counted_over_records():
    found = evaluate(FOUR, compared_true_pairs=1)
    assert (found.pairs.precision, found.pairs.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert found.blocking_recall == 0.5


def test_b_cubed_is_the_mean_over_records():
    found = evaluate(FOUR)
    assert found.b_cubed.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.b_cubed.recall == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)


def test_a_perfect_answer_has_one_everywhere():
    found = evaluate([Judged(one.truth, one.truth, one.list) for one in FOUR])
    assert found.pairs.f1 == found.b_cubed.f1 == found.clusters.f1 == 1.0
    assert found.within_list_false == 0.0


def test_records_merged_within_their_own_list_are_told():
    assert evaluate(FOUR).within_list_false == 0.5


def test_pairs_between_lists_are_scored_apart():
    by_list = evaluate(FOUR).by_list
    assert by_list["a", "b"].recall == 0.5
    assert by_list["a", "a"].precision == 0.0


def test_nothing_to_score_is_none_and_not_zero():
    found = evaluate([])
    assert found.pairs.f1 is None
    assert "-" in found.text()
