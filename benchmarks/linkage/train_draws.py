"""Fit how partitions are weighed, on made worlds with known truth, and write it beside the shipped parameters.

    python -m benchmarks.linkage.train_draws [--worlds 24] [--seed 20261201]

tau, alpha and spread maximise the probability of the true partitions of the components of up to 6 records, where
every world has an alpha of its own from a normal curve (so a short list, which says little, spreads nothing);
`missed` are the links between components, which no draw can make. A quarter of the worlds are short lists of one day
in one town, half hold thousands or tens of thousands of people; lists are written with fewer or more faults. The
seeds are not those of `train_parameters`, so that the parameters are not tried on the worlds they come from.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from benchmarks.linkage.made_worlds import FAULTS, world
from benchmarks.linkage.train_parameters import TARGET
from esep.linkage.draws import Missed, draw
from esep.linkage.partitions import PartitionPrior, all_partitions, probabilities
from esep.linkage.records import in_order
from esep.linkage.running import Run, run
from esep.linkage.settings import Settings

LARGEST = 6
SIZES = ((40, 400), (150, 1600), (2500, 7000), (12_000, 30_000))
"""From how many people to how many: worlds take turns, also in how many faults their lists make."""
TAUS = np.arange(0.35, 1.01, 0.05)
ALPHAS = np.arange(-6.0, 4.01, 0.25)
NOTHING_MISSED = Missed(0.0, 0.0, "")


Tables = dict[int, tuple[np.ndarray, np.ndarray]]


@dataclass
class Tried:
    run: Run
    truth: list[str]
    settings: Settings

    def tables(self) -> Tables:
        """Odds and index of the true partition of the components of each size."""
        found = defaultdict(list)
        for one in self.run.components:
            if len(one) <= LARGEST:
                first: dict[str, int] = {}
                labels = [first.setdefault(self.truth[node[0]], place) for place, node in enumerate(one.nodes)]
                index = np.flatnonzero((all_partitions(len(one)) == labels).all(axis=1))[0]
                found[len(one)].append((one.odds, index))
        return {size: (np.stack([o for o, _ in some]), np.array([i for _, i in some])) for size, some in found.items()}

    def pieces(self) -> int:
        """People if all that components hold apart were known and nothing else: each is cut where components end."""
        component = {record: at for at, one in enumerate(self.run.components) for node in one.nodes for record in node}
        return len({(true, component.get(place, -1 - place)) for place, true in enumerate(self.truth)})


def tried(seed: int, number: int) -> Tried:
    """World by number: the short ones are lists of one day in one town."""
    rng = random.Random(seed + number)
    size, faults = number % len(SIZES), FAULTS[number // len(SIZES) % len(FAULTS)]
    people, lists = rng.randint(*SIZES[size]), rng.randint(2, 6)
    made = world(rng, number=people, lists=lists, one_day=size == 0, faults=faults)
    truth = {record.key: record.truth or "" for record in made}
    ordered = in_order(made)
    settings = Settings()
    found = run(ordered, (), settings, progress=lambda step: None)
    return Tried(found, [truth[record.key] for record in ordered], settings)


def likelihoods(tables: list[Tables], tau: float) -> np.ndarray:
    """Log likelihood of every world's true partitions at each of `ALPHAS`: float64[worlds, alphas]."""
    found = np.zeros((len(tables), len(ALPHAS)))
    for number, by_size in enumerate(tables):
        for place, alpha in enumerate(ALPHAS):
            for odds, index in by_size.values():
                shares = probabilities(odds, prior=PartitionPrior(tau, alpha))
                found[number, place] += np.log(np.maximum(shares[np.arange(len(index)), index], 1e-9)).sum()
    return found


def marginal(known: np.ndarray, alpha: float, spread: float) -> float:
    """Log likelihood of all worlds when each has an alpha of its own from a normal curve."""
    weights = np.exp(-(((ALPHAS - alpha) / spread) ** 2) / 2)
    return float(logsumexp(known, b=weights / weights.sum(), axis=1).sum())


def fitted(tables: list[Tables]) -> PartitionPrior:
    """tau, alpha and spread of the highest marginal likelihood."""
    best, found = -np.inf, PartitionPrior()
    for tau in TAUS:
        known = likelihoods(tables, tau)
        top = minimize(lambda x, k=known: -marginal(k, x[0], np.exp(x[1])), [-0.5, -0.5], method="Nelder-Mead")
        print(f"tau {tau:.2f}: alpha {top.x[0]:.2f}, spread {np.exp(top.x[1]):.2f}, {-top.fun:.1f}", flush=True)
        if -top.fun > best:
            best, found = -top.fun, PartitionPrior(float(tau), float(top.x[0]), float(np.exp(top.x[1])))
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=24)
    parser.add_argument("--seed", type=int, default=20261201)
    parser.add_argument("--on", default="2026-11-29", help="day written into the file")
    wanted = parser.parse_args()
    worlds = [tried(wanted.seed, number) for number in range(wanted.worlds)]
    prior = fitted([one.tables() for one in worlds])
    fixed = PartitionPrior(prior.tau, prior.alpha)
    shares = []
    for one in worlds:
        people = draw(one.run, one.settings, prior=fixed, missed=NOTHING_MISSED, draws=33).people().mean()
        true, pieces = len(set(one.truth)), one.pieces()
        links = len(one.truth) - true
        shares.append((pieces - true) / links)
        told = f"{shares[-1]:.2%} of links missed, {(people - pieces) / links:+.2%} others by the draws"
        print(f"{len(one.truth)} records, {true} people: {told}", flush=True)
    print(f"tau {prior.tau:.3f} alpha {prior.alpha:.3f} spread {prior.spread:.3f}")
    print(f"missed {np.mean(shares):.4f} sd {np.std(shares, ddof=1):.4f}")
    found = json.loads(TARGET.read_text(encoding="utf-8"))
    made = f"benchmarks/linkage/train_draws.py, {wanted.worlds} worlds, seed {wanted.seed}, {wanted.on}"
    found["partitions"] = {"made": made, "tau": prior.tau, "alpha": prior.alpha, "spread": prior.spread}
    found["missed"] = {"made": made, "mean": float(np.mean(shares)), "sd": float(np.std(shares, ddof=1))}
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
