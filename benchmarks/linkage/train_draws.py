"""Fit how partitions are weighed, on made worlds with known truth, and write it beside the shipped parameters.

    python -m benchmarks.linkage.train_draws [--worlds 16] [--seed 20261201]

tau and alpha maximise the probability of the true partitions of the components of up to 6 records; `spread` is how
much the best alpha differs between worlds; `missed` is what then still lies between drawn and true links. The seeds
are not those of `train_parameters`, so that the parameters are not tried on the worlds they come from.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from benchmarks.linkage.made_worlds import world
from benchmarks.linkage.train_parameters import TARGET
from esep.linkage.draws import Missed, draw
from esep.linkage.partitions import PartitionPrior, all_partitions, probabilities
from esep.linkage.records import in_order
from esep.linkage.running import Run, run
from esep.linkage.settings import Settings

LARGEST = 6
NOTHING_MISSED = Missed(0.0, 0.0, "")


@dataclass
class Tried:
    run: Run
    truth: list[str]
    settings: Settings

    def tables(self) -> dict[int, tuple[np.ndarray, np.ndarray]]:
        """Odds and index of the true partition of the components of each size."""
        found = defaultdict(list)
        for one in self.run.components:
            if len(one) <= LARGEST:
                first: dict[str, int] = {}
                labels = [first.setdefault(self.truth[node[0]], place) for place, node in enumerate(one.nodes)]
                index = np.flatnonzero((all_partitions(len(one)) == labels).all(axis=1))[0]
                found[len(one)].append((one.odds, index))
        return {size: (np.stack([o for o, _ in some]), np.array([i for _, i in some])) for size, some in found.items()}


def tried(seed: int) -> Tried:
    rng = random.Random(seed)
    made = world(rng, number=rng.randint(150, 1600), lists=rng.randint(2, 6))
    truth = {record.key: record.truth or "" for record in made}
    ordered = in_order(made)
    settings = Settings()
    found = run(ordered, (), settings, progress=lambda step: None)
    return Tried(found, [truth[record.key] for record in ordered], settings)


def loss(tables: list[dict], tau: float, alpha: float) -> float:
    total = 0.0
    for by_size in tables:
        for odds, index in by_size.values():
            shares = probabilities(odds, prior=PartitionPrior(tau, alpha))
            total -= np.log(np.maximum(shares[np.arange(len(index)), index], 1e-9)).sum()
    return total


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=16)
    parser.add_argument("--seed", type=int, default=20261201)
    parser.add_argument("--on", default="2026-11-21", help="day written into the file")
    wanted = parser.parse_args()
    worlds = [tried(wanted.seed + number) for number in range(wanted.worlds)]
    tables = [one.tables() for one in worlds]
    best = minimize(lambda x: loss(tables, x[0], x[1]), [0.8, -0.5], method="Nelder-Mead").x
    alphas = [
        minimize_scalar(lambda a, t=[one]: loss(t, best[0], a), bounds=(-6, 6), method="bounded").x for one in tables
    ]
    spread = float(np.std(alphas, ddof=1))
    prior = PartitionPrior(float(best[0]), float(best[1]))
    shares = []
    for one, alpha in zip(worlds, alphas, strict=True):
        people = draw(one.run, one.settings, prior=prior, missed=NOTHING_MISSED, draws=33).people()
        true = len(set(one.truth))
        links = len(one.truth) - true
        shares.append((people.mean() - true) / links)
        print(f"{len(one.truth)} records, {true} people, drawn {people.mean():.1f}, own alpha {alpha:.2f}", flush=True)
    print(f"tau {best[0]:.3f} alpha {best[1]:.3f} spread {spread:.3f}")
    print(f"left over {np.mean(shares):.4f} sd {np.std(shares, ddof=1):.4f}")
    found = json.loads(TARGET.read_text(encoding="utf-8"))
    made = f"benchmarks/linkage/train_draws.py, {wanted.worlds} worlds, seed {wanted.seed}, {wanted.on}"
    found["partitions"] = {"made": made, "tau": prior.tau, "alpha": prior.alpha, "spread": spread}
    found["missed"] = {"made": made, "mean": float(np.mean(shares)), "sd": float(np.std(shares, ddof=1))}
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
