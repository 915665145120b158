"""One page for every number of the documented count: what it counts and the records it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from esep.counts.tally import Cell
from esep.publish.page import Page
from esep.publish.rules import Rules
from esep.publish.shown_people import ShownPerson
from esep.publish.view import View
from esep.publish.words import label, slug

_TABLES = {
    "state": "State",
    "total": "Total",
    "ever": "Ever reported",
    "possibly": "Possibly, by an imprecise date",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the documented count, with the shown people behind it and how many records are not shown."""

    table: str
    name: str
    cell: Cell
    people: tuple[ShownPerson, ...]

    @property
    def path(self) -> str:
        """Page that opens the number."""
        return f"counts/{self.table}-{slug(self.name)}.html"

    @property
    def label(self) -> str:
        """What is counted, for reading."""
        return {"people": "people recorded", "casualties": "killed, injured, missing or detained"}.get(
            self.name, label(self.name)
        )

    @property
    def not_shown(self) -> int:
        """Records that are counted and have no page."""
        return len(self.cell.ids) - len(self.people)


def figures(view: View) -> list[Figure]:
    """Every number of the documented count."""
    parts = (
        ("state", view.tally.states),
        ("total", (view.tally.total, view.tally.casualties)),
        ("ever", view.tally.ever),
        ("possibly", view.tally.possibly),
    )
    return [Figure(table, cell.key[0], cell, view.shown_in(cell)) for table, cells in parts for cell in cells]


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """An overview of all numbers, and one page each."""
    every = figures(view)
    tables = {table: [figure for figure in every if figure.table == table] for table in _TABLES}
    yield Page("counts.html", "Documented counts", "counts.html", {"tables": tables, "headings": _TABLES})
    for figure in every:
        title = f"{_TABLES[figure.table]}: {figure.label}"
        yield Page(figure.path, title, "count.html", {"figure": figure, "rule": view.tally.rule})
