"""Whose figures are right on the table «duck»: python -m benchmarks.estimate.latent_class_labels [--sweeps 12000].

The stick-breaking prior is not the same for every order of the classes. A Gibbs sampler without label moves (as LCMCR)
keeps the order that its start gave it, and each order has an answer of its own; chains then differ however long they
run. Here the textbook sampler (`latent_class.gibbs`) runs from the prior, with label moves and without; it shares
no move with the Hamiltonian sampler of the product. Quantiles are of the second half, errors between chains.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from esep.estimate import CaptureTable
from esep.estimate.latent_class.cells import cells_of
from esep.estimate.latent_class.gibbs import GibbsChains
from esep.estimate.latent_class.settings import LatentClassSettings

TABLES = Path(__file__).parents[2] / "tests" / "oracles" / "estimate" / "tables.json"
REPORT = Path(__file__).parent / "results" / "latent_class_labels.txt"
PROBS = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
CHAINS, EVERY, SEED = 128, 10, 20


def run(table: CaptureTable, *, sweeps: int, label_moves: int) -> np.ndarray:
    """N of every tenth sweep, float64[sweeps / 10, chains]."""
    rng = np.random.default_rng(SEED)
    chains = GibbsChains(cells_of(table), LatentClassSettings(), chains=CHAINS, rng=rng, label_moves=label_moves)
    swept = (chains.sweep() for _ in range(sweeps))
    return table.n + np.array([unseen.copy() for place, unseen in enumerate(swept) if place % EVERY == EVERY - 1])


def lines(drawn: np.ndarray, what: str, seconds: float) -> list[str]:
    """Quantiles of the second half with errors from 16 groups of chains; medians by quarter and by chain."""
    kept = drawn[len(drawn) // 2 :]
    groups = np.array([np.quantile(part, PROBS) for part in np.array_split(kept, 16, axis=1)])
    whole, errors = np.quantile(kept, PROBS), groups.std(axis=0, ddof=1) / 4
    quarters = [float(np.median(part)) for part in np.array_split(drawn, 4)]
    medians = np.sort(np.median(kept, axis=0))
    return [
        f"{what}: {CHAINS} chains of {len(drawn) * EVERY} sweeps, {seconds:.0f} CPU s",
        "  " + "  ".join(f"{p:g}: {q:.1f} +- {e:.1f}" for p, q, e in zip(PROBS, whole, errors, strict=True)),
        "  median by quarter of the run: " + ", ".join(f"{m:.0f}" for m in quarters),
        f"  medians of single chains: {medians[6]:.0f} to {medians[-7]:.0f} (nine tenths of them)",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sweeps", type=int, default=12_000)
    sweeps = parser.parse_args().sweeps
    entry = json.loads(TABLES.read_text())["tables"]["duck"]
    table = CaptureTable.from_patterns(entry["counts"], lists=entry["lists"])
    rows = [f"Textbook Gibbs sampler on the table duck, {datetime.now(UTC):%Y-%m-%d}, seed {SEED}"]
    for moves in (20, 0):
        started = time.process_time()
        drawn = run(table, sweeps=sweeps, label_moves=moves)
        rows += ["", *lines(drawn, f"{moves} label moves a sweep", time.process_time() - started)]
        print("\n".join(rows[-4:]), flush=True)
    REPORT.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
