"""Links that the evidence does not show, added to draws of who is who.

What linkage misses is nearly always one record: of 50 people of made lists whose records lay in several components, in
49 one record lay apart from all others. So one record that stands alone joins a cluster, oftener one of a list whose
names agree badly, and never one with a record of its own list, unless there is only one list. A record with one word
of a name («Yerlan, 45») cannot be known again however well its list is written, so these are counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esep.linkage.components import Against, records_apart
from esep.linkage.keys import Positions
from esep.linkage.running import Run

if TYPE_CHECKING:
    from esep.linkage.draws import Missed

_TRIES = 200
_LEAST_RATE, _NEVER = 0.005, 1e-9
_MOST_CANDIDATES = 50_000


@dataclass(frozen=True)
class _Chances:
    """Pairs with little evidence between components and their cumulated chances; cumulated chances of records.

    `lists` is the number of each record's list; records of one number are never joined.
    """

    pairs: Positions
    of_pairs: NDArray[np.float64]
    of_records: NDArray[np.float64]
    lists: Positions


def join_missed(labels: NDArray[np.int32], run: Run, said: Against, *, missed: Missed, seed: int) -> None:
    """Join more clusters in each draw of `labels` [S, n]: a gamma share of its links, then Poisson.

    A record that stands alone and a cluster without a record of its list that no rule keeps apart: one time in two
    those of a pair with little evidence, else any two. Records with one word of a name are drawn first, as far as there
    are clusters for them.
    """
    rng = np.random.default_rng([seed, 7])
    one_word = np.array([one.is_one_word for one in run.features], dtype=bool)
    whole = np.array([one.has_name for one in run.features], dtype=bool) & ~one_word
    known = _chances(run, one_word & (missed.one_word > 0))
    shape = (missed.mean / max(missed.sd, 1e-9)) ** 2
    for row in labels:
        alone = np.bincount(row, minlength=len(row))[row] == 1
        share = missed.one_word * (float((~alone[whole]).mean()) if whole.any() else 0.0)
        surely = np.flatnonzero(one_word & alone & (rng.random(len(row)) < share))
        links = int((row != np.arange(len(row)))[~one_word | (missed.one_word <= 0)].sum())
        number = int(rng.poisson(rng.gamma(shape, missed.mean / shape) * links)) if missed.mean > 0 else 0
        own = int(rng.integers(0, 2**32))
        _join(
            row, surely, number, known.pairs, known.of_pairs, known.of_records, known.lists,
            said.free, said.sex, said.day, said.codes, own,
        )  # fmt: skip


def _chances(run: Run, drawn_apart: NDArray[np.bool_]) -> _Chances:
    """`drawn_apart`: records that are joined otherwise."""
    names = {name: number for number, name in enumerate(sorted({one.list for one in run.features}))}
    lists = np.array([names[one.list] for one in run.features], dtype=np.int64)
    rates = np.array([max(run.faults.rate(name), _LEAST_RATE) for name in names])
    weights = np.where(drawn_apart, _NEVER, rates[lists])
    if len(names) < 2:  # records of one list can only join others of it
        lists = np.arange(len(lists))
    component = np.arange(len(lists))
    for one in run.components:
        component[[record for node in one.nodes for record in node]] = one.nodes[0][0]
    left, right, odds = run.scored.left, run.scored.right, run.log_odds
    weak = np.flatnonzero((odds < 0) & (component[left] != component[right]))
    if len(weak) > _MOST_CANDIDATES:
        weak = np.sort(weak[np.argpartition(-odds[weak], _MOST_CANDIDATES)[:_MOST_CANDIDATES]])
    pairs = np.stack([left[weak], right[weak]], axis=1)
    shares = 1.0 / (1.0 + np.exp(-np.clip(odds[weak], -500, 0)))
    return _Chances(pairs, np.cumsum(shares), np.cumsum(weights), lists)


@njit(cache=True)
def _drawn(cumulated):  # type: ignore[no-untyped-def]
    return min(np.searchsorted(cumulated, np.random.random() * cumulated[-1]), len(cumulated) - 1)


@njit(cache=True)
def _any_two(row, after, pairs, of_pairs, of_records):  # type: ignore[no-untyped-def]
    """A record and one to join it with, of a pair with little evidence or any two; -1 when the draw was none."""
    if len(pairs) and np.random.random() < 0.5:
        place = _drawn(of_pairs)
        one, two = pairs[place, 0], pairs[place, 1]
        return (one, two) if after[one] == one else (two, one)
    alone, other = _drawn(of_records), np.random.randint(0, len(row))
    return alone, other if row[other] == other else -1  # the first stands for its cluster, so that each is as likely


@njit(cache=True)
def _join(row, surely, number, pairs, of_pairs, of_records, lists, free, sex, day, codes, seed):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Join each record of `surely`, and `number` others.

    Members of a cluster hang in a ring (`after`), so that a join looks at no other record.
    """
    np.random.seed(seed)
    records = len(row)
    after, last = np.arange(records), np.arange(records)
    for record in range(records):
        label = row[record]
        if label != record:
            after[last[label]], last[label], after[record] = record, record, label
    for turn in range(len(surely) + number):
        for _ in range(_TRIES):
            if turn < len(surely):
                alone, other = surely[turn], row[np.random.randint(0, records)]
            else:
                alone, other = _any_two(row, after, pairs, of_pairs, of_records)
            if other < 0 or after[alone] != alone or row[alone] == row[other]:
                continue
            if _may_join(alone, other, after, lists, free, sex, day, codes):
                low, high = min(row[alone], row[other]), max(row[alone], row[other])
                member = high
                while True:
                    row[member] = low
                    if after[member] == high:
                        break
                    member = after[member]
                after[member], after[low] = after[low], high
                break


@njit(cache=True)
def _may_join(alone, other, after, lists, free, sex, day, codes):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    member = other
    while True:
        if lists[alone] == lists[member] or records_apart(alone, member, free, sex, day, codes):
            return False
        member = after[member]
        if member == other:
            return True
