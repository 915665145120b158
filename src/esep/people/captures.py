"""Who is on which list: the capture table that estimation takes.

Sources of one root are one list, because a reprint is not a second witness. The result is plain arrays, so
that estimation knows no ledger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from esep.errors import WrongUse
from esep.estimate import CaptureDraws
from esep.ledger.claims import Claim
from esep.ledger.entities import Identity
from esep.ledger.sources import Sources
from esep.people.persons import Person, persons
from esep.people.statuses import status_lines

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
    `statuses` keeps only persons who ever had one of these. `draws` (record -> label) replace `identity`; a list
    of S draws gives S tables on the same patterns.
    """
    everybody = persons(ledger, kinds=("person",), known_on=known_on, identity=identity)
    names_of = _names_of(sources, lists)
    marks = dict(_marks(everybody, names_of, set(statuses) if statuses is not None else None))
    own = {record: person.id for person in everybody for record in person.records}
    tables = [_patterns(marks, draw) for draw in (draws or [own])]
    names = tuple(lists) if lists is not None else _roots(tables)
    if len(names) > MOST_LISTS:
        raise WrongUse(
            f"{len(names)} lists do not fit a capture table of {MOST_LISTS}",
            hint=f"name those that were made independently of each other; most people stand in {_longest(tables)}",
        )
    return _table(names, tables, seed)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a record adds to its person: lists, and whether it gives one of the wanted statuses."""

    lists: frozenset[str]
    wanted: bool


def _marks(
    people: Iterable[Person], names_of: Callable[[str], str | None], wanted: Collection[str] | None
) -> Iterator[tuple[str, _Mark]]:
    """Each record once: claims are read once, however many draws there are."""
    for person in people:
        claims: dict[str, list[Claim]] = {record: [] for record in person.records}
        for claim in person.claims:
            claims[claim.subject].append(claim)
        for record, held in claims.items():
            on = {names_of(source) for source in {claim.source for claim in held if claim.source}}
            ever = wanted is None or any(line.status in wanted for line in status_lines(held))
            yield record, _Mark(frozenset(name for name in on if name is not None), ever)


def _names_of(sources: Sources, lists: Mapping[str, Sequence[str]] | None) -> Callable[[str], str | None]:
    """From a source to the list it belongs to: its root, unless lists are named."""
    if lists is None:
        return lambda source: sources.root(source) or ""
    of_root: dict[str | None, str] = {}
    for name, members in lists.items():
        for source in members:
            if of_root.setdefault(sources.root(source), name) != name:
                raise WrongUse(
                    f"lists {of_root[sources.root(source)]} and {name} both hold what goes back to"
                    f" {sources.root(source)}: a copy is no second list",
                    hint="put the sources of one root into one list",
                )
    return lambda source: of_root.get(sources.root(source))


def _patterns(marks: Mapping[str, _Mark], label_of: Mapping[str, str]) -> Counter[frozenset[str]]:
    """People by the lists they are on; records with one label are one person, a record without one is alone."""
    together: dict[str, list[_Mark]] = defaultdict(list)
    for record, mark in marks.items():
        together[label_of.get(record, record)].append(mark)
    found: Counter[frozenset[str]] = Counter()
    for held in together.values():
        if any(mark.wanted for mark in held):
            found[held[0].lists.union(*(mark.lists for mark in held[1:]))] += 1
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
