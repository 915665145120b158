"""An afternoon of review in a case: what 150 answers and an audit do to the draws, with a reader who errs in 2 of 100.

python -m benchmarks.linkage.review [--people 400] [--seeds 11]

Prints, for each made world: people who are on some list (the truth), the interval of the draws before, after 150
answers, after an audit; links that nobody is in doubt about stay undecided, as on such an afternoon.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.linkage.made_worlds import world
from esep.case import Case, create_case
from esep.case.decisions import Decision
from esep.case.questions import Questions
from esep.linkage import Record
from esep.linkage.records import Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_FIELDS = ("name", "sex", "age", "birth_date", "date", "place", "occupation")
_ERRS = 0.02


def take_in(case: Case, records: list[Record], folder: Path) -> dict[str, str]:
    """Add each list of the world to the case; returns the truth of each record."""
    truth: dict[str, str] = {}
    for name in sorted({record.list for record in records}):
        rows = [record for record in records if record.list == name and record.name]
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([*_FIELDS, "status"])
            writer.writerows([*(getattr(record, field) for field in _FIELDS), "killed"] for record in rows)
        added = case.add(path, actor="A", now=NOW, name=name, form="list")
        refused = {line.row for line in added.report.rejected}
        kept = [(number, record) for number, record in enumerate(rows, start=1) if number not in refused]
        truth |= {f"person:{name}/{number}": record.truth or "" for number, record in kept}
    return truth


def answer(case: Case, asked: Questions, truth: dict[str, str], rng: random.Random) -> int:
    """Answer by the truth, but in two of a hundred wrongly."""
    lines = []
    for one in asked.asked:
        same = (truth[one.pair[0]] == truth[one.pair[1]]) != (rng.random() < _ERRS)
        verdict: Verdict = "same" if same else "different"
        lines.append(Decision(verdict, "", "reader", NOW.isoformat(), *one.pair))
    return case.record(lines, actor="reader", now=NOW).new


def drawn(case: Case) -> dict[str, object]:
    """Interval of the number of people, and where the missed links come from."""
    started = time.process_time()
    doubt = case.doubt()
    assert doubt is not None
    low, high = doubt.linkage.draws.interval()
    missed = doubt.linkage.draws.missed
    return {
        "low": low, "high": high, "missed": round(missed.mean, 4), "missed_sd": round(missed.sd, 4),
        "cpu_s": round(time.process_time() - started, 1),
    }  # fmt: skip


def afternoon(people: int, seed: int) -> dict[str, object]:
    """One world through a case."""
    rng = random.Random(seed)
    records = world(rng, number=people, lists=4)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        with create_case(folder / "case", title="made", actor="A", now=NOW, passphrase=None) as case:
            truth = take_in(case, records, folder)
            found: dict[str, object] = {"seed": seed, "records": len(truth), "people": len(set(truth.values()))}
            found["before"] = drawn(case)
            found["answers"] = answer(case, case.queue(by="reader", most=150), truth, rng)
            found["answered"] = drawn(case)
            found["audited"] = answer(case, case.audit(actor="reader", now=NOW), truth, rng)
            found["with_audit"] = drawn(case)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--seeds", type=int, nargs="*", default=[11])
    wanted = parser.parse_args()
    for seed in wanted.seeds:
        print(json.dumps(afternoon(wanted.people, seed)), flush=True)


if __name__ == "__main__":
    main()
