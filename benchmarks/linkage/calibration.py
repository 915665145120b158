"""Whether draws tell the truth as often as they say: people, every pattern of lists, pairs. Resumable.

    python -m benchmarks.linkage.calibration --to FILE.jsonl [--sets 20] [--records 2000]

Sets are made lists of the shared generator that nothing was trained on; a line a set.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.linkage import lists
from esep.linkage import Linkage, Settings, link

SETTINGS = Settings(duplicate_free=("official_ru",))
BINS = 10


def true_patterns(linkage: Linkage, truth: dict[tuple[str, int], str], names: tuple[str, ...]) -> dict[int, int]:
    seen: dict[str, int] = defaultdict(int)
    for record in linkage.records:
        seen[truth[record.key]] |= 1 << names.index(record.list)
    found: dict[int, int] = defaultdict(int)
    for pattern in seen.values():
        found[pattern] += 1
    return found


def pair_bins(linkage: Linkage, truth: dict[tuple[str, int], str]) -> list[tuple[int, float, int]]:
    """Pairs inside components by the share of draws that join them: number, sum of shares, truly one person's."""
    number, total, same = np.zeros(BINS), np.zeros(BINS), np.zeros(BINS)
    said = [truth[record.key] for record in linkage.records]
    for component in linkage.run.components:
        places = [node[0] for node in component.nodes]
        drawn = linkage.draws.labels[:, places]
        for i in range(len(places)):
            shares = (drawn[:, i : i + 1] == drawn[:, i + 1 :]).mean(axis=0)
            for share, other in zip(shares.tolist(), places[i + 1 :], strict=True):
                cell = min(int(share * BINS), BINS - 1)
                number[cell] += 1
                total[cell] += share
                same[cell] += said[places[i]] == said[other]
    return [(int(n), float(t), int(s)) for n, t, s in zip(number, total, same, strict=True)]


def one(seed: int, records: int) -> dict[str, object]:
    made = lists.made(records, seed, "mid")
    truth = {record.key: record.truth or "" for record in made}
    found = link(made, SETTINGS)
    names, patterns, counts = found.draws.patterns()
    true = true_patterns(found, truth, names)
    low, high = np.quantile(counts, [0.05, 0.95], axis=0)
    drawn = {int(p): (float(a), float(b)) for p, a, b in zip(patterns, low, high, strict=True)}
    cells = {p: drawn.get(p, (0.0, 0.0)) for p in sorted(set(drawn) | set(true))}
    covered = {p: bool(np.floor(a) <= true.get(p, 0) <= np.ceil(b)) for p, (a, b) in cells.items()}
    least, most = found.draws.interval(0.9)
    people = len(set(truth.values()))
    return {
        "seed": seed, "people": people, "drawn": [least, most], "people_covered": least <= people <= most,
        "patterns_covered": covered, "pairs": pair_bins(found, truth),
    }  # fmt: skip


def summary(rows: list[dict[str, object]]) -> dict[str, object]:
    """Shares covered over the sets, the rarest pattern's, and the expected calibration error of pairs."""
    by_pattern: dict[str, list[bool]] = defaultdict(list)
    bins = np.zeros((BINS, 3))
    for row in rows:
        for pattern, covered in dict(row["patterns_covered"]).items():  # type: ignore[call-overload]
            by_pattern[str(pattern)].append(covered)
        bins += np.array(row["pairs"])
    shares = [sum(some) / len(some) for some in by_pattern.values() if len(some) == len(rows)]
    used = bins[bins[:, 0] > 0]
    error = float((np.abs(used[:, 1] - used[:, 2])).sum() / used[:, 0].sum())
    return {
        "sets": len(rows),
        "people_covered": sum(bool(row["people_covered"]) for row in rows) / len(rows),
        "patterns_in_every_set": len(shares),
        "patterns_covered_in_four_fifths": sum(share >= 0.8 for share in shares),
        "rarest": round(min(shares), 3),
        "pattern_counts_covered": round(float(np.mean([c for some in by_pattern.values() for c in some])), 3),
        "error_of_pairs": round(error, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--sets", type=int, default=20)
    parser.add_argument("--records", type=int, default=2000)
    wanted = parser.parse_args()
    text = wanted.to.read_text(encoding="utf-8") if wanted.to.exists() else ""
    rows = [json.loads(line) for line in text.splitlines()]
    for number in range(len(rows), wanted.sets):
        rows.append(json.loads(json.dumps(one(8000 + number, wanted.records))))
        with wanted.to.open("a", encoding="utf-8") as file:
            file.write(json.dumps(rows[-1]) + "\n")
    sys.stdout.write(json.dumps(summary(rows), indent=1) + "\n")


if __name__ == "__main__":
    main()
