"""Latent-class quantiles against LCMCR, graph averages against dga: python -m benchmarks.estimate.bayes_accuracy.

A latent-class quantile misses when it lies further from LCMCR's than 3 sqrt(own MCSE^2 + reference MCSE^2). The
reference's error is that printed between its seeds; a second column takes the larger of that and the error that
its own effective sample size implies, because four seeds say little about a spread. On the table «duck» LCMCR's chains
disagree (see `latent_class_labels`); there the reference is six long chains of it with the error between them, and
beside it a Gibbs sampler of our own with label moves, whose errors are small.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.stats import norm

from esep.estimate import CaptureTable
from esep.estimate.convergence import quantile_error
from esep.estimate.graphs.averaging import GraphSettings, average_graphs
from esep.estimate.graphs.grid import whole_grid
from esep.estimate.graphs.priors import PopulationPrior
from esep.estimate.latent_class.cells import cells_of
from esep.estimate.latent_class.sampling import sample
from esep.estimate.latent_class.settings import LatentClassSettings

ORACLES = Path(__file__).parents[2] / "tests" / "oracles" / "estimate"
REPORT = Path(__file__).parent / "results" / "bayes_accuracy.txt"
QUANTILES = ("0.025", "0.25", "0.5", "0.75", "0.975")
SEED = 20111216
SETTINGS = LatentClassSettings(draws=10000, most_draws=10000, scouts=0, ladders=0, sensitivity=())


def read(name: str) -> dict:
    return json.loads((ORACLES / name).read_text())


def table_of(name: str) -> CaptureTable:
    entry = read("tables.json")["tables"][name]
    return CaptureTable.from_patterns(entry["counts"], lists=entry["lists"])


def implied_error(quantiles: dict, prob: float, ess: float) -> float:
    """MCSE of a quantile from the effective sample size and the local density between printed quantiles."""
    probs = sorted(float(p) for p in quantiles)
    values = [quantiles[str(p)] for p in probs]
    near = max(1, min(len(probs) - 2, probs.index(prob)))
    slope = (values[near + 1] - values[near - 1]) / (norm.ppf(probs[near + 1]) - norm.ppf(probs[near - 1]))
    return float(np.sqrt(prob * (1 - prob) / ess) / norm.pdf(norm.ppf(prob)) * slope)


def latent_class_rows(name: str, reference: dict) -> tuple[list[str], int, int]:
    table = table_of(name)
    same = table.reorder(table.canonical_order)
    started = time.process_time()
    draws = sample(cells_of(same), SETTINGS, seed=np.random.SeedSequence(SEED))
    seconds = time.process_time() - started
    peer = reference.get("peer", "LCMCR")
    rows = [f"{name}: R-hat {draws.convergence.r_hat:.4f}, bulk ESS {draws.convergence.bulk:.0f}, {seconds:.1f} CPU s"]
    misses = lenient = 0
    for prob in QUANTILES:
        own, theirs = table.n + np.quantile(draws.unseen, float(prob)), reference["quantiles"][prob]
        error, printed = quantile_error(draws.unseen, float(prob)), reference["mcse"][prob]
        implied = printed
        if reference["ess"] is not None:
            implied = max(printed, implied_error(reference["quantiles"], float(prob), reference["ess"]))
        # Both are whole people, so half a person is the least that either can be off.
        far = max(abs(own - theirs) - 1.0, 0.0)
        strict, loose = far > 3 * np.hypot(error, printed), far > 3 * np.hypot(error, implied)
        misses, lenient = misses + strict, lenient + loose
        rows.append(
            f"  {prob:>6} own {own:9.1f} +- {error:6.1f}   {peer} {theirs:9.1f} +- {printed:6.1f} (or {implied:.1f})"
            + ("   MISS" if strict else "")
        )
    return rows, misses, lenient


def graph_rows() -> list[str]:
    rows = ["Decomposable graphs against dga on its own grid (largest differences), and own grid under the same bound"]
    for entry in read("dga.json")["results"]:
        table, prior = table_of(entry["table"]), PopulationPrior(entry["prior"])
        settings = GraphSettings(delta=entry["delta"], prior=prior)
        same = average_graphs(table, settings, grid=whole_grid(*entry["missing"]))
        quantiles = max(abs(same.unseen.quantile(float(p)) - q) for p, q in entry["quantiles"].items())
        best = np.sort(same.graph_prob)[::-1][: len(entry["top_graphs"])]
        weights = max(abs(own - theirs) for own, (_, theirs) in zip(best, entry["top_graphs"], strict=True))
        bound = PopulationPrior(entry["prior"], most=table.n + entry["missing"][1])
        own = average_graphs(table, GraphSettings(delta=entry["delta"], prior=bound))
        off = max(abs(own.unseen.quantile(float(p)) / q - 1) for p, q in entry["quantiles"].items())
        rows.append(
            f"  {entry['table']:14} delta {entry['delta']:<8} quantiles {quantiles:.0f} people, weights {weights:.1e};"
            f" log grid {off:.2%}"
        )
    return rows


def main() -> None:
    rows = [f"Bayesian methods against their R peers, {datetime.now(UTC):%Y-%m-%d}, seed {SEED}", "", *graph_rows(), ""]
    misses = lenient = 0
    reference = read("lcmcr.json")["results"]
    used = [name for name, entry in reference.items() if entry["verdict"].startswith("use")]
    for name in used:
        lines, strict, loose = latent_class_rows(name, reference[name])
        rows, misses, lenient = rows + lines, misses + strict, lenient + loose
        print("\n".join(lines), flush=True)
    total = len(QUANTILES) * len(used)
    rows += ["", f"latent class: {misses} of {total} outside 3 x joint MCSE as printed, {lenient} with implied MCSE"]
    for name, entry in read("gibbs.json")["results"].items():
        lines, strict, _ = latent_class_rows(name, entry)
        what = "outside 3 x joint MCSE of the Gibbs sampler with label moves"
        rows += ["", *lines, f"{strict} of {len(QUANTILES)} {what}"]
        print("\n".join(rows[-len(lines) - 1 :]), flush=True)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(rows) + "\n")
    print("\n".join(rows[:30]), rows[-1], sep="\n")


if __name__ == "__main__":
    main()
