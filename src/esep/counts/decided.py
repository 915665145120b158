"""What a person decided about the scope of a figure, beside the scope that its source states.

A decision replaces single fields of a scope and never the figure; the scope as stated stays readable beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from esep.counts.scopes import Scope
from esep.counts.tolls import Reading, Toll
from esep.dates import When

FIELDS = ("place", "period", "who", "part", "excludes", "event", "reading")
"""Fields of a toll that a decision may replace."""


@dataclass(frozen=True, slots=True)
class ScopeDecision:
    """One decision about one toll: the claim that holds it, who decided and why, and the source that it rests on.

    `fields` says which fields it replaces; `scope` has their new values and is read only for those; `reading` says
    «so far» or «in total», None where the decision leaves that open.
    """

    claim: str
    by: str
    reason: str
    source: str
    fields: tuple[str, ...]
    scope: Scope
    reading: Reading | None = None

    def applied_to(self, toll: Toll) -> Toll:
        """The toll with the fields replaced, and with the scope that its source states beside it."""
        values = {name: getattr(self.scope, name) for name in self.fields if name != "reading"}
        return replace(
            toll,
            scope=replace(toll.scope, **values),
            stated=toll.stated or toll.scope,
            reading=self.reading if "reading" in self.fields else toll.reading,
            decisions=(*toll.decisions, self.claim),
        )


@dataclass(frozen=True, slots=True)
class UnstatedPeriod:
    """The days that figures of some categories speak of where their source names none, as a person decided."""

    claim: str
    categories: tuple[str, ...]
    period: When

    def applied_to(self, toll: Toll) -> Toll:
        """The toll with these days, unless it has days of its own or speaks for a date before them."""
        if toll.scope.period is not None or toll.scope.event or toll.scope.category not in self.categories:
            return toll
        spoken, begins = toll.as_of.latest if toll.as_of else None, self.period.earliest
        if spoken is not None and begins is not None and spoken < begins:
            return toll
        return replace(toll, scope=replace(toll.scope, period=self.period), stated=toll.stated or toll.scope)


def decided(
    toll: Toll, *, decisions: Sequence[ScopeDecision] = (), periods: Sequence[UnstatedPeriod] = ()
) -> Toll:
    """A toll under the decisions about it, the latest last, and then under the days decided for unstated periods."""
    for decision in decisions:
        toll = decision.applied_to(toll)
    for period in periods:
        toll = period.applied_to(toll)
    return toll
