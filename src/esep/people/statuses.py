"""The dated history of what happened to a person, as each source has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from esep.counts.states import StatusAt
from esep.dates import When
from esep.errors import BadDate
from esep.ledger.claims import Claim


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One status at one date and place, with every claim that states it.

    `date` is EDTF text or None when no source states a date; `count` is the part of a group it is about.
    """

    status: str
    date: str | None
    place: str | None
    count: int | None
    side: str | None
    claims: tuple[Claim, ...]

    @property
    def when(self) -> When | None:
        """The date as an interval of days, if it can be read."""
        try:
            return When.parse(self.date) if self.date else None
        except BadDate:
            return None

    @property
    def sources(self) -> tuple[str, ...]:
        """Source ids, each once."""
        return tuple(dict.fromkeys(claim.source for claim in self.claims if claim.source))

    def counted(self) -> StatusAt:
        """The form that tallies take."""
        return StatusAt(self.status, self.when, self.place, self.count, tuple(claim.cid for claim in self.claims))


def status_lines(claims: Iterable[Claim]) -> tuple[StatusLine, ...]:
    """Statuses in the order of their dates, undated ones last; equal ones are one line with all their claims."""
    lines: dict[tuple[Any, Any, Any, Any, Any], list[Claim]] = {}
    for claim in claims:
        if claim.prop == "status" and isinstance(claim.value, dict) and claim.value.get("status"):
            value = claim.value
            key = (value["status"], value.get("date"), value.get("place"), value.get("count"), value.get("side"))
            lines.setdefault(key, []).append(claim)
    found = [StatusLine(*key, tuple(stated)) for key, stated in lines.items()]
    return tuple(sorted(found, key=_order))


def _order(line: StatusLine) -> tuple[date, date, str]:
    when = line.when
    if when is None:
        return (date.max, date.max, line.status)
    return when.order
