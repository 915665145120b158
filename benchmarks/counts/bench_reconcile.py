"""Time of reconciling 2,000 tolls over 300 scopes. Run: PYTHONPATH=src python benchmarks/counts/bench_reconcile.py"""

import os
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from worlds import SPEAKERS, make_scopes, make_tolls, make_world

from esep.counts.reconcile import reconcile


def main() -> None:
    for number, size in ((200, 50), (2000, 300)):
        rng = Random(2031)
        scopes = make_scopes(rng, size)
        tolls = make_tolls(rng, scopes, number)
        start, cpu = time.perf_counter(), time.process_time()
        result = reconcile(tolls, world=make_world(), speakers=SPEAKERS)
        wall, used = time.perf_counter() - start, time.process_time() - cpu
        print(
            f"{number} tolls, {size} scopes: {wall:.2f} s wall, {used:.2f} s CPU, load {os.getloadavg()[0]:.1f}; "
            f"conflicts {len(result.so_far.conflicts)} open / {len(result.total.conflicts)} closed, "
            f"ranges {sum(len(one.ranges) for one in result.readings)}"
        )


if __name__ == "__main__":
    main()
