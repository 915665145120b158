"""Who is who: clusters of records under the judgements known at one moment.

`same` joins, `different` forbids, `unsure` does neither. The newest live judgement about a pair counts.
All `different` pairs are laid down first; then each `same` joins in the order of the ledger unless the join
would bring a forbidden pair together: then it is a conflict, shown and not solved.

A cluster's id is minted from its first record, and a record's minted id never changes. So ids stay when
lists arrive later, an undone join gives each part the id it had before, and every minted id still leads
to the cluster that its record belongs to now.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

IDENTIFIED = frozenset(("person", "group", "event", "body", "demand", "facility", "proceeding"))
"""Kinds of records that can be judged the same."""

_LETTERS = {"person": "P", "group": "G", "event": "E", "body": "B", "demand": "D", "facility": "F", "proceeding": "L"}


def mint(record: str) -> str:
    """Id that a record gives to a cluster it is the first of, as `P-2kq4w7xm3a` (50 bits of SHA-256)."""
    kind = record.partition(":")[0]
    name = base64.b32encode(hashlib.sha256(record.encode()).digest()).decode()[:10].lower()
    return f"{_LETTERS[kind]}-{name}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One live judgement about two records."""

    cid: str
    seq: int
    verdict: str
    left: str
    right: str

    @property
    def pair(self) -> tuple[str, str]:
        """The two records in a fixed order."""
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A join that was asked for and is forbidden."""

    left: str
    right: str
    reason: str


@dataclass(frozen=True, slots=True)
class Clusters:
    """Clusters of the records that judgements speak about; every other record stands alone."""

    entity: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    conflicts: tuple[Conflict, ...]

    def of(self, record: str) -> str:
        """Id of the cluster that a record belongs to."""
        return self.entity.get(record) or mint(record)

    def records(self, record: str) -> tuple[str, ...]:
        """All records of the cluster that a record belongs to, first one first."""
        return self.members.get(self.of(record), (record,))


def cluster(judgements: Iterable[Judgement], *, first_seq: Mapping[str, int]) -> Clusters:
    """Clusters under these judgements. `first_seq` orders records: seq of the first claim about each."""
    newest = {judgement.pair: judgement for judgement in sorted(judgements, key=lambda j: j.seq)}
    forbidden = _forbidden(newest.values())
    groups: dict[str, list[str]] = {}  # records in one list share the list object
    conflicts: list[Conflict] = []
    for judgement in sorted(newest.values(), key=lambda j: j.seq):
        if judgement.verdict == "same":
            _join(judgement, groups, forbidden, conflicts)
    entity: dict[str, str] = {}
    members: dict[str, tuple[str, ...]] = {}
    for group in {id(group): group for group in groups.values()}.values():
        ordered = tuple(sorted(group, key=lambda record: (first_seq[record], record)))
        members[mint(ordered[0])] = ordered
        entity.update(dict.fromkeys(ordered, mint(ordered[0])))
    return Clusters(entity, members, tuple(conflicts))


def _forbidden(judgements: Iterable[Judgement]) -> dict[str, set[str]]:
    forbidden: dict[str, set[str]] = {}
    for judgement in judgements:
        if judgement.verdict == "different":
            forbidden.setdefault(judgement.left, set()).add(judgement.right)
            forbidden.setdefault(judgement.right, set()).add(judgement.left)
    return forbidden


def _join(
    judgement: Judgement, groups: dict[str, list[str]], forbidden: dict[str, set[str]], conflicts: list[Conflict]
) -> None:
    left = groups.setdefault(judgement.left, [judgement.left])
    right = groups.setdefault(judgement.right, [judgement.right])
    if left is right:
        return
    small, large = sorted((left, right), key=len)
    for record in sorted(set(small) & forbidden.keys()):
        for other in sorted(other for other in forbidden[record] if groups.get(other) is large):
            conflicts.append(
                Conflict(*judgement.pair, f"{record} and {other} are judged different, so this join is not made")
            )
            return
    large.extend(small)
    groups.update(dict.fromkeys(small, large))
