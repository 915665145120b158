import subprocess
import sys

import numpy as np
import pytest

from esep.estimate import CaptureDraws, CaptureTable, Method, Status, estimate_table, method, method_names
from esep.estimate.rubin import combine, degrees_of_freedom

NORTH = CaptureTable.from_patterns({"10": 40, "01": 30, "11": 20}, lists=["a", "b"])
SOUTH = CaptureTable.from_patterns({"10": 90, "01": 80, "11": 60}, lists=["a", "b"])
APART = CaptureTable.from_patterns({"10": 7, "01": 5}, lists=["a", "b"])


def test_kosovo_shows_its_spread_and_says_that_the_data_do_not_settle_it(published):
    comparison = estimate_table(published("Kosovo"), diagnose=False)
    least, most = comparison.spread
    assert (round(least.point, -2), round(most.point, -2)) == (7400, 14300)
    assert "The data alone do not settle which is right" in comparison.text()
    assert "Their intervals do not even meet" in comparison.disagreement


def test_methods_that_agree_are_not_called_right():
    table = CaptureTable.from_patterns({"100": 97, "010": 118, "001": 125, "110": 57, "101": 56, "011": 50, "111": 29})
    text = estimate_table(table, methods=["loglinear-independent", "loglinear-bic"], diagnose=False).disagreement
    assert "lie close together" in text
    assert "does not prove them right" in text


def test_two_lists_give_no_estimate_proper():
    comparison = estimate_table(NORTH)
    assert {r.role for r in comparison.results if r.method != "chao-bound"} == {"sensitivity"}
    assert comparison.spread is None
    assert "these lists can neither support nor contradict" in comparison.disagreement


def test_bounds_and_sensitivity_stay_out_of_the_spread(published):
    comparison = estimate_table(published("Kosovo"), diagnose=False)
    roles = {r.method: r.role for r in comparison.results}
    assert roles["heterogeneity-chao"] == "bound"
    assert roles["chao-bound"] == "bound"
    assert roles["heterogeneity-gamma"] == "sensitivity"
    assert roles["coverage-low"] == "bound"  # low coverage, lists that depend positively
    assert roles["coverage-high"] == "sensitivity"  # coverage is 47 %, below the 55 % it is meant for


def test_estimates_below_the_lower_bound_are_named(published):
    words = estimate_table(published("Kosovo"), diagnose=False).disagreement
    assert "coverage-independent, loglinear-independent lies below the lower bound of coverage-low (8,605)" in words


def test_json_has_the_fields_of_the_machine_format():
    for row in estimate_table(NORTH).json():
        assert {"method", "status", "point", "low", "high", "level", "observed", "details"} <= row.keys()


def test_table_text_and_picture_come_from_one_object(tmp_path):
    comparison = estimate_table(NORTH)
    assert [row["method"] for row in comparison.table()] == [r.method for r in comparison.results]
    assert all(r.method in comparison.text() for r in comparison.results)
    comparison.plot(tmp_path / "all.svg")
    assert "petersen" in (tmp_path / "all.svg").read_text()


def test_progress_is_told():
    told = []
    estimate_table(NORTH, progress=lambda what, share: told.append((what, share)))
    assert ("petersen", 0.0) in told
    assert all(0 <= share <= 1 for _, share in told)


def test_every_registered_method_is_a_method():
    for name in method_names():
        found = method(name)
        assert isinstance(found, Method)
        assert found.name == name


def test_importing_the_package_loads_no_heavy_library():
    code = "import sys, esep.estimate; print([m for m in ('scipy', 'numba', 'matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_is_read_split_and_totalled(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("place,a,b,n\nN,1,0,40\nN,0,1,30\nN,1,1,20\nS,1,0,90\nS,0,1,80\nS,1,1,60\n")
    comparison = estimate_table(path, by=["place"], methods=["petersen"])
    assert [row["stratum"] for row in comparison.table()] == ["N", "S", "total"]
    assert comparison.final[0].point == pytest.approx(150 + 350, rel=0.03)


def test_a_total_is_narrower_than_added_ends():
    total = estimate_table({"N": NORTH, "S": SOUTH}, methods=["petersen"]).final[0]
    parts = [estimate_table(part, methods=["petersen"]).results[0] for part in (NORTH, SOUTH)]
    assert total.low > sum(part.low for part in parts)
    assert total.high < sum(part.high for part in parts)
    assert total.observed == NORTH.n + SOUTH.n


def test_a_stratum_without_an_estimate_stays_visible_with_its_people():
    total = estimate_table({"N": NORTH, "W": APART}, methods=["petersen"]).final[0]
    alone = estimate_table(NORTH, methods=["petersen"]).results[0]
    assert total.status is Status.PARTIAL_TOTAL
    assert total.details["observed_without_estimate"] == APART.n
    assert total.details["strata_without_estimate"] == {"W": "no-overlap"}
    assert total.point == pytest.approx(alone.point + APART.n, rel=0.01)


def test_a_total_is_sensitivity_where_one_of_its_parts_is(published):
    parts = {"N": published("HAV"), "S": published("MadiganYork3")}
    total = estimate_table(parts, methods=["coverage-high"]).final[0]
    assert total.role == "sensitivity"  # coverage is 51 % in one stratum and 65 % in the other


def test_a_total_without_any_estimate_has_none():
    total = estimate_table({"V": APART, "W": APART}, methods=["petersen"]).final[0]
    assert (total.point, total.status) == (None, Status.NO_OVERLAP)


def test_linkage_draws_widen_the_interval_and_name_their_share():
    rng = np.random.default_rng(3)
    missed = rng.integers(0, 12, size=40)
    counts = np.column_stack([40 + missed, 30 + missed, 20 - missed])
    draws = CaptureDraws.from_arrays([1, 2, 3], counts, lists=["a", "b"])
    pooled = estimate_table(draws, methods=["petersen"]).results[0]
    single = estimate_table(NORTH, methods=["petersen"]).results[0]
    assert pooled.high - pooled.low > single.high - single.low
    assert 0.1 < pooled.diagnostics["linkage_share"] < 0.95
    assert pooled.diagnostics["linkage_draws"] == 40


def test_equal_linkage_draws_give_the_ordinary_result():
    draws = CaptureDraws.from_arrays([1, 2, 3], np.tile([40, 30, 20], (25, 1)), lists=["a", "b"])
    assert estimate_table(draws, methods=["petersen"]).json() == estimate_table(NORTH, methods=["petersen"]).json()


def test_a_linkage_draw_without_an_estimate_opens_the_upper_end():
    counts = [[40, 30, 20]] * 17 + [[60, 50, 0]] * 3
    pooled = estimate_table(
        CaptureDraws.from_arrays([1, 2, 3], counts, lists=["a", "b"]), methods=["petersen"]
    ).results[0]
    assert (pooled.status, pooled.high) == (Status.UNBOUNDED_ABOVE, None)
    assert pooled.diagnostics["draws_by_status"] == {"no-overlap": 3, "ok": 17}


def test_rubin_has_m_over_m_plus_one_where_verdata_has_one_over():
    """verdata's source uses 1 / (m + 1): at m = 10 and W = B its degrees of freedom are 10.7 instead of 32.8."""
    assert degrees_of_freedom(10, within=1, between=1) == pytest.approx(32.8, abs=0.05)
    verdata = (10 - 1) * (1 + (1 / 11) * 1) ** 2
    assert verdata == pytest.approx(10.7, abs=0.05)


def test_rubin_with_equal_replicates_is_the_normal_interval():
    combined = combine([2.0, 2.0, 2.0], [0.25, 0.25, 0.25])
    assert combined.high == pytest.approx(np.exp(2 + 1.959964 * 0.5) - 0.5, rel=1e-4)


def test_rubin_needs_two_replicates():
    with pytest.raises(ValueError, match="at least two"):
        combine([1.0], [1.0])
