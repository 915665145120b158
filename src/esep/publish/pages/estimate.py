"""Estimates: people whom no list names, inferred by several methods, apart from every count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from esep.publish.chart import EDGE, Scale
from esep.publish.page import Page
from esep.publish.pages.counts import Figure, figures
from esep.publish.rules import Rules
from esep.publish.shown_estimates import ShownEstimate, ShownMethod
from esep.publish.view import View

ROLES = (
    ("estimate", "Estimates"),
    ("bound", "Lower bounds: at least so many, if the assumptions hold"),
    ("sensitivity", "What other assumptions would give; no answers, but a measure of how much hangs on them"),
)
_FARTHEST = 2
"""The scale ends at this many times the largest estimate; what lies beyond is an arrow, its number stands beside it."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One method on the scale, positions in percent. None is not drawn.

    `right`: dot (no interval), closed, open (no upper limit), beyond (goes on past the end of the scale).
    """

    method: ShownMethod
    left: str
    point: str | None
    end: str
    right: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Methods of one role under their heading."""

    heading: str
    spreads: tuple[Spread, ...]


@dataclass(frozen=True)
class Drawn:
    """One estimate with its drawn methods, the ticks of the scale, and the documented counts beside it."""

    estimate: ShownEstimate
    rows: tuple[Rows, ...]
    ticks: tuple[tuple[str, int], ...]
    documented: tuple[Figure, ...]


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """One page, also where no estimate was made: it then says so, and what one takes."""
    ever = [figure for figure in figures(view) if figure.table == "ever"]
    copies = sum(1 for source in view.sources.values() if source.copy_of)
    values = {"drawn": [draw(one, ever) for one in view.estimates], "copies": copies, "pages": len(view.sources)}
    yield Page("estimate.html", "Estimated, not counted", "estimate.html", values)


def draw(one: ShownEstimate, ever: Sequence[Figure]) -> Drawn:
    """An estimate with positions for its chart."""
    scale = _scale([method for method in one.methods if method.point is not None])
    rows = (Rows(heading, tuple(_spread(method, scale) for method in one.of_role(role))) for role, heading in ROLES)
    documented = tuple(figure for figure in ever if figure.label in one.statuses)
    return Drawn(one, tuple(row for row in rows if row.spreads), scale.ticks, documented)


def _scale(methods: Sequence[ShownMethod]) -> Scale:
    """From zero to the highest end, but no farther than twice the largest estimate (or bound, where there is none)."""
    proper = [one.point or 0 for one in methods if one.role != "sensitivity"] or [one.point or 0 for one in methods]
    ends = [end for one in methods for end in (one.point, one.high) if end is not None]
    return Scale.to(min(max(ends, default=0), _FARTHEST * max(proper, default=0)))


def _spread(method: ShownMethod, scale: Scale) -> Spread:
    point = method.point or 0
    low = point if method.low is None else method.low
    inside = scale.at(point) if point <= scale.top else None
    left = scale.at(min(low, scale.top))
    if method.low is not None and method.high is None:
        return Spread(method, left, inside, EDGE, "open")
    high = point if method.high is None else method.high
    if high > scale.top:
        return Spread(method, left, inside, EDGE, "beyond")
    return Spread(method, left, inside, scale.at(high), "closed" if high > low else "dot")
