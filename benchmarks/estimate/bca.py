"""BCa limits over the choice of a model by BIC, beside the R package: python -m benchmarks.estimate.bca [TABLE...].

For each table with the number of resamples of the published figures and with 2000: the peer's limits, our mean over
seeds, and how far they lie apart in standard deviations of both Monte Carlo errors (ours over seeds, the peer's from
its own resamples). The peer counts resamples strictly below the estimate, where a choice of models makes ties; we
count ties half. «as peer» is our run with the peer's count, so that only chance is left between them; «product» is
what `loglinear-bic-bootstrap` prints with as many models and resamples; «drawn» would be its limits if the number of
people seen were drawn too. With Korea and Kosovo 25 of the peer's own resamples are analysed again: N must be the same
to six digits.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.special import ndtr, ndtri

from esep.estimate import CaptureTable, bootstrap, catalogue, loglinear
from esep.estimate.loglinear_methods import best_by_bic

ORACLES = Path(__file__).parents[2] / "tests" / "oracles" / "estimate"
REPORT = Path(__file__).parent / "results" / "bca.txt"
PROBS = (0.025, 0.1, 0.9, 0.975)
SEEDS = 8
MOST_GAP, MOST_SHARE = 3.0, 0.05


def read(name: str) -> dict:
    return json.loads((ORACLES / name).read_text())


def analysis_of(table: CaptureTable, kept: int) -> tuple[bootstrap.Analysis, float]:
    """The choice among the `kept` best models of the table, and its N there."""
    fits = catalogue.fitted(table)
    order = catalogue.ranking(fits)
    chosen = tuple(fits.models[place] for place in order[:kept])
    return best_by_bic(chosen, loglinear.possible_cells(table)), float(fits.population[0, order[0]])


def run_of(table: CaptureTable, analysis: bootstrap.Analysis, *, point: float, resamples: int, fix_seen: bool) -> list:
    """Our runs, one a seed."""
    return [
        bootstrap.bca(table, analysis, point=point, level=0.95, seed=s, replicates=resamples, fix_seen=fix_seen)
        for s in range(SEEDS)
    ]


def limits(found: bootstrap.Bca, point: float, *, as_peer: bool) -> list[float]:
    """Limits at PROBS from the resamples of one run, by our count of ties or by the peer's."""
    numbers = found.replicates
    if as_peer:
        numbers = numbers[np.isfinite(numbers)]
    tied = np.abs(numbers - point) <= bootstrap.SAME * point
    below = ((numbers < point) & ~tied).sum() + (0.0 if as_peer else 0.5) * tied.sum()
    bias = ndtri(below / len(numbers))
    z = bias + ndtri(np.array(PROBS))
    shares = ndtr(bias + z / (1 - found.acceleration * z))
    return [bootstrap.quantile(numbers, float(share)) for share in shares]


def theirs_of(peer: dict) -> str:
    """The peer's acceleration, where it is known."""
    return "not known" if peer["acceleration"] is None else f"{peer['acceleration']:.6f}"


def compare(name: str, peer: dict, run: dict) -> tuple[list[str], int, int]:
    """Lines on one table and number of resamples; limits outside chance, and outside 5 % with 2000 resamples."""
    entry = read("tables.json")["tables"][name]
    table = CaptureTable.from_patterns(entry["counts"], lists=entry["lists"])
    analysis, point = analysis_of(table, peer["models"])
    started = time.process_time()
    runs = run_of(table, analysis, point=point, resamples=run["resamples"], fix_seen=True)
    spent = (time.process_time() - started) / SEEDS
    head = f"{name}, {run['resamples']} resamples, {peer['models']} models; acceleration {runs[0].acceleration:.6f}"
    lines = [f"{head}, peer {theirs_of(peer)}; {spent:.1f} CPU s a run"]
    same = np.array([limits(found, point, as_peer=True) for found in runs])
    ours = np.array([limits(found, point, as_peer=False) for found in runs])
    loose = run_of(table, analysis, point=point, resamples=run["resamples"], fix_seen=False)
    drawn = np.array([limits(found, point, as_peer=False) for found in loose])
    far = wide = 0
    for place, prob in enumerate(PROBS):
        mean, spread = same[:, place].mean(), same[:, place].std(ddof=1)
        theirs, error = run["limits"][str(prob)], run["mcse"][str(prob)] if run["mcse"] else spread
        gap = (mean - theirs) / np.hypot(max(spread, 1e-9) / np.sqrt(SEEDS), max(error, 1e-9))
        share = ours[:, place].mean() / theirs - 1
        far += abs(gap) > MOST_GAP
        wide += run["resamples"] == 2000 and abs(share) > MOST_SHARE
        lines.append(
            f"  {prob:>5} peer {theirs:9.1f} +- {error:7.1f}   as peer {mean:9.1f} +- {spread:7.1f}"
            f" {gap:+5.1f} sd   product {ours[:, place].mean():9.1f} {share:+6.1%}"
            f"   drawn {drawn[:, place].mean():9.1f}"
        )
    return lines, far, wide


def same_resamples(name: str, peer: dict) -> str:
    """Largest relative difference of N on the peer's own resamples."""
    entry = read("tables.json")["tables"][name]
    table = CaptureTable.from_patterns(entry["counts"], lists=entry["lists"])
    analysis, _ = analysis_of(table, peer["models"])
    cells = np.zeros((len(peer["resampled_counts"]), 1 << table.k), dtype=np.int64)
    codes = [sum(1 << j for j, mark in enumerate(pattern) if mark == "1") for pattern in peer["patterns"]]
    cells[:, codes] = peer["resampled_counts"]
    off = np.abs(analysis(cells) / np.array(peer["resampled_N"]) - 1).max()
    return f"{name}: {len(cells)} of the peer's own resamples again, largest relative difference of N {off:.0e}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*")
    chosen = parser.parse_args().tables
    source = read("mse_bca.json")
    title = f"BCa limits over BIC selection beside {source['package']} {source['version']}"
    rows = [f"{title}, {datetime.now(UTC):%Y-%m-%d}, {SEEDS} seeds", ""]
    total = outside = apart = of_2000 = 0
    for name, peer in source["tables"].items():
        for run in peer["runs"] if not chosen or name in chosen else ():
            lines, far, wide = compare(name, peer, run)
            rows += lines
            total, outside, apart = total + len(PROBS), outside + far, apart + wide
            of_2000 += len(PROBS) * (run["resamples"] == 2000)
            print("\n".join(lines), flush=True)
        if "resampled_N" in peer and (not chosen or name in chosen):
            rows.append(same_resamples(name, peer))
    rows += ["", f"{outside} of {total} limits further than {MOST_GAP:.0f} standard deviations from the peer's"]
    rows.append(f"{apart} of {of_2000} limits of 2000 resamples further than {MOST_SHARE:.0%} from the peer's")
    print("\n".join(rows[-4:]))
    if not chosen:
        REPORT.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
