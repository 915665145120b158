"""Which pairs people should read first: those whose answer changes the count most, not those near one half.

For a pair that is one person's in a share p of the draws, knowing the answer takes p (1 - p) times the squared
difference between the two answers off the variance of the number of people (and of an estimate, where one is given
for every draw). Pairs that are decided already, also `unsure`, are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from esep.linkage.components import Component, Sets
from esep.linkage.linkage import Linkage
from esep.linkage.reasons import field_reasons, in_words
from esep.linkage.records import Decided

_LARGEST = 60
_OF_ONE_GROUP = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to decide: records by list and row, probability, what the answer changes, and why it is open.

    `people_change` is how many people fewer there are when the answer is «same», `estimate_change` the same for the
    figure given for each draw (None without figures); `gain` the expected fall of the variance; `reasons` are hidden
    in a blind reading until the first answer is given.
    """

    left: tuple[str, int]
    right: tuple[str, int]
    probability: float
    people_change: float
    gain: float
    reasons: tuple[str, ...]
    estimate_change: float | None = None


def questions(
    linkage: Linkage,
    *,
    decisions: Sequence[Decided] = (),
    estimates: Sequence[float] | None = None,
    most: int = 150,
) -> list[Question]:
    """Pairs in doubt, the most telling first, but only three of a group before the others have had their turn.

    `estimates`: one figure for every draw, whose variance counts too.
    """
    decided = {decision.pair for decision in decisions}
    figures = None if estimates is None else np.asarray(estimates, dtype=np.float64)
    found = []
    for component in linkage.run.components:
        found += [q for q in _of_component(linkage, component, figures) if (q[1], q[2]) not in decided]
    found.sort(key=lambda q: (-q[0], q[1], q[2]))
    place = _places(linkage)
    return [_question(linkage, one, place) for one in _spread(found, linkage)[:most]]


def certain(linkage: Linkage, *, joined: Iterable[tuple[int, int]] = ()) -> Iterator[int]:
    """Places in `run.scored` of pairs that every draw joins: no doubt, but nobody is joined before somebody says so.

    Only as many as it takes to join each proposed person, the most probable first; `joined` are pairs of records, by
    position, that somebody joined already.
    """
    scored, drawn, odds = linkage.run.scored, linkage.draws.labels, linkage.run.log_odds
    likely = np.flatnonzero(odds > 0)
    sure = likely[(drawn[:, scored.left[likely]] == drawn[:, scored.right[likely]]).all(axis=0)]
    groups = Sets(len(linkage.records))
    for left, right in joined:
        groups.join(left, right)
    for place in sure[np.argsort(-odds[sure], kind="stable")].tolist():
        left, right = int(scored.left[place]), int(scored.right[place])
        if groups.find(left) != groups.find(right):
            groups.join(left, right)
            yield place


_Open = tuple[float, tuple[str, int], tuple[str, int], int, int, float, float, float | None]


def _of_component(linkage: Linkage, component: Component, figures: NDArray[np.float64] | None) -> Iterator[_Open]:
    records = [node[0] for node in component.nodes][:_LARGEST]
    drawn = linkage.draws.labels[:, records]
    own = np.array([len(set(row)) for row in drawn.tolist()], dtype=np.float64)
    for i, j in combinations(range(len(records)), 2):
        same = drawn[:, i] == drawn[:, j]
        share = float(same.mean())
        if linkage.settings.keep_above <= share < 1:  # what missed links join by chance is nobody's question
            change = float(own[~same].mean() - own[same].mean())
            gain = share * (1 - share) * change**2
            moved = None if figures is None else float(figures[~same].mean() - figures[same].mean())
            gain += share * (1 - share) * (moved or 0.0) ** 2
            one, two = sorted((records[i], records[j]), key=lambda place: linkage.records[place].key)
            yield gain, linkage.records[one].key, linkage.records[two].key, one, two, share, change, moved


def _spread(found: Sequence[_Open], linkage: Linkage) -> list[_Open]:
    """At most three questions of a group first, then the others: one answer settles much of its group."""
    group = {node[0]: number for number, one in enumerate(linkage.run.components) for node in one.nodes}
    asked: Counter[int] = Counter()
    first: list[_Open] = []
    later: list[_Open] = []
    for one in found:
        number = group[one[3]]
        asked[number] += 1
        (first if asked[number] <= _OF_ONE_GROUP else later).append(one)
    return first + later


def _places(linkage: Linkage) -> dict[tuple[int, int], int]:
    scored = linkage.run.scored
    return {pair: at for at, pair in enumerate(zip(scored.left.tolist(), scored.right.tolist(), strict=True))}


def _question(linkage: Linkage, one: _Open, place: dict[tuple[int, int], int]) -> Question:
    gain, left_key, right_key, left, right, share, change, moved = one
    at = place.get((min(left, right), max(left, right)))
    reasons: tuple[str, ...] = ("joined only through other records",)
    if at is not None:
        reasons = in_words(field_reasons(linkage.run.scored, at), linkage.records[left], linkage.records[right])
    moved = None if moved is None else round(moved, 3)
    return Question(left_key, right_key, round(share, 4), round(change, 3), round(gain, 5), reasons, moved)
