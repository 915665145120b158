"""A thousand records added to a hundred thousand: seconds, and whether linking all under the same model agrees.

    python -m benchmarks.linkage.added --to FILE.json [--records 100000] [--added 1000] [--folder DIR]

The lists are those of `large`, made there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.linkage.frozen import emptied, groups
from benchmarks.linkage.large import SETTINGS, make, records_of
from esep.linkage import Record, extend, link
from esep.linkage.identity import carry_ids


def measured(records: list[Record], added: int) -> dict[str, object]:
    """`added` records in a list of their own, drawn evenly from all, arrive after the others were linked."""
    step = len(records) // added
    new = [replace(record, list=f"added {record.list}", truth=None) for record in records[::step][:added]]
    taken = {id(record) for record in records[::step][:added]}
    old = [replace(record, truth=None) for record in records if id(record) not in taken]
    before = link(old, SETTINGS)
    begin, wall = time.process_time(), time.monotonic()
    after = extend(before, new)
    cpu, seconds = time.process_time() - begin, time.monotonic() - wall
    whole, one, was = groups(extend(emptied(before), [*old, *new])), groups(after), groups(before)
    said = {f"{name}:{row}": f"person {at}" for at, group in enumerate(sorted(map(sorted, was))) for name, row in group}
    clusters = [{f"{name}:{row}" for name, row in group} for group in sorted(map(sorted, one))]
    carried = carry_ids(clusters, said, mint=lambda members: "new " + min(members))
    untouched = [at for at, group in enumerate(sorted(map(sorted, one))) if frozenset(group) in was]
    kept = sum({said[record] for record in clusters[at]} == {carried.ids[at]} for at in untouched)
    return {
        "records": len(old), "added": len(new), "load": round(os.getloadavg()[0], 1), "cpu_s": round(cpu, 1),
        "wall_s": round(seconds, 1), "clusters": len(one), "clusters_of_a_full_run": len(whole),
        "clusters_that_differ": len(one - whole), "untouched": len(untouched), "untouched_that_keep_their_id": kept,
        "reached": bool(cpu <= 20 and one == whole and kept == len(untouched)),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=1000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "esep-linkage-lists")
    wanted = parser.parse_args()
    make(wanted.records, wanted.folder)
    row = measured(records_of(wanted.records, wanted.folder), wanted.added)
    text = json.dumps(row, indent=1) + "\n"
    wanted.to.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
