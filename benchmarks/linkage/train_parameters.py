"""Train the shipped parameters on made worlds and write them into the package.

    python -m benchmarks.linkage.train_parameters [--worlds 12] [--seed 20261121] [--large 9000 ...]

m: shares of levels over all pairs of one person; u: over random pairs of two persons. Names that agree well do so by
chance in a few pairs of a million, which no sample shows: from 3 nats on their weight is counted in large worlds, on
all pairs that share a key (whole names that agree so well share two words, so they share a key; records with one word
of a name are compared with random others instead). m and u of a weight have to
come from the same worlds, because long lists know rare names better, which moves pairs between levels. Weights of names
are then made monotone. The file says when and how it was made.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression

import esep.linkage
from benchmarks.linkage.made_worlds import world
from esep.linkage import engine
from esep.linkage.blocking import block
from esep.linkage.comparison import NAME_CUTS, comparisons
from esep.linkage.likeness import name_scores
from esep.linkage.records import Record, in_order
from esep.linkage.running import read
from esep.linkage.settings import Settings
from esep.linkage.training import level_counts, sampled_pairs, shares

TARGET = Path(esep.linkage.__file__).parent / "parameters.json"
SETTINGS = Settings(largest_block=200_000, pairs_a_record=400)
"""Wide enough that no two words of the large worlds are left out because too many share them."""
RANDOM_PAIRS, ONE_WORD_PAIRS = 1_000_000, 2_000_000
LEAST_COUNT = 3.0
COUNTED_FROM = 6
"""Level of names from which chance agreement is counted on blocks of large worlds."""


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


def counted(seed: int, people: int) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Pairs of one and of two persons at each level of names that share a key in a world, and all its pairs of both."""
    made = world(random.Random(seed), number=people)
    truth = {record.key: record.truth for record in made}
    ordered = in_order(made)
    found, frozen = read(ordered)
    names = partial(name_scores, frozen.spellings)
    blocked = block(found, apart=np.full(len(found), -1), names=names, settings=SETTINGS)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(truth.values()))}
    who = np.array([numbers[truth[record.key]] for record in ordered])
    short = np.array([one.is_one_word for one in found])
    whole = ~short[blocked.left] & ~short[blocked.right]
    one, two = by_level(blocked.names[whole], (who[blocked.left] == who[blocked.right])[whole])
    left, right, times = with_one_word(short, who, np.random.default_rng(seed))
    lone_one, lone_two = by_level(names(left, right), who[left] == who[right])
    pairs = float(sum(n * (n - 1) / 2 for n in Counter(who.tolist()).values()))
    assert all(one.kind != "two words" for one in blocked.too_large)
    print(f"world of {len(made)} records: {len(blocked)} pairs share a key and alike names", flush=True)
    return one + lone_one, two + times * lone_two, pairs, len(made) * (len(made) - 1) / 2 - pairs


def by_level(scores: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many pairs of one person and of two have each level of names."""
    levels = engine.level_of(scores)
    one, two = (np.bincount(levels[(levels >= 0) & of], minlength=len(NAME_CUTS) + 1) for of in (same, ~same))
    return one, two


def with_one_word(
    short: np.ndarray, who: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, float]:
    """All true pairs with a record of one word, some of the others, and how many pairs each of these stands for."""
    of_person = defaultdict(list)
    for place, person in enumerate(who.tolist()):
        of_person[person].append(place)
    true = [p for some in of_person.values() for p in combinations(some, 2) if short[p[0]] or short[p[1]]]
    rows = np.flatnonzero(short)
    total = len(rows) * (len(who) - 1) - len(rows) * (len(rows) - 1) / 2 - len(true)
    if not len(rows):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 0.0
    left, right = rng.choice(rows, ONE_WORD_PAIRS), rng.integers(0, len(who), ONE_WORD_PAIRS)
    keep = (who[left] != who[right]) & (~short[right] | (left < right))  # pairs of two such records once
    both = np.concatenate([np.array(true, dtype=np.int64).reshape(-1, 2), np.stack([left, right], axis=1)[keep]])
    return both[:, 0], both[:, 1], float(total / keep.sum())


def with_counted_names(sampled: dict[str, list[float]], *, large: list[int], seed: int) -> dict[str, list[float]]:
    """m and u of names: u as sampled for names that agree little, by the weight counted in large worlds for others."""
    worlds = [counted(seed + at, people) for at, people in enumerate(large)]
    one, two, same, other = (sum(column) for column in zip(*worlds, strict=True))
    chance = np.array(sampled["m"]) * (np.maximum(two, 1.0) / other) / (np.maximum(one, 1.0) / same)
    u = np.where(np.arange(len(chance)) < COUNTED_FROM, sampled["u"], chance)
    return {"m": sampled["m"], "u": monotone(sampled["m"], u / u.sum())}


def train(worlds: int, seed: int, large: list[int]) -> dict[str, dict[str, list[float]]]:
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
    found["name"] = with_counted_names(found["name"], large=large, seed=seed + worlds)
    return found


def monotone(m: list[float], u: np.ndarray) -> list[float]:
    """u of names, changed where a better name would otherwise weigh less (isotonic over levels, weighted by m)."""
    weights = IsotonicRegression().fit_transform(np.arange(len(m)), np.log(m) - np.log(u), sample_weight=m)
    raw = np.array(m) * np.exp(-weights)
    return [float(share) for share in raw / raw.sum()]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--large", type=int, nargs="*", default=[9000] * 12 + [40_000] * 2, help="their people")
    parser.add_argument("--on", default="2026-11-29", help="day written into the file")
    wanted = parser.parse_args()
    before = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    found = before | {
        "made": f"benchmarks/linkage/train_parameters.py, {wanted.worlds} worlds and {len(wanted.large)} large ones, "
        f"seed {wanted.seed}, {wanted.on}",
        "probabilities": train(wanted.worlds, wanted.seed, wanted.large),
    }
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
