"""The state of each recorded person or group on one day of the world.

A history says which statuses were reported and for when. Here every person gets exactly one state, so that
states add up to people; and a group gets one state for every part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from esep.counts.categories import is_death, rank
from esep.dates import When
from esep.errors import CountsError

RULE = (
    "A death is final; otherwise the latest dated status is the state.",
    "Statuses without a date rank before dated ones; where dates overlap so that neither status is certainly the "
    "later one, the later step in the life of a case is the state.",
    "A status dated later than the day does not count; one whose possible days lie on both sides of it is "
    "«possibly» and stands apart.",
    "Of a group, a part keeps the status that is stated for it and the rest keeps that of the whole; two statements "
    "about a part in one status are one part, and the latest of them holds.",
)
"""The rule in words, as results print it."""


@dataclass(frozen=True, slots=True)
class StatusAt:
    """One reported status: when, where, for how many of a group (None: for all), and the claims that say it."""

    status: str
    on: When | None
    place: str | None = None
    count: int | None = None
    claims: tuple[str, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Is at least one end of the date known?"""
        return self.on is not None and not (self.on.earliest is None and self.on.latest is None)

    @property
    def sequence(self) -> tuple[date, date, int, str, str, int, tuple[str, ...]]:
        """Sort key in the order of the world; the last members only make the order of equals stable."""
        latest, earliest = date.min, date.min
        if self.is_dated and self.on is not None:
            latest, earliest = self.on.latest or date.max, self.on.earliest or date.min
        return latest, earliest, rank(self.status), self.status, self.place or "", self.count or 0, self.claims


@dataclass(frozen=True, slots=True)
class Counted:
    """One recorded person, or one group known by its number only.

    `low` and `high` are the number of people, inclusive; `high` None is open. A person has 1 and 1. `named` says
    whether a name is recorded. Raises `CountsError` for numbers or part counts that cannot be.
    """

    id: str
    kind: Literal["person", "group"]
    named: bool
    low: int = 1
    high: int | None = 1
    history: tuple[StatusAt, ...] = ()

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise CountsError(f"{self.id}: {self.low} to {self.high} is no number of people")
        if self.kind == "person" and (self.low, self.high) != (1, 1):
            raise CountsError(f"{self.id}: a person is one, not {self.low} to {self.high}", hint="make it a group")
        if any(entry.count is not None and entry.count < 1 for entry in self.history):
            raise CountsError(f"{self.id}: a part of a group is at least one person")


@dataclass(frozen=True, slots=True)
class Share:
    """So many people of one recorded person or group in one state: `low` to `high` (None: open)."""

    id: str
    named: bool
    status: StatusAt
    low: int
    high: int | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record, or one status of it, that a tally does not count, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class StateOn:
    """What one record contributes: states that count, states that may, statuses ever held, and what is left out.

    `is_whole`: some status holds for all of the person or group, so that the shares leave nobody out;
    `rivals` are the statuses of a person among which only the order of steps decided, and no date.
    """

    shares: tuple[Share, ...]
    possibly: tuple[Share, ...]
    ever: tuple[Share, ...]
    left_out: tuple[LeftOut, ...]
    is_whole: bool
    rivals: tuple[str, ...]


def state_on(counted: Counted, day: date | None) -> StateOn:
    """State of one person or group on `day` of the world; None asks for everything reported, whatever its date."""
    past, straddling, later = _by_time(counted.history, day)
    left = [LeftOut(counted.id, f"{s.status} is dated {s.on}, later than {day}") for s in sorted(later, key=_key)]
    past, faults = _fitting(counted, past)
    left.extend(faults)
    if not past:
        why = "no status is recorded" if not counted.history else "no status certainly holds on that day"
        left.append(LeftOut(counted.id, why))
    elif all(status.count is not None for status in past) and counted.kind == "group":
        left.append(LeftOut(counted.id, "no status is recorded for the group as a whole, only for parts of it"))
    shares = _group_shares(counted, past) if counted.kind == "group" else _person_share(counted, past)
    possibly = tuple(_share(counted, s, 1) for s in sorted(straddling, key=_key) if _may_change(shares, s))
    rivals = tuple(sorted({s.status for s in latest(past)})) if counted.kind == "person" else ()
    is_whole = any(status.count is None for status in past)
    return StateOn(shares, possibly, _ever(counted, past), tuple(left), is_whole, rivals)


def _key(status: StatusAt) -> tuple[date, date, int, str, str, int, tuple[str, ...]]:
    return status.sequence


def _by_time(
    history: Iterable[StatusAt], day: date | None
) -> tuple[list[StatusAt], list[StatusAt], list[StatusAt]]:
    """Statuses that count on `day`, those that may, and those dated later."""
    past: list[StatusAt] = []
    straddling: list[StatusAt] = []
    later: list[StatusAt] = []
    for status in history:
        if day is None or status.on is None or not status.is_dated or status.on.certainly_by(day):
            past.append(status)
        elif status.on.possibly_by(day):
            straddling.append(status)
        else:
            later.append(status)
    return past, straddling, later


def _fitting(counted: Counted, past: list[StatusAt]) -> tuple[list[StatusAt], list[LeftOut]]:
    """Statuses whose part is not larger than the group, and the others with the reason."""
    kept, faults = [], []
    for status in past:
        if status.count is None or counted.high is None or status.count <= counted.high:
            kept.append(status)
        else:
            reason = f"{status.count} {status.status} in a group of at most {counted.high}"
            faults.append(LeftOut(counted.id, reason))
    return kept, faults


def latest(statuses: Sequence[StatusAt]) -> list[StatusAt]:
    """Statuses that no other one certainly follows: deaths before all, dated ones before those without a date."""
    deaths = [status for status in statuses if is_death(status.status)]
    rivals = deaths or [status for status in statuses if status.is_dated] or list(statuses)
    return [status for status in rivals if not any(_follows(other, status) for other in rivals)]


def _follows(second: StatusAt, first: StatusAt) -> bool:
    """Do all days that `second` can mean lie after all days that `first` can mean?"""
    if second.on is None or first.on is None or second.on.earliest is None or first.on.latest is None:
        return False
    return second.on.earliest > first.on.latest


def _last(statuses: Sequence[StatusAt]) -> StatusAt:
    """The one status that holds: of the latest the furthest step in the life of a case."""
    return max(latest(statuses), key=lambda status: (rank(status.status), status.sequence))


def _claims_of(statuses: Iterable[StatusAt], status: str) -> tuple[str, ...]:
    """Every claim that says this status, each once."""
    return tuple(sorted({claim for s in statuses if s.status == status for claim in s.claims}))


def _person_share(counted: Counted, past: list[StatusAt]) -> tuple[Share, ...]:
    if not past:
        return ()
    last = _last(past)
    return (Share(counted.id, counted.named, last, 1, 1, _claims_of(past, last.status)),)


def _group_shares(counted: Counted, past: list[StatusAt]) -> tuple[Share, ...]:
    """Parts first (the dead, then the latest), then the rest of the group in the status of the whole.

    Parts in different statuses may be the same people, so each part but the first is a range.
    """
    wholes = [status for status in past if status.count is None]
    whole = _last(wholes) if wholes else None
    if whole is not None and is_death(whole.status):
        return (_whole_share(counted, whole, past),)
    parts = _parts(past, whole)
    shares: list[Share] = []
    taken_most = taken_least = 0
    for status, low, high in parts:
        room = None if counted.high is None else counted.high - (shares[0].low if shares else 0)
        most = high if room is None else min(high, room)
        least = max(0, min(low - taken_most, most))
        shares.append(Share(counted.id, counted.named, status, least, most, _claims_of(past, status.status)))
        taken_most, taken_least = taken_most + high, max(taken_least, low)
    rest_high = None if counted.high is None else max(counted.high - taken_least, 0)
    if whole is not None and rest_high != 0:
        rest_low = max(counted.low - taken_most, 0)
        shares.append(Share(counted.id, counted.named, whole, rest_low, rest_high, _claims_of(past, whole.status)))
    return tuple(shares)


def _whole_share(counted: Counted, whole: StatusAt, past: list[StatusAt]) -> Share:
    return Share(counted.id, counted.named, whole, counted.low, counted.high, _claims_of(past, whole.status))


def _parts(past: list[StatusAt], whole: StatusAt | None) -> list[tuple[StatusAt, int, int]]:
    """One entry a status that is stated for a part: the status, and the least and most people in it.

    A part in a state that can be left is over once a later date reports a status for the whole group.
    """
    stated: dict[str, list[StatusAt]] = {}
    for status in past:
        if status.count is not None and not _is_over(status, whole):
            stated.setdefault(status.status, []).append(status)
    entries = []
    for same in stated.values():
        last = max(same, key=_key)
        counts = [s.count or 0 for s in same if s.sequence[:2] == last.sequence[:2]]
        entries.append((last, min(counts), max(counts)))
    return sorted(entries, key=lambda entry: (is_death(entry[0].status), entry[0].sequence), reverse=True)


def _is_over(part: StatusAt, whole: StatusAt | None) -> bool:
    if whole is None or is_death(part.status) or not part.is_dated or not whole.is_dated:
        return False
    return _follows(whole, part)


def _share(counted: Counted, status: StatusAt, least: int) -> Share:
    """All of a person or group, or the part that the status is about."""
    if status.count is not None:
        return Share(counted.id, counted.named, status, min(least, status.count), status.count, status.claims)
    return Share(counted.id, counted.named, status, counted.low, counted.high, status.claims)


def _may_change(shares: tuple[Share, ...], possible: StatusAt) -> bool:
    """Would this status, if it holds already, be another state than the one counted?"""
    if any(is_death(share.status.status) for share in shares) and len(shares) == 1:
        return False
    return all(share.status.status != possible.status for share in shares)


def _ever(counted: Counted, past: list[StatusAt]) -> tuple[Share, ...]:
    """One share a status ever held; of statements about a part the largest, since nothing says they are others."""
    shares = []
    for name in sorted({status.status for status in past}):
        same = [status for status in past if status.status == name]
        wholes = [status for status in same if status.count is None]
        last = max(wholes or same, key=_key)
        claims = _claims_of(past, name)
        if wholes:
            shares.append(Share(counted.id, counted.named, last, counted.low, counted.high, claims))
        else:
            most = max(status.count or 0 for status in same)
            shares.append(Share(counted.id, counted.named, last, min(s.count or 0 for s in same), most, claims))
    return tuple(shares)
