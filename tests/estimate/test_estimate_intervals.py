import math

import numpy as np
import pytest
from scipy.special import gammaln

from esep.estimate import CaptureTable, Status, bootstrap, catalogue, complexes, loglinear, method
from esep.estimate.averaging import mixture_quantile, weights
from esep.estimate.intervals import log_interval
from esep.estimate.loglinear_methods import best_by_bic, bic_bootstrap, estimate_model
from esep.estimate.profile import log_rising
from esep.estimate.stepwise import stepwise

PROFILED = {"Mt": "loglinear-independent", "Mth Chao": "heterogeneity-chao", "Mth Darroch": "heterogeneity-darroch"}


def run(name, table, *, seed=1):
    return method(name).run(table, level=0.95, seed=seed, progress=None)


@pytest.mark.parametrize("model", PROFILED)
def test_profile_limits_agree_with_rcapture(published, oracle, model):
    for name, rows in oracle("rcapture")["profile"].items():
        result = run(PROFILED[model], published(name))
        if model in rows and result.point is not None:
            number, low, high, _ = rows[model]
            found = (result.details["multinomial_point"], result.low, result.high)
            assert found == pytest.approx((number, low, high), rel=1e-3, abs=0.5), name


def test_profile_of_the_best_model_agrees_with_rcapture(published, oracle):
    for name, rows in oracle("rcapture")["profile"].items():
        for label in (row for row in rows if row.startswith("best")):
            table = published(name)
            fits = loglinear.fit_models(table, [complexes.parse(label.removeprefix("best "), table.k)])
            result = estimate_model(table, fits, 0, name="x", level=0.95, details={})
            assert (result.details["multinomial_point"], result.low, result.high) == pytest.approx(
                rows[label][:3], rel=1e-3, abs=0.5
            ), name


def test_log_interval_of_a_known_case():
    low, high = log_interval(100, 200, 50, level=0.95)
    width = math.exp(1.959963984540054 * math.sqrt(math.log(1.25)))
    assert (low, high) == pytest.approx((100 + 100 / width, 100 + 100 * width))


def test_factorials_keep_their_digits_far_out():
    assert log_rising(5000.0, 300) == pytest.approx(gammaln(5301) - gammaln(5001), rel=1e-12)
    exact = math.fsum(math.log(20_001 + i) for i in range(50))
    assert log_rising(20_000.0, 50) == pytest.approx(exact, rel=1e-13)


def monte_carlo_gap(limits, expected):
    """How far the peer's limit lies from ours, in standard deviations of the difference of two runs (log scale)."""
    logs = np.log(limits)
    return abs(logs.mean() - math.log(expected)) / max(logs.std(ddof=1) * math.sqrt(1 + 1 / len(logs)), 0.01)


@pytest.mark.parametrize("data", ["Korea", "HAV", "MadiganYork3", "Artificial_3", "Diabetes", "Kosovo", "UKdat_5"])
def test_bca_over_the_choice_of_model_agrees_with_mse(published, oracle, data):
    peer, table = oracle("mse")["bca"][f"{data} bic"], published(data)
    settings = {"level": 0.95, "replicates": peer["resamples"], "fix_seen": True}
    runs = [bic_bootstrap(table, seed=s, **settings) for s in range(8)]
    assert monte_carlo_gap([run.low for run in runs], peer["0.025"]) < 3.5
    assert monte_carlo_gap([run.high for run in runs], peer["0.975"]) < 3.5


@pytest.mark.parametrize("data", ["Kosovo", "Western"])
def test_stepwise_bca_agrees_with_mse(published, oracle, data):
    peer, table = oracle("mse")["bca"][f"{data} stepwise"], published(data)
    settings = {"level": 0.95, "replicates": peer["resamples"], "fix_seen": True}
    runs = [stepwise(table, seed=s, **settings) for s in range(8)]
    assert runs[0].diagnostics["acceleration"] == pytest.approx(peer["acceleration"], rel=1e-6)
    assert monte_carlo_gap([run.low for run in runs], peer["0.025"]) < 3.5
    assert monte_carlo_gap([run.high for run in runs], peer["0.975"]) < 3.5


@pytest.mark.parametrize("data", ["Korea", "Kosovo"])
def test_the_peers_own_resamples_give_the_same_n(published, oracle, data):
    peer, table = oracle("mse_bca")["tables"][data], published(data)
    fits = catalogue.fitted(table)
    models = tuple(fits.models[place] for place in catalogue.ranking(fits)[: peer["models"]])
    counts = np.zeros((len(peer["resampled_N"]), 1 << table.k), dtype=np.int64)
    counts[:, [int(pattern[::-1], 2) for pattern in peer["patterns"]]] = peer["resampled_counts"]
    found = best_by_bic(models, loglinear.possible_cells(table))(counts)
    assert found == pytest.approx(np.array(peer["resampled_N"]), rel=1e-6)


def test_resamples_vary_in_how_many_people_are_seen():
    """Of 1000 people each seen with chance 0.6, 600 are seen give or take 15.5."""
    drawn = bootstrap.draw_seen(600, 1000.4, size=20000, rng=np.random.default_rng(1))
    assert (drawn.mean(), drawn.std()) == pytest.approx((600, np.sqrt(240)), rel=0.02)
    assert (bootstrap.draw_seen(600, 600, size=9, rng=np.random.default_rng(1)) == 600).all()


def test_the_bootstrap_spreads_as_far_as_estimates_do():
    """Independent lists, 500 people: the standard deviation of N over fresh tables against that over resamples."""
    rng, model = np.random.default_rng(2), (complexes.independence(3),)
    analysis = best_by_bic(model, tuple(range(1, 8)))
    cells = np.ones(1)
    for chance in (0.2, 0.3, 0.4):
        cells = np.concatenate([cells * (1 - chance), cells * chance])
    fresh = rng.multinomial(500, cells, size=400) * (np.arange(8) > 0)
    table = CaptureTable.from_codes(np.arange(8), fresh[0], lists=["a", "b", "c"])
    point = float(analysis(fresh[:1])[0])
    found = bootstrap.bca(table, analysis, point=point, level=0.95, seed=3)
    assert found.replicates.std() / point == pytest.approx(analysis(fresh).std() / 500, rel=0.2)


def test_a_resample_without_a_number_counts_as_infinite():
    table = CaptureTable.from_patterns({"100": 400, "010": 300, "001": 200, "110": 1})
    result = bic_bootstrap(table, level=0.95, seed=1)
    assert result.diagnostics["infinite_share"] > 0.2
    assert (result.status, result.high) == (Status.UNBOUNDED_ABOVE, None)


def test_type_eight_quantiles_with_and_without_infinity():
    numbers = np.array([3.0, 1.0, 2.0, 10.0, 7.0])
    for share in (0.05, 0.3, 0.5, 0.9):
        assert bootstrap.quantile(numbers, share) == pytest.approx(
            float(np.quantile(numbers, share, method="median_unbiased"))
        )
    assert bootstrap.quantile(np.array([1.0, 2.0, np.inf, np.inf]), 0.9) == np.inf


def test_weights_of_models_follow_bic():
    assert weights(np.array([10.0, 10.0, 12.0])) == pytest.approx(np.array([1, 1, math.exp(-1)]) / (2 + math.exp(-1)))


def test_a_mixture_of_one_is_that_one():
    assert mixture_quantile(0.5, np.array([1.0]), np.array([3.0]), np.array([2.0])) == pytest.approx(3.0)


def test_mixture_quantiles_agree_with_draws(published):
    result = run("loglinear-average", published("Kosovo"))
    low, high = np.quantile(result.draws, [0.025, 0.975])
    assert (result.low, result.high) == pytest.approx((low, high), rel=0.06)
    assert result.diagnostics["effective_models"] > 1.5


def test_averaging_covers_more_than_the_best_model_alone(published):
    table = published("Kosovo")
    best, mixed = run("loglinear-bic", table), run("loglinear-average", table)
    assert mixed.high - mixed.low > 2 * (best.high - best.low)


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(published):
    table = published("HAV")
    one, same, other = (run("loglinear-bic-bootstrap", table, seed=s).json() for s in (5, 5, 6))
    assert one == same
    assert one["high"] != other["high"]


def test_ranking_breaks_ties_by_name():
    table = CaptureTable.from_patterns({"100": 9, "010": 9, "001": 9, "110": 4, "101": 4, "011": 4, "111": 2})
    fits = catalogue.fitted(table)
    names = [complexes.name(fits.models[p]) for p in catalogue.ranking(fits)]
    single = [name for name in names if name in {"[12,3]", "[13,2]", "[23,1]"}]
    assert single == ["[12,3]", "[13,2]", "[23,1]"]


def test_resamples_that_lie_on_one_side_widen_the_interval():
    """A choice that always ends lower in a resample than in the table: BCa alone would read both ends off the top."""
    table = CaptureTable.from_patterns({"100": 90, "010": 80, "001": 70, "110": 30, "101": 20, "011": 25, "111": 9})
    own = table.dense()

    def lower_in_resamples(counts):
        numbers = 2.0 * counts.sum(axis=1) + counts[:, 7]
        return np.where((counts == own).all(axis=1), numbers, numbers - 60)

    point = float(lower_in_resamples(own[None, :])[0])
    found = bootstrap.bca(table, lower_in_resamples, point=point, level=0.95, seed=1)
    plain = np.quantile(found.replicates, 0.025)
    assert found.lopsided
    assert found.low <= plain < point - 60
