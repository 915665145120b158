"""The same lists on DuckDB and on Spark with two local cores: links, processor, wall and memory. Resumable.

    python -m benchmarks.linkage.spark [--to FILE.jsonl] [--records 1000 100000] [--master local[2]]

Each cell is a process of its own; its line is written when it is done and not run again while it stands in the file.
Processor time is that of all processes of the cell (Python, Java, Python workers). Memory is the largest sum of their
resident sizes, looked at once a second; pages that processes share count in each of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

ENGINES = ("duckdb", "spark")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6


def processes() -> dict[int, tuple[int, float, float]]:
    """Parent, processor seconds (ended children included) and resident MB of every process."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        used = sum(int(value) for value in fields[11:15]) / TICKS
        found[int(folder.name)] = (int(fields[1]), used, int(fields[21]) * PAGE_MB)
    return found


def family(root: int) -> tuple[float, float]:
    """Processor seconds and resident MB of a process and all below it."""
    known, todo, used, resident = processes(), [root], 0.0, 0.0
    while todo:
        one = todo.pop()
        used, resident = used + known[one][1], resident + known[one][2]
        todo += [child for child, (parent, _, _) in known.items() if parent == one]
    return used, resident


class Meter:
    """What this process and its children have used; watched until `stop` is set."""

    def __init__(self) -> None:
        self.cpu, self.most_mb, self._stop = 0.0, 0.0, threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def _look(self) -> None:
        while not self._stop.wait(1.0):
            self.note()

    def note(self) -> None:
        cpu, resident = family(os.getpid())
        self.cpu, self.most_mb = max(self.cpu, cpu), max(self.most_mb, resident)


def one_cell(records: int, engine: str, master: str) -> dict[str, object]:
    from benchmarks.linkage import lists
    from esep.linkage import Settings, link

    made = lists.made(records, 1, "mid")
    spark = (("spark.master", master), ("spark.driver.memory", "6g" if records > 10_000 else "2g"))
    settings = Settings(duplicate_free=("official_ru",), engine=engine, spark=spark)
    meter, start, load = Meter(), time.monotonic(), os.getloadavg()
    before = family(os.getpid())[0]
    steps: list[tuple[str, float, float]] = []

    def note(step: str) -> None:
        meter.note()
        steps.append((step, round(time.monotonic() - start, 1), round(meter.cpu - before, 1)))
        print(f"{records} {engine}: {steps[-1]}", file=sys.stderr, flush=True)

    found = link(made, settings, progress=note)
    note("done")
    assert found.evaluation
    return {
        "records": records,
        "engine": engine,
        "on": date.today().isoformat(),
        "pairs": len(found.run.scored),
        "f1": round(found.evaluation.pairs.f1 or 0.0, 4),
        "links": hashlib.sha256(found.csv().encode()).hexdigest(),
        "cpu_s": round(meter.cpu - before, 1),
        "wall_s": round(time.monotonic() - start, 1),
        "peak_mb": round(meter.most_mb),
        "load": [round(load[0], 1), round(os.getloadavg()[0], 1)],
        "steps": steps,
    }


def table(rows: list[dict[str, object]]) -> str:
    lines = ["records  engine  CPU s   wall s  peak MB  pairs     pair F1  load       same links"]
    for row in rows:
        other = [one["links"] for one in rows if one["records"] == row["records"] and one["engine"] != row["engine"]]
        same = "-" if not other else "y" if row["links"] in other else "n"
        lines.append(
            f"{row['records']:<8} {row['engine']:<7} {row['cpu_s']:<7} {row['wall_s']:<7} {row['peak_mb']:<8} "
            f"{row['pairs']:<9} {row['f1']:<8} {row['load']!s:<10} {same}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, default=Path("benchmarks/linkage/spark.jsonl"))
    parser.add_argument("--records", type=int, nargs="*", default=[1000, 100_000])
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--cell", nargs=2, metavar=("RECORDS", "ENGINE"), help="run one cell and print its line")
    wanted = parser.parse_args()
    if wanted.cell:
        print(json.dumps(one_cell(int(wanted.cell[0]), wanted.cell[1], wanted.master)))
        return
    rows = [json.loads(line) for line in wanted.to.read_text().splitlines()] if wanted.to.exists() else []
    done = {(row["records"], row["engine"]) for row in rows}
    for records, engine in ((number, engine) for number in wanted.records for engine in ENGINES):
        if (records, engine) in done:
            continue
        command = [sys.executable, "-m", "benchmarks.linkage.spark", "--master", wanted.master]
        command += ["--cell", str(records), engine]
        cell = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if cell.returncode:
            print(f"{records} records on {engine} did not finish: exit {cell.returncode}")
            continue
        rows.append(json.loads(cell.stdout.splitlines()[-1]))
        with wanted.to.open("a") as file:
            file.write(json.dumps(rows[-1]) + "\n")
    print(table(rows))


if __name__ == "__main__":
    main()
