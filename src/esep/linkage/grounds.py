"""What a pair has to rest on before any evidence can make it one person's.

The same place and sex make nobody one person, whatever the prior says; nor do names that are clearly different, unless
one day of birth or kin joins them (in long lists such pairs are not even compared, see `blocking`). Nor do two rows of
one list with one word of a name each, unless the day of birth or kin agree too: sixty rows «Ahmed, 45» agree with each
other in all that they say. A list that repeats whole names is a list of mentions; there «Utegaliev» may well be the one
named in full before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from esep.linkage.blocking import LEAST_NAME
from esep.linkage.comparison import NAME_CUTS, comparisons
from esep.linkage.engine import Scored
from esep.linkage.features import Features
from esep.linkage.keys import Positions

UNGROUNDED, BARE = -6.0, -500.0
"""Most log odds of a pair that rests on nothing that tells people apart, and of two rows of one list with one word of a
name each: so low that however many lists hold such rows, their pairs do not join them by their sum."""
_SAME_DAY = 1
"""Levels of birth below the best at which two records are of one day, slips included; an age is not enough."""
_CLEARLY_DIFFERENT = bisect_right(NAME_CUTS, LEAST_NAME)
"""Levels of names, from below, that are clearly different."""
_REPEATED = 0.1
"""Share of whole names that stand in a list again, from which on it is a list of mentions."""


def grounded(scored: Scored, found: Sequence[Features]) -> NDArray[np.bool_]:
    """Whether each pair rests on what tells people apart: names that may be one, one day of birth, or named kin."""
    return np.isposinf(most_odds(scored, found))


def most_odds(scored: Scored, found: Sequence[Features]) -> NDArray[np.float64]:
    """Log odds that each pair has at most: no bound when it is grounded."""
    level = {field.name: scored.gammas[:, place] for place, field in enumerate(comparisons())}
    (same_day,) = (len(field.levels) - 1 for field in comparisons() if field.name == "birth")
    names = (level["name"] >= 0) & (level["name"] < len(NAME_CUTS) + 1 - _CLEARLY_DIFFERENT)
    tells = names | (level["birth"] == same_day) | (level["kin"] > 0)
    lists = _lists_of_one_word(found)
    left, right = lists[scored.left], lists[scored.right]
    bare = (left == right) & (left >= 0) & (level["birth"] < same_day - _SAME_DAY) & (level["kin"] <= 0)
    return np.where(bare, BARE, np.where(tells, np.inf, UNGROUNDED))


def _lists_of_one_word(found: Sequence[Features]) -> Positions:
    """Number of the list of each record with one word of a name; -1 for all others, and in lists of mentions."""
    short = [one.is_one_word for one in found]
    if not any(short):
        return np.full(len(found), -1, dtype=np.int64)
    whole: dict[str, Counter[tuple[tuple[str, ...], ...]]] = defaultdict(Counter)
    for one, is_short in zip(found, short, strict=True):
        if one.has_name and not is_short:
            whole[one.list][one.keys] += 1
    repeated = {name: sum(number for number in times.values() if number > 1) for name, times in whole.items()}
    mentions = {name for name, number in repeated.items() if number > _REPEATED * whole[name].total()}
    numbers = {name: number for number, name in enumerate(sorted({one.list for one in found} - mentions))}
    places = (numbers.get(one.list, -1) if is_short else -1 for one, is_short in zip(found, short, strict=True))
    return np.fromiter(places, dtype=np.int64, count=len(found))
