"""Labelled chordal graphs: how many, and what their cliques and separators are."""

import numpy as np
import pytest

from esep.errors import EstimateError
from esep.estimate.graphs.chordal import chordal_graphs, has_edge, pair_bit
from esep.estimate.graphs.streaming import incidence


# OEIS A058862: labelled chordal graphs on n vertices.
@pytest.mark.parametrize(
    ("lists", "number"), [(1, 1), (2, 2), (3, 8), (4, 61), (5, 822), (6, 18154), (7, 617675)]
)
def test_there_are_as_many_chordal_graphs_as_in_the_encyclopedia(lists, number):
    assert len(chordal_graphs(lists)) == number


def test_eight_lists_are_refused_with_the_way_out():
    with pytest.raises(EstimateError, match="1 to 7 lists"):
        chordal_graphs(8)


def test_the_four_cycle_is_the_shape_that_is_missing_on_four_lists():
    cycles = [sum(1 << pair_bit(*pair) for pair in cycle) for cycle in (
        [(0, 1), (1, 2), (2, 3), (3, 0)], [(0, 2), (2, 1), (1, 3), (3, 0)], [(0, 1), (1, 3), (3, 2), (2, 0)]
    )]  # fmt: skip
    assert set(range(64)) - set(chordal_graphs(4).edges.tolist()) == set(cycles)


def test_cliques_are_joined_within_and_cover_every_edge():
    graphs = chordal_graphs(5)
    for index in range(0, len(graphs), 7):
        cliques = graphs.cliques[index]
        pairs = {(i, j) for clique in cliques for j in range(5) for i in range(j) if clique >> i & clique >> j & 1}
        assert sum(1 << pair_bit(*pair) for pair in pairs) == graphs.edges[index]


def test_every_list_is_counted_once_by_cliques_less_separators():
    graphs = chordal_graphs(6)
    matrix = incidence(graphs, slice(0, len(graphs)))
    for member in range(6):
        on = np.array([chosen >> member & 1 for chosen in range(64)])
        assert (matrix @ on == 1).all()


def test_no_clique_lies_inside_another():
    graphs = chordal_graphs(5)
    for row in graphs.cliques:
        cliques = [int(clique) for clique in row if clique]
        assert not any(a != b and a & b == a for a in cliques for b in cliques)


def test_an_edge_is_in_as_many_graphs_whatever_its_lists():
    graphs = chordal_graphs(5)
    numbers = {int(has_edge(graphs.edges, i, j).sum()) for j in range(5) for i in range(j)}
    assert len(numbers) == 1
