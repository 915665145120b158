"""Long made lists: seconds of the processor, memory, accuracy and draws at 100,000 and a million records. Resumable.

    python -m benchmarks.linkage.large --to FILE.jsonl [--records 100000 1000000] [--folder DIR]

Lists are made once and kept in the folder; one line a size is written as it is done, and a size that has its line
is not run again. Every size runs in a process of its own, so that its peak of memory is its own. At 100,000 records
plain Splink with twenty rules and folded names runs beside it, because seconds of one machine are not those of another.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.linkage import lists, others
from benchmarks.linkage.bench import judged as judged_labels
from esep.linkage import Record, Settings
from esep.linkage.draws import draw
from esep.linkage.linkage import Linkage, clusters_of, evaluation_of, shipped_missed, shipped_prior
from esep.linkage.records import in_order
from esep.linkage.running import run

BARS = {100_000: {"seconds": 30, "mb": 1500, "compared": 0.95, "f1": 0.863, "draw_seconds": 60},
        1_000_000: {"seconds": 300, "mb": 8000, "compared": 0.0, "f1": 0.80, "draw_seconds": 900}}  # fmt: skip
SETTINGS = Settings(duplicate_free=("official_ru",))
BESIDE_UP_TO, SPLINK_BAR = 100_000, 1.15


def records_of(number: int, folder: Path) -> list[Record]:
    path = folder / f"made-{number}-mid.pickle"
    found: list[Record] = pickle.loads(path.read_bytes())  # noqa: S301 - a file that this script wrote
    return found


def make(number: int, folder: Path) -> None:
    path = folder / f"made-{number}-mid.pickle"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_bytes(pickle.dumps(lists.made(number, 1, "mid")))
        beside.rename(path)


def measured(number: int, folder: Path) -> dict[str, object]:
    """One size: linking up to components, then the draws, then what came out beside the truth."""
    records = records_of(number, folder)
    truth = {record.key: record.truth or "" for record in records}
    ordered = in_order(records)
    del records
    started = peak()
    begin, wall, steps = time.process_time(), time.monotonic(), []
    found = run(
        ordered, (), SETTINGS, progress=lambda step: steps.append((step, round(time.process_time() - begin, 1)))
    )
    linked, linked_wall, linked_mb = time.process_time() - begin, time.monotonic() - wall, peak()
    begin = time.process_time()
    drawn = draw(found, SETTINGS, prior=shipped_prior(), missed=shipped_missed())
    draws_cpu, draws_mb = time.process_time() - begin, peak()
    clusters = clusters_of(found, drawn)
    judged = evaluation_of(found, clusters, truth)
    low, high = Linkage(found, SETTINGS, clusters, drawn).draws.interval()
    people = len(set(truth.values()))
    return {
        "on": time.strftime("%Y-%m-%d"),
        "records": number, "load": round(os.getloadavg()[0], 1), "cpu_s": round(linked, 1),
        "wall_s": round(linked_wall, 1), "steps": steps, "records_mb": started, "peak_mb": linked_mb,
        "pairs_a_record": round(found.blocked.seen / number, 1), "pairs_in_full": len(found.scored),
        "compared": judged.blocking_recall, "precision": judged.pairs.precision, "recall": judged.pairs.recall,
        "f1": judged.pairs.f1, "b_cubed": judged.b_cubed.f1, "draws": len(drawn), "draws_cpu_s": round(draws_cpu, 1),
        "draws_peak_mb": draws_mb, "people": people, "drawn": [low, high], "covered": low <= people <= high,
    }  # fmt: skip


def plain_splink(number: int, folder: Path) -> dict[str, object]:
    """Plain Splink on the same records: seconds, memory and accuracy."""
    records = records_of(number, folder)
    begin, wall = time.process_time(), time.monotonic()
    labels = others.splink_clusters(records, folded=True, wide=True)
    cpu, seconds, mb = time.process_time() - begin, time.monotonic() - wall, peak()
    f1 = judged_labels(records, labels).pairs.f1
    return {"cpu_s": round(cpu, 1), "wall_s": round(seconds, 1), "peak_mb": mb, "f1": f1}


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def missed(row: dict[str, object]) -> list[str]:
    """Bars that a size does not reach; seconds are those of the processor, so a busy machine counts against nobody."""
    bars = BARS.get(int(str(row["records"])), {})
    value = {key: float(str(row[of])) for key, of in (("seconds", "cpu_s"), ("mb", "peak_mb"), ("f1", "f1"),
             ("compared", "compared"), ("draw_seconds", "draws_cpu_s"))}  # fmt: skip
    over = [key for key in ("seconds", "mb", "draw_seconds") if key in bars and value[key] > bars[key]]
    over += ["cpu_over_splink"] if float(str(row.get("cpu_over_splink", 0))) > SPLINK_BAR else []
    return over + [key for key in ("compared", "f1") if key in bars and value[key] < bars[key]]


def printed(command: list[str]) -> dict[str, Any]:
    """The last line that a process prints."""
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(out.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--records", type=int, nargs="*", default=sorted(BARS))
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "esep-linkage-lists")
    parser.add_argument("--one", type=int, help="measure this size here; for the script itself")
    parser.add_argument("--beside", type=int, help="run plain Splink on this size here; for the script itself")
    parser.add_argument("--make", type=int, help="make the lists of this size here; for the script itself")
    wanted = parser.parse_args()
    if wanted.make:
        make(wanted.make, wanted.folder)
        return
    if wanted.beside:
        sys.stdout.write(json.dumps(plain_splink(wanted.beside, wanted.folder)) + "\n")
        return
    if wanted.one:
        sys.stdout.write(json.dumps(measured(wanted.one, wanted.folder)) + "\n")
        return
    lines = wanted.to.read_text(encoding="utf-8").splitlines() if wanted.to.exists() else []
    done = {json.loads(line)["records"] for line in lines}
    for number in wanted.records:
        if number not in done:
            again = [sys.executable, "-m", "benchmarks.linkage.large", "--to", str(wanted.to)]
            again += ["--folder", str(wanted.folder)]
            subprocess.run([*again, "--make", str(number)], check=True)
            row = printed([*again, "--one", str(number)])
            if number <= BESIDE_UP_TO:
                row["splink"] = printed([*again, "--beside", str(number)])
                row["cpu_over_splink"] = round(row["cpu_s"] / row["splink"]["cpu_s"], 2)
            row["missed"] = missed(row)
            with wanted.to.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
            sys.stdout.write(json.dumps(row, indent=1) + "\n")


if __name__ == "__main__":
    main()
