"""Sums over graphs and over numbers unseen, in chunks and on the log scale: never graphs x grid in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.estimate.graphs.chordal import ChordalGraphs

Floats = NDArray[np.float64]
CHUNK_VALUES = 1 << 21  # 16 MB of float64 at a time


@dataclass(frozen=True, eq=False)
class Sums:
    """`by_graph` float64[G]: log of the sum over the grid. `by_node` float64[g]: log of the sum over graphs, unweighted
    by width. `at_last` float64[G]: log weight at the last node.
    """

    by_graph: Floats
    by_node: Floats
    at_last: Floats


def incidence(graphs: ChordalGraphs, rows: slice) -> Floats:
    """Matrix graphs x sets of lists: +1 for each clique, -1 for each separator; column 0 is for padding."""
    cliques, separators = graphs.cliques[rows], graphs.separators[rows]
    matrix = np.zeros((len(cliques), 1 << graphs.lists))
    row = np.arange(len(cliques))
    for column in range(cliques.shape[1]):
        matrix[row, cliques[:, column]] += 1.0
        matrix[row, separators[:, column]] -= 1.0
    matrix[:, 0] = 0.0
    return matrix


def sum_weights(graphs: ChordalGraphs, scores: Floats, *, base: Floats, widths: Floats) -> Sums:
    """Sum exp(base + W scores) over graphs and over nodes.

    `scores` float64[2^k, g]: log score of each set of lists at each node; `base` float64[g]; `widths` float64[g].
    """
    chunk = max(1, CHUNK_VALUES // max(scores.shape))
    by_graph, at_last = np.empty(len(graphs)), np.empty(len(graphs))
    column, highest = np.zeros(scores.shape[1]), -np.inf
    for start in range(0, len(graphs), chunk):
        rows = slice(start, min(start + chunk, len(graphs)))
        block = incidence(graphs, rows) @ scores
        block += base
        at_last[rows] = block[:, -1]
        peak = block.max(axis=1)
        block -= peak[:, None]
        np.exp(block, out=block)
        by_graph[rows] = peak + np.log(block @ widths)
        if peak.max() > highest:
            column *= np.exp(highest - peak.max())
            highest = float(peak.max())
        column += np.exp(peak - highest) @ block
    with np.errstate(divide="ignore"):
        return Sums(by_graph, np.log(column) + highest, at_last)


def sum_over_graphs(graphs: ChordalGraphs, scores: Floats, *, base: Floats) -> Floats:
    """Log of the sum over graphs at each node: the shape of the posterior, before the grid is settled."""
    return sum_weights(graphs, scores, base=base, widths=np.ones_like(base)).by_node
