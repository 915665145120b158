"""How often the intervals hold the true number: python -m benchmarks.estimate.coverage [--analytic] [--bootstrap].

Every finished cell is one line of `results/coverage.jsonl`, so that a stopped run goes on where it was; with --report
the dated table is written. A cell passes when the 99 % binomial interval of its coverage meets 93 to 97 %.
Tables that get no interval are counted and left out of the share: there the method said that it has no answer.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from benchmarks.estimate import suite
from scipy.stats import beta

from esep.estimate import CaptureTable, method

LINES = Path(__file__).parent / "results" / "coverage.jsonl"
REPORT = Path(__file__).parent / "results" / "coverage.txt"
LOW, HIGH = 0.93, 0.97
HEAD = f"{'method':26}{'scenario':22}{'k':>2}{'N':>7}{'tables':>8}{'answered':>9}{'median':>9}"


def cells(names: tuple[str, ...]) -> Iterator[tuple[suite.Scenario, int, int, str]]:
    """Scenario, k, people, method; right models first, enumeration at six lists left out (3 s a table)."""
    every = [
        (scenario, k, people, name)
        for scenario in suite.SCENARIOS
        for k in scenario.lists
        for people in suite.SIZES
        for name in names
        if method(name).min_lists <= k <= method(name).max_lists
        and not (k == 6 and name in {"loglinear-bic", "loglinear-average", "loglinear-bic-bootstrap"})
    ]
    return iter(sorted(every, key=lambda cell: (cell[3] not in cell[0].right, cell[1])))


def run_cell(scenario: suite.Scenario, k: int, people: int, name: str) -> dict:
    """Coverage of one method on the tables of one cell."""
    tables = suite.BOOTSTRAP_TABLES if name in suite.BOOTSTRAP else suite.ANALYTIC_TABLES
    held = answered = 0
    points, started = [], time.process_time()
    for number in range(tables):
        counts = suite.draw(scenario, k=k, people=people, number=number)
        table = CaptureTable.from_codes(np.arange(1 << k), counts, lists=[str(j + 1) for j in range(k)])
        result = method(name).run(table, level=0.95, seed=suite.SEED + number, progress=None)
        if result.low is not None:
            answered += 1
            points.append(result.point)
            held += result.low <= people and (result.high is None or people <= result.high)
    return {
        "scenario": scenario.name, "k": k, "people": people, "method": name, "right": name in scenario.right,
        "tables": tables, "answered": answered, "held": int(held),
        "median": float(np.median(points)) if points else None,
        "cpu_s": round(time.process_time() - started, 1),
    }  # fmt: skip


def verdict(line: dict) -> tuple[float, float, float, bool]:
    """Share, its 99 % binomial interval (Clopper and Pearson), and whether that meets 93 to 97 %."""
    n, held = line["answered"], line["held"]
    if n == 0:
        return float("nan"), 0.0, 1.0, True
    low = float(beta.ppf(0.005, held, n - held + 1)) if held else 0.0
    high = float(beta.ppf(0.995, held + 1, n - held)) if held < n else 1.0
    return held / n, low, high, low <= HIGH and high >= LOW


def report(lines: list[dict]) -> str:
    """All cells, those where the model is right first."""
    rows = [f"Coverage of 95 % intervals, fixed suite, {datetime.now(UTC):%Y-%m-%d}, seed {suite.SEED}", ""]
    for right in (True, False):
        own = [line for line in lines if line["right"] is right]
        passed = sum(verdict(line)[3] for line in own)
        what = "assumptions hold" if right else "assumptions do NOT hold (failure is expected and printed)"
        rows += [f"{what}: {passed} of {len(own)} cells meet 93 to 97 %", ""]
        rows.append(f"{HEAD}  coverage (99 % interval)")
        for line in sorted(own, key=lambda c: (c["method"], c["scenario"], c["k"], c["people"])):
            share, low, high, good = verdict(line)
            median = "-" if line["median"] is None else f"{line['median']:.0f}"
            where = f"{line['method']:26}{line['scenario']:22}{line['k']:>2}{line['people']:>7}"
            what = f"{line['tables']:>8}{line['answered']:>9}{median:>9}"
            rows.append(f"{where}{what}  {share:.3f} ({low:.3f} to {high:.3f}) {'' if good else 'outside'}".rstrip())
        rows.append("")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--analytic", action="store_true")
    parser.add_argument("--bootstrap", action="store_true")
    parser.add_argument("--method", help="only this one of them")
    parser.add_argument("--report", action="store_true")
    chosen = parser.parse_args()
    LINES.parent.mkdir(exist_ok=True)
    lines = [json.loads(row) for row in LINES.read_text().splitlines()] if LINES.exists() else []
    done = {(line["scenario"], line["k"], line["people"], line["method"]) for line in lines}
    names = (suite.ANALYTIC if chosen.analytic else ()) + (suite.BOOTSTRAP if chosen.bootstrap else ())
    for scenario, k, people, name in cells(tuple(name for name in names if chosen.method in (None, name))):
        if (scenario.name, k, people, name) not in done:
            lines.append(run_cell(scenario, k, people, name))
            with LINES.open("a") as out:
                out.write(json.dumps(lines[-1]) + "\n")
            print(lines[-1], verdict(lines[-1])[3], flush=True)
    if chosen.report:
        REPORT.write_text(report(lines))
        print(report(lines))


if __name__ == "__main__":
    main()
