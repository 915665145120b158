"""Downloads: the same rows as CSV and JSON, only in the columns that the rules list."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from esep.errors import WrongUse
from esep.intake.formulas import safe_cell
from esep.publish.page import Page
from esep.publish.pages.counts import figures
from esep.publish.rules import INFERRED, Rules
from esep.publish.view import View

Row = Mapping[str, Any]

_ABOUT = {
    "people": "People and groups with a page",
    "names": "Every written form of a name, with the source that prints it",
    "statuses": "The dated history of every person",
    "claims": "Every published claim about a person",
    "tolls": "Every statement about a number; an empty low or high is open",
    "events": "The chronology",
    "sources": "Sources with their roots",
    "counts": "The documented count",
    "estimates": "Estimates, one row a method: people inferred; an empty high is open, an empty point a refusal",
    "lists": "What the estimates were made from: documented people by the lists they are on",
}


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """Every table twice, and the page that lists them with their numbers of rows."""
    listed = []
    for name, columns in rules.downloads.items():
        rows = [_allowed(row, columns, name) for row in _TABLES[name](view)]
        listed.append({"name": name, "about": _ABOUT[name], "columns": columns, "rows": len(rows)})
        yield Page(f"data/{name}.csv", text=as_csv(rows, columns))
        yield Page(f"data/{name}.json", text=as_json(rows))
    values = {
        "documented": [table for table in listed if table["name"] not in INFERRED],
        "inferred": [table for table in listed if table["name"] in INFERRED],
    }
    yield Page("downloads.html", "Downloads", "downloads.html", values)


def as_csv(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """CSV with a header; several values of a cell are parted by «; », and no cell can run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(_cell(row[column])) for column in columns] for row in rows)
    return out.getvalue()


def as_json(rows: Sequence[Row]) -> str:
    """One JSON array of objects, one a line."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _allowed(row: Row, columns: Sequence[str], table: str) -> Row:
    if missing := [column for column in columns if column not in row]:
        raise WrongUse(
            f"the rules publish columns of {table} that it does not have: {', '.join(missing)}",
            hint="correct `downloads` in publish/rules.py",
        )
    return {column: row[column] for column in columns}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _public(view: View, sources: Iterable[str]) -> list[str]:
    return [view.sources[source].public_id for source in sources if source in view.sources]


def _people(view: View) -> Iterator[Row]:
    for one in view.people:
        states, cited = list(one.states), _public(view, one.sources)
        yield {"id": one.id, "kind": one.kind, "name": one.title.text, "states": states, "sources": cited}


def _names(view: View) -> Iterator[Row]:
    for one in view.people:
        for fact in one.facts:
            if fact.prop in ("name", "other_name") and fact.value:
                source = next(iter(_public(view, [fact.source or ""])), None)
                name = {"name": fact.value.text, "lang": fact.value.lang}
                yield {"person": one.id, **name, "source": source, "claim": fact.cid}


def _statuses(view: View) -> Iterator[Row]:
    for one in view.people:
        for row in one.statuses:
            yield {
                "person": one.id,
                "status": row.status,
                "date": row.date,
                "place": [place.text for place in row.places],
                "part": row.part,
                "side": row.side,
                "sources": _public(view, row.sources),
                "claims": list(row.cids),
            }


def _claims(view: View) -> Iterator[Row]:
    for one in view.people:
        for fact in one.facts:
            yield {
                "claim": fact.cid,
                "subject": one.id,
                "what": fact.prop,
                "value": fact.value and fact.value.text,
                "state": fact.state,
                "source": next(iter(_public(view, [fact.source or ""])), None),
                "place_in_source": fact.place,
            }


def _tolls(view: View) -> Iterator[Row]:
    for group, toll in view.tolls.statements:
        named = {"source": toll.source, "root": toll.root}
        yield {
            "id": toll.public_id,
            "section": group.section,
            "category": group.category,
            "low": toll.low,
            "high": toll.high,
            "hedge": toll.hedge,
            "word": toll.word,
            "figure": toll.figure,
            "place": toll.place,
            "scope": group.scope,
            "subset_of": group.subset_of or None,
            "period": toll.period,
            "as_of": toll.as_of,
            "published": toll.published,
            "polarity": toll.polarity,
            "speaker": toll.speaker,
            **{column: next(iter(_public(view, [source])), None) for column, source in named.items()},
        }


def _events(view: View) -> Iterator[Row]:
    for one in view.events:
        yield {
            "id": one.id,
            "date": one.date,
            "time": one.time,
            "places": list(one.places),
            "countries": list(one.countries),
            "type": list(one.types),
            "summary": list(one.summary),
            "actors": list(one.actors),
            "organisers": list(one.organisers),
            "response": list(one.response),
            "entry": one.entry,
            "polarity": one.polarity,
            "sources": _public(view, one.sources),
        }


def _sources(view: View) -> Iterator[Row]:
    for one in view.sources.values():
        yield {
            "id": one.public_id,
            "title": one.title.text,
            "publisher": one.publisher and one.publisher.text,
            "published": one.published,
            "language": one.language,
            "kind": one.medium,
            "address": one.address,
            "root": next(iter(_public(view, [one.root])), None),
            "copy_of": next(iter(_public(view, [one.copy_of or ""])), None),
        }


def _counts(view: View) -> Iterator[Row]:
    for figure in figures(view):
        yield {
            "table": figure.table,
            "status": figure.name,
            "low": figure.cell.low,
            "high": figure.cell.high,
            "named": figure.cell.named,
            "records": len(figure.cell.ids),
            "shown": len(figure.people),
            "as_of": view.settings.as_of and view.settings.as_of.isoformat(),
        }


def _estimates(view: View) -> Iterator[Row]:
    for one in view.estimates:
        for method in one.methods:
            yield {
                "estimate": one.cid,
                "title": one.title,
                "method": method.name,
                "role": method.role,
                "status": method.status,
                "point": method.point,
                "low": method.low,
                "high": method.high,
                "level": one.level,
                "lists": [each.name for each in one.lists],
                "seed": one.seed,
                "version": one.version,
                "input": one.input_hash,
            }


def _lists(view: View) -> Iterator[Row]:
    for one in view.estimates:
        for pattern in one.patterns:
            yield {"estimate": one.cid, "lists": list(pattern.lists), "people": pattern.people}


_TABLES: Mapping[str, Callable[[View], Iterable[Row]]] = {
    "people": _people,
    "names": _names,
    "statuses": _statuses,
    "claims": _claims,
    "tolls": _tolls,
    "events": _events,
    "sources": _sources,
    "counts": _counts,
    "estimates": _estimates,
    "lists": _lists,
}
