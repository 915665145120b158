"""What comparing tolls gives: conflicts, what one speaker's order explains, and ranges for each choice of sources."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from esep.counts.accounts import Account
from esep.counts.readings import Replaced, Unexplained
from esep.counts.scopes import Scope
from esep.counts.sentences import Conflict
from esep.counts.series import Series
from esep.counts.states import LeftOut
from esep.counts.tables import in_columns, span
from esep.counts.tolls import Reading

READ_AS = {
    "so_far": "Read as «so far» where the text leaves it open",
    "total": "Read as «in total» where the text leaves it open",
}


@dataclass(frozen=True, slots=True)
class ScopeRange:
    """Fewest and most people in a scope if all statements of a choice of sources are true.

    `high` None with status «possible» is no limit. With the status «cannot all be true» there is no such number and
    both ends are None; «no statement» is a range that rests on documented people alone. `tolls` are the statements
    that were believed.
    """

    scope: Scope
    choice: str
    reading: Reading
    low: int | None
    high: int | None
    status: str
    tolls: tuple[str, ...]

    def text(self) -> str:
        """«17», «at least 101», «cannot all be true», «no statement», «at least 18 documented, no statement»."""
        if self.low is None or (self.status == "no statement" and not self.low and self.high is None):
            return self.status
        said = span(self.low, self.high)
        return said if self.status == "possible" else f"{said} documented, {self.status}"

    def row(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "scope": self.scope.text(),
            "choice": self.choice,
            "reading": self.reading,
            "low": self.low,
            "high": self.high,
            "status": self.status,
            "tolls": self.tolls,
        }


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """Everything that holds under one reading.

    `is_complete` False says that there may be further conflicting sets of three and more figures; pairs are always
    complete. `unexplained` are different figures of one speaker that no date puts in order: not a conflict of origins.
    `accounts` take all figures of one speaker together.
    """

    reading: Reading
    conflicts: tuple[Conflict, ...]
    is_complete: bool
    unexplained: tuple[Unexplained, ...]
    replaced: tuple[Replaced, ...]
    accounts: tuple[Account, ...]
    ranges: tuple[ScopeRange, ...]

    def range_of(self, scope: Scope, choice: str) -> ScopeRange:
        """The range of one scope under one choice; raises KeyError for what was not asked."""
        for one in self.ranges:
            if (one.scope, one.choice) == (scope, choice):
                return one
        raise KeyError((scope.text(), choice))

    def text(self) -> str:
        """Conflicts, what is explained and what is not, and the ranges."""
        lines = [f"{READ_AS[self.reading]}:"]
        lines += [f"  {found.text()}" for found in self.conflicts] or ["  No figures contradict each other."]
        lines += [] if self.is_complete else ["  There may be further sets of three and more figures."]
        lines += [f"  {one.text()}" for one in self.unexplained]
        lines += [f"  {one.text()}" for one in self.replaced]
        lines += [f"  {one.text()}" for one in self.accounts]
        return "\n".join([*lines, *(f"  {line}" for line in self.table().splitlines())])

    def table(self) -> str:
        """One line a scope, one column a choice of sources."""
        names = list(dict.fromkeys(one.choice for one in self.ranges))
        scopes = list(dict.fromkeys(one.scope for one in self.ranges))
        found = {(one.scope, one.choice): one.text() for one in self.ranges}
        rows = [(scope.text(), *(found[scope, name] for name in names)) for scope in scopes]
        return in_columns([("range left if all are true", *names), *rows])


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The comparison under both readings, running counts, and the statements left out with the reason."""

    so_far: ReadingResult
    total: ReadingResult
    series: tuple[Series, ...]
    left_out: tuple[LeftOut, ...]
    choices: tuple[str, ...]

    @property
    def readings(self) -> tuple[ReadingResult, ReadingResult]:
        """Both readings, the open one first."""
        return self.so_far, self.total

    def rows(self) -> list[dict[str, Any]]:
        """One row a conflict, an unexplained set, a replaced figure, or a range."""
        return [row for result in self.readings for row in _rows(result)]

    def json(self) -> str:
        """A JSON array of the rows."""
        return json.dumps(self.rows(), ensure_ascii=False, indent=1)

    def table(self) -> str:
        """The ranges under both readings."""
        return "\n\n".join(f"{READ_AS[result.reading]}\n{result.table()}" for result in self.readings)

    def text(self) -> str:
        """Everything, for reading."""
        lines = ["Running counts:", *(f"  {one.text()}" for one in self.series)] if self.series else []
        lines += [result.text() for result in self.readings]
        lines += ["Not compared:", *(f"  {one.id}: {one.reason}" for one in self.left_out)] if self.left_out else []
        return "\n".join(lines)


def _rows(result: ReadingResult) -> Iterable[dict[str, Any]]:
    for found in result.conflicts:
        yield {"row": "conflict", "reading": result.reading, **found.row()}
    for one in result.unexplained:
        tolls = [toll.id for toll in one.tolls]
        yield {"row": "not explained", "reading": result.reading, "why": one.why, "tolls": tolls, "text": one.text()}
    for change in result.replaced:
        tolls = [change.earlier.id, change.later.id]
        yield {"row": "series", "reading": result.reading, "why": change.why, "tolls": tolls, "text": change.text()}
    for account in result.accounts:
        tolls = [toll.id for toll in account.tolls]
        said = {"why": account.verdict, "tolls": tolls, "text": account.text()}
        yield {"row": "account", "reading": result.reading, **said}
    for left in result.ranges:
        yield {"row": "range", **left.row()}
