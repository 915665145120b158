"""Every input on which a peer fails: a finite answer with a status, or one named error; never a hang."""

import json
import math
import time

import numpy as np
import pytest

from esep.errors import EstimateError
from esep.estimate import CaptureTable, Comparison, Status, estimate_table, method_names
from esep.estimate.latent_class.method import LatentClassEstimator
from esep.estimate.latent_class.settings import LatentClassSettings
from esep.estimate.methods import Recipe

A_HANG = 5
"""Seconds of the processor that an answer may take."""

SLOW = {"billions": 20}
"""Missed: on four billion people in a cell the latent class does not converge and says so after 4 to 6.4 seconds."""

FAILING = {
    "no overlap": {"100": 40, "010": 30, "001": 20},
    "no overlap of two": {"10": 40, "01": 30},
    "one shared person": {"100": 400, "010": 300, "001": 200, "110": 1},
    "two lists": {"10": 40, "01": 30, "11": 20},
    "one overlap": {"100": 40, "010": 30, "001": 20, "110": 6},
    "one overlap of five": {"100": 40, "010": 30, "001": 20, "110": 5},
    "two overlaps of one": {"1000": 400, "0100": 300, "0010": 200, "0001": 100, "1100": 1, "0011": 1},
    "lists 1 and 2 identical": {"110": 40, "001": 30, "111": 9},
    "list 1 holds everyone": {"100": 40, "110": 30, "101": 20, "111": 9},
    "billions": {"100": 4 * 10**9, "010": 3 * 10**9, "001": 2 * 10**9, "110": 10**9, "101": 10**9, "011": 9 * 10**8,
                 "111": 10**8},
    "list 3 inside list 1": {"100": 40, "110": 30, "101": 10, "111": 5, "010": 25},
    "three people": {"110": 1, "001": 1, "101": 1},
    "five sparse lists": {"10000": 3, "01000": 2, "00100": 1, "11000": 1, "00011": 1, "00110": 1},
    "only pairs": {"110": 3, "011": 4, "101": 5},
    "nobody on exactly two": {"100": 30, "010": 20, "001": 10, "111": 5},
}  # fmt: skip


def check(comparison: Comparison, observed: int) -> None:
    """What must hold of any answer."""
    json.dumps(comparison.json(), allow_nan=False)
    for result in comparison.results:
        assert isinstance(result.status, Status)
        if result.point is None:
            assert not result.status.is_ok
            assert (result.low, result.high) == (None, None)
        else:
            assert isinstance(result.point, float)
            assert observed - 1e-6 <= result.low <= result.point
            assert result.high is not None or result.status is Status.UNBOUNDED_ABOVE
            assert result.high is None or result.point <= result.high < math.inf
            assert result.point < 1e9 or observed > 1e8


@pytest.mark.parametrize("what", FAILING)
def test_an_input_that_peers_fail_on_gets_an_answer_in_time(what):
    table = CaptureTable.from_patterns(FAILING[what])
    started = time.process_time()
    comparison = estimate_table(table, diagnose=False)
    assert time.process_time() - started < SLOW.get(what, A_HANG)
    check(comparison, table.n)


PUBLISHED = {
    "bunting": "an open population: nothing checks closure",
    "Western": "high coverage returns the people seen",
    "NewOrl": "the same, on eight lists",
    "HAV": "high coverage with a standard error of 20 000",
    "Ned": "behaviour models give a negative number",
    "UKdat_5": "the same",
    "MadiganYork3": "the same",
    "duck": "the same",
    "Diabetes": "two limits of a bootstrap coincide",
    "Artificial_3": "the best model has 1e13 people",
}
QUICK = ("c", "h", "loglinear-i", "loglinear-bic-b", "loglinear-stepwise")


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_table_that_peers_fail_on_gets_an_answer(published, name):
    table = published(name)
    # All 32 768 models of six lists take three seconds, stepwise on eight lists two: those stand in the benchmark.
    left = ("loglinear-bic",) if table.k == 6 else ("loglinear-stepwise",) if table.k == 8 else ()
    methods = [m for m in method_names() if m.startswith(QUICK) and not m.startswith(left)]
    started = time.process_time()
    found = estimate_table(table, methods=methods, diagnose=False)
    assert time.process_time() - started < A_HANG
    check(found, table.n)


def test_chains_in_different_modes_give_no_figure_or_all_of_them(published):
    """The Dutch table, on which chains of LCMCR stay at 15 000, 48 000 or above 130 000 people."""
    lean = LatentClassSettings(draws=250, most_draws=250, warm_up=300, scouts=0, ladders=0, sensitivity=())
    method = Recipe("latent-class", 3, 63, LatentClassEstimator(lean))
    started = time.process_time()
    found = method.run(published("Ned"), level=0.95, seed=1, progress=None)
    assert time.process_time() - started < A_HANG
    assert found.status in {Status.NOT_CONVERGED, Status.MULTIMODAL}


@pytest.mark.parametrize("count", [-1, float("nan"), float("inf"), 1.5, None])
def test_a_cell_that_is_no_count_is_a_named_error(count):
    with pytest.raises(EstimateError):
        CaptureTable.from_patterns({"100": 4, "010": 3, "110": count})


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("no overlap", Status.NO_OVERLAP),
        ("no overlap of two", Status.NO_OVERLAP),
        ("lists 1 and 2 identical", Status.EQUAL_LISTS),
        ("list 1 holds everyone", Status.EVERYONE_ON_ONE_LIST),
    ],
)
def test_what_no_method_can_repair_has_one_status_in_all(what, status):
    comparison = estimate_table(CaptureTable.from_patterns(FAILING[what]))
    assert {result.status for result in comparison.results} == {status}
    assert status.words in comparison.text()


def test_identical_lists_are_named():
    comparison = estimate_table(CaptureTable.from_patterns(FAILING["lists 1 and 2 identical"], lists=["a", "b", "c"]))
    assert comparison.results[0].details["equal_lists"] == [["a", "b"]]
    assert "'a' and 'b' hold exactly the same people" in comparison.text()


def test_a_list_inside_another_is_warned_of():
    comparison = estimate_table(CaptureTable.from_patterns(FAILING["list 3 inside list 1"]), diagnose=False)
    assert any("'3' is also on '1'" in warning for warning in comparison.warnings)


def test_an_empty_table_and_one_list_have_a_status():
    empty = estimate_table(CaptureTable.from_patterns({}, lists=["a", "b", "c"]))
    alone = estimate_table(CaptureTable.from_patterns({"1": 40}))
    assert {r.status for r in empty.results} == {Status.EMPTY_TABLE}
    assert {r.status for r in alone.results} == {Status.TOO_FEW_LISTS}
    assert "No method gives a number" in empty.text()


def test_a_list_with_nobody_is_left_out_and_named():
    comparison = estimate_table(CaptureTable.from_patterns({"100": 40, "010": 30, "110": 20}, lists=["a", "b", "c"]))
    assert comparison.results[0].method == "petersen"
    assert comparison.results[0].point == 150
    assert comparison.results[0].details["lists_left_out"] == ["c"]
    assert "list 'c' holds nobody and was left out" in comparison.warnings


def test_thirty_lists_give_what_can_be_had():
    rows = (np.random.default_rng(4).random((2000, 30)) < 0.04).astype(np.uint8)
    table = CaptureTable.from_rows(rows[rows.any(axis=1)])
    comparison = estimate_table(table)
    assert {"chao-bound", "coverage-independent"} <= {r.method for r in comparison.results}
    check(comparison, table.n)
    refused = estimate_table(table, methods=["loglinear-bic"])
    assert refused.results[0].status is Status.TOO_MANY_LISTS


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"methods": ["guess"]}, "no method is called 'guess'"),
        ({"level": 1.5}, "level 1.5"),
        ({"lists": ["a", "z"]}, "no list is called 'z'"),
        ({"by": ["place"]}, "need a file"),
    ],
)
def test_a_call_that_means_nothing_is_a_named_error(arguments, message):
    with pytest.raises(EstimateError, match=message) as caught:
        estimate_table(CaptureTable.from_patterns({"10": 1, "11": 1, "01": 2}, lists=["a", "b"]), **arguments)
    assert caught.value.hint
