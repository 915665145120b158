"""A seeded world of scopes: true figures are never called a conflict, and the work stays quick. All invented."""

import time
from pathlib import Path
from random import Random

import pytest

from esep.counts.reconcile import reconcile

WORLDS = Path(__file__).resolve().parents[2] / "benchmarks" / "counts"


@pytest.fixture
def worlds(monkeypatch):
    monkeypatch.syspath_prepend(str(WORLDS))
    import worlds

    return worlds


def test_true_figures_agree_and_every_range_holds_the_truth(worlds):
    rng, world = Random(7), worlds.make_world(towns=8)
    scopes = worlds.make_scopes(rng, 40, towns=8)
    truth = worlds.true_numbers(worlds.make_people(rng, 300, towns=8), scopes, world)
    result = reconcile(worlds.make_tolls(rng, scopes, 200, truth), world=world, speakers=worlds.SPEAKERS)
    for reading in result.readings:
        assert reading.conflicts == ()
        assert all(one.low <= truth[one.scope] for one in reading.ranges)
        assert all(one.high is None or truth[one.scope] <= one.high for one in reading.ranges)


def test_three_hundred_contradicting_tolls_take_a_few_seconds_at_most(worlds):
    rng = Random(7)
    scopes = worlds.make_scopes(rng, 60)
    tolls = worlds.make_tolls(rng, scopes, 300)
    start = time.process_time()
    result = reconcile(tolls, world=worlds.make_world(), speakers=worlds.SPEAKERS)
    assert time.process_time() - start < 8  # 2.0 s of processor time were measured on a machine that others used too
    assert len(result.total.conflicts) > len(result.so_far.conflicts) > 0
