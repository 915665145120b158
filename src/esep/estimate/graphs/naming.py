"""What the graphs say, in the names of the lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from esep.estimate.graphs.averaging import GraphAverage
from esep.estimate.graphs.chordal import has_edge
from esep.estimate.graphs.impossible import ImpossibleAverage

SHOWN = 10


def edge_probabilities(average: GraphAverage | ImpossibleAverage, names: Sequence[str]) -> list[dict[str, Any]]:
    """Probability that each pair of lists is joined (depends on each other directly), pairs in order of name."""
    order = sorted(range(len(names)), key=lambda j: names[j])
    rows = []
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            joined = has_edge(average.graphs.edges, first, second)
            prob = float(average.graph_prob[joined].sum())
            rows.append({"lists": [names[first], names[second]], "prob": min(prob, 1.0)})
    return rows


def top_graphs(
    average: GraphAverage | ImpossibleAverage, names: Sequence[str], *, shown: int = SHOWN
) -> list[dict[str, Any]]:
    """The likeliest graphs by their cliques; single graphs mean little when there are many, see the pairs instead."""
    best = np.argsort(-average.graph_prob, kind="stable")[:shown]
    rows = [{"cliques": name_cliques(average, int(g), names), "prob": float(average.graph_prob[g])} for g in best]
    return sorted(rows, key=lambda row: (-round(float(str(row["prob"])), 14), str(row["cliques"])))


def name_cliques(average: GraphAverage | ImpossibleAverage, graph: int, names: Sequence[str]) -> list[list[str]]:
    """Cliques of one graph, each a sorted list of names."""
    sets = [int(chosen) for chosen in average.graphs.cliques[graph] if chosen]
    return sorted(sorted(names[j] for j in range(len(names)) if chosen >> j & 1) for chosen in sets)
