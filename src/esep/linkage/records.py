"""What linkage is given: records of people on lists, and decisions about pairs of them. It never sees a truth column.

A *record* is what one list says about one person. Values are texts as intake leaves them: dates in EDTF, an age
as `11`, `20-25` or `60+`; "" is «not stated».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from esep.errors import LinkageError

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one list.

    `list` and `row` (from 1) name it and are never compared; `record_id` is the id in a ledger, where there is one.
    `birth_confirmed` says that a person checked the date of birth, so that another date is a contradiction.
    `truth` is for evaluation only: `link` takes it off before anything is computed.
    """

    list: str
    row: int
    name: str = ""
    other_names: tuple[str, ...] = ()
    sex: str = ""
    age: str = ""
    birth_date: str = ""
    birth_year: str = ""
    date: str = ""
    place: str = ""
    occupation: str = ""
    kin: tuple[str, ...] = ()
    birth_confirmed: bool = False
    record_id: str = ""
    truth: str | None = None

    @property
    def key(self) -> tuple[str, int]:
        """List and row, by which results speak of the record."""
        return self.list, self.row

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key by content first, so that the order and the numbering of rows change nothing."""
        said = (self.name, self.other_names, self.sex, self.age, self.birth_date, self.birth_year, self.date)
        more = (self.place, self.occupation, self.kin, self.birth_confirmed)
        return (*said, *more, self.list, self.row, self.record_id)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said about two records, each by list and row: same, different or unsure."""

    left: tuple[str, int]
    right: tuple[str, int]
    verdict: Verdict

    @property
    def pair(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """Both records in one order."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


def in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records without their truth, in the one order that linkage works in.

    Raises `LinkageError` when two records have the same list and row.
    """
    blind = (record if record.truth is None else replace(record, truth=None) for record in records)
    found = sorted(blind, key=lambda record: record.order)
    seen: set[tuple[str, int]] = set()
    for record in found:
        if record.key in seen:
            raise LinkageError(
                f"list {record.list} has row {record.row} twice",
                hint="give each list another name and number its rows from 1",
            )
        seen.add(record.key)
    return tuple(found)


def decided_pairs(
    decisions: Sequence[Decided], records: Sequence[Record], *, verdict: Verdict
) -> tuple[tuple[int, int], ...]:
    """Positions in `records` of the pairs that were last decided so; decisions on absent records are left out."""
    place = {record.key: position for position, record in enumerate(records)}
    last = {decision.pair: decision.verdict for decision in decisions}
    found = [
        (place[left], place[right])
        for (left, right), said in last.items()
        if said == verdict and left in place and right in place and left != right
    ]
    return tuple(sorted((min(pair), max(pair)) for pair in found))
