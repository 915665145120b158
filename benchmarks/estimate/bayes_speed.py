"""CPU seconds and memory of the Bayesian methods: python -m benchmarks.estimate.bayes_speed.

Each row beside the peer's CPU seconds on one core of a shared machine (reference runs, R 4.2.2). Graph counts and the
compiled loop are made once before the clock starts, except where a row says «first call».
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from esep.estimate import CaptureTable
from esep.estimate.graphs.averaging import GraphSettings, average_graphs
from esep.estimate.graphs.chordal import chordal_graphs
from esep.estimate.graphs.grid import whole_grid
from esep.estimate.graphs.walk_method import average_by_walking
from esep.estimate.latent_class.cells import cells_of, start_from_prior
from esep.estimate.latent_class.chain import Chain
from esep.estimate.latent_class.sampling import sample
from esep.estimate.latent_class.settings import LatentClassSettings

ORACLES = Path(__file__).parents[2] / "tests" / "oracles" / "estimate"
REPORT = Path(__file__).parent / "results" / "bayes_speed.txt"
TABLES = json.loads((ORACLES / "tables.json").read_text())["tables"]
SETTINGS = LatentClassSettings(draws=3000, most_draws=3000, scouts=0, ladders=0, sensitivity=())
FIRST = """
from time import process_time
from esep.estimate.graphs.chordal import chordal_graphs
started = process_time()
chordal_graphs({k})
print(process_time() - started)
"""


def table_of(name: str) -> CaptureTable:
    return CaptureTable.from_patterns(TABLES[name]["counts"], lists=TABLES[name]["lists"])


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """Least CPU seconds of several runs."""
    found = []
    for _ in range(times):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def first_call(lists: int) -> float:
    """CPU seconds of listing the graphs in a new process."""
    code = FIRST.format(k=lists)
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def peak_megabytes(work: Callable[[], object]) -> float:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def seven_lists() -> CaptureTable:
    """The eight New Orleans lists without the last."""
    table = table_of("NewOrl")
    return table.select(table.lists[:7])


def graph_rows() -> list[str]:
    five, six, seven = table_of("UKdat_5"), table_of("UKdat"), seven_lists()
    grid = whole_grid(1, 65_872)
    chordal_graphs(7)
    long = seconds(lambda: average_graphs(five, grid=grid))
    own = seconds(lambda: average_graphs(five))
    rows = [
        row("5 lists, grid of 65 872 values", long, peer=4.2),
        f"    memory of that row: {peak_megabytes(lambda: average_graphs(five, grid=grid)):.0f} MB (peer 1800 MB)",
        row("5 lists, own log grid", own, peer=4.2),
        row("6 lists, enumeration included", seconds(lambda: average_graphs(six)) + first_call(6)),
        row("7 lists, graphs already listed", seconds(lambda: average_graphs(seven), times=2)),
        row("7 lists, listing the 617 675 graphs, first call", first_call(7)),
        row("8 lists, walks until settled", seconds(walk_eight, times=2)),
    ]
    return rows


def walk_eight() -> None:
    average_by_walking(table_of("NewOrl"), GraphSettings(), seed=1)


def latent_rows() -> list[str]:
    cells, rng = cells_of(table_of("Kosovo")), np.random.default_rng(1)
    chain = Chain(cells, SETTINGS, start_from_prior(cells, SETTINGS, rng=rng), rng)
    chain.warm_up(600)
    gradients = 300 * (sum(chain.lengths) / 2 + 3)
    each = seconds(lambda: chain.run(300)) / gradients
    started = time.process_time()
    draws = sample(cells, SETTINGS, seed=np.random.SeedSequence(2))
    spent = time.process_time() - started
    effective = min(draws.convergence.bulk, draws.convergence.tail)
    return [
        f"one gradient, 15 cells, K = 10: {each * 1e6:.2f} us (LCMCR 14.6 us a Gibbs sweep; a trajectory is about 60)",
        f"Kosovo, effective draws of log n0 a CPU second, warm-up included: bulk {draws.convergence.bulk / spent:.0f},"
        f" least of bulk and tail {effective / spent:.0f} (LCMCR about 107, target 200)",
    ]


def row(what: str, spent: float, *, peer: float | None = None) -> str:
    beside = "no peer can" if peer is None else f"peer {peer} s, {peer / spent:.0f} x"
    return f"  {what:50} {spent:8.3f} CPU s   {beside}"


def main() -> None:
    rows = [f"Cost of the Bayesian methods, {datetime.now(UTC):%Y-%m-%d}", "", "Decomposable graphs", *graph_rows()]
    rows += ["", "Latent class", *("  " + line for line in latent_rows())]
    rows.append(f"\nlargest memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(rows) + "\n")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
