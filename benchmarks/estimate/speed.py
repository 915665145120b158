"""CPU seconds and memory beside the peers': python -m benchmarks.estimate.speed [ROW...] [--write].

Every row runs in fresh processes, so that nothing is remembered from one to the next; the least of three counts.
Memory is the peak of the process less that of the same process before the work. With --write the dated table goes to
`results/speed.txt`. A new row is a function in ROWS and its line in `peers.json`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
TABLES = HERE.parents[1] / "tests" / "oracles" / "estimate" / "tables.json"
RUNS = 3

Work = Callable[[], object]


def _table(name: str) -> object:
    from esep.estimate import CaptureTable

    published = json.loads(TABLES.read_text())["tables"][name]
    return CaptureTable.from_patterns(published["counts"], lists=published["lists"])


def _models(name: str) -> Work:
    from esep.estimate import catalogue

    return partial(catalogue.fitted, _table(name))


def _bic_bootstrap() -> Work:
    from esep.estimate.loglinear_methods import bic_bootstrap

    return partial(bic_bootstrap, _table("Kosovo"), level=0.95, seed=1, replicates=200, kept=20)


def _stepwise() -> Work:
    from esep.estimate.stepwise import stepwise

    return partial(stepwise, _table("Kosovo"), level=0.95, seed=1, replicates=200)


def _rows(n: int, k: int) -> Work:
    import numpy as np

    from esep.estimate import CaptureTable

    rows = (np.random.default_rng(1).random((n, k)) < 0.3).astype(np.uint8)
    rows[:, 0] = 1
    return partial(CaptureTable.from_rows, rows)


def _method(name: str, table: str) -> Work:
    from esep.estimate import CaptureTable, method

    of = CaptureTable.from_patterns({"10": 40, "01": 30, "11": 20}) if table == "two" else _table(table)
    return partial(method(name).run, of, level=0.95, seed=1, progress=None)


def _import() -> Work:
    return partial(__import__, "esep.estimate")


ROWS: dict[str, Callable[[], Work]] = {
    "models-4": partial(_models, "Kosovo"),
    "models-5": partial(_models, "UKdat_5"),
    "models-6": partial(_models, "UKdat"),
    "bic-bootstrap": _bic_bootstrap,
    "stepwise": _stepwise,
    "rows-8": partial(_rows, 10**6, 8),
    "rows-20": partial(_rows, 10**5, 20),
    "coverage": partial(_method, "coverage-low", "Kosovo"),
    "chao": partial(_method, "chao-bound", "Kosovo"),
    "two-lists": partial(_method, "chapman", "two"),
    "import": _import,
}


def measure(name: str) -> None:
    """Run one row once and print CPU seconds and peak memory in MB (in a process of its own)."""
    work = ROWS[name]()
    before, started = _peak(), time.process_time()
    work()
    print(json.dumps({"cpu_s": time.process_time() - started, "mb": _peak() - before}))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fresh(name: str) -> dict[str, float]:
    """Least CPU seconds of three fresh processes, and the memory of that one."""
    command = [sys.executable, "-m", "benchmarks.estimate.speed", "--one", name]
    done = [json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(RUNS)]
    return min(done, key=lambda run: run["cpu_s"])


def line(name: str) -> str:
    """One row of the table."""
    peer = json.loads((HERE / "peers.json").read_text())["rows"][name]
    run = fresh(name)
    theirs = f"{peer['peer_s']:9.2f}" if peer["peer_s"] else f"{'-':>9}"
    ratio = f"{peer['peer_s'] / run['cpu_s']:7.0f}x" if peer["peer_s"] else f"{'-':>8}"
    met = "met" if run["cpu_s"] <= peer["target_s"] else "MISSED"
    here = f"{run['cpu_s']:9.4f}{theirs}{ratio}{run['mb']:8.0f}{peer['target_s']:9.3f} {met:7}"
    return f"{peer['what']:44}{here}{peer['peer'] or ''}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[[], *ROWS], default=[])
    parser.add_argument("--one", choices=list(ROWS))
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if chosen.one:
        measure(chosen.one)
        return
    out = [f"Speed of esep.estimate, {datetime.now(UTC):%Y-%m-%d}: CPU seconds, least of {RUNS} fresh processes", ""]
    out.append(f"{'':44}{'here':>9}{'peer':>9}{'ratio':>8}{'MB':>8}{'target':>9}")
    print("\n".join(out))
    for name in chosen.rows or ROWS:
        out.append(line(name))
        print(out[-1], flush=True)
    if chosen.write:
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / "speed.txt").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
