"""How often the Bayesian intervals hold the true number: python -m benchmarks.estimate.bayes_coverage [--report].

Tables, seeds and rule of passing are those of `suite` and `coverage`; 100 tables a cell, 400 for the graphs, which are
quick. Every finished cell is one line of `results/bayes_coverage.jsonl`, so that a stopped run goes on where it was.
The latent class runs without ladders, scouts and other numbers of classes: they change the status, not the interval.

Which cells count as right, decided by the model and not by the outcome: independence is one kind of people and one
graph; a dependent pair is a graph; two kinds of people are two latent classes where the lists can tell two apart, that
is from four lists on. On three lists two classes fit any number of unseen people in a wide range
(`latent_class.identification`), so the interval is that of the prior and 95 % means nothing: not right.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from benchmarks.estimate import suite
from benchmarks.estimate.coverage import report, verdict

from esep.estimate import CaptureTable
from esep.estimate.graphs.method import GRAPHS
from esep.estimate.latent_class.identification import kinds_told_apart
from esep.estimate.latent_class.method import LatentClassEstimator
from esep.estimate.latent_class.settings import LatentClassSettings
from esep.estimate.methods import Recipe

LINES = Path(__file__).parent / "results" / "bayes_coverage.jsonl"
REPORT = Path(__file__).parent / "results" / "bayes_coverage.txt"
SETTINGS = LatentClassSettings(draws=800, most_draws=6400, warm_up=600, scouts=0, ladders=0, sensitivity=())
METHODS = {
    "latent-class": (Recipe("latent-class", 3, 63, LatentClassEstimator(SETTINGS)), 100),
    "decomposable-graphs": (GRAPHS, 400),
}
KINDS = {"independent": 1, "two classes": 2}
"""Scenarios that are latent classes, with their number; the others are graphs."""

Cell = tuple[suite.Scenario, int, int, str]


def is_right(method: str, scenario: str, k: int) -> bool:
    """Whether the assumptions of the method hold there."""
    if method == "latent-class":
        return scenario in KINDS and KINDS[scenario] <= kinds_told_apart(k)
    return scenario != "two classes"


def cells() -> Iterator[Cell]:
    """Scenario, k, people, method: where the model is right first, small tables first."""
    every = [
        (scenario, k, people, name)
        for scenario in suite.SCENARIOS
        for k in scenario.lists
        for people in suite.SIZES
        for name in METHODS
        if k >= 3
    ]
    return iter(sorted(every, key=lambda c: (not is_right(c[3], c[0].name, c[1]), c[1], c[2], c[3])))


def run_cell(scenario: suite.Scenario, k: int, people: int, name: str) -> dict:
    """Coverage of one method on the tables of one cell."""
    method, tables = METHODS[name]
    held = answered = 0
    points, statuses, started = [], {}, time.process_time()
    for number in range(tables):
        counts = suite.draw(scenario, k=k, people=people, number=number)
        table = CaptureTable.from_codes(np.arange(1 << k), counts, lists=[str(j + 1) for j in range(k)])
        result = method.run(table, level=0.95, seed=suite.SEED + number, progress=None)
        statuses[result.status.value] = statuses.get(result.status.value, 0) + 1
        if result.low is not None:
            answered += 1
            points.append(result.point)
            held += result.low <= people and (result.high is None or people <= result.high)
    return {
        "scenario": scenario.name, "k": k, "people": people, "method": name, "right": is_right(name, scenario.name, k),
        "tables": tables, "answered": answered, "held": int(held), "cpu_s": round(time.process_time() - started, 1),
        "statuses": statuses, "median": float(np.median(points)) if points else None,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true", help="only write the dated table")
    parser.add_argument("--method", choices=sorted(METHODS))
    chosen = parser.parse_args()
    LINES.parent.mkdir(exist_ok=True)
    lines = [json.loads(row) for row in LINES.read_text().splitlines()] if LINES.exists() else []
    for line in lines:
        line["right"] = is_right(line["method"], line["scenario"], line["k"])
    done = {(line["scenario"], line["k"], line["people"], line["method"]) for line in lines}
    for scenario, k, people, name in cells():
        wanted = chosen.method in (None, name) and not chosen.report
        if wanted and (scenario.name, k, people, name) not in done:
            lines.append(run_cell(scenario, k, people, name))
            with LINES.open("a") as out:
                out.write(json.dumps(lines[-1]) + "\n")
            print(lines[-1], verdict(lines[-1])[3], flush=True)
    REPORT.write_text(report(lines) + "\n")


if __name__ == "__main__":
    main()
