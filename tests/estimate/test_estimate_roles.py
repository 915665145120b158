"""The rules behind roles and the status prior-driven, on tables made for them."""

import numpy as np
import pytest

from esep.estimate import CaptureTable, Status, estimate_table, method_names, roles
from esep.estimate.disagreement import contradicted
from esep.estimate.latent_class.modes import find_hills
from esep.estimate.prior_influence import leaves_interval, size_is_open

ASKED_EACH_TIME = {"coverage-high", "coverage-low"}


def test_every_method_has_one_role_with_a_reason():
    assert set(roles.ROLES) | ASKED_EACH_TIME == set(method_names())
    assert all(standing.reason for standing in roles.ROLES.values())


def test_independence_of_two_lists_is_sensitivity_and_of_three_an_estimate():
    assert roles.of("loglinear-independent", lists=2).role == "sensitivity"
    assert roles.of("loglinear-independent", lists=3).role == "estimate"


def test_low_coverage_is_a_bound_only_with_positive_dependence():
    assert roles.coverage_low(0.3, positive=True).role == "bound"
    assert roles.coverage_low(0.3, positive=False).role == "sensitivity"
    assert roles.coverage_low(0.7, positive=True).role == "sensitivity"


def test_role_and_reason_are_in_the_json():
    row = estimate_table(CaptureTable.from_patterns({"10": 9, "01": 8, "11": 7}), methods=["petersen"]).json()[0]
    assert row["role"] == "sensitivity"
    assert "two lists say nothing" in row["role_reason"]


def people(n, chances, seed, *, tied=0.0):
    """Invented lists: each person on list j with its chance; a share `tied` of list 2 copies list 1."""
    rng = np.random.default_rng(seed)
    rows = rng.random((n, len(chances))) < np.array(chances)
    copied = rng.random(n) < tied
    rows[copied, 1] = rows[copied, 0]
    return CaptureTable.from_rows(rows[rows.any(axis=1)].astype(np.uint8))


def test_an_estimate_that_the_overlaps_contradict_is_named():
    table = people(3000, [0.3, 0.3, 0.3], 5, tied=0.5)
    comparison = estimate_table(table, methods=["loglinear-independent", "loglinear-bic"])
    assert [r.method for r in contradicted(comparison.results)] == ["loglinear-independent"]
    assert "The overlaps contradict loglinear-independent" in comparison.text()


def test_a_posterior_is_open_when_its_interval_spans_more_than_an_order_of_magnitude():
    """Log-normal of spread s: the rule turns at s = 0.67, where the ends of the 95 % interval are 14 times apart."""
    normal = np.random.default_rng(2).standard_normal(200_000)
    assert not size_is_open(np.exp(8 + 0.60 * normal))
    assert size_is_open(np.exp(8 + 0.75 * normal))


def test_a_median_outside_of_the_interval_is_an_answer_of_its_own():
    assert leaves_interval([150.0, 90.0], (100.0, 200.0))
    assert not leaves_interval([150.0, 190.0], (100.0, 200.0))


@pytest.mark.parametrize("seed", range(6))
def test_graphs_on_well_covered_people_are_not_driven_by_the_prior(seed):
    table = people(800, [0.5, 0.4, 0.45, 0.35], 40 + seed)
    found = estimate_table(table, methods=["decomposable-graphs"], diagnose=False).results[0]
    assert found.status is Status.OK


@pytest.mark.parametrize("seed", range(4))
def test_graphs_on_lists_that_share_almost_nobody_are_driven_by_the_prior(seed):
    table = people(1500, [0.02, 0.02, 0.02], 60 + seed)
    found = estimate_table(table, methods=["decomposable-graphs"], diagnose=False).results[0]
    assert found.status in {Status.PRIOR_DRIVEN, Status.NO_OVERLAP}
    assert found.role == ("sensitivity" if found.status is Status.PRIOR_DRIVEN else "estimate")


def chains(centres, *, slow=0.9, seed=3):
    """Four chains of draws of log N around centres that each visits half the time; neighbours correlate by `slow`."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((4, 4000))
    walk = np.zeros_like(noise)
    for step in range(1, noise.shape[1]):
        walk[:, step] = slow * walk[:, step - 1] + np.sqrt(1 - slow**2) * noise[:, step]
    where = np.array(centres)[(np.arange(4000) // 100) % len(centres)]
    return 8.0 + 0.2 * (walk + where)


@pytest.mark.parametrize("seed", range(8))
def test_one_skewed_answer_is_not_called_two(seed):
    draws = chains([0.0], seed=seed)
    assert len(find_hills(draws + 0.3 * np.exp(draws - 8.0))) == 1


@pytest.mark.parametrize(("apart", "hills"), [(2.6, 1), (4.5, 2)])
def test_two_answers_are_two_when_their_intervals_do_not_meet(apart, hills):
    assert len(find_hills(chains([0.0, apart]))) == hills
