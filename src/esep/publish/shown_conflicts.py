"""Figures compared, as the site shows them: which cannot all be true, what is not explained, which ranges are left.

Every figure leads to its statement. Speakers are called as the rules allow, and words that may not be shown are
withheld; who decided about a scope is never published, only why and on what source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esep.counts.categories import label, rank
from esep.counts.tables import span
from esep.publish.redaction import Redaction

if TYPE_CHECKING:
    from esep.counts.reconciliation import ReadingResult, Reconciliation, ScopeRange
    from esep.counts.scopes import Scope
    from esep.counts.sentences import Conflict, Side
    from esep.counts.tolls import Toll
    from esep.events.worlds import Worlds
    from esep.publish.shown_tolls import ShownToll

WITHHELD = "words withheld"
MOST_LIMITS = 60
MOST_AGAINST = 40
"""So many figures of one kind, and so many against each, are written out; of the rest the page gives the number."""
KINDS: Mapping[str, str] = {
    "documented people": "Figures that allow fewer people than are documented",
    "different origins": "Figures of different origins",
    "origin unknown": "Figures for which nobody is named, so that nobody knows whether they are independent",
    "one origin": "Figures of one origin that do not fit together: not explained",
}
"""Whose figures contradict each other, with a heading, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class ShownSide:
    """One figure of a conflict: every statement that gives it, how it is read, its scope, and who says it.

    `documented` is the number of documented people where the side is no statement.
    """

    tolls: tuple[ShownToll, ...]
    read_as: str
    scope: str
    voices: tuple[str, ...]
    documented: int | None


@dataclass(frozen=True, slots=True)
class Against:
    """Figures that cannot be true together with a figure, with the reason and with what they differ in."""

    sides: tuple[ShownSide, ...]
    because: str
    differ_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """One figure with a highest number, and what does not fit into it; `more` are sets that are not written out."""

    limit: ShownSide
    against: tuple[Against, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Together:
    """Figures of one speaker, taken together, and whether they fit."""

    voice: str
    tolls: tuple[ShownToll, ...]
    scope: str
    verdict: str


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One scope, with the range that is left under each choice of sources."""

    scope: str
    is_whole: bool
    ranges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownReading:
    """Everything that holds under one reading of the texts that leave open whether a figure is final.

    `conflicts` are, under a heading each, the number of figures with something against them, and those written out.
    """

    name: str
    conflicts: tuple[tuple[str, int, tuple[ShownConflict, ...]], ...]
    is_complete: bool
    unexplained: tuple[Together, ...]
    accounts: tuple[Together, ...]
    ranges: tuple[RangeRow, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """A decision about the scope of one figure: the scope as stated and as decided, why, on what source."""

    toll: ShownToll
    stated: str
    decided: str
    reasons: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision about places, days or kinds of people, why, and on what source."""

    text: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """Both readings, the choices of sources, decisions about scopes and about the case, and figures left out."""

    readings: tuple[ShownReading, ...]
    choices: tuple[str, ...]
    entered: tuple[Entered, ...]
    ruled: tuple[Ruled, ...]
    left_out: tuple[tuple[ShownToll, str], ...]


@dataclass(frozen=True)
class Shower:
    """Turns results into what is shown: `shown` are statements by id, `called` names an origin as the rules allow."""

    shown: Mapping[str, ShownToll]
    called: Callable[[str], str]
    redaction: Redaction

    def comparison(self, found: Reconciliation, *, tolls: Iterable[Toll], worlds: Worlds) -> ShownComparison:
        """The whole comparison; `tolls` are the statements that stand on the page of the comparison."""
        here = {toll.id: toll for toll in tolls}
        left = tuple((self.shown[one.id], one.reason) for one in found.left_out if one.id in here)
        entered = tuple(self._entered(toll, worlds) for toll in here.values() if toll.decisions)
        ruled = tuple(Ruled(self._text(one.text), self._text(one.reason), one.source) for one in worlds.about_case)
        readings = tuple(self._reading(one) for one in found.readings)
        return ShownComparison(readings, found.choices, entered, ruled, left)

    def _reading(self, found: ReadingResult) -> ShownReading:
        grouped = {kind: self._conflicts([one for one in found.conflicts if one.kind == kind]) for kind in KINDS}
        return ShownReading(
            name=found.reading,
            conflicts=tuple((KINDS[kind], len(them), them[:MOST_LIMITS]) for kind, them in grouped.items() if them),
            is_complete=found.is_complete,
            unexplained=tuple(
                Together(self.called(one.origin), self._tolls(one.tolls), self._scope(one.region.scope), one.why)
                for one in found.unexplained
            ),
            accounts=tuple(
                Together(self.called(one.origin), self._tolls(one.tolls), _category(one.tolls), one.verdict)
                for one in found.accounts
            ),
            ranges=self._ranges(found.ranges),
        )

    def _conflicts(self, found: Sequence[Conflict]) -> tuple[ShownConflict, ...]:
        """Conflicts with one figure as their limit stand together under it."""
        gathered: dict[Side, list[Conflict]] = {}
        for one in found:
            gathered.setdefault(_limit(one.sides), []).append(one)
        return tuple(
            ShownConflict(
                self._side(limit),
                tuple(self._against(one, limit) for one in conflicts[:MOST_AGAINST]),
                max(0, len(conflicts) - MOST_AGAINST),
            )
            for limit, conflicts in gathered.items()
        )

    def _against(self, found: Conflict, limit: Side) -> Against:
        others = tuple(self._side(side) for side in found.sides if side != limit)
        return Against(others, self._text(found.because), found.differ_in)

    def _side(self, side: Side) -> ShownSide:
        figures = list(dict.fromkeys(stance.toll.bounds.text() for stance in side.stances))
        read = span(side.low, side.high)
        unnamed = len({stance.toll.root for stance in side.stances if stance.origin is None})
        voices = list(dict.fromkeys(self.called(name) for name in side.origins))
        voices += [f"{unnamed} root{'s' if unnamed > 1 else ''} without a named speaker"] if unnamed else []
        return ShownSide(
            tolls=self._tolls(stance.toll for stance in side.stances),
            read_as="" if figures == [read] else read,
            scope=self._text(side.region.text(), instead=label(side.region.scope.category)),
            voices=tuple(voices),
            documented=side.low if side.floors else None,
        )

    def _tolls(self, tolls: Iterable[Toll]) -> tuple[ShownToll, ...]:
        return tuple(self.shown[toll.id] for toll in dict.fromkeys(tolls) if toll.id in self.shown)

    def _ranges(self, found: Iterable[ScopeRange]) -> tuple[RangeRow, ...]:
        by_scope: dict[Scope, list[str]] = {}
        for one in found:
            by_scope.setdefault(one.scope, []).append(one.text())
        gravest = sorted(by_scope, key=lambda scope: (-rank(scope.category), scope.key))
        return tuple(
            RangeRow(self._scope(scope), not (scope.who or scope.part), tuple(by_scope[scope])) for scope in gravest
        )

    def _entered(self, toll: Toll, worlds: Worlds) -> Entered:
        decisions = worlds.decisions.get(toll.id, ())
        reasons = dict.fromkeys(self._text(one.reason) for one in decisions)
        return Entered(
            toll=self.shown[toll.id],
            stated=self._scope(toll.stated or toll.scope),
            decided=self._scope(toll.scope) + (f"; read as {label(toll.reading)}" if toll.reading else ""),
            reasons=tuple(reasons),
            sources=tuple(dict.fromkeys(one.source for one in decisions if one.source)),
        )

    def _scope(self, scope: Scope) -> str:
        return self._text(scope.text(), instead=label(scope.category))

    def _text(self, text: str, *, instead: str = "") -> str:
        """The text, or that it is withheld, after the words that may be said `instead`."""
        if self.redaction.allows(text):
            return text
        return f"{instead}, {WITHHELD}" if instead else WITHHELD


def _category(tolls: Sequence[Toll]) -> str:
    return label(tolls[0].scope.category)


def _limit(sides: Sequence[Side]) -> Side:
    """The side whose highest number the others do not fit into: the one with the lowest of all highest numbers."""
    limited = [side for side in sides if side.high is not None]
    if len(sides) > 2:  # parts and a whole: the whole is the side that says most
        return max(limited or sides, key=lambda side: side.low)
    return min(limited or sides, key=lambda side: -1 if side.high is None else side.high)
