"""Who is on which list: the capture table that estimation takes.

Sources of one root are one list, because a reprint is not a second witness. The result is plain arrays, so
that estimation knows no ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from esep.errors import WrongUse
from esep.estimate import CaptureDraws
from esep.ledger.entities import Identity
from esep.ledger.sources import Sources
from esep.people.persons import Person, persons

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

MOST_LISTS = 64


def captures(
    ledger: Ledger,
    *,
    sources: Sources,
    lists: Mapping[str, Sequence[str]] | None = None,
    statuses: Iterable[str] | None = None,
    draws: Sequence[Mapping[str, str]] = (),
    identity: Identity = "decided",
    known_on: KnownOn = None,
    seed: int | None = None,
) -> CaptureDraws:
    """Capture tables of the named or described single persons of a case.

    `lists` maps a list's name to the sources it is made of; None makes every root a list of its own.
    `statuses` keeps only persons who ever had one of these. `draws` (record -> label) replace `identity`.
    """
    views: Sequence[Identity] = list(draws) or [identity]
    tables = [
        _patterns(persons(ledger, kinds=("person",), known_on=known_on, identity=view), sources, lists, statuses)
        for view in views
    ]
    names = tuple(lists) if lists is not None else _roots(tables)
    if len(names) > MOST_LISTS:
        raise WrongUse(
            f"{len(names)} lists do not fit a capture table of {MOST_LISTS}",
            hint=f"name those that were made independently of each other; most people stand in {_longest(tables)}",
        )
    return _table(names, tables, seed)


def _patterns(
    people: Iterable[Person],
    sources: Sources,
    lists: Mapping[str, Sequence[str]] | None,
    statuses: Iterable[str] | None,
) -> Counter[frozenset[str]]:
    of_root: dict[str | None, str] = {}
    for name, members in (lists or {}).items():
        for source in members:
            if of_root.setdefault(sources.root(source), name) != name:
                raise WrongUse(
                    f"lists {of_root[sources.root(source)]} and {name} both hold what goes back to"
                    f" {sources.root(source)}: a copy is no second list",
                    hint="put the sources of one root into one list",
                )
    wanted = set(statuses) if statuses is not None else None
    found: Counter[frozenset[str]] = Counter()
    for person in people:
        if wanted is None or wanted & {line.status for line in person.statuses}:
            roots = {sources.root(source) or "" for source in person.sources}
            found[frozenset(roots if lists is None else {of_root[root] for root in roots if root in of_root})] += 1
    found.pop(frozenset(), None)
    return found


def _longest(tables: Iterable[Mapping[frozenset[str], int]]) -> str:
    people: Counter[str] = Counter()
    for table in tables:
        for pattern, n in table.items():
            people.update(dict.fromkeys(pattern, n))
    return ", ".join(f"{root} ({n})" for root, n in people.most_common(5))


def _roots(tables: Iterable[Mapping[frozenset[str], int]]) -> tuple[str, ...]:
    return tuple(sorted({root for table in tables for pattern in table for root in pattern}))


def _table(names: tuple[str, ...], tables: Sequence[Mapping[frozenset[str], int]], seed: int | None) -> CaptureDraws:
    bit = {name: 1 << j for j, name in enumerate(names)}
    coded = [{sum(bit[name] for name in pattern): n for pattern, n in table.items()} for table in tables]
    patterns = sorted({pattern for table in coded for pattern in table})
    counts = [[table.get(pattern, 0) for pattern in patterns] for table in coded]
    return CaptureDraws(
        names,
        np.array(patterns, dtype=np.uint64),
        np.array(counts, dtype=np.int64).reshape(len(tables), len(patterns)),
        np.array([], dtype=np.uint64),
        seed,
    )
