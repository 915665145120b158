import numpy as np
import pytest

from esep.errors import EstimateError
from esep.estimate import CaptureTable, complexes, estimate_table, loglinear
from esep.estimate.diagnostics import cell_influence, leave_one_list_out, predictive_checks, table_warnings
from esep.estimate.simulation import simulate_coverage
from esep.estimate.two_lists import pairwise


def dependent(k=3, n=4000):
    """Lists 1 and 2 share a source: odds ratio far above 1; list 3 independent."""
    rng = np.random.default_rng(8)
    first = rng.random(n) < 0.3
    second = np.where(first, rng.random(n) < 0.7, rng.random(n) < 0.1)
    third = rng.random(n) < 0.25
    rows = np.column_stack([first, second, third]).astype(np.uint8)
    return CaptureTable.from_rows(rows[rows.any(axis=1)], lists=["a", "b", "c"])


def test_the_pair_that_depends_has_the_high_odds_ratio_and_the_low_number():
    pairs = {tuple(row["lists"]): row for row in pairwise(dependent())}
    assert pairs["a", "b"]["odds_ratio"] > 5
    assert min(pairs, key=lambda pair: pairs[pair]["petersen"]) == ("a", "b")
    assert pairs["a", "c"]["petersen"] == pytest.approx(4000, rel=0.1)


def test_leaving_out_a_dependent_list_moves_the_independence_model_towards_the_truth():
    table = dependent()
    left = leave_one_list_out(table, ["loglinear-independent"], level=0.95, seed=1)["loglinear-independent"]
    assert abs(left["a"] - 4000) < abs(left["c"] - 4000)


def test_influence_of_a_cell_is_the_difference_of_two_fits():
    table = CaptureTable.from_patterns({"100": 40, "010": 30, "001": 20, "110": 12, "101": 9, "011": 8, "111": 3})
    model = complexes.independence(3)
    top = cell_influence(table, model)[0]
    fewer = {**table.as_patterns(), top["pattern"]: table.as_patterns()[top["pattern"]] - 1}
    numbers = [loglinear.fit_models(t, [model]).population[0, 0] for t in (table, CaptureTable.from_patterns(fewer))]
    assert top["one_person"] == pytest.approx(numbers[0] - numbers[1])


def test_a_wrong_model_fails_its_check_and_the_right_one_passes():
    table = dependent()
    wrong = {c["count"]: c["p"] for c in predictive_checks(table, [(complexes.independence(3), 1.0)], seed=1)}
    right = {c["count"]: c["p"] for c in predictive_checks(table, [(complexes.parse("[12,3]", 3), 1.0)], seed=1)}
    assert wrong["a and b"] < 0.001
    assert 0.3 < right["a and b"] < 0.7


def test_small_overlaps_are_warned_of():
    table = CaptureTable.from_patterns({"100": 40, "110": 20, "010": 9, "001": 30, "011": 3}, lists=["a", "b", "c"])
    assert table_warnings(table) == ["list 'c' shares only 3 people with all other lists together"]


def test_a_comparison_carries_its_checks_on_the_method_they_bear_on():
    comparison = estimate_table(dependent(), methods=["loglinear-independent", "loglinear-bic"])
    independent, best = (result.diagnostics for result in comparison.results)
    assert set(independent["without_list"]) == {"a", "b", "c"}
    assert len(independent["pairs"]) == 3
    assert {"cell_influence", "predictive_checks", "share_unseen"} <= set(best)


def test_far_more_unseen_than_seen_is_warned_of():
    table = CaptureTable.from_patterns({"10": 100, "01": 100, "11": 2})
    assert any("more than 80 %" in warning for warning in estimate_table(table).warnings)


def test_simulated_coverage_of_the_right_method_is_near_its_level():
    table = CaptureTable.from_patterns({"10": 120, "01": 100, "11": 60})
    found = simulate_coverage(table, "chapman", tables=200, seed=5)
    assert found.population == 480
    assert 0.88 < found.share <= 1
    assert found.json()["error"] == pytest.approx((found.share * (1 - found.share) / 200) ** 0.5)


def test_coverage_cannot_be_simulated_from_a_model_without_a_fit():
    with pytest.raises(EstimateError, match="no finite fit"):
        simulate_coverage(CaptureTable.from_patterns({"10": 5, "01": 5}), "chapman")
