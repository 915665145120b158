"""Averaging over decomposable graphs: the R package dga on its own grid, tails, and what must not matter."""

import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esep.errors import EstimateError, StatisticalWarning
from esep.estimate.graphs.averaging import GraphSettings, average_graphs
from esep.estimate.graphs.chordal import chordal_graphs
from esep.estimate.graphs.grid import grid_of, whole_grid
from esep.estimate.graphs.margins import base_score, score_all_margins
from esep.estimate.graphs.method import GRAPHS, GraphEstimator
from esep.estimate.graphs.priors import PopulationPrior
from esep.estimate.graphs.streaming import sum_weights
from esep.estimate.graphs.walk_method import average_by_walking
from esep.estimate.histories import CaptureTable
from esep.estimate.log_gamma import log_gamma_ratio
from esep.estimate.status import Status

ORACLES = Path(__file__).parents[1] / "oracles" / "estimate"
DGA = json.loads((ORACLES / "dga.json").read_text())["results"]
TABLES = json.loads((ORACLES / "tables.json").read_text())["tables"]


def table_of(name: str) -> CaptureTable:
    return CaptureTable.from_patterns(TABLES[name]["counts"], lists=TABLES[name]["lists"])


def named(entry: dict) -> str:
    return f"{entry['table']}-{entry['delta']}-{entry['prior'].replace('/', '')}"


@pytest.mark.parametrize("entry", [e for e in DGA if e["delta"] < 1 or e["missing"][1] < 9000], ids=named)
def test_quantiles_and_weights_on_the_grid_of_dga_are_those_of_dga(entry):
    prior = PopulationPrior(entry["prior"])
    found = average_graphs(
        table_of(entry["table"]), GraphSettings(entry["delta"], prior), grid=whole_grid(*entry["missing"])
    )
    assert {p: found.unseen.quantile(float(p)) for p in entry["quantiles"]} == entry["quantiles"]
    best = np.sort(found.graph_prob)[::-1][: len(entry["top_graphs"])]
    # dga's figures were printed with nine significant digits.
    assert best == pytest.approx([prob for _, prob in entry["top_graphs"]], rel=6e-9, abs=1e-12)


@pytest.mark.parametrize("entry", DGA, ids=named)
def test_the_log_grid_gives_the_same_quantiles_within_a_thousandth_or_one_person(entry):
    table = table_of(entry["table"])
    bound = PopulationPrior(entry["prior"], most=table.n + entry["missing"][1])
    found = average_graphs(table, GraphSettings(entry["delta"], bound)).unseen
    for prob, people in entry["quantiles"].items():
        assert found.quantile(float(prob)) == pytest.approx(people, rel=1e-3, abs=1)


def test_the_posterior_is_normalised_with_its_tail():
    found = average_graphs(table_of("HAV"))
    assert found.unseen.mass.sum() + found.unseen.beyond == pytest.approx(1, abs=1e-12)
    assert found.graph_prob.sum() == pytest.approx(1, abs=1e-12)
    assert found.unseen.beyond < 1e-4


def test_powers_of_the_tail_are_the_slopes_far_out():
    table, prior, graphs = table_of("Korea"), PopulationPrior(), chordal_graphs(3)
    far = np.array([1e9, 1e10])
    scores = np.stack([margin.at(far) for margin in score_all_margins(table, delta=1 / 8)])
    weights = [
        sum_weights(graphs, scores[:, [i]], base=base_score(table, far[[i]], prior=prior), widths=np.ones(1)).at_last
        for i in (0, 1)
    ]
    powers = average_graphs(table).unseen.tail_power
    assert (weights[1] - weights[0]) / np.log(10) == pytest.approx(powers, abs=1e-4)
    assert powers.max() == pytest.approx(-2 + 2.0**-3)  # the complete graph's: its mean is infinite


def test_quantiles_beyond_the_last_node_come_from_the_analytic_tail():
    table = table_of("HAV")
    short = average_graphs(table, grid=grid_of(np.arange(1.0, 20001.0))).unseen
    long = average_graphs(table).unseen
    assert short.quantile(0.9999) > 20000 + table.n
    assert short.quantile(0.9999) == pytest.approx(long.quantile(0.9999), rel=0.02)


def test_a_large_posterior_narrower_than_the_log_grid_is_not_missed():
    small = table_of("Diabetes")
    large = CaptureTable.from_codes(small.patterns, small.counts * 10**6, lists=small.lists)
    found = average_graphs(large).unseen
    assert found.mass.max() < 0.2
    assert found.quantile(0.5) < 1e10


@settings(deadline=None, max_examples=15)
@given(st.permutations(range(4)))
def test_order_and_names_of_lists_change_nothing_at_all(order):
    table = table_of("Kosovo")
    moved = table.reorder(order)
    renamed = CaptureTable(tuple("wxyz"), moved.patterns, moved.counts)
    here, there = (GRAPHS.run(t, level=0.95, seed=3, progress=None) for t in (table, renamed))
    assert (here.point, here.low, here.high) == (there.point, there.low, there.high)
    assert np.array_equal(here.draws, there.draws)
    assert sorted(e["prob"] for e in here.details["edge_prob"]) == sorted(e["prob"] for e in there.details["edge_prob"])


def test_edges_say_which_lists_depend_on_each_other():
    found = GRAPHS.run(table_of("MadiganYork3"), level=0.95, seed=1, progress=None)
    prob = {tuple(edge["lists"]): edge["prob"] for edge in found.details["edge_prob"]}
    assert found.details["top_graphs"][0]["cliques"] == [["L1", "L2"], ["L3"]]
    assert max(prob, key=prob.__getitem__) == ("L1", "L2")


def test_memory_stays_small_on_the_longest_grid():
    table = table_of("UKdat_5")
    tracemalloc.start()
    average_graphs(table, grid=whole_grid(1, 65_872))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150e6


def test_walking_over_graphs_agrees_with_averaging_over_all():
    table = table_of("Kosovo")
    walked, exact = average_by_walking(table, GraphSettings(), seed=1), average_graphs(table)
    assert walked.convergence.settled
    for prob in (0.25, 0.5, 0.75):
        assert walked.unseen.quantile(prob) == pytest.approx(exact.unseen.quantile(prob), rel=0.04)


def test_eight_lists_are_walked():
    found = GRAPHS.run(table_of("NewOrl"), level=0.95, seed=1, progress=None)
    assert found.status is Status.OK
    assert found.details["searched"]
    assert 186 < found.low < found.point < found.high


def test_a_heavy_prior_weight_warns():
    with pytest.warns(StatisticalWarning, match="complete graph"):
        GraphEstimator(GraphSettings(1.0))(table_of("UKdat_5"), level=0.95, seed=1, progress=None)


def test_an_unknown_prior_is_refused():
    with pytest.raises(EstimateError, match="unknown prior"):
        PopulationPrior("flat")


@pytest.mark.parametrize("start", [0.3, 5.0, 63.9, 64.0, 1e4, 1e9])
def test_ratios_of_gamma_functions_multiply_up(start):
    one, two = log_gamma_ratio(start, 7.0), log_gamma_ratio(start + 7.0, 5.0)
    assert one == pytest.approx(np.log(start + np.arange(7)).sum(), rel=1e-13)
    assert one + two == pytest.approx(log_gamma_ratio(start, 12.0), rel=1e-13)
