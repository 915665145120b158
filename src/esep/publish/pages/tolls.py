"""Claimed numbers: every statement with who says it and for which date, drawn and written in one table a scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from esep.publish.chart import Chart, Row, chart, overview
from esep.publish.page import Page
from esep.publish.rules import Rules
from esep.publish.shown_tolls import CASUALTIES, ShownGroup
from esep.publish.view import View

_OTHER = "other-numbers.html"
_MANY = 6


@dataclass(frozen=True)
class Drawn:
    """One group of statements with its chart, and an overview where there are many of them."""

    group: ShownGroup
    chart: Chart
    overview: tuple[Row, ...]


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """Numbers of casualties; and a second page for all other figures and for past events."""
    people = view.tolls.section("people")
    casualties = [group for group in people if group.category in CASUALTIES]
    others = [group for group in people if group.category not in CASUALTIES]
    yield Page(
        "tolls.html",
        "Claimed numbers",
        "tolls.html",
        {
            "groups": _drawn(casualties),
            "series": view.tolls.series,
            "voices": view.tolls.voices,
            "compared": view.tolls.comparison,
            "disclaimers": view.disclaimers(_cited(casualties)),
        },
    )
    sections = (
        ("Other numbers of people", _drawn(others)),
        ("Figures that are not people", _drawn(view.tolls.section("other"))),
        ("Other, earlier events", _drawn(view.tolls.section("past"))),
    )
    shown = [part for part in sections if part[1]]
    said = view.disclaimers(_cited(one.group for _, drawn in shown for one in drawn))
    yield Page(_OTHER, "Other numbers", "other-numbers.html", {"sections": shown, "disclaimers": said})


def _cited(groups: Iterable[ShownGroup]) -> list[str]:
    return [toll.source for group in groups for toll in group.tolls]


def page_of(group: ShownGroup) -> str:
    """Page on which a group stands."""
    return "tolls.html" if group.section == "people" and group.category in CASUALTIES else _OTHER


def _drawn(groups: Iterable[ShownGroup]) -> list[Drawn]:
    return [draw(group) for group in groups]


def draw(group: ShownGroup) -> Drawn:
    """A group with its chart, and with an overview if it has many statements."""
    drawn = chart(group.tolls)
    return Drawn(group, drawn, overview(drawn) if len(group.tolls) > _MANY else ())
