"""Time of reconciling 2,000 tolls over 300 scopes. Run: PYTHONPATH=src python benchmarks/counts/bench_reconcile.py"""

import os
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from worlds import SPEAKERS, make_people, make_scopes, make_tolls, make_world, true_numbers

from esep.counts.reconcile import reconcile


def run(number: int, size: int, *, agreeing: bool) -> None:
    rng, world = Random(2031), make_world()
    scopes = make_scopes(rng, size)
    truth = true_numbers(make_people(rng, 900), scopes, world) if agreeing else None
    tolls = make_tolls(rng, scopes, number, truth)
    start, cpu = time.perf_counter(), time.process_time()
    result = reconcile(tolls, world=world, speakers=SPEAKERS)
    wall, used = time.perf_counter() - start, time.process_time() - cpu
    print(
        f"{number} {'agreeing' if agreeing else 'contradicting'} tolls, {size} scopes: {wall:.2f} s wall, "
        f"{used:.2f} s CPU, load {os.getloadavg()[0]:.1f}; conflicts {len(result.so_far.conflicts)} open, "
        f"{len(result.total.conflicts)} closed; {sum(len(one.ranges) for one in result.readings)} ranges"
    )


def main() -> None:
    for agreeing in (False, True):
        for number, size in ((200, 50), (2000, 300)):
            run(number, size, agreeing=agreeing)


if __name__ == "__main__":
    main()
