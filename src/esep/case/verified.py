"""How far statements are verified, and which evidence is wanted: rows with who stands behind each level and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from esep.case.results import Listing
from esep.counts.toll_report import TollReport
from esep.counts.verification import LEVELS, RULE, Verification
from esep.ledger.wanted import Wanted
from esep.people.levels import Levels
from esep.people.persons import Person

_COLUMNS = ("about", "says", "level", "grounds", "set_aside", "wanted")


def levels(
    report: TollReport, people: list[Person], held: Levels, *, wanted: list[Wanted], query: str | None
) -> Listing:
    """Every figure that is put forward and every status, the furthest verified first.

    `query`: a level, the id of a person, or a record.
    """
    rows = [*_figures(report, wanted), *_statuses(people, held, wanted)]
    kept = [row for row in rows if not query or query in (row["level"], row["about"], *row["records"])]
    kept.sort(key=lambda row: -LEVELS.index(row["level"]))
    return Listing(_COLUMNS, kept, "\n".join(("Rule:", *(f"  {sentence}" for sentence in RULE))))


def _figures(report: TollReport, wanted: list[Wanted]) -> Iterator[dict[str, Any]]:
    seen: set[int] = set()
    groups = (*report.people, *report.other_figures, *report.past_events)
    for scope, toll in ((group.scope.text(), toll) for group in groups for toll in group.tolls):
        found = report.levels.get(toll.id)
        if found is not None and id(found) not in seen:
            seen.add(id(found))
            records = [voice.statement for voice in found.voices]
            yield _row(records[0], f"{toll.bounds.text()}, {scope}", found, records=records, wanted=wanted)


def _statuses(people: list[Person], held: Levels, wanted: list[Wanted]) -> Iterator[dict[str, Any]]:
    for person in people:
        for one in held.of(person):
            records = list(person.records)
            yield _row(person.id, one.status, one.verification, records=records, wanted=wanted)


def _row(
    about: str, says: str, found: Verification, *, records: list[str], wanted: list[Wanted]
) -> dict[str, Any]:
    open_items = [one.id for one in wanted if not one.is_held and {about, *records} & set(one.supports)]
    told = found.plain()
    return {
        "about": about,
        "says": says,
        "level": found.level,
        "grounds": told["grounds"] + [f"but {one}" for one in told["against"]],
        "set_aside": [f"{one['about']}: {one['why']}" for one in told["set_aside"]],
        "wanted": open_items,
        "records": records,
        "verification": told,
    }


def wanted_items(found: list[Wanted], query: str | None, *, near: Mapping[str, Sequence[str]]) -> Listing:
    """Evidence that is cited: what, by whom, for which records, and whether its file has arrived.

    `near` are records in the sentence for which an item is cited, by item.
    """
    kept = (one for one in found if not query or query in (one.id, one.state, *one.supports, *one.cited_in))
    rows = [_wanted_row(one, near.get(one.id, ())) for one in kept]
    number = sum(row["state"] != "held" for row in rows)
    return Listing(
        ("id", "what", "state", "supports", "cited_for", "cited_in", "held_as", "reason"),
        rows,
        f"{number} of {len(rows)} not held: nothing that rests on them is shown as verified."
        " A file closes its item: esep add CASE FILE --id ID",
    )


def _wanted_row(one: Wanted, near: Sequence[str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "what": one.what,
        "note": one.note or None,
        "state": one.state,
        "supports": list(one.supports),
        "cited_for": list(near),
        "cited_in": list(one.cited_in),
        "held_as": one.held_as,
        "reason": one.reason or None,
        "claims": [claim.cid for claim in one.claims],
        "passages": [dict(place) for claim in one.claims for place in claim.locator],
    }
