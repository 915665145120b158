"""Partitions: the listed ones, the chain that draws them, and clusters under rules."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from esep.linkage.chains import chain_draws
from esep.linkage.clustering import likeliest
from esep.linkage.components import FORBIDDEN, Component
from esep.linkage.partitions import PartitionPrior, all_partitions, listed_draws, probabilities

ONE = PartitionPrior()


def table(rng: np.random.Generator, size: int) -> np.ndarray:
    odds = np.triu(rng.normal(0, 2, (size, size)), 1)
    return odds + odds.T


def canonical(labels: np.ndarray) -> list[tuple[int, ...]]:
    return [tuple(row.index(label) for label in row) for row in labels.tolist()]


@pytest.mark.parametrize(("size", "bell"), [(1, 1), (2, 2), (3, 5), (4, 15), (5, 52), (6, 203), (7, 877), (8, 4140)])
def test_all_partitions_are_as_many_as_bell_says(size, bell):
    assert len(all_partitions(size)) == bell == len({tuple(row) for row in all_partitions(size).tolist()})


def test_two_records_are_joined_with_the_probability_of_their_odds():
    odds = np.array([[[0.0, 1.5], [1.5, 0.0]]])
    assert probabilities(odds, prior=ONE)[0, 0] == pytest.approx(1 / (1 + np.exp(-1.5)))


@pytest.mark.parametrize("prior", [ONE, PartitionPrior(0.5, -1.0)])
def test_the_chain_draws_what_the_list_says(prior):
    odds = table(np.random.default_rng(3), 5)
    exact = probabilities(odds[None], prior=prior)[0]
    drawn = canonical(chain_draws(odds, np.arange(5), tau=prior.tau, alphas=np.full(20_000, prior.alpha), seed=5))
    counts = {partition: drawn.count(partition) / len(drawn) for partition in set(drawn)}
    listed = zip(all_partitions(5).tolist(), exact, strict=True)
    assert sum(abs(counts.get(tuple(partition), 0.0) - share) for partition, share in listed) / 2 < 0.02


def test_a_chain_whose_alpha_changes_draws_each_as_its_own_list_says():
    odds = table(np.random.default_rng(4), 5)
    drawn = chain_draws(odds, np.arange(5), tau=1.0, alphas=np.tile(np.repeat([-2.0, 1.0], 20), 500), seed=6)
    numbers = np.array([len(set(row)) for row in drawn.tolist()]).reshape(-1, 2, 20).mean(axis=(0, 2))
    for found, alpha in zip(numbers, (-2.0, 1.0), strict=True):
        exact = probabilities(odds[None], prior=PartitionPrior(1.0, alpha))[0]
        assert found == pytest.approx(sum(exact * [len(set(row)) for row in all_partitions(5).tolist()]), abs=0.05)


def test_the_number_of_people_of_a_true_partition_has_no_place_of_its_own_among_the_draws():
    """Simulation-based calibration (Talts and others 2018): its rank among 19 draws is uniform; ties fall by lot."""
    rng, ranks = np.random.default_rng(7), []
    for seed in range(400):
        odds = table(rng, 7)
        drawn = listed_draws(odds[None], prior=PartitionPrior(0.5, -1.0), points=rng.random((1, 1)))
        true = len(set(drawn[0, 0].tolist()))
        drawn = chain_draws(odds, np.arange(7), tau=0.5, alphas=np.full(19, -1.0), seed=seed)
        numbers = np.array([len(set(row)) for row in drawn.tolist()])
        ranks.append(int((numbers < true).sum() + rng.integers(0, (numbers == true).sum() + 1)))
    assert chisquare(np.bincount(ranks, minlength=20)).pvalue > 0.01


def test_draws_follow_their_seed():
    odds = table(np.random.default_rng(1), 12)
    one, two, other = (chain_draws(odds, np.arange(12), tau=1.0, alphas=np.zeros(30), seed=seed) for seed in (4, 4, 5))
    assert (one == two).all()
    assert (one != other).any()


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 14), st.integers(0, 10_000))
def test_no_draw_and_no_cluster_breaks_a_rule(size, seed):
    rng = np.random.default_rng(seed)
    odds = table(rng, size)
    one, two = rng.choice(size, 2, replace=False)
    odds[one, two] = odds[two, one] = FORBIDDEN
    start = likeliest(Component(tuple((i,) for i in range(size)), odds))
    if size <= 8:
        drawn = listed_draws(odds[None], prior=ONE, points=rng.random((1, 20)))[0]
    else:
        drawn = chain_draws(odds, start, tau=1.0, alphas=np.zeros(20), seed=seed)
    assert start[one] != start[two]
    assert (drawn[:, one] != drawn[:, two]).all()


def test_spread_gives_every_draw_one_alpha():
    parts = PartitionPrior(0.5, -1.0, 0.7).fixed(100)
    assert sorted(draw for _, those in parts for draw in those) == list(range(100))
    assert np.mean([prior.alpha for prior, _ in parts]) == pytest.approx(-1.0)
