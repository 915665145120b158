"""Documented people as floors under claimed numbers: how many of a scope the records hold, and who they are.

Only people who certainly belong to a scope stand under it: their status, their place and all days that their reports
give lie in it. Everybody is counted once. Of two records that nobody can tell apart (judged «unsure») one is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from esep.counts.scopes import Scope, World, category_line
from esep.counts.tolls import Toll
from esep.dates import When
from esep.people.persons import Person, persons
from esep.people.statuses import StatusLine

if TYPE_CHECKING:
    from esep.counts.sentences import Floor
    from esep.ledger.ledger import KnownOn, Ledger

Unsure = Iterable[tuple[str, str]]


def floors_in(
    ledger: Ledger, world: World, *, known_on: KnownOn = None
) -> Callable[[Sequence[Toll]], tuple[Floor, ...]]:
    """A function from tolls to the floors under their scopes, by decided identities as known on a moment."""

    def under(tolls: Sequence[Toll]) -> tuple[Floor, ...]:
        unsure = [found.pair for found in ledger.judgements(known_on=known_on) if found.verdict == "unsure"]
        scopes = [toll.scope for toll in tolls]
        return floors(persons(ledger, known_on=known_on), scopes, world=world, unsure=unsure)

    return under


def floors(
    people: Iterable[Person], scopes: Iterable[Scope], *, world: World, unsure: Unsure = ()
) -> tuple[Floor, ...]:
    """A floor for each scope that holds documented people.

    `people` under the identities to be counted; `unsure` are pairs of records judged to be perhaps one person.
    """
    from esep.counts.sentences import Floor  # noqa: PLC0415 - NumPy loads on first use

    asked = sorted(set(scopes), key=lambda scope: scope.key)
    everybody = list(people)
    doubted = list(unsure)
    found = []
    for category in dict.fromkeys(scope.category for scope in asked):
        known = [one for person in everybody if (one := _documented(person, category, world)) is not None]
        for scope in (scope for scope in asked if scope.category == category):
            inside = _once([one for one in known if world.contains(scope, one[1])], doubted)
            if inside:
                found.append(Floor(scope, sum(low for _, _, low in inside), tuple(p.id for p, _, _ in inside)))
    return tuple(found)


_Documented = tuple[Person, Scope, int]


def _documented(person: Person, category: str, world: World) -> _Documented | None:
    """The person with the scope in which this status is documented, and the fewest people it is documented for."""
    lines = [line for line in person.statuses if category in category_line(line.status)]
    if not lines:
        return None
    low = min(line.count if line.count is not None else person.size[0] for line in lines)
    return (person, Scope(category, _place(lines, world), _days(lines)), low) if low > 0 else None


def _place(lines: Sequence[StatusLine], world: World) -> str | None:
    """The place that holds every stated one, or None."""
    stated = list(dict.fromkeys(line.place for line in lines if line.place))
    return next((name for name in stated if all(world.places.contains(name, other) for other in stated)), None)


def _days(lines: Sequence[StatusLine]) -> When | None:
    """All days that dated reports give; None where none is dated or an end is open."""
    dated = [when for line in lines if (when := line.when) is not None]
    starts: list[date] = [when.earliest for when in dated if when.earliest is not None]
    ends: list[date] = [when.latest for when in dated if when.latest is not None]
    if not dated or len(starts) < len(dated) or len(ends) < len(dated):
        return None
    return When.between(min(starts), max(ends))


def _once(found: Sequence[_Documented], unsure: Sequence[tuple[str, str]]) -> list[_Documented]:
    """Those people without the second, smaller one of each pair that may be one."""
    of = {record: one[0].id for one in found for record in one[0].records}
    low = {one[0].id: one[2] for one in found}
    dropped: set[str] = set()
    for left, right in unsure:
        pair = {of[record] for record in (left, right) if record in of} - dropped
        if len(pair) > 1:
            dropped.add(min(pair, key=lambda entity: (low[entity], entity)))
    return [one for one in found if one[0].id not in dropped]
