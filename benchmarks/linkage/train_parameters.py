"""Train the shipped parameters on made worlds and write them into the package.

    python -m benchmarks.linkage.train_parameters [--worlds 12] [--seed 20261121]

m: shares of levels over all pairs of one person; u: over random pairs of two persons. Chance agreement of names is
made monotone from the levels that random pairs reach. The file says when and how it was made.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression

import esep.linkage
from benchmarks.linkage.made_worlds import world
from esep.linkage import engine
from esep.linkage.comparison import comparisons
from esep.linkage.likeness import name_scores
from esep.linkage.records import Record, in_order
from esep.linkage.running import read
from esep.linkage.training import level_counts, sampled_pairs, shares

TARGET = Path(esep.linkage.__file__).parent / "parameters.json"
RANDOM_PAIRS = 150_000
LEAST_COUNT = 3.0


def gammas(records: list[Record], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    ordered = in_order(records)
    flat = {field.name: {"m": [0.5] * len(field.levels), "u": [0.5] * len(field.levels)} for field in comparisons()}
    found, frozen = read(ordered)
    names = name_scores(frozen.spellings, left, right)
    with engine.connect() as con:
        engine.load(found, con=con, spellings=frozen.spellings, places=frozen.places)
        return engine.score(engine.model_of(flat), left, right, names=names, con=con).gammas


def pairs(records: list[Record], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """True pairs and random ones, with whether they are one person's."""
    truth = {record.key: record.truth for record in records}
    ordered = in_order(records)
    of_person = defaultdict(list)
    for place, record in enumerate(ordered):
        of_person[truth[record.key]].append(place)
    same = {pair for places in of_person.values() for pair in combinations(places, 2)}
    left, right = sampled_pairs(rng, len(ordered), most=RANDOM_PAIRS)
    other = {pair for pair in zip(left.tolist(), right.tolist(), strict=True)} - same
    both = sorted(same | other)  # the order in which scores come back
    positions = np.array(both, dtype=np.int64)
    return positions[:, 0], positions[:, 1], np.array([pair in same for pair in both])


def train(worlds: int, seed: int) -> dict[str, dict[str, list[float]]]:
    m, u = defaultdict(list), defaultdict(list)
    for number in range(worlds):
        made = world(random.Random(seed + number), number=900)
        left, right, same = pairs(made, np.random.default_rng(seed + number))
        found = gammas(made, left, right)
        for place, field in enumerate(comparisons()):
            m[field.name].append(level_counts(found[same, place], levels=len(field.levels)))
            u[field.name].append(level_counts(found[~same, place], levels=len(field.levels)))
        print(f"world {number}: {len(made)} records, {same.sum()} true pairs", flush=True)
    found = {
        field.name: {"m": shares(m[field.name], least=LEAST_COUNT), "u": shares(u[field.name], least=1.0)}
        for field in comparisons()
    }
    found["name"]["u"] = monotone(found["name"]["m"], found["name"]["u"])
    return found


def monotone(m: list[float], u: list[float]) -> list[float]:
    """u of names, changed where a better name would otherwise weigh less (isotonic over levels, weighted by m)."""
    weights = IsotonicRegression().fit_transform(np.arange(len(m)), np.log(m) - np.log(u), sample_weight=m)
    raw = np.array(m) * np.exp(-weights)
    return [float(share) for share in raw / raw.sum()]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--on", default="2026-11-21", help="day written into the file")
    wanted = parser.parse_args()
    before = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    found = before | {
        "made": f"benchmarks/linkage/train_parameters.py, {wanted.worlds} worlds, seed {wanted.seed}, {wanted.on}",
        "probabilities": train(wanted.worlds, wanted.seed),
    }
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
