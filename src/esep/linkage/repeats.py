"""How often a list names one person twice, learnt from the list itself.

Two records of one list are at first sight two people: most lists repeat few names, some repeat many. So pairs within
each list have a share of matches of their own, and pairs between lists another. A list that is short or says little is
taken to repeat people a quarter as often as lists repeat each other, as lists of made worlds do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from esep.linkage.engine import Scored
from esep.linkage.features import Features

BETWEEN = ""
"""Key of the pairs between lists."""

_KNOWN_MATCHES, _WITHIN = 2.0, 0.25
"""What is taken of a list counts as much against what it shows as so many expected matches: pairs within it are matches
a quarter as often as others (found on long made lists: .06 to .7, most near .2)."""
_ROUNDS = 100


def list_shifts(
    scored: Scored, found: Sequence[Features], *, grounded: NDArray[np.bool_], prior: float, free: frozenset[str]
) -> dict[str, float]:
    """Nats that a pair within each list, or `BETWEEN` lists, is worth over the share of matches of all pairs.

    Gamma-Poisson by expectation and maximisation: a kind of pairs has its expected matches over those that the share
    of all pairs would give it, both with what is taken beforehand. Lists in `free` hold nobody twice and have no pairs.
    """
    sizes = Counter(one.list for one in found)
    names = [BETWEEN, *sorted(set(sizes) - free)]
    pairs = np.array([0.0, *(sizes[name] * (sizes[name] - 1) / 2 for name in names[1:])])
    pairs[0] = (len(found) ** 2 - sum(size**2 for size in sizes.values())) / 2
    kind = _kinds(scored, found, names)[grounded]
    base = scored.weight[grounded] + np.log(prior) - np.log1p(-prior)
    taken = np.where(np.arange(len(names)) > 0, _WITHIN, 1.0) * _KNOWN_MATCHES
    shifts = np.log(taken / _KNOWN_MATCHES)
    for _ in range(_ROUNDS):
        matches = 1.0 / (1.0 + np.exp(-np.clip(base + shifts[kind], -500, 500)))
        told = np.bincount(kind, weights=matches, minlength=len(names)) + taken
        new = np.log(told / (pairs * prior + _KNOWN_MATCHES))
        done = bool(np.abs(new - shifts).max(initial=0.0) < 1e-6)
        shifts = new
        if done:
            break
    return dict(zip(names, shifts.tolist(), strict=True))


def with_lists(scored: Scored, found: Sequence[Features], shifts: Mapping[str, float]) -> Scored:
    """`scored` with what the lists of each pair say added to its weight."""
    names = [BETWEEN, *sorted(set(shifts) - {BETWEEN})]
    worth = np.array([*(shifts.get(name, 0.0) for name in names), 0.0])
    return replace(scored, weight=scored.weight + worth[_kinds(scored, found, names)])


def _kinds(scored: Scored, found: Sequence[Features], names: Sequence[str]) -> NDArray[np.int64]:
    """Place in `names` of each pair; the last place is for lists that are not there."""
    numbers = {name: place for place, name in enumerate(names)}
    every = {one.list for one in found}
    codes = {name: numbers.get(name, len(names) + place) for place, name in enumerate(sorted(every))}
    lists = np.array([codes[one.list] for one in found], dtype=np.int64)
    left, right = lists[scored.left], lists[scored.right]
    kinds: NDArray[np.int64] = np.where(left != right, 0, np.minimum(left, len(names)))
    return kinds
