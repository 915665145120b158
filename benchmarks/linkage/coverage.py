"""How often the interval of the number of people covers the truth, over many made data sets. Resumable.

    python -m benchmarks.linkage.coverage --to FILE.jsonl [--sets 100] [--records 2000] [--minutes 20]

Two generators take turns: the one the package was trained beside (other seeds) and the shared one, at three
severities; one line a data set is written as it is done, so a run that stops goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

from benchmarks.linkage import lists
from benchmarks.linkage.made_worlds import world
from esep.linkage import Record, Settings, link

KINDS = ("shared mid", "own", "shared hard", "own", "shared easy")


def data(number: int, records: int) -> tuple[str, list[Record]]:
    kind = KINDS[number % len(KINDS)]
    if kind == "own":
        return kind, world(random.Random(5000 + number), number=round(records * 0.6), lists=5)
    return kind, lists.made(records, 5000 + number, kind.split()[1])


def one(number: int, records: int) -> dict[str, object]:
    kind, made = data(number, records)
    free = ("official_ru",) if kind.startswith("shared") else ()
    people = len({record.truth for record in made})
    start = time.process_time()
    found = link(made, Settings(duplicate_free=free))
    low, high = found.draws.interval()
    assert found.evaluation
    return {
        "set": number,
        "kind": kind,
        "records": len(made),
        "people": people,
        "point": found.people,
        "mean": round(float(found.draws.people().mean()), 1),
        "low": low,
        "high": high,
        "covered": low <= people <= high,
        "f1": round(found.evaluation.pairs.f1 or 0.0, 4),
        "compared": round(found.evaluation.blocking_recall or 0.0, 4),
        "cpu_s": round(time.process_time() - start, 1),
    }


def summary(rows: list[dict[str, object]]) -> str:
    lines = []
    for kind in ("all", *sorted({str(row["kind"]) for row in rows})):
        some = [row for row in rows if kind in ("all", row["kind"])]
        covered = sum(bool(row["covered"]) for row in some)
        width = sum((float(str(r["high"])) - float(str(r["low"]))) / float(str(r["people"])) for r in some) / len(some)
        high = sum(float(str(row["low"])) > float(str(row["people"])) for row in some)
        lines.append(f"{kind}: covered {covered} of {len(some)}, mean width {width:.1%}; all above the truth in {high}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--sets", type=int, default=100)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=60)
    wanted = parser.parse_args()
    lines = wanted.to.read_text(encoding="utf-8").splitlines() if wanted.to.exists() else []
    rows = [json.loads(line) for line in lines]
    until = time.monotonic() + 60 * wanted.minutes
    for number in range(len(rows), wanted.sets):
        if time.monotonic() > until:
            break
        rows.append(one(number, wanted.records))
        with wanted.to.open("a", encoding="utf-8") as file:
            file.write(json.dumps(rows[-1]) + "\n")
    print(summary(rows))


if __name__ == "__main__":
    main()
