"""Fit how partitions are weighed, on made worlds with known truth, and write it beside the shipped parameters.

    python -m benchmarks.linkage.train_draws [--worlds 24] [--seed 20261201]

tau, alpha and spread maximise the probability of the true partitions of the components of up to 6 records, where
every world has an alpha of its own from a normal curve (so a short list, which says little, spreads nothing);
`missed` are the links between components, which no draw can make. Records with one word of a name that draws leave
alone are counted apart (`one_word`: how many times as often as others they are of somebody with another record). A
quarter of the worlds are short lists of one day in one town, half hold thousands or tens of thousands of people; lists
are written with fewer or more faults. The seeds are not those of `train_parameters`, so that the parameters are not
tried on the worlds they come from.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from benchmarks.linkage.made_worlds import FAULTS, world
from benchmarks.linkage.train_parameters import TARGET
from esep.linkage.components import FORBIDDEN
from esep.linkage.draws import Draws, Missed, draw
from esep.linkage.grounds import BARE
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
        """Odds and index of the true partition of the components of each size.

        Those whose truth a rule keeps apart are left out: no weight can make it likely, and a few would bend the fit.
        """
        found = defaultdict(list)
        for one in self.run.components:
            if len(one) <= LARGEST:
                first: dict[str, int] = {}
                labels = [first.setdefault(self.truth[node[0]], place) for place, node in enumerate(one.nodes)]
                together = np.equal.outer(labels, labels)
                if np.isin(one.odds[together], (BARE, FORBIDDEN)).any():
                    continue
                index = np.flatnonzero((all_partitions(len(one)) == labels).all(axis=1))[0]
                found[len(one)].append((one.odds, index))
        return {size: (np.stack([o for o, _ in some]), np.array([i for _, i in some])) for size, some in found.items()}

    def one_word(self) -> np.ndarray:
        """Whether one word is all that there is of each record's name."""
        return np.array([one.is_one_word for one in self.run.features])

    def pieces(self) -> tuple[int, int]:
        """People, and what is left of them when each is cut where components end; without names of one word."""
        component = {record: at for at, one in enumerate(self.run.components) for node in one.nodes for record in node}
        whole = [(place, self.truth[place]) for place in np.flatnonzero(~self.one_word()).tolist()]
        pieces = {(true, component.get(place, -1 - place)) for place, true in whole}
        return len({true for _, true in whole}), len(pieces)

    def one_word_alone(self, draws: Draws) -> tuple[float, float]:
        """Records with one word of a name that stand alone in draws: how many have another, how many if as others."""
        one_word, times, found, expected = self.one_word(), Counter(self.truth), 0.0, 0.0
        several = np.array([times[true] > 1 for true in self.truth])
        for row in draws.labels:
            alone = np.bincount(row, minlength=len(row))[row] == 1
            found += (several & one_word & alone).sum()
            expected += (one_word & alone).sum() * (~alone[~one_word]).mean()
        return found / len(draws), expected / len(draws)


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
    shares, alone = [], []
    for one in worlds:
        drawn = draw(one.run, one.settings, prior=fixed, missed=NOTHING_MISSED, draws=33)
        true, pieces = one.pieces()
        shares.append((pieces - true) / (int((~one.one_word()).sum()) - true))
        alone.append(one.one_word_alone(drawn))
        people, links = len(set(one.truth)), len(one.truth) - len(set(one.truth))
        told = f"{shares[-1]:.2%} of links missed, {(drawn.people().mean() - people) / links:+.2%} people too many"
        print(f"{len(one.truth)} records, {people} people: {told} in draws, one word {alone[-1]}", flush=True)
    one_word = sum(found for found, _ in alone) / sum(expected for _, expected in alone)
    print(f"tau {prior.tau:.3f} alpha {prior.alpha:.3f} spread {prior.spread:.3f}")
    print(f"missed {np.mean(shares):.4f} sd {np.std(shares, ddof=1):.4f} one word {one_word:.2f}")
    found = json.loads(TARGET.read_text(encoding="utf-8"))
    made = f"benchmarks/linkage/train_draws.py, {wanted.worlds} worlds, seed {wanted.seed}, {wanted.on}"
    found["partitions"] = {"made": made, "tau": prior.tau, "alpha": prior.alpha, "spread": prior.spread}
    mean, sd = float(np.mean(shares)), float(np.std(shares, ddof=1))
    found["missed"] = {"made": made, "mean": mean, "sd": sd, "one_word": one_word}
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
