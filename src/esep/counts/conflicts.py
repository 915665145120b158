"""Minimal sets of figures that cannot all be true.

Pairs are found all at once from the order of scopes. Larger sets (parts that do not fit a whole) are shrunk by a
deletion filter (Chinneck and Dravnieks 1991) from what a linear program names as contradictory. For a few figures the
search is complete (MARCO: Liffiton, Previti, Malik and Marques-Silva 2016); for many it goes on until every figure has
been met in a set that can be true, or the limit is reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.counts.programs import Figure, Program

FEW = 20
"""So many figures are searched completely."""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Minimal conflicting sets as sorted positions of figures; `is_complete` says that there is no other one."""

    sets: tuple[tuple[int, ...], ...]
    is_complete: bool


def minimal_conflicts(program: Program, figures: Sequence[Figure], *, limit: int = 15) -> Conflicts:
    """Sets of figures that cannot all be true while all but any one of them can.

    `limit` bounds the number of sets of one or of three and more figures; all pairs are always found.
    """
    nobody = ~np.asarray(program.atoms.inside.any(axis=1))
    impossible = [i for i, figure in enumerate(figures) if figure.low > 0 and nobody[figure.region]]
    clash = program.clash(figures)
    clash[impossible, :] = clash[:, impossible] = False
    pairs = [(int(a), int(b)) for a, b in np.argwhere(np.triu(clash, 1))]
    known: list[tuple[int, ...]] = [*((i,) for i in impossible), *pairs]
    search = _complete if len(figures) <= FEW else _sampled
    larger, is_complete = search(program, figures, known, limit)
    return Conflicts(tuple(sorted({*known, *larger}, key=lambda found: (len(found), found))), is_complete)


def shrunk(program: Program, figures: Sequence[Figure], members: Sequence[int]) -> tuple[int, ...]:
    """A minimal conflicting set within `members`, which cannot all be true: drop each one that is not needed."""
    small, own = program.narrowed([figures[i] for i in members])
    left = list(range(len(own)))
    for member in range(len(own)):
        rest = [other for other in left if other != member]
        if not small.is_possible([own[i] for i in rest]):
            left = rest
    return tuple(sorted(members[i] for i in left))


def _conflict_in(program: Program, figures: Sequence[Figure], members: Sequence[int]) -> tuple[int, ...] | None:
    """A minimal conflicting set within `members`, or None where they can all be true."""
    chosen = [figures[i] for i in members]
    named = [members[i] for i in program.witnesses(chosen)]
    if not named:
        return None
    small, own = program.narrowed([figures[i] for i in named])
    if not small.is_possible(own):
        return shrunk(program, figures, named)
    return None if program.is_possible(chosen) else shrunk(program, figures, members)


def _complete(
    program: Program, figures: Sequence[Figure], known: Sequence[tuple[int, ...]], limit: int
) -> tuple[list[tuple[int, ...]], bool]:
    """MARCO: take the largest set not yet decided; it is conflicting (shrink it) or a largest possible one."""
    conflicting, possible = list(known), list[frozenset[int]]()
    for _ in range(20 * limit):
        if len(conflicting) - len(known) >= limit:
            break
        seed = _largest_undecided(len(figures), conflicting, possible)
        if seed is None:
            return conflicting[len(known) :], True
        found = _conflict_in(program, figures, seed)
        if found is None:
            possible.append(frozenset(seed))
        else:
            conflicting.append(found)
    return conflicting[len(known) :], False


def _largest_undecided(
    size: int, conflicting: Sequence[tuple[int, ...]], possible: Sequence[frozenset[int]]
) -> list[int] | None:
    """The largest set that holds no conflicting set and is not part of a possible one, or None."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy, loaded on first use

    rows, lows, highs = [], [], []
    for found in conflicting:
        rows.append(_row(size, found))
        lows.append(-np.inf)
        highs.append(len(found) - 1.0)
    for kept in possible:
        rows.append(_row(size, [i for i in range(size) if i not in kept]))
        lows.append(1.0)
        highs.append(np.inf)
    if not rows:
        return list(range(size))
    found = milp(
        -np.ones(size),
        constraints=LinearConstraint(np.array(rows), np.array(lows), np.array(highs)),
        integrality=np.ones(size),
        bounds=Bounds(0, 1),
    )
    return None if found.x is None else [int(i) for i in np.flatnonzero(found.x > 0.5)]


def _row(size: int, members: Sequence[int]) -> NDArray[np.float64]:
    row = np.zeros(size)
    row[list(members)] = 1.0
    return row


def _sampled(
    program: Program, figures: Sequence[Figure], known: Sequence[tuple[int, ...]], limit: int
) -> tuple[list[tuple[int, ...]], bool]:
    """From each figure not yet met in a possible set, grow a set free of known conflicts and look into it."""
    size = len(figures)
    clash = np.zeros((size, size), dtype=bool)
    for found in known:
        clash[found[0], found[-1]] = clash[found[-1], found[0]] = True
    larger: list[tuple[int, ...]] = []
    order = sorted(range(size), key=lambda i: (-figures[i].low, i))  # high low ends first: those fill a whole
    unmet = [i for i in order if not clash[i, i]]
    while unmet and len(larger) < limit:
        seed = _grown([unmet[0], *order], clash, larger)
        found_set = _conflict_in(program, figures, seed)
        if found_set is not None:
            larger.append(found_set)
        else:
            unmet = [i for i in unmet if i not in set(seed)]
    return larger, False


def _grown(order: Sequence[int], clash: NDArray[np.bool_], larger: Sequence[tuple[int, ...]]) -> list[int]:
    """A largest set that holds no known conflict, adding figures in order."""
    seed: set[int] = set()
    blocked = clash.diagonal().copy()
    for i in order:
        if i in seed or blocked[i]:
            continue
        if any(i in found and seed.issuperset(set(found) - {i}) for found in larger):
            continue
        seed.add(i)
        blocked |= clash[i]
    return sorted(seed)
