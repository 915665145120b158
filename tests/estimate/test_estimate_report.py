"""What is printed and what a program gets: every check, for every method that can have it."""

import numpy as np
import pytest

from esep.errors import EstimateError
from esep.estimate import CaptureDraws, CaptureTable, complexes, estimate_table, method, method_names, simulation
from esep.estimate.simulation import coverage_text, simulate_coverage

TABLE = CaptureTable.from_patterns(
    {"1000": 40, "0100": 35, "0010": 30, "0001": 25, "1100": 18, "1010": 9, "0110": 8, "0011": 9, "1001": 7,
     "0101": 6, "1110": 4, "0111": 3, "1111": 2},
    lists=["a", "b", "c", "d"],
)  # fmt: skip
QUICK = [name for name in method_names() if name not in {"latent-class", "petersen", "chapman"}]
WITHOUT_MODEL = {"chao-bound", "coverage-independent", "coverage-high", "coverage-low", "loglinear-bic-bootstrap"}


@pytest.fixture(scope="module")
def comparison():
    return estimate_table(TABLE, methods=QUICK)


def test_every_method_says_what_it_is_without_each_list(comparison):
    missing = [r.method for r in comparison.results if set(r.diagnostics.get("without_list", ())) != set(TABLE.lists)]
    assert missing == []


def test_every_method_says_whom_it_hangs_on(comparison):
    assert [r.method for r in comparison.results if not r.diagnostics.get("cell_influence")] == []


def test_every_model_is_held_against_the_table(comparison):
    counts = {"f_1", "f_2", "a and b", "a and c", "a and d", "b and c", "b and d", "c and d"}
    for result in comparison.results:
        if result.method in WITHOUT_MODEL - {"loglinear-bic-bootstrap"}:
            assert "predictive_checks" not in result.diagnostics
        else:
            assert {row["count"] for row in result.diagnostics["predictive_checks"]} == counts, result.method


def test_graphs_reproduce_a_table_made_of_independent_lists():
    rng = np.random.default_rng(5)
    rows = rng.random((2000, 4)) < 0.3
    table = CaptureTable.from_rows(rows[rows.any(axis=1)].astype(np.uint8))
    checks = estimate_table(table, methods=["decomposable-graphs"]).results[0].diagnostics["predictive_checks"]
    assert all(0.01 < row["p"] < 0.99 for row in checks)


def test_the_report_prints_every_check(comparison):
    text = comparison.text()
    for heading in ("Two lists at a time", "Share of the people", "Each list left out", "Who moves", "give back"):
        assert heading in text


def test_json_carries_what_is_needed_to_compute_it_again(comparison):
    for row in comparison.json():
        assert {"point", "low", "high", "level", "status", "observed", "assumptions", "diagnostics", "seed", "version",
                "input_hash", "role", "lists", "details"} <= row.keys()  # fmt: skip
        assert row["assumptions"]


def test_pooled_results_print_the_share_of_linkage():
    counts = [[40 + m, 30 + m, 20 - m] for m in (0, 2, 4, 6) for _ in range(6)]
    draws = CaptureDraws.from_arrays([1, 2, 3], counts, lists=["a", "b"])
    assert "24 draws of the linkage gave 4 different tables" in estimate_table(draws, methods=["chapman"]).text()


@pytest.mark.parametrize("name", method_names())
def test_coverage_can_be_simulated_for_every_method(name):
    two = {"10": 30, "01": 25, "11": 20}
    three = {"100": 30, "010": 20, "001": 25, "110": 1, "101": 1, "011": 2}  # few shared: latent classes stop early
    table = CaptureTable.from_patterns(two if name in {"petersen", "chapman"} else three)
    number = 1 if name == "latent-class" else 3
    seen = []
    found = simulate_coverage(table, name, tables=number, progress=lambda what, share: seen.append(share))
    assert 0 <= found.covered + found.unanswered <= found.tables == number
    assert seen[-1] == 1.0
    assert name in coverage_text([found])


def test_simulated_tables_keep_what_cannot_occur(monkeypatch):
    table = CaptureTable.from_patterns({"100": 50, "010": 40, "001": 30, "110": 40, "101": 8}, structural_zero=["011"])
    seen = []

    class Recorder:
        def run(self, drawn, **rest):
            seen.append(drawn.structural_zero.tolist())
            return method("loglinear-bic").run(drawn, **rest)

    monkeypatch.setattr(simulation, "method", lambda name: Recorder())
    found = simulation.simulate_coverage(table, "loglinear-bic", tables=3)
    assert seen == [[6]] * 3
    assert found.model == complexes.name(simulation.best_model(table))


def test_a_simulation_of_no_table_is_refused():
    with pytest.raises(EstimateError, match="on 0 tables"):
        simulate_coverage(TABLE, "loglinear-bic", tables=0)


def test_a_picture_shows_itself_and_names_axis_and_count(comparison):
    picture = comparison.plot()
    svg = picture._repr_svg_()
    assert all(words in svg for words in ("people in all", "documented on the lists: 196", "decomposable-graphs"))
    assert picture.png().startswith(b"\x89PNG")
