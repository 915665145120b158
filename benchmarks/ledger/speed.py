"""What the ledger costs: append, views, lists, rebuild, import of a large list. One run, load beside each figure.

    python -m benchmarks.ledger.speed [--claims 1000000] [--plain]
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from esep.ledger import projections
from esep.ledger.acts import Act
from esep.ledger.claims import Draft
from esep.ledger.ledger import Ledger
from esep.people.listing import page, search
from esep.people.persons import person

START = datetime(2026, 1, 1, tzinfo=UTC)
FAMILY = "Каримова Сулейменов Абенов Жаксыбекова Иванов Ким Токтарова Бекетов Оспанова Нуртазин".split()
GIVEN = "Айгүл Ерлан Сауле Марат Ольга Дамир Жанар Тимур Роза Бауыржан".split()
PROPS_A_RECORD = 10


def drafts(records: int, *, first: int, rng: random.Random) -> Iterator[Draft]:
    """Ten claims a record, as an imported list gives them."""
    for number in range(first, first + records):
        record = f"person:bench/{number}"
        source = f"source:list-{number % 7}"
        place = ({"role": "cell", "row": number, "line": number + 1},)
        name = f"{rng.choice(FAMILY)}-{number % 997} {rng.choice(GIVEN)}"
        status = {"status": rng.choice(("killed", "injured", "missing", "detained")), "date": "2011-12-16"}
        values: list[tuple[str, object]] = [
            ("name", name), ("sex", rng.choice(("female", "male"))), ("birth_year", rng.randint(1940, 2000)),
            ("status", status), ("occupation", "oil worker"), ("residence", "Жаңаөзен"), ("cause", "gunshot"),
            ("circumstance", f"note {number}"), ("x:district", "3"), ("x:ward", str(number % 12)),
        ]  # fmt: skip
        for prop, value in values:
            yield Draft(record, prop, value, source=source, locator=place)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of one piece of work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def p95(work: Callable[[], object], *, runs: int = 400) -> float:
    """95th percentile of wall milliseconds."""
    taken = [timed(work)[1] * 1000 for _ in range(runs)]
    return statistics.quantiles(taken, n=20)[-1]


def show(what: str, figure: str, target: str) -> None:
    """One row of the report."""
    print(f"{what:<44} {figure:>22}   target {target:<22} load {os.getloadavg()[0]:.1f}", flush=True)


def bench(claims: int, *, plain: bool) -> None:
    """Print every figure."""
    rng = random.Random(20111216)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.create(Path(folder) / "ledger.db", key=None if plain else bytes(range(32)), case="bench")
        records, batch = claims // PROPS_A_RECORD, 2_000
        cpu_total = wall_total = 0.0
        for first in range(0, records, batch):
            act = Act("bench", START + timedelta(seconds=first), "bench")
            prepared = list(drafts(min(batch, records - first), first=first, rng=rng))
            cpu, wall = timed(lambda: ledger.write(prepared, act))  # noqa: B023
            cpu_total, wall_total = cpu_total + cpu, wall_total + wall
        kind = "plain SQLite" if plain else "SQLCipher"
        show(f"append {claims:,} claims ({kind})", f"{claims / cpu_total:,.0f}/CPU s", ">= 20,000/CPU s")
        show("  the same in wall time", f"{claims / wall_total:,.0f}/s", "-")
        views(ledger, records, rng)
        cpu, wall = timed(lambda: projections.rebuild(ledger))
        show("rebuild all projections", f"{wall:.1f} s ({cpu:.1f} CPU)", "< 10 s")
        assert {e.id for e in search(ledger, "каримова-1")} == {e.id for e in search(ledger, "КАРИМОВА-1")}
        ledger.close()


def views(ledger: Ledger, records: int, rng: random.Random) -> None:
    """Person view, list pages, search."""
    views_of_one = p95(lambda: person(ledger, f"person:bench/{rng.randrange(records)}"))
    show("person view, p95", f"{views_of_one:.2f} ms", "< 5 ms")
    show("first list page of 50, p95", f"{p95(lambda: page(ledger), runs=100):.2f} ms", "< 50 ms")
    after = [row[0] for row in ledger.database.rows("SELECT entity FROM entry LIMIT 500")]
    deep = p95(lambda: page(ledger, after=rng.choice(after)), runs=100)
    show("list page in the middle, p95", f"{deep:.2f} ms", "< 50 ms")
    names = [f"{family.lower()}-{rng.randrange(997)}" for family in FAMILY for _ in range(5)]
    show("search a name, p95", f"{p95(lambda: search(ledger, rng.choice(names), limit=50), runs=100):.2f} ms", "-")
    cpu, _ = timed(lambda: ledger.position(START.date()))
    show("position of a day", f"{cpu * 1000:.2f} ms", "-")


IMPORT = """
import resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from esep.case import create_case
folder = Path(sys.argv[1])
case = create_case(folder / "case", title="bench", actor="bench", now=datetime(2026, 1, 1, tzinfo=UTC), passphrase=None)
before = time.process_time()
added = case.add(folder / "list.csv", actor="bench", now=datetime(2026, 1, 2, tzinfo=UTC), form="list")
cpu = time.process_time() - before
assert added.report.totals["accepted"] == int(sys.argv[2]), added.report.totals
print(cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def bench_import(rows: int) -> None:
    """A list of `rows` x 10 columns through the whole intake, in a process of its own."""
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        lines = ["name,sex,birth_year,status,date,place,occupation,residence,cause,district"]
        lines += [
            f"{rng.choice(FAMILY)} {rng.choice(GIVEN)} {i},female,{rng.randint(1940, 2000)},injured,2011-12-16,"
            f"Жаңаөзен,oil worker,Теңге,gunshot,{i % 9}"
            for i in range(rows)
        ]
        (Path(folder) / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", IMPORT, folder, str(rows)], capture_output=True, text=True, check=True
        )
        cpu, memory = map(float, done.stdout.split())
        show(f"import a list of {rows:,} rows x 10 columns", f"{cpu:.1f} CPU s", "<= 60 CPU s")
        show("  its peak memory", f"{memory:.0f} MB", "< 500 MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=100_000)
    arguments = parser.parse_args()
    for is_plain in (True, False):
        bench(arguments.claims, plain=is_plain)
    bench_import(arguments.rows)
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
