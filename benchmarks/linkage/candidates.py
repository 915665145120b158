"""Missing people against made lists of a hospital, a morgue and a jail: what is offered, and how often it is right.

    python -m benchmarks.linkage.candidates [--people 300] [--seed 7]

Households of invented people, four lists with habits of their own (`made_worlds`); the first list is of the missing.
Prints true pairs, pairs offered, and how often the first candidate is the true one; CPU seconds of the search.
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
from esep.case import Facts, create_case
from esep.linkage.records import Record

KINDS = {1: ("hospital list", "injured"), 2: ("morgue register", "killed"), 3: ("list of detained", "detained")}
NOW = datetime(2031, 4, 1, tzinfo=UTC)
FIELDS = ("name", "sex", "age", "birth_date", "date", "place")


def write(path: Path, records: list[Record], status: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, [*FIELDS, "status"])
        rows.writeheader()
        rows.writerows({field: getattr(record, field) for field in FIELDS} | {"status": status} for record in records)
    return path


def measure(people: int, seed: int) -> dict[str, float]:
    records = world(random.Random(seed), number=people, lists=4)
    names = sorted({record.list for record in records})
    lists = [[record for record in records if record.list == name and record.name] for name in names]
    with tempfile.TemporaryDirectory() as place, create_case(
        Path(place) / "case", title="made", actor="bench", now=NOW, passphrase=None
    ) as case:
        facts = [Facts(), *(Facts(medium=medium) for medium, _ in KINDS.values())]
        for number, (some, said) in enumerate(zip(lists, facts, strict=True)):
            status = KINDS[number][1] if number else "missing"
            path = write(Path(place) / f"l{number}.csv", some, status)
            case.add(path, actor="bench", now=NOW, form="list", name=f"L{number}", facts=said)
        known = ((n, row, one) for n, some in enumerate(lists) for row, one in enumerate(some, start=1))
        truth = {f"person:L{n}/{row}": one.truth for n, row, one in known}
        began = time.process_time()
        rows = json.loads(case.candidates(now=NOW).json())
        spent = time.process_time() - began
        of = {row["id"]: truth[row["records"][0]] for row in json.loads(case.people().json())}
    offered = [row for row in rows if row["record"]]
    right = [row for row in offered if truth[row["record"]] == of[row["person"]]]
    lost = [of[row["person"]] for row in rows if row["rank"] in (1, None)]
    listed = [truth[f"person:L{n}/{row}"] for n, some in enumerate(lists) if n for row in range(1, len(some) + 1)]
    firsts = [row for row in offered if row["rank"] == 1]
    return {
        "missing": len(lists[0]),
        "listed": len(listed),
        "true_pairs": sum(listed.count(one) for one in lost),
        "offered": len(offered),
        "offered_true": len(right),
        "first": len(firsts),
        "first_true": sum(truth[row["record"]] == of[row["person"]] for row in firsts),
        "cpu_seconds": round(spent, 1),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=300)
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    print(json.dumps(measure(given.people, given.seed), indent=1))


if __name__ == "__main__":
    main()
