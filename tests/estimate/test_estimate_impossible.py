"""Patterns that could not occur: graphs conditioned on those that could, held against sums by brute force."""

import numpy as np
import pytest
from scipy.special import gammaln

from esep.estimate import CaptureTable, Status, estimate_table
from esep.estimate.graphs.averaging import GraphSettings
from esep.estimate.graphs.chordal import chordal_graphs
from esep.estimate.graphs.impossible import MOST_LISTS, Weigher, clique_order
from esep.estimate.graphs.margins import base_score, score_all_margins
from esep.estimate.graphs.streaming import incidence
from esep.estimate.two_lists import pairwise

BARRED = CaptureTable.from_patterns(
    {"100": 50, "010": 40, "001": 30, "110": 10, "101": 8, "111": 3}, structural_zero=["011"]
)


def whole_weights(missing, nodes):
    """Log weights of the unbarred model on the table in which `missing` people are under the barred pattern."""
    codes, people = [*BARRED.patterns, BARRED.structural_zero[0]], [*BARRED.counts, missing]
    table = CaptureTable.from_codes(codes, people, lists=BARRED.lists)
    settings, graphs = GraphSettings(), chordal_graphs(3)
    scores = np.stack([m.at(nodes) for m in score_all_margins(table, delta=settings.delta_for(3))])
    return incidence(graphs, slice(0, len(graphs))) @ scores + base_score(table, nodes, prior=settings.prior)


def test_given_the_numbers_missing_the_weights_are_those_of_the_whole_model():
    nodes = np.array([1.0, 20.0, 300.0])
    weigher = Weigher(BARRED, GraphSettings())
    mine = [weigher.log_weights(np.array([m]), nodes) - gammaln(m + 1) for m in (4.0, 50.0)]
    theirs = [whole_weights(m, nodes) for m in (4, 50)]
    assert mine[1] - mine[0] == pytest.approx(theirs[1] - theirs[0], abs=1e-8)


def test_summing_over_the_missing_gives_the_likelihood_of_what_could_occur():
    """The identity on which everything rests: one cell chance q barred, prior 1/N with the barred people."""
    people, q = 7, 0.3
    m = np.arange(0, 400)
    logs = gammaln(people + m) - gammaln(people) - gammaln(m + 1) + m * np.log(q)
    assert np.exp(logs).sum() == pytest.approx((1 - q) ** -people, rel=1e-12)


@pytest.fixture(scope="module")
def found():
    return estimate_table(BARRED, methods=["decomposable-graphs"], diagnose=False).results[0]


def test_the_posterior_is_that_of_the_sum_over_unseen_and_missing(found):
    nodes = np.unique(np.round(np.concatenate([np.arange(1, 400), np.geomspace(400, 2e4, 150)])))
    edges = np.concatenate([[0.5], (nodes[1:] + nodes[:-1]) / 2, [nodes[-1] + 0.5]])
    rows = np.array([np.logaddexp.reduce(whole_weights(m, nodes), axis=0) for m in range(100)])
    mass = (np.exp(rows - rows.max()) * np.diff(edges)).sum(axis=0)
    reached = np.cumsum(mass) / mass.sum()
    for share, slack in ((0.25, 5), (0.5, 5), (0.75, 6)):
        exact = BARRED.n + nodes[np.searchsorted(reached, share)]
        assert np.quantile(found.draws, share) == pytest.approx(exact, abs=slack)


def test_drawn_chances_have_the_margins_of_the_counts():
    weigher = Weigher(BARRED, GraphSettings())
    counts = np.array([500.0, 50, 40, 10, 30, 8, 5, 3])
    graph = len(weigher.graphs) - 2  # not complete: two cliques
    rng = np.random.default_rng(1)
    drawn = np.mean([weigher.draw_chances(graph, counts, rng=rng) for _ in range(400)], axis=0)
    assert drawn.sum() == pytest.approx(1.0, abs=1e-9)
    on_first = np.arange(8) & 1 == 1
    assert drawn[on_first].sum() == pytest.approx((counts[on_first].sum() + 0.5) / (counts.sum() + 1), rel=0.05)


@pytest.mark.parametrize("graph", [0, 100, 500, 821])
def test_cliques_come_in_an_order_with_the_running_intersection(graph):
    graphs = chordal_graphs(5)
    order = clique_order(tuple(int(c) for c in graphs.cliques[graph] if c))
    seen = 0
    for clique, separator in order:
        assert clique & seen == separator
        seen |= clique
    separators = sorted(int(s) for s in graphs.separators[graph] if s)
    assert sorted(separator for _, separator in order if separator) == separators


def test_the_method_names_what_it_conditions_on_and_checks_itself(found):
    assert found.status is Status.OK
    assert found.details["conditioned_on_possible_patterns"] is True
    assert {row["count"] for row in found.diagnostics["predictive_checks"]} >= {"f_1", "f_2", "1 and 2"}


def test_too_many_lists_with_impossible_patterns_are_refused_with_a_number():
    rows = (np.random.default_rng(2).random((300, 6)) < 0.3).astype(np.uint8)
    seen = CaptureTable.from_rows(rows[rows.any(axis=1) & (rows.sum(axis=1) < 6)])
    table = CaptureTable(seen.lists, seen.patterns, seen.counts, np.array([63], dtype=np.uint64))
    found = estimate_table(table, methods=["decomposable-graphs"], diagnose=False).results[0]
    assert (found.status, found.details["at_most"]) == (Status.TOO_MANY_LISTS, MOST_LISTS)


def test_the_odds_ratio_of_a_pair_leaves_out_what_cannot_occur():
    cells = {"100": 50, "010": 40, "001": 30, "110": 10, "101": 8, "011": 7}
    barred = CaptureTable.from_patterns(cells, structural_zero=["111"])
    assert next(pair for pair in pairwise(barred) if pair["lists"] == ["1", "2"])["odds_ratio"] is None
    seen_once = CaptureTable.from_patterns({**cells, "111": 1})
    assert next(pair for pair in pairwise(seen_once) if pair["lists"] == ["1", "2"])["odds_ratio"] > 0


@pytest.mark.parametrize("name", ["coverage-independent", "coverage-high", "coverage-low"])
def test_formulas_by_number_of_lists_refuse_tables_whose_patterns_cannot_all_occur(name):
    found = estimate_table(BARRED, methods=[name], diagnose=False).results[0]
    assert found.status is Status.IMPOSSIBLE_PATTERNS
    assert "cannot occur" in found.status.words
