"""What became of the ids of persons between two positions: merged, split, moved, new.

Ids are minted from the first record of a cluster (`ledger/identity`), so a list that arrives later changes none of
them: only judgements do, and an id that is no longer a person's own leads to the person who holds its record now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esep.ledger.entities import entities, first_seqs
from esep.ledger.identity import Conflict

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

_KINDS = frozenset(("person", "group"))
_MOST_NAMED = 10


@dataclass(frozen=True)
class Changes:
    """Changes of ids from position `since` to `upto`.

    `merged`: id -> the ids that lead to it now; `split`: id -> the ids that its records have now; `moved`: records
    whose person has another id; `fresh`: persons made of records that came since; `conflicts`: joins that were asked
    for since and are not made, because somebody judged two of the records different.
    """

    since: int
    upto: int
    merged: Mapping[str, tuple[str, ...]]
    split: Mapping[str, tuple[str, ...]]
    moved: tuple[str, ...]
    fresh: int
    conflicts: tuple[Conflict, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.merged or self.split or self.moved or self.fresh or self.conflicts)

    def text(self) -> str:
        """One line a kind of change; ids, never names."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if not self:
            yield f"no id of a person changed since position {self.since}"
            return
        yield (
            f"since position {self.since}: {self.fresh} new persons, {len(self.merged)} merged, {len(self.split)}"
            f" split, {len(self.moved)} records under another id"
        )
        for new, old in list(self.merged.items())[:_MOST_NAMED]:
            yield f"  {', '.join(old)} and {new} are one person now: {new}; the other ids lead there"
        for old_id, parts in list(self.split.items())[:_MOST_NAMED]:
            yield f"  {old_id} is {len(parts)} persons now: {', '.join(parts)}"
        for one in self.conflicts[:_MOST_NAMED]:
            yield f"  {one.left} and {one.right} are not joined: {one.reason}"
        left = max(len(self.merged) - _MOST_NAMED, 0) + max(len(self.split) - _MOST_NAMED, 0)
        if left:
            yield f"  and {left} more"


def changes(ledger: Ledger, *, since: KnownOn, upto: KnownOn = None) -> Changes:
    """What became of ids between two moments, by decided judgements."""
    first, last = ledger.position(since), ledger.position(upto)
    before, after = entities(ledger, known_on=first), entities(ledger, known_on=last)
    seqs = first_seqs(ledger, known_on=last)
    old = [record for record, seq in seqs.items() if seq <= first and record.partition(":")[0] in _KINDS]
    into: dict[str, dict[str, None]] = defaultdict(dict)
    parts: dict[str, dict[str, None]] = defaultdict(dict)
    for record in old:
        into[after.of(record)][before.of(record)] = None
        parts[before.of(record)][after.of(record)] = None
    fresh = {after.of(r) for r, seq in seqs.items() if seq > first and r.partition(":")[0] in _KINDS} - set(into)
    return Changes(
        since=first,
        upto=last,
        merged={new: tuple(one for one in ids if one != new) for new, ids in into.items() if len(ids) > 1},
        split={one: tuple(ids) for one, ids in parts.items() if len(ids) > 1},
        moved=tuple(record for record in old if before.of(record) != after.of(record)),
        fresh=len(fresh),
        conflicts=tuple(one for one in after.conflicts if one not in before.conflicts),
    )


def last_of_tool(ledger: Ledger, tool: str) -> int | None:
    """Position after the newest batch that a tool wrote, None if it never wrote one."""
    row = ledger.database.one("SELECT max(first_seq + n - 1) FROM batch WHERE tool = ?", [tool])
    return int(row[0]) if row and row[0] is not None else None
