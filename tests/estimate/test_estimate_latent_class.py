"""Latent classes: the sampler against its own model, a second sampler and LCMCR; statuses; what must not matter."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chi2

from esep.errors import EstimateError
from esep.estimate.convergence import quantile_error
from esep.estimate.histories import CaptureTable
from esep.estimate.latent_class import kernel
from esep.estimate.latent_class.cells import Cells, cells_of, start_from_prior, unpack
from esep.estimate.latent_class.chain import Chain, draw_unseen
from esep.estimate.latent_class.gibbs import GibbsChains
from esep.estimate.latent_class.method import LATENT_CLASS, LatentClassEstimator
from esep.estimate.latent_class.modes import find_hills, log_population
from esep.estimate.latent_class.sampling import sample
from esep.estimate.latent_class.settings import LatentClassSettings
from esep.estimate.methods import Recipe
from esep.estimate.status import Status

ORACLES = Path(__file__).parents[1] / "oracles" / "estimate"
LCMCR = json.loads((ORACLES / "lcmcr.json").read_text())["results"]
LEAN = LatentClassSettings(draws=600, most_draws=2400, warm_up=500, scouts=0, ladders=0, sensitivity=())
PRIOR = np.array([0.25, 0.25, 1.0, 1.0])


def lean(**changes) -> Recipe:
    return Recipe("latent-class", 3, 63, LatentClassEstimator(LatentClassSettings(**{**LEAN.__dict__, **changes})))


def log_target(x: np.ndarray, cells: Cells, prior: np.ndarray = PRIOR) -> tuple[float, np.ndarray, np.ndarray]:
    grad, out = np.zeros(len(x)), np.zeros(3)
    work = np.zeros((len(cells.on) + kernel.WORK_ROWS, len(x)))
    return kernel.density(x, cells.on, cells.counts, prior, 1.0, grad, work, out), grad, out


@pytest.fixture(params=[(), ("110",)], ids=["all patterns possible", "one impossible"])
def cells(request) -> Cells:
    counts = {"100": 40, "010": 30, "001": 20, "101": 9, "011": 5, "111": 3}
    return cells_of(CaptureTable.from_patterns(counts, structural_zero=request.param))


def test_the_density_is_that_of_the_model_written_out(cells):
    x = start_from_prior(cells, LEAN, rng=np.random.default_rng(1))
    value, _, (listed, unlisted, likelihood) = log_target(x, cells)
    chances, shares = (part[0] for part in unpack(x[None], 3))
    prob = [np.prod(np.where(row[:, None], chances, 1 - chances), axis=0) @ shares for row in cells.on == 1]
    none = np.prod(1 - chances, axis=0) @ shares
    impossible = sum(prob[len(cells.counts) :])
    assert unlisted == pytest.approx(none)
    assert listed == pytest.approx(1 - none - impossible)
    assert likelihood == pytest.approx(cells.counts @ np.log(prob[: len(cells.counts)] / listed))
    logs = np.log(chances * (1 - chances)).sum() + x[30:].sum() - 9.25 * np.log(0.25 + np.exp(x[30:]).sum())
    assert value == pytest.approx(likelihood + logs)


def test_the_gradient_is_that_of_the_density(cells):
    x = start_from_prior(cells, LEAN, rng=np.random.default_rng(2))
    _, grad, _ = log_target(x, cells)
    step = 1e-5
    steps = [
        (log_target(x + step * unit, cells)[0] - log_target(x - step * unit, cells)[0]) / (2 * step)
        for unit in np.eye(len(x))
    ]
    assert grad == pytest.approx(np.array(steps), abs=1e-5)


def test_swapped_shares_keep_the_likelihood_and_their_jacobian():
    cells = cells_of(CaptureTable.from_patterns({"100": 4, "010": 3, "001": 2, "111": 3}))
    x = np.random.default_rng(3).normal(size=15)
    y, picks = np.empty_like(x), np.array([0.9, 0.3, 0.1])
    jacobian = kernel.swap_labels(x, y, 3, picks)
    assert log_target(y, cells)[2] == pytest.approx(log_target(x, cells)[2])
    moved = np.empty((2, len(x)))
    columns = []
    for place in (12, 13):
        for row, sign in enumerate((1, -1)):
            kernel.swap_labels(x + sign * 1e-6 * np.eye(len(x))[place], moved[row], 3, picks)
        columns.append((moved[0] - moved[1])[12:14] / 2e-6)
    assert jacobian == pytest.approx(np.log(abs(np.linalg.det(columns))), abs=1e-5)


def test_nearly_everyone_unseen_keeps_the_digits_of_the_chance_to_be_listed():
    cells = cells_of(CaptureTable.from_patterns({"100": 4, "010": 3, "001": 2, "110": 1}))
    x = np.concatenate([np.full(30, -40.0), np.zeros(9)])
    assert log_target(x, cells)[2][0] == pytest.approx(3 * np.exp(-40), rel=1e-12)


def test_draws_of_the_unseen_have_the_mean_of_the_negative_binomial_and_no_cap():
    heard = np.tile([0.2, 0.8, 0.0], (20000, 1))
    assert draw_unseen(heard, 100.0, rng=np.random.default_rng(1)).mean() == pytest.approx(400, rel=0.01)
    far = draw_unseen(np.array([[1e-17, 1.0, 0.0]]), 1e6, rng=np.random.default_rng(1))
    assert far[0] == pytest.approx(1e23, rel=0.01)


@pytest.mark.parametrize("name", ["Korea", "MadiganYork3"])
def test_quantiles_are_those_of_lcmcr_within_three_joint_errors(published, name):
    table, reference = published(name), LCMCR[name]
    found = sample(cells_of(table), LatentClassSettings(draws=1000, most_draws=1000), seed=np.random.SeedSequence(5))
    for prob in ("0.025", "0.25", "0.5", "0.75", "0.975"):
        own = table.n + np.quantile(found.unseen, float(prob))
        error = np.hypot(quantile_error(found.unseen, float(prob)), reference["mcse"][prob])
        assert abs(own - reference["quantiles"][prob]) <= 3 * error + 1


def test_the_gibbs_sampler_written_from_the_model_keeps_the_draws():
    """Started from our draws, since from anywhere else it needs thousands of sweeps (here and on the duck table)."""
    settings = LatentClassSettings(classes=4, draws=1500, most_draws=1500, warm_up=500)
    cells = cells_of(
        CaptureTable.from_patterns({"100": 40, "010": 30, "001": 20, "110": 9, "011": 5}, structural_zero=["101"])
    )
    found = sample(cells, settings, seed=np.random.SeedSequence(6))
    chances, shares = unpack(found.states, 3)
    gibbs = GibbsChains(cells, settings, chains=len(shares), rng=np.random.default_rng(7))
    gibbs.chances, gibbs.log_shares = chances, np.log(np.maximum(shares, 1e-300))
    gibbs.alpha = gibbs.rng.standard_gamma(3.25, len(shares)) / (0.25 + np.exp(found.states[:, 12:]).sum(axis=1))
    swept = np.array([gibbs.sweep() for _ in range(60)])[20:]
    for prob in (0.25, 0.5, 0.75):
        error = np.hypot(quantile_error(found.unseen, prob), np.std(np.quantile(swept, prob, axis=1)))
        assert abs(np.quantile(found.unseen, prob) - np.quantile(swept, prob)) <= 4 * error


def test_ranks_of_the_truth_are_even_when_data_come_from_the_prior():
    """Simulation-based calibration (Talts and others 2018), 120 tables; the benchmark runs it long, on 3 and 4 lists.

    Given n the prior 1/N makes the joint distribution proper: n people over the patterns, then n0 negative binomial.
    """
    rng, settings, ranks = np.random.default_rng(8), LatentClassSettings(classes=4), []
    patterns = np.array([[code >> j & 1 for j in range(3)] for code in range(1, 8)], np.uint8)
    empty = Cells(patterns, np.zeros(7))
    for _ in range(120):
        truth = start_from_prior_exactly(settings, rng)
        chances, shares = (part[0] for part in unpack(truth[None], 3))
        prob = np.prod(np.where(patterns[:, :, None] == 1, chances, 1 - chances), axis=1) @ shares
        none = np.prod(1 - chances, axis=0) @ shares
        counts = rng.multinomial(60, prob / prob.sum())
        unseen = draw_unseen(np.array([[prob.sum(), none, 0.0]]), 60.0, rng=rng)[0]
        cells = Cells(patterns[counts > 0], counts[counts > 0].astype(float))
        chain = Chain(cells, settings, start_from_prior(empty, settings, rng=rng), rng)
        chain.warm_up(240)
        drawn = draw_unseen(chain.run(190).heard[::10], 60.0, rng=rng)
        below, equal = int((drawn < unseen).sum()), int((drawn == unseen).sum())
        ranks.append(below + rng.integers(equal + 1))
    counts = np.histogram(ranks, bins=5, range=(0, 20))[0]
    assert ((counts - 24) ** 2 / 24).sum() < chi2.ppf(0.999, 4)


def start_from_prior_exactly(settings: LatentClassSettings, rng: np.random.Generator) -> np.ndarray:
    """A draw from the prior itself (starts of chains bend its alpha away from 0)."""
    chances = rng.random(3 * settings.classes)
    alpha = rng.gamma(settings.alpha_shape, 1 / settings.alpha_rate)
    sticks = np.clip(rng.exponential(size=settings.classes - 1) / max(alpha, 1e-200), 1e-200, 1e200)
    return np.concatenate([np.log(chances) - np.log1p(-chances), np.log(sticks)])


def test_the_same_seed_gives_the_same_bytes(published):
    one, two = (lean().run(published("Korea"), level=0.95, seed=11, progress=None) for _ in range(2))
    assert one.json() == two.json()
    assert one.draws.tobytes() == two.draws.tobytes()


def test_order_and_names_of_lists_change_nothing(published):
    table = published("MadiganYork3")
    moved = table.reorder([2, 0, 1])
    renamed = CaptureTable(("x", "y", "z"), moved.patterns, moved.counts)
    here, there = (lean().run(t, level=0.95, seed=12, progress=None) for t in (table, renamed))
    assert (here.point, here.low, here.high) == (there.point, there.low, there.high)


def test_a_better_fit_far_from_the_posterior_is_flagged_with_its_share(published):
    """The British trafficking table: fits with 5000 to 9000 people are better by 12 and more in log likelihood."""
    found = lean(scouts=6, draws=800, most_draws=1600).run(published("UKdat"), level=0.95, seed=13, progress=None)
    assert found.status in {Status.MULTIMODAL, Status.NOT_CONVERGED}
    other = found.diagnostics["modes"][-1]
    assert other["population"] < 13000
    assert other["better_fit_by"] > 6
    assert other["share"] < 0.05


def test_two_hills_are_told_apart_and_one_is_not_split():
    rng = np.random.default_rng(14)
    one = rng.lognormal(5, 0.3, (4, 1000))
    two = np.where(rng.random((4, 1000)) < 0.2, rng.lognormal(8, 0.2, (4, 1000)), one)
    assert len(find_hills(log_population(np.round(one), 50.0))) == 1
    assert len(find_hills(log_population(np.round(two), 50.0))) == 2


def test_small_whole_numbers_are_no_hills():
    unseen = np.random.default_rng(15).poisson(1.0, (4, 1000)).astype(float)
    assert len(find_hills(log_population(unseen, 3.0))) == 1


def test_too_few_draws_give_no_figure(published):
    found = lean(draws=100, most_draws=100).run(published("Diabetes"), level=0.95, seed=16, progress=None)
    assert found.status is Status.NOT_CONVERGED
    assert found.point is None
    assert found.diagnostics["ess_bulk"] < 400


def test_one_shared_person_leaves_the_answer_to_the_prior():
    """LCMCR prints a cap of 21 n here as if it were data."""
    table = CaptureTable.from_patterns({"100": 400, "010": 300, "001": 200, "110": 1})
    found = lean(draws=1200).run(table, level=0.95, seed=17, progress=None)
    assert found.status in {Status.PRIOR_DRIVEN, Status.NOT_CONVERGED}
    if found.high is not None:
        assert found.high > 21 * 901


def test_no_overlap_comes_back_at_once():
    """LCMCR never returns from this table."""
    table = CaptureTable.from_patterns({"100": 40, "010": 30, "001": 20})
    assert LATENT_CLASS.run(table, level=0.95, seed=1, progress=None).status is Status.NO_OVERLAP


def test_impossible_patterns_change_the_answer():
    counts = {"100": 100, "010": 80, "001": 60, "101": 20, "011": 15}
    with_zero = CaptureTable.from_patterns(counts, structural_zero=["110", "111"])
    without = CaptureTable.from_patterns(counts)
    points = [lean().run(t, level=0.95, seed=18, progress=None).point for t in (with_zero, without)]
    assert points[0] < points[1]


def test_many_lists_are_refused_with_the_cost():
    rows = np.random.default_rng(19).random((2000, 30)) < 0.06
    found = LATENT_CLASS.run(CaptureTable.from_rows(rows[rows.any(axis=1)]), level=0.95, seed=1, progress=None)
    assert found.status is Status.TOO_MANY_LISTS
    assert found.details["cpu_seconds_needed"] > found.details["cpu_seconds_allowed"]


def test_the_prior_on_chances_can_be_chosen_and_matters():
    table = CaptureTable.from_patterns({"100": 40, "010": 30, "001": 20, "110": 4, "011": 5})
    rare, common = (
        lean(chance_prior=prior).run(table, level=0.95, seed=20, progress=None).point for prior in ((1, 4), (4, 1))
    )
    assert rare > common


def test_settings_that_no_sampler_could_run_are_refused():
    with pytest.raises(EstimateError, match="2 chains"):
        LatentClassSettings(chains=1)


def test_everything_asked_for_is_in_the_result(published):
    found = LATENT_CLASS.run(published("Korea"), level=0.9, seed=21, progress=None)
    assert found.status is Status.PRIOR_CHOOSES
    assert {row["classes"] for row in found.details["sensitivity_classes"]} == {5, 20}
    assert {"r_hat", "ess_bulk", "ess_tail", "modes", "predictive_checks"} <= set(found.diagnostics)
    checks = found.diagnostics["predictive_checks"]
    assert {row["count"] for row in checks} == {"f_1", "f_2", "b and c", "b and d", "c and d"}
    assert all(0 < row["p"] < 1 for row in checks)
