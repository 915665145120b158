import math

import numpy as np
import pytest

from esep.errors import EstimateError
from esep.estimate import CaptureTable, Status, method
from esep.estimate.chao import chao_bound
from esep.estimate.two_lists import chapman, odds_ratio_curve, pairwise, petersen


def run(name, table, *, seed=1):
    return method(name).run(table, level=0.95, seed=seed, progress=None)


def test_petersen_and_chapman_by_hand():
    assert petersen(60, 50, both=20) == 150
    point, error = chapman(60, 50, both=20)
    assert point == pytest.approx(61 * 51 / 21 - 1)
    assert error == pytest.approx(math.sqrt(61 * 51 * 40 * 30 / (21**2 * 22)))


def test_an_overlap_larger_than_a_list_is_refused():
    with pytest.raises(EstimateError, match="do not fit"):
        chapman(10, 5, both=6)


def test_odds_ratio_of_one_is_petersen_and_the_curve_rises():
    curve = odds_ratio_curve(40, 30, both=20)
    points = {row["odds_ratio"]: row["point"] for row in curve}
    assert points[1.0] == 150
    assert [row["point"] for row in curve] == sorted(points.values())
    assert points[5.0] == 90 + 5 * 40 * 30 / 20


def test_chao_bound_by_hand():
    unseen, error = chao_bound(np.array([6, 3, 1]), 4, n=20)
    assert unseen == pytest.approx((6 * 3 + 6 * 1 + 3 * 1) / 5)
    slopes = [1 + 4 / 5] * 6 + [1 + 7 / 5] * 3 + [1 + 9 / 5] + [1 - 27 / 25] * 4 + [1.0] * 6  # one entry a person
    assert error == pytest.approx(math.sqrt(sum(s * s for s in slopes) - sum(slopes) ** 2 / (20 + 27 / 5)))


def test_chao_bound_of_two_lists_is_chapman():
    table = CaptureTable.from_patterns({"10": 90, "01": 30, "11": 20})
    assert run("chao-bound", table).point == pytest.approx(run("chapman", table).point)


@pytest.mark.parametrize("chances", [(0.25, 0.25), (0.05, 0.4), (0.05, 0.2, 0.4), (0.25,) * 5, (0.05, 0.15, 0.3, 0.4)])
def test_chao_bound_is_right_on_average_for_equal_people_on_any_lists(chances):
    rng = np.random.default_rng(2)
    draws = rng.random((150, 4000, len(chances))) < np.array(chances)
    points = [run("chao-bound", CaptureTable.from_rows(rows[rows.any(axis=1)])).point for rows in draws]
    assert np.mean(points) == pytest.approx(4000, rel=0.015)


def test_chao_bound_stays_below_the_truth_where_people_differ():
    rng = np.random.default_rng(3)
    hard = rng.random((100, 4000, 1)) < 0.7
    lists = np.array([0.1, 0.3, 0.5])
    draws = rng.random((100, 4000, 3)) < np.where(hard, lists / 3, lists)
    points = [run("chao-bound", CaptureTable.from_rows(rows[rows.any(axis=1)])).point for rows in draws]
    assert 3000 < np.mean(points) < 4000 * 0.97


def test_chao_bound_leaves_out_pairs_of_lists_that_exclude_each_other():
    counts = {"100": 40, "010": 30, "001": 20, "101": 10, "011": 8}
    table = CaptureTable.from_patterns(counts, structural_zero=["110", "111"])
    assert run("chao-bound", table).point == pytest.approx(108 + (40 * 20 + 30 * 20) / 19)


DATA_SETS = (
    "Kosovo Korea UKdat UKdat_5 Ned NewOrl Western Artificial_3 duck bunting HAV Diabetes Congenital MadiganYork3 "
    "MadiganYork5"
).split()


@pytest.mark.parametrize("name", DATA_SETS)
def test_coverage_and_pairs_agree_with_care(published, oracle, name):
    peer, table = oracle("care1"), published(name)
    for label, ours in (("Indep", "independent"), ("HSC", "high"), ("LSC", "low")):
        expected = peer["estimates"][name].get(label)
        result = run(f"coverage-{ours}", table)
        if expected is None:
            assert result.status is Status.OUT_OF_RANGE
        else:  # nine digits were printed
            assert result.point == pytest.approx(expected, rel=1e-8)
    for row, (number, near, error) in zip(pairwise(table), peer["pairs"][name], strict=True):
        assert row["chapman"] == pytest.approx(near, rel=1e-8)
        assert row["standard_error"] == pytest.approx(error, rel=1e-8)
        assert row["petersen"] is None or row["petersen"] == pytest.approx(number, rel=1e-8)


@pytest.mark.parametrize(
    ("model", "ours"),
    [("Mth Chao (LB)", "chao"), ("Mth Poisson2", "poisson"), ("Mth Darroch", "darroch"), ("Mth Gamma3.5", "gamma")],
)
def test_heterogeneity_agrees_with_rcapture(published, oracle, model, ours):
    for name, rows in oracle("rcapture")["closedp_t"].items():
        result = run(f"heterogeneity-{ours}", published(name))
        if result.point is None:
            assert name == "Artificial_3"  # the peer prints 96 people of 96, with a standard error of nothing
            continue
        number, error, deviance, aic, _, _ = rows[model]
        assert result.point == pytest.approx(number, rel=1e-6), name
        assert result.details["standard_error"] == pytest.approx(error, rel=1e-4), name
        assert result.details["deviance"] == pytest.approx(deviance, rel=1e-6, abs=1e-6), name
        if ours != "chao":  # there the peer counts a ramp that its own fit leaves out (NewOrl)
            assert result.details["aic"] == pytest.approx(aic, rel=1e-6), name


def test_stepwise_ends_on_the_model_of_the_peer(published, oracle):
    for name, (model, number) in oracle("mse")["stepwise"].items():
        from esep.estimate import complexes, loglinear, stepwise

        table = published(name)
        path = stepwise.choose(table.dense()[None, :], table.k, possible=loglinear.possible_cells(table))
        assert complexes.name(path.models[0]) == model
        assert path.population[0] == pytest.approx(number, rel=1e-6)


def test_search_finds_the_enumerated_best_where_both_can_be_had(published):
    for name in ("UKdat_5", "MadiganYork5", "Western"):
        table = published(name)
        assert run("loglinear-search", table).details["model"] == run("loglinear-bic", table).details["model"]


def test_a_searched_model_is_called_searched(published):
    result = run("loglinear-search", published("NewOrl"))
    assert result.details["searched"] is True
    assert "searched" in result.details["note"]


def test_two_lists_give_petersen_by_every_road():
    table = CaptureTable.from_patterns({"10": 40, "01": 30, "11": 20})
    assert run("petersen", table).point == 150
    assert run("loglinear-independent", table).point == pytest.approx(150, rel=1e-12)


def test_a_method_says_when_the_lists_are_too_many_or_too_few(published):
    assert run("petersen", published("HAV")).status is Status.TOO_MANY_LISTS
    assert run("coverage-low", CaptureTable.from_patterns({"10": 4, "11": 3, "01": 2})).status is Status.TOO_FEW_LISTS
