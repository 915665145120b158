"""Linkage beside plain Splink and a rule of twenty lines, on made and real lists; figures reached and missed.

    python -m benchmarks.linkage.bench [--to FILE.json] [--rows made-1000 gaza ...]

Bars are those of the specification of linkage. CPU is of this process. Every row can be run alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.linkage import lists, others
from benchmarks.linkage.made_worlds import world
from esep.errors import LinkageError
from esep.linkage import Decided, Linkage, Record, Settings, link
from esep.linkage.evaluation import Evaluation, Judged, evaluate
from esep.linkage.linkage import Link
from esep.linkage.queue import questions
from esep.linkage.supervised import learn
from esep.names import folding, parts, plain, tokens
from esep.names.features import features

Row = dict[str, object]
MADE = Settings(duplicate_free=("official_ru",))


def timed(name: str, data: str, act: Callable[[], Evaluation]) -> Row:
    """Figures and seconds of one linker; what was remembered of names is forgotten first, so that all pay for it."""
    for known in (parts.parse, parts._bare, features, tokens.token, folding.fold_visible, plain.plain):
        known.cache_clear()
    start = time.process_time()
    found = act()
    return {"data": data, "linker": name, "cpu_s": round(time.process_time() - start, 1), **figures(found)}


def figures(found: Evaluation) -> Row:
    return {
        "precision": rounded(found.pairs.precision),
        "recall": rounded(found.pairs.recall),
        "f1": rounded(found.pairs.f1),
        "b_cubed": rounded(found.b_cubed.f1),
        "clusters": rounded(found.clusters.f1),
        "compared": rounded(found.blocking_recall),
        "within_list_false": rounded(found.within_list_false),
    }


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def judged(records: list[Record], labels: list[int]) -> Evaluation:
    return evaluate([Judged(str(label), r.truth, r.list) for r, label in zip(records, labels, strict=True) if r.truth])


def ours(
    records: list[Record], settings: Settings, keep: list[Linkage], drawing: list[float] | None = None
) -> Evaluation:
    """Links; adds the answer to `keep` and the processor's time at which the draws began to `drawing`."""

    def note(step: str) -> None:
        if drawing is not None and step == "drawing partitions":
            drawing.append(time.process_time())

    keep.append(link(records, settings, progress=note))
    assert keep[-1].evaluation
    return keep[-1].evaluation


def bar(name: str, value: float, least: float) -> Row:
    return {"bar": name, "value": rounded(value), "least": least, "reached": bool(value >= least)}


def chao(counts: np.ndarray, patterns: np.ndarray) -> np.ndarray:
    """Chao's lower bound (1987) for each draw."""
    lists_seen = np.array([int(pattern).bit_count() for pattern in patterns])
    once, twice = (counts[:, lists_seen == n].sum(axis=1) for n in (1, 2))
    return counts.sum(axis=1) + once**2 / (2 * np.maximum(twice, 1))


def true_chao(records: list[Record]) -> float:
    seen: dict[str, set[str]] = {}
    for record in records:
        seen.setdefault(record.truth or "", set()).add(record.list)
    sizes = np.bincount([len(some) for some in seen.values()], minlength=3)
    return len(seen) + sizes[1] ** 2 / (2 * max(sizes[2], 1))


def label_chao(records: list[Record], labels: list[int]) -> float:
    return true_chao([replace(record, truth=str(label)) for record, label in zip(records, labels, strict=True)])


def beside(records: list[Record], data: str, truth: float | None = None) -> Iterator[Row]:
    """The other linkers on the same records; with `truth`, Chao1 on their answers as a share of it."""
    others_: dict[str, Callable[[], list[int]]] = {
        "Splink wide, folded names": lambda: others.splink_clusters(records, folded=True, wide=True),
        "Splink, folded names": lambda: others.splink_clusters(records, folded=True),
        "Splink, plain names": lambda: others.splink_clusters(records, folded=False),
        "rule of 20 lines": lambda: others.rule_clusters(records),
    }
    for name, act in others_.items():
        keep: list[list[int]] = []

        def run(act: Callable[[], list[int]] = act, keep: list[list[int]] = keep) -> Evaluation:
            keep.append(act())
            return judged(records, keep[0])

        row = timed(name, data, run)
        yield row | ({"chao1_of_truth": rounded(label_chao(records, keep[0]) / truth)} if truth else {})


def made(number: int, severity: str = "mid") -> Iterator[Row]:
    records, data, keep = lists.made(number, 1, severity), f"made {number} {severity}", []
    link(records[:700], MADE)  # compiled loops are read from their cache
    drawing: list[float] = []
    start = time.process_time()
    mine = timed("esep", data, lambda: ours(records, MADE, keep, drawing))
    linking = drawing[0] - start
    draws, truth = keep[0].draws, true_chao(records)
    _, patterns, counts = draws.patterns()
    ratio = float(chao(counts, patterns).mean()) / truth
    yield mine | {"cpu_s_without_draws": round(linking, 1), "chao1_of_truth": rounded(ratio)}
    found = list(beside(records, data, truth))
    yield from found
    people = len({record.truth for record in records})
    low, high = draws.interval()
    yield {"data": data, "people": people, "drawn": [low, high], "covered": low <= people <= high}
    if number >= 10_000:
        plain_ = found[0]
        yield bar(f"{data}: pair F1", float(str(mine["f1"])), 0.932 * 1.01)
        yield bar(f"{data}: pair F1 over Splink wide", float(str(mine["f1"])) / float(str(plain_["f1"])), 1.01)
        yield bar(f"{data}: B-cubed F1", float(str(mine["b_cubed"])), 0.965)
        yield bar(f"{data}: true pairs compared", float(str(mine["compared"])), 0.97)
        cost = linking / float(str(plain_["cpu_s"]))
        name = f"{data}: CPU without draws over Splink wide"
        yield {"bar": name, "value": rounded(cost), "most": 1.15, "reached": cost <= 1.15}
        spent = float(str(mine["cpu_s"])) - linking
        name = f"{data}: CPU s of {len(draws)} draws"
        yield {"bar": name, "value": round(spent, 1), "most": 10, "reached": spent <= 10}
        name = f"{data}: Chao1 on draws against true links"
        yield {"bar": name, "value": rounded(ratio), "reached": bool(abs(ratio - 1) <= 0.05)}


def settled_by_others(linkage: Linkage, pair: Link) -> bool:
    """Whether all draws say the same about a pair."""
    place = {record.key: at for at, record in enumerate(linkage.records)}
    labels = linkage.draws.labels
    together = labels[:, place[pair.left]] == labels[:, place[pair.right]]
    return bool(together.all() or not together.any())


def tiny() -> Iterator[Row]:
    """200 records: beside the rule, every pair in doubt in the queue, and decisions taken back."""
    records, keep = lists.made(200, 5, "hard"), []
    link(records, MADE)  # compiled loops are read from their cache
    mine = timed("esep", "made 200 hard", lambda: ours(records, MADE, keep))
    yield mine
    rows = list(beside(records, "made 200 hard"))
    yield from rows
    yield bar("made 200 hard: F1 against the rule", float(str(mine["f1"])), float(str(rows[-1]["f1"])))
    asked = questions(keep[0], most=len(records) ** 2)
    queued = {frozenset((one.left, one.right)) for one in asked}
    doubtful = [one for one in keep[0].links(above=0.05) if one.probability <= 0.95]
    waiting = [one for one in doubtful if frozenset((one.left, one.right)) in queued]
    settled = [one for one in doubtful if one not in waiting and settled_by_others(keep[0], one)]
    name = f"made 200 hard: {len(doubtful)} doubtful pairs in the queue, or settled by other records in every draw"
    both = (len(waiting) + len(settled)) / len(doubtful)
    yield bar(name, both, 1.0) | {"in_the_queue": len(waiting), "settled": len(settled)}
    first = Decided(asked[0].left, asked[0].right, "different")
    second = Decided(asked[1].left, asked[1].right, "same")
    never = link(records, MADE, decisions=(second,)).report_json()
    assert link(records, MADE, decisions=(first, second)).report_json() != never
    undone = link(records, MADE, decisions=tuple(one for one in (first, second) if one != first)).report_json()
    yield {"bar": "made 200 hard: a decision taken back leaves no byte", "reached": undone == never}


def labels(number: int) -> Iterator[Row]:
    """150 answers of a reader who knows the truth, asked in the order of the queue."""
    records, keep, data = lists.made(number, 1, "mid"), [], f"made {number} mid"
    before = ours(records, MADE, keep).pairs.f1 or 0.0
    truth = {record.key: record.truth for record in records}
    asked = questions(keep[0], most=150)
    decided = tuple(
        Decided(one.left, one.right, "same" if truth[one.left] == truth[one.right] else "different") for one in asked
    )
    kept = link(records, MADE, decisions=decided)
    assert kept.evaluation
    name = f"esep, {len(asked)} answers"
    yield {"data": data, "linker": f"{name} kept", "f1_before": rounded(before), **figures(kept.evaluation)}
    try:
        stage = learn(keep[0].run, decided)
        taught, share = link(records, MADE, decisions=decided, second=stage), stage.share
    except LinkageError:  # nearly all answers are the same, so nothing can be learnt, as `esep link` would say
        taught, share = kept, 0.0
    assert taught.evaluation
    yield {"data": data, "linker": f"{name}, second stage", "share": share, **figures(taught.evaluation)}
    if number < 10_000:
        yield bar(f"{data}, answers: pair F1", taught.evaluation.pairs.f1 or 0.0, 0.995 * 0.992)
    else:
        yield bar(f"{data}, answers: pair F1", taught.evaluation.pairs.f1 or 0.0, 1.02 * 0.932)


def gaza() -> Iterator[Row]:
    records, data = lists.gaza(), "Gaza three lists"
    days = Settings(duplicate_free=tuple(sorted({record.list for record in records})))
    mine = timed("esep", data, lambda: ours(records, Settings(), []))
    told = timed("esep, told that no list repeats", data, lambda: ours(records, days, []))
    yield from (mine, told)
    yield from beside(records, data)
    for row in (mine, told):
        yield bar(f"Gaza, {row['linker']}: pair F1", float(str(row["f1"])), 0.95)
        false = float(str(row["within_list_false"]))
        yield {"bar": f"Gaza, {row['linker']}: within-list false merges", "value": false, "reached": false < 0.005}


def police() -> Iterator[Row]:
    records = lists.police_killings()
    found = link(records, Settings(duplicate_free=("post", "guardian")))
    label = {found.records[place].key: number for place, number in found.labels.items()}
    rule = lists.rule_pairs(records)
    joined = sum(label[one.key] == label[other.key] for one, other in rule)
    two = sum(len(cluster.members) > 1 for cluster in found.clusters)
    yield {"data": "Washington Post x Guardian", "rule_pairs": len(rule), "of_them_joined": joined, "joined": two}
    yield bar("Washington Post x Guardian: pairs of the rule joined", joined, 1783)
    beyond = {(one.key, other.key) for one, other in rule}
    several = [cluster.members for cluster in found.clusters if len(cluster.members) > 1]
    listed = [sorted(found.records[place].key for place in members) for members in several]
    more = [pair for pair in listed if (pair[1], pair[0]) not in beyond and (pair[0], pair[1]) not in beyond]
    yield {"data": "Washington Post x Guardian", "beyond_the_rule": len(more), "rows": more}


def zhanaozen() -> Iterator[Row]:
    records, keep = lists.zhanaozen(), []
    mine = timed("esep", "Zhanaozen mentions", lambda: ours(records, Settings(), keep))
    yield mine
    yield timed("rule of 20 lines", "Zhanaozen mentions", lambda: judged(records, others.rule_clusters(records)))
    yield bar("Zhanaozen: pair F1", float(str(mine["f1"])), 0.9)
    ids = lists.zhanaozen_ids()
    groups = [{ids[keep[0].records[place].key] for place in cluster.members} for cluster in keep[0].clusters]
    caught = [trap for trap in lists.TRAPS if any(len(set(trap) & group) > 1 for group in groups)]
    yield {"bar": "Zhanaozen: near-name traps joined", "value": caught, "reached": not caught}


def worlds() -> Iterator[Row]:
    for seed in (901, 902, 903):
        records = world(random.Random(seed), number=900)
        yield timed("esep", f"own world {seed}", lambda r=records: ours(r, Settings(), []))


ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    "tiny": tiny,
    "made-1000": lambda: made(1000),
    "labels": lambda: labels(1000),
    "zhanaozen": zhanaozen,
    "police": police,
    "gaza": gaza,
    "worlds": worlds,
    "made-10000": lambda: made(10_000),
    "labels-10000": lambda: labels(10_000),
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, help="file for the figures as JSON")
    parser.add_argument("--rows", nargs="*", default=list(ROWS), choices=list(ROWS))
    wanted = parser.parse_args()
    found: list[Row] = []
    for name in wanted.rows:
        for row in ROWS[name]():
            found.append(row)
            print(json.dumps({k: v for k, v in row.items() if k != "rows"}, ensure_ascii=False), flush=True)
    found.append({
        "on": time.strftime("%Y-%m-%d"),
        "load": round(os.getloadavg()[0], 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    })  # fmt: skip
    missed = [row["bar"] for row in found if row.get("reached") is False]
    print(f"peak {found[-1]['peak_mb']} MB; missed: {missed or 'none'}")
    if wanted.to:
        wanted.to.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
