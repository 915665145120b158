"""The documented count: people recorded, by state, place and day, each number openable to its records.

A documented count says how many people the records hold. It is a floor of what is known, and is never called by
the name of what statistics infers about people whom no record holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from esep.counts.categories import is_casualty, rank
from esep.counts.states import RULE, Counted, LeftOut, Share, StateOn, state_on
from esep.counts.tables import in_columns, span
from esep.errors import CountsError

Dimension = Literal["status", "place", "day"]
DIMENSIONS: tuple[Dimension, ...] = ("status", "place", "day")

EVER_RULE = "Ever: one person stands in every status that was reported up to the day, so these numbers overlap."


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a tally: people from `low` to `high` (None: open), and the records it is made of.

    `key` has one word for each dimension; `named` counts the records with a name; `ids` and `claims` open the number.
    """

    key: tuple[str, ...]
    low: int
    high: int | None
    named: int
    ids: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def number(self) -> str:
        """The number in words: «11», «11 to 12», «at least 11»."""
        return span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Tally:
    """A documented count as of one day of the world.

    `states` adds up to `total` wherever no group has a range; `ever` overlaps and adds up to nothing; `possibly` are
    states that hold only if an imprecise date lies before the day; `casualties` are the killed, injured, missing
    and detained of `states`; `left_out` says what is not counted and why; `ambiguous` are persons of whom two
    statuses compete that no date puts in order; `verified` are the states by how far each is verified, where the levels
    were given (see `verification`).
    """

    by: tuple[Dimension, ...]
    as_of: date | None
    states: tuple[Cell, ...]
    total: Cell
    casualties: Cell
    ever: tuple[Cell, ...]
    possibly: tuple[Cell, ...]
    left_out: tuple[LeftOut, ...]
    ambiguous: tuple[str, ...]
    verified: tuple[Cell, ...] = ()
    rule: tuple[str, ...] = (*RULE, EVER_RULE)

    def rows(self) -> list[dict[str, Any]]:
        """One row a number, ready for JSON or CSV; `table` says which of the four it belongs to."""
        parts = (
            ("state", self.states),
            ("total", (self.total, self.casualties)),
            ("ever", self.ever),
            ("possibly", self.possibly),
        )
        rows = [self._row(name, cell) for name, cells in parts for cell in cells]
        return rows + [self._row("verification", cell) for cell in self.verified]

    def _row(self, table: str, cell: Cell) -> dict[str, Any]:
        row: dict[str, Any] = {"table": table}
        if table == "verification":
            row |= {"status": cell.key[0], "level": cell.key[1]}
        elif table == "total":
            for dimension in self.by:
                row[dimension] = None
            row["of"] = cell.key[0]
        else:
            row.update(zip(self.by, cell.key, strict=True))
        row |= {"low": cell.low, "high": cell.high, "named": cell.named}
        return row | {"as_of": self.as_of and self.as_of.isoformat(), "ids": cell.ids, "claims": cell.claims}

    def json(self) -> str:
        """A JSON array of the rows."""
        return json.dumps(self.rows(), ensure_ascii=False, indent=1)

    def table(self) -> str:
        """States, then the total, in aligned columns."""
        lines = [(*self.by, "documented people", "named", "records")]
        for cell in self.states:
            lines.append((*cell.key, cell.number, str(cell.named), str(len(cell.ids))))
        blank = ("",) * (len(self.by) - 1)
        lines.append(("total", *blank, self.total.number, str(self.total.named), str(len(self.total.ids))))
        return in_columns(lines)

    def text(self) -> str:
        """The count with its rule, for reading."""
        day = f"as of {self.as_of}" if self.as_of else "whatever the date"
        lines = [f"Documented people {day}: {self.total.number}", self.table()]
        lines.append(f"Killed, injured, missing or detained: {self.casualties.number}")
        lines += ["Ever reported (numbers overlap):", *_listed(self.ever)] if self.ever else []
        lines += ["Possibly, by an imprecise date:", *_listed(self.possibly)] if self.possibly else []
        verified = "How far each state is verified («esep levels» says by whom):"
        lines += [verified, *_listed(self.verified)] if self.verified else []
        lines += ["Not counted:", *(f"  {left.id}: {left.reason}" for left in self.left_out)] if self.left_out else []
        if self.ambiguous:
            lines.append("Two statuses that no date puts in order compete for: " + ", ".join(self.ambiguous))
        return "\n".join([*lines, "Rule:", *(f"  {sentence}" for sentence in self.rule)])


LevelOf = Callable[[str, str], str]
"""Level of verification of a person or group (by id) in a status."""


def tally(
    counted: Iterable[Counted],
    *,
    by: Sequence[Dimension] = ("status",),
    as_of: date | None = None,
    level_of: LevelOf | None = None,
) -> Tally:
    """Count recorded people by any of status, place and day, as of one day of the world.

    `as_of` None counts every report whatever its date. Place and day are those of the status that holds; a status
    without them is counted under «place not stated» and «not dated». `level_of` adds the states by verification.
    Raises `CountsError` for an unknown dimension or for two records of one id.
    """
    for dimension in by:
        if dimension not in DIMENSIONS:
            raise CountsError(f"cannot count by {dimension!r}", hint="count by status, place or day")
    people = sorted(counted, key=lambda one: one.id)
    _check_ids(people)
    views = [(one, state_on(one, as_of)) for one in people]
    shares = [share for _, view in views for share in view.shares]
    label = _labels(tuple(by))
    return Tally(
        by=tuple(by),
        as_of=as_of,
        states=_cells(shares, label),
        total=_total("people", views, shares),
        casualties=_total("casualties", views, [s for s in shares if is_casualty(s.status.status)]),
        ever=_cells([share for _, view in views for share in view.ever], label),
        possibly=_cells([share for _, view in views for share in view.possibly], label),
        left_out=tuple(left for _, view in views for left in view.left_out),
        ambiguous=tuple(one.id for one, view in views if len(view.rivals) > 1),
        verified=_cells(shares, _verified(level_of)) if level_of else (),
    )


def _verified(level_of: LevelOf) -> Callable[[Share], tuple[str, ...]]:
    return lambda share: (share.status.status, level_of(share.id, share.status.status))


def _check_ids(people: Sequence[Counted]) -> None:
    for first, second in pairwise(people):
        if first.id == second.id:
            raise CountsError(f"{first.id} is counted twice", hint="give every person or group once")


def _labels(by: tuple[Dimension, ...]) -> Callable[[Share], tuple[str, ...]]:
    """How one share reads in each dimension."""

    def label(share: Share) -> tuple[str, ...]:
        day = share.status.on.text if share.status.is_dated and share.status.on else "not dated"
        words = {"status": share.status.status, "place": share.status.place or "place not stated", "day": day}
        return tuple(words[dimension] for dimension in by)

    return label


def _cells(shares: Iterable[Share], label: Callable[[Share], tuple[str, ...]]) -> tuple[Cell, ...]:
    groups: dict[tuple[str, ...], list[Share]] = {}
    for share in shares:
        groups.setdefault(label(share), []).append(share)
    ordered = sorted(groups, key=lambda key: tuple((-rank(word), word) for word in key))
    return tuple(_cell(key, groups[key]) for key in ordered)


def _cell(key: tuple[str, ...], shares: Sequence[Share]) -> Cell:
    highs = [share.high for share in shares]
    return Cell(
        key=key,
        low=sum(share.low for share in shares),
        high=None if None in highs else sum(high for high in highs if high is not None),
        named=len({share.id for share in shares if share.named}),
        ids=tuple(sorted({share.id for share in shares})),
        claims=tuple(sorted({claim for share in shares for claim in share.claims})),
    )


def _total(name: str, views: Sequence[tuple[Counted, StateOn]], shares: Sequence[Share]) -> Cell:
    """People behind these shares; a group is never more people than it is, however many parts it shows."""
    by_id: dict[str, list[Share]] = {}
    for share in shares:
        by_id.setdefault(share.id, []).append(share)
    records = {one.id: (one, view) for one, view in views}
    whole = [_whole(*records[key], same) for key, same in by_id.items()]
    return _cell((name,), whole)


def _whole(one: Counted, view: StateOn, shares: Sequence[Share]) -> Share:
    """All counted parts of one record as one share."""
    claims = tuple(sorted({claim for share in shares for claim in share.claims}))
    least = sum(share.low for share in shares)
    highs = [share.high for share in shares]
    most = None if None in highs else sum(high for high in highs if high is not None)
    low = max(least, one.low) if view.is_whole and len(shares) == len(view.shares) else least
    ends = [end for end in (most, one.high) if end is not None]
    return Share(one.id, one.named, shares[0].status, low, max(low, min(ends)) if ends else None, claims)


def _listed(cells: Iterable[Cell]) -> list[str]:
    return [f"  {', '.join(cell.key)}: {cell.number}" for cell in cells]
