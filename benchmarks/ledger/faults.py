"""Kill, flip, fill: what becomes of a case when the machine fails. The suite runs small numbers of each.

    python -m benchmarks.ledger.faults [--kills 200] [--flips 10000]
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from esep.case import create_case, open_case
from esep.errors import EsepError
from esep.ledger.acts import seeded_entropy
from esep.ledger.sqlite import SqliteDatabase

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = 60
PASSPHRASE = "invented passphrase"
TABLES = ("meta", "batch", "claim", "claim_value", "proposal", "identity", "entry", "search", "conflict")

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from esep.case import open_case
case = open_case(sys.argv[1], passphrase=lambda: sys.argv[2])
start = int(sys.argv[3])
for number in range(start, start + 10_000):
    path = Path(sys.argv[1]).with_name(f"list-{number}.csv")
    rows = "".join(f"Person {number} {row},injured,2011-12-16,Aktau\\n" for row in range(int(sys.argv[4])))
    path.write_text("name,status,date,place\\n" + rows)
    added = case.add(path, actor="writer", now=datetime(2026, 1, 2, tzinfo=UTC), form="list")
    print(added.receipt.number, added.receipt.n, flush=True)
"""


def list_of(number: int, rows: int = ROWS) -> str:
    """A list of invented people."""
    return "name,status,date,place\n" + "".join(
        f"Person {number} {row},injured,2011-12-16,Aktau\n" for row in range(rows)
    )


@dataclass
class Kills:
    """Outcome of killing a writer again and again."""

    tries: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    damaged: list[str] = field(default_factory=list)


def kill_writers(folder: Path, *, kills: int, plain: bool, rng: random.Random) -> Kills:
    """Start an import, kill it with SIGKILL at a random moment, open the case and verify; `kills` times."""
    outcome = Kills()
    ask = None if plain else (lambda: PASSPHRASE)
    create_case(folder / "case", title="t", actor="t", now=NOW, passphrase=ask).close()
    acknowledged: dict[int, int] = {}
    for number in range(kills):
        acknowledged |= _kill_one(folder / "case", number * 10_000, rng)
        outcome.tries += 1
        with open_case(folder / "case", passphrase=ask) as case:
            held = dict(case.ledger.database.rows("SELECT number, n FROM batch"))
            outcome.lost += sum(1 for batch, n in acknowledged.items() if held.get(batch) != n)
            sizes = dict(case.ledger.database.rows("SELECT batch, count(*) FROM claim GROUP BY batch"))
            outcome.torn += sum(1 for batch, n in held.items() if sizes.get(batch, 0) != n)
            outcome.damaged += [str(finding) for finding in case.verify().findings]
        outcome.acknowledged = len(acknowledged)
    return outcome


def _kill_one(case: Path, start: int, rng: random.Random) -> dict[int, int]:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(case), PASSPHRASE, str(start), str(ROWS)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    first = writer.stdout.readline()  # the import is under way
    time.sleep(rng.uniform(0, 0.25))
    writer.send_signal(signal.SIGKILL)
    lines = [first, *writer.stdout.read().splitlines()]
    writer.wait()
    writer.stdout.close()
    return dict(tuple(map(int, line.split())) for line in lines if len(line.split()) == 2)  # type: ignore[misc]


def small_case(folder: Path) -> Path:
    """A plain case with a list, judgements and proposals, closed."""
    path = folder / "case"
    (folder / "list.csv").write_text(list_of(1) + "Person 1 1,missing,,Aktau\n")
    with create_case(
        path, title="t", actor="t", now=NOW, passphrase=None, entropy=seeded_entropy("flip")
    ) as case:
        case.add(folder / "list.csv", actor="t", now=NOW, form="list", name="list")
        case.link(now=NOW)
        line = '{"v":1,"decide":"same","left":"person:list/1","right":"person:list/2","by":"t","at":"2026-01-01"}\n'
        (folder / "d.jsonl").write_text(line)
        case.decide(folder / "d.jsonl", actor="t", now=NOW)
    return path


@dataclass
class Flips:
    """Outcome of flipping bytes: named, or in bytes that hold nothing."""

    named: int = 0
    unused: int = 0
    missed: list[str] = field(default_factory=list)
    by_file: Counter[str] = field(default_factory=Counter)


def flip_bytes(folder: Path, *, flips: int, rng: random.Random) -> Flips:
    """Flip one random byte of one file of a case, verify, put it back; `flips` times."""
    path = small_case(folder)
    files = [file for file in sorted(path.rglob("*")) if file.is_file()]
    sizes = [file.stat().st_size for file in files]
    before = dump(path)
    outcome = Flips()
    for _ in range(flips):
        (file,) = rng.choices(files, weights=sizes)
        content = bytearray(file.read_bytes())
        at = rng.randrange(len(content))
        content[at] ^= 1 << rng.randrange(8)
        good = file.read_bytes()
        file.write_bytes(content)
        if is_named(path):
            outcome.named += 1
        elif file.name == "ledger.db" and dump(path) == before:
            outcome.unused += 1
        else:
            outcome.missed.append(f"{file.name} byte {at}")
        outcome.by_file[file.name if file.parent == path else "files/"] += 1
        file.write_bytes(good)
        for extra in path.glob("ledger.db-*"):
            extra.unlink()
    return outcome


def is_named(path: Path) -> bool:
    """Whether opening or verifying a case says that something is wrong."""
    try:
        with open_case(path) as case:
            return not case.verify().is_whole
    except EsepError:
        return True


def dump(path: Path) -> object:
    """Every row of every table, or None if a page cannot be read."""
    try:
        database = SqliteDatabase(path / "ledger.db", key=None)
        rows = [sorted(map(repr, database.rows(f"SELECT * FROM {table}"))) for table in TABLES]
        database.close()
    except EsepError:
        return None
    return rows


def fill_disk(folder: Path) -> str:
    """Import on a file system of 4 MB until it is full, free some, go on; the words of the refusal.

    Needs the right to mount; raises `PermissionError` without it.
    """
    disk = folder / "small"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    done = subprocess.run(mount, capture_output=True, check=False)
    if done.returncode:
        raise PermissionError("this machine does not let us mount a small disk")
    try:
        return _fill(disk)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _fill(disk: Path) -> str:
    (disk / "ballast").write_bytes(bytes(1_000_000))
    with create_case(disk / "case", title="t", actor="t", now=NOW, passphrase=None) as case:
        refusal = ""
        for number in range(1000):
            path = disk.parent / f"list-{number}.csv"
            path.write_text(list_of(number, 100))
            try:
                case.add(path, actor="t", now=NOW, form="list")
            except EsepError as error:
                refusal = f"{type(error).__name__}: {error}"
                break
        held = case.ledger.position()
        assert case.verify().is_whole, case.verify().text()
        (disk / "ballast").unlink()
        case.add(path, actor="t", now=NOW, form="list")
        assert case.ledger.position() > held
        assert case.verify().is_whole
    return refusal


def main() -> None:
    """Run all and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--flips", type=int, default=10_000)
    arguments = parser.parse_args()
    rng = random.Random(20111216)
    for plain in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            kills = kill_writers(Path(folder), kills=arguments.kills // 2, plain=plain, rng=rng)
        print(f"kill -9 during import, {'plain' if plain else 'encrypted'}: {kills.tries} kills, "
              f"{kills.acknowledged} acknowledged batches, {kills.lost} lost, {kills.torn} torn, "
              f"{len(kills.damaged)} findings of verify", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        flips = flip_bytes(Path(folder), flips=arguments.flips, rng=rng)
    print(f"flipped bytes: {flips.named} named, {flips.unused} in unused bytes, {len(flips.missed)} missed "
          f"{flips.missed[:5]} ({dict(flips.by_file)})", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        try:
            print(f"full disk: {fill_disk(Path(folder))}; went on after space was freed")
        except PermissionError as refusal:
            print(f"full disk: not tried, {refusal}")


if __name__ == "__main__":
    main()
