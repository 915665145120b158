"""Diagnostics of chains, on chains whose answer is known."""

import numpy as np
import pytest

from esep.estimate.convergence import effective, judge, quantile_error


def autoregression(chains: int, length: int, *, memory: float, seed: int) -> np.ndarray:
    """Chains with mean 0, variance 1 and correlation memory^lag."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((chains, length)) * np.sqrt(1 - memory**2)
    values = np.empty_like(noise)
    values[:, 0] = rng.standard_normal(chains)
    for step in range(1, length):
        values[:, step] = memory * values[:, step - 1] + noise[:, step]
    return values


def test_independent_draws_count_in_full():
    draws = np.random.default_rng(1).standard_normal((4, 2000))
    found = judge(draws)
    assert found.bulk == pytest.approx(8000, rel=0.1)
    assert found.settled


@pytest.mark.parametrize("memory", [0.5, 0.9])
def test_correlated_draws_count_by_their_correlation_time(memory):
    draws = autoregression(4, 20000, memory=memory, seed=2)
    assert effective(draws) == pytest.approx(80000 * (1 - memory) / (1 + memory), rel=0.15)


def test_chains_in_different_places_are_not_settled():
    draws = np.random.default_rng(3).standard_normal((4, 1000)) + np.array([[0.0], [0.0], [0.0], [1.0]])
    assert judge(draws).r_hat > 1.05


def test_chains_of_different_spread_are_not_settled():
    draws = np.random.default_rng(4).standard_normal((4, 1000)) * np.array([[1.0], [1.0], [1.0], [3.0]])
    assert judge(draws).r_hat > 1.05


def test_a_drift_within_chains_shows():
    assert judge(np.random.default_rng(5).standard_normal((4, 1000)) + np.linspace(0, 2, 1000)).r_hat > 1.05


def test_a_stuck_chain_and_a_short_one_are_never_settled():
    assert not judge(np.ones((4, 1000))).settled
    assert not judge(np.random.default_rng(6).standard_normal((4, 5))).settled


def test_the_scale_does_not_matter():
    draws = np.random.default_rng(7).standard_normal((4, 1000))
    assert judge(np.exp(3 * draws)).r_hat == pytest.approx(judge(draws).r_hat, abs=1e-3)


def test_the_error_of_a_median_is_that_of_the_textbook():
    draws = np.random.default_rng(8).standard_normal((4, 10000))
    assert quantile_error(draws, 0.5) == pytest.approx(np.sqrt(np.pi / 2 / 40000), rel=0.2)
