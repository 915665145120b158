"""Accuracy and speed of names by set, script, language and kind of variation, beside peers.

    python benchmarks/names/run.py                 print, and say what differs from the frozen results
    python benchmarks/names/run.py --freeze FILE   write results/FILE.json: esep, or peers from their environment

Peers need their own environment (nomenklatura caps DuckDB): run this file there with only the peers installed.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import product
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from cases import sets  # noqa: E402
from made_pairs import SPELLINGS, Pair, words, written  # noqa: E402
from measures import accuracy  # noqa: E402
from scorers import Scorer, available  # noqa: E402

SCRIPTS = {"tote": "arabic", "arabic": "arabic", "kk": "cyrillic", "ru": "cyrillic", "uk": "cyrillic"}
TARGETS = {"made": 0.985, "name_bench persons": 0.840, "name groups": 0.95}
TARGET_US = 50.0


def scripts(pair: Pair) -> str:
    two = sorted(SCRIPTS.get(spelling, "latin") for spelling in pair.spellings)
    return " and ".join(dict.fromkeys(two))


GROUPS: dict[str, Callable[[Pair], tuple[str, ...]]] = {
    "spelling": lambda pair: tuple(dict.fromkeys(pair.spellings)),
    "scripts": lambda pair: (scripts(pair),),
    "people": lambda pair: (pair.people,),
}


def measured(pairs: list[Pair], scorer: Scorer, *, threshold: float | None) -> tuple[dict, list[float]]:
    start = time.process_time()
    found = [scorer(pair.left, pair.right) for pair in pairs]
    cold = (time.process_time() - start) / len(pairs) * 1e6
    figures = asdict(accuracy([pair.same for pair in pairs], found, threshold=threshold))
    return figures | {"cold_us": round(cold, 1)}, found


def by_group(pairs: list[Pair], found: list[float]) -> dict[str, dict[str, dict]]:
    """AUC inside each spelling, pair of scripts and people; each kind of variation against all of the other label."""
    out: dict[str, dict[str, dict]] = {}
    for name, groups in GROUPS.items():
        members: dict[str, list[int]] = {}
        for place, pair in enumerate(pairs):
            for group in groups(pair):
                members.setdefault(group, []).append(place)
        out[name] = {group: _figures(pairs, found, places) for group, places in sorted(members.items())}
    kinds = sorted({(pair.kind, pair.same) for pair in pairs})
    out["kind"] = {
        f"{kind} ({'one person' if same else 'two people'})": _figures(
            pairs, found, [place for place, pair in enumerate(pairs) if pair.kind == kind or pair.same != same]
        )
        for kind, same in kinds
    }
    return out


def _figures(pairs: list[Pair], found: list[float], places: list[int]) -> dict:
    figures = accuracy([pairs[place].same for place in places], [found[place] for place in places], threshold=0.5)
    return {"pairs": figures.pairs, "auc": figures.auc, "precision": figures.precision, "recall": figures.recall}


def speed(pairs: list[Pair]) -> dict[str, float]:
    """Microseconds of processor time: a key of a new name, and a comparison when 1,000 names meet 20 others each."""
    from esep.names import scores, search_key
    from esep.names.alignment import pair_likeness
    from esep.names.folding import fold_visible
    from esep.names.parts import parse
    from esep.names.tokens import token

    caches = (fold_visible, token, parse, pair_likeness)
    names = list(dict.fromkeys(name for pair in pairs for name in (pair.left, pair.right)))
    for cache in caches:
        cache.cache_clear()
    key_us = _timed(lambda: [search_key(name) for name in names]) / len(names)
    for cache in caches:
        cache.cache_clear()
    some = names[:1000]
    batch = [(some[place], some[(place * 7 + step * 13) % 1000]) for place in range(1000) for step in range(1, 21)]
    return {
        "search_key_us": round(key_us, 1),
        "batch_comparison_us": round(_timed(lambda: scores(batch)) / len(batch), 1),
    }


def same_keys() -> dict[str, dict[str, float]]:
    """Share of made words whose key in a spelling is the key of the word in its own Cyrillic; plain and loose keys."""
    from esep.names import loose_key, search_key

    lists, rng = words(), random.Random(0)
    out: dict[str, dict[str, float]] = {}
    for people, (name, key) in product(("kazakh", "russian"), (("search", search_key), ("loose", loose_key))):
        some = [word for of, them in lists.items() if of.startswith(people) for word in them]
        shares = out.setdefault(f"{people} {name}", {})
        for spelling in SPELLINGS:
            met = sum(key(written(word, spelling, rng=rng)) == key(word) for word in some)
            shares[spelling] = round(met / len(some), 3)
    return out


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1e6


def results() -> dict:
    out: dict = {"python": platform.python_version(), "sets": {}, "groups": {}}
    scorers = available()
    for name, pairs in sets().items():
        out["sets"][name] = {}
        for scorer_name, scorer in scorers.items():
            threshold = 0.5 if scorer_name == "esep" else None
            figures, found = measured(pairs, scorer, threshold=threshold)
            out["sets"][name][scorer_name] = figures
            if scorer_name == "esep" and name == "made":
                out["groups"] = by_group(pairs, found)
        print_set(name, out["sets"][name])
    if "esep" in scorers:
        out["keys"] = same_keys()
        out["speed"] = speed(sets()["made"])
    return out


def print_set(name: str, figures: dict[str, dict]) -> None:
    print(f"\n{name} ({next(iter(figures.values()))['pairs']} pairs)")
    print(f"  {'scorer':42} {'AUC':>7} {'best F1':>8} {'at':>6} {'prec.':>6} {'recall':>6} {'us':>7}")
    for scorer, row in sorted(figures.items(), key=lambda item: -item[1]["auc"]):
        print(
            f"  {scorer:42} {row['auc']:7.4f} {row['best_f1']:8.4f} {row['threshold']:6.2f}"
            f" {row['precision']:6.3f} {row['recall']:6.3f} {row['cold_us']:7.1f}"
        )


def print_groups(groups: dict) -> None:
    for name, members in groups.items():
        print(f"\nesep on made pairs, by {name} (precision and recall at 0.5)")
        for group, row in members.items():
            print(f"  {group:34} {row['pairs']:5} {row['auc']:7.4f} {row['precision']:6.3f} {row['recall']:6.3f}")


def print_keys(keys: dict[str, dict[str, float]]) -> None:
    print("\nshare of words with the key of their own Cyrillic, by spelling")
    for spelling in next(iter(keys.values()), {}):
        print(f"  {spelling:12} " + "  ".join(f"{people} {shares[spelling]:.3f}" for people, shares in keys.items()))


def print_verdict(out: dict) -> None:
    print()
    for name, target in TARGETS.items():
        if name in out["sets"] and "esep" in out["sets"][name]:
            rows = out["sets"][name] | frozen_peers().get(name, {})
            ours = rows["esep"]["auc"]
            theirs, peer = max((row["auc"], key) for key, row in rows.items() if "esep" not in key)
            verdict = "reached" if ours >= target else "MISSED"
            print(f"{name}: AUC {ours:.4f}, target {target} {verdict}; best peer {theirs:.4f} ({peer})")
    if "speed" in out:
        batch = out["speed"]["batch_comparison_us"]
        verdict = "reached" if batch <= TARGET_US else "MISSED"
        print(
            f"batch comparison {batch} us, target {TARGET_US:.0f} {verdict};"
            f" search key of a new name {out['speed']['search_key_us']} us"
        )


def frozen_peers() -> dict:
    path = HERE / "results/peers.json"
    return json.loads(path.read_text(encoding="utf-8"))["sets"] if path.exists() else {}


def differences(out: dict) -> list[str]:
    path = HERE / "results/esep.json"
    if not path.exists():
        return []
    frozen = json.loads(path.read_text(encoding="utf-8"))["sets"]
    return [
        f"{name}, {scorer}: AUC {row['auc']} was {frozen[name][scorer]['auc']}"
        for name, rows in out["sets"].items()
        for scorer, row in rows.items()
        if scorer in frozen.get(name, {}) and row["auc"] != frozen[name][scorer]["auc"]
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--freeze", metavar="FILE", help="write results/FILE.json")
    arguments = parser.parse_args()
    out = results()
    print_groups(out["groups"])
    print_keys(out.get("keys", {}))
    print_verdict(out)
    changed = differences(out)
    print("\n".join(changed) or "all accuracy figures are as frozen")
    if arguments.freeze:
        (HERE / "results").mkdir(exist_ok=True)
        text = json.dumps(out, indent=1, ensure_ascii=False, sort_keys=True)
        (HERE / f"results/{arguments.freeze}.json").write_text(text + "\n", encoding="utf-8")
    return 1 if changed and not arguments.freeze else 0


if __name__ == "__main__":
    raise SystemExit(main())
