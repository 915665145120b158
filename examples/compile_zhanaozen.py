"""Write the bundled example from tables of published claims: the same input gives the same bytes.

    python examples/compile_zhanaozen.py FOLDER

FOLDER holds sources.csv, counts.csv, events.csv and persons.csv. Facts, figures, names and addresses carry over; free
text is cut to a few words or replaced (`zhanaozen_edits.py`), decisions about scopes and speakers become claims
(`zhanaozen_scopes.py`), remarks of a compiler and names of relatives are left out. The column `person_id` is never
written: who is who stands in `decisions.jsonl` only, one judgement a line with its reason.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from zhanaozen_edits import (
    DIFFERENT,
    EXCLUDES,
    NAMES,
    NO_BASIS,
    OUTCOMES,
    POLARITY,
    READ_AS_ONE,
    SOURCE_FACTS,
    TEXTS,
    TYPES,
    UNSURE,
)
from zhanaozen_scopes import decided_scopes

Row = dict[str, str]

TARGET = Path(__file__).parent / "zhanaozen"
BY, AT = "example compiler", "2026-11-21T00:00:00Z"

SOURCES = (
    "source_id", "title", "publisher", "pub_date", "language", "kind", "url", "read_as", "translation_of", "disclaimer",
)  # fmt: skip
TOLLS = (
    "claim_id", "source_id", "pub_date", "as_of_date", "category", "value_low", "value_high", "qualifier",
    "attributed_to", "attributed_type", "place", "scope", "excludes", "polarity", "copy_of",
)  # fmt: skip
EVENTS = (
    "event_id", "date", "date_end", "time", "precision", "place", "country", "type", "actors", "summary", "source_id",
)  # fmt: skip
PERSONS = (
    "mention_id", "source_id", "name_as_written", "script", "language", "age", "birth_year", "roles", "date", "place",
    "circumstance", "outcome", "form", "copy_of",
)  # fmt: skip
CLAIMS = ("subject", "prop", "value_json", "source_id")
BLOCKING = frozenset("witness police_witness relative judge official hospital journalist property_victim".split())


def main(folder: Path) -> None:
    """Read the tables of `folder` and write the example beside this script."""
    persons = _read(folder / "persons.csv")
    mentions = {row["mention_id"]: row for row in persons}
    groups = _read(TARGET / "groups.csv")
    joined = list(_joined(persons))
    _write("sources.csv", SOURCES, map(_source, _read(folder / "sources.csv")))
    _write("tolls.csv", TOLLS, map(_toll, _read(folder / "counts.csv")))
    _write("events.csv", EVENTS, map(_event, _read(folder / "events.csv")))
    _write("persons.csv", PERSONS, map(_person, persons))
    _write("claims.csv", CLAIMS, _claims(persons, joined, groups))
    _write("scopes.csv", CLAIMS, _scopes())
    lines = [*_same(joined, mentions), *_apart("different", DIFFERENT), *_apart("unsure", UNSURE)]
    (TARGET / "decisions.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _source(row: Row) -> Row:
    return {**row, **SOURCE_FACTS.get(row["source_id"], {})}


def _toll(row: Row) -> Row:
    return {**row, "excludes": EXCLUDES.get(row["claim_id"], ""), "polarity": POLARITY.get(row["claim_id"], "")}


def _event(row: Row) -> Row:
    summary = TEXTS.get(row["event_id"], _without_remarks(row["summary"]))
    return {**row, "type": TYPES.get(row["type"], row["type"]), "summary": summary}


def _person(row: Row) -> Row:
    mention = row["mention_id"]
    name = NAMES.get(mention, row["name_as_written"])
    return {
        **row,
        "name_as_written": name if row["form"] == "description" else _without_remarks(name),
        "circumstance": TEXTS.get(mention, _without_remarks(row["circumstance"])),
        "outcome": OUTCOMES.get(mention, _without_remarks(row["outcome"])),
    }


def _without_remarks(text: str) -> str:
    """The text without what a compiler put in brackets."""
    return re.sub(r"\s*\([^)]*\)", "", text).strip()


def _joined(persons: Sequence[Row]) -> Iterator[tuple[list[str], str]]:
    """Mentions of one person, in the order of the table, with the reason if it is one for all of them."""
    by_id: dict[str, list[str]] = {}
    for row in persons:
        if row["person_id"]:
            by_id.setdefault(row["person_id"], []).append(row["mention_id"])
    yield from ((mentions, "") for mentions in by_id.values() if len(mentions) > 1)
    yield from ((list(mentions), reason) for mentions, reason in READ_AS_ONE)


def _same(joined: Iterable[tuple[list[str], str]], mentions: dict[str, Row]) -> Iterator[str]:
    for together, reason in joined:
        for left, right in pairwise(together):
            yield _decision("same", left, right, reason or _grounds(mentions[left], mentions[right]))


def _grounds(left: Row, right: Row) -> str:
    """What two mentions really share, in words."""
    shared = sorted(set(left["roles"].split(";")) & set(right["roles"].split(";")))
    grounds = [f"same role ({', '.join(shared)})"] if shared else ["the roles fit one life"]
    grounds += ["same place"] if left["place"] and left["place"] == right["place"] else []
    if left["date"] and left["date"] == right["date"]:
        grounds.append("same date")
    elif left["date"] and left["date"][:4] == right["date"][:4]:
        grounds.append("same year")
    names = left["name_as_written"], right["name_as_written"]
    spelled = "written the same" if names[0] == names[1] else "spelled differently"
    spelled = "in another script" if left["script"] != right["script"] else spelled
    return f"{', '.join(grounds)}; {spelled}"


def _apart(verdict: str, pairs: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    return (_decision(verdict, left, right, reason) for left, right, reason in pairs)


def _decision(verdict: str, left: str, right: str, reason: str) -> str:
    fields = {"v": 1, "decide": verdict, "left": _record(left), "right": _record(right)}
    return json.dumps({**fields, "reason": reason, "by": BY, "at": AT}, ensure_ascii=False)


def _record(name: str) -> str:
    return name if ":" in name else f"person:{name}"


def _claims(persons: Sequence[Row], joined: Iterable[tuple[list[str], str]], groups: Sequence[Row]) -> Iterator[Row]:
    """Hand-made claims: who of the twelve died later, and the basis on which each person or group may be shown."""
    died = {"count": 1, "date": "2011-12-17/2011-12-31", "place": "Shetpe", "status": "killed"}
    yield _claim("group:ZG0201", "status", died, "SEED2")
    cluster = {mention: tuple(mentions) for mentions, _ in joined for mention in mentions}
    roles = {row["mention_id"]: frozenset(row["roles"].split(";")) for row in persons}
    shown: set[str] = set()
    for row in persons:
        together = cluster.get(row["mention_id"], (row["mention_id"],))
        if row["mention_id"] in shown or not _may_show(row["mention_id"], together, roles):
            continue
        shown.update(together)
        statuses = ", ".join(sorted(role.partition(":")[0] for role in roles[row["mention_id"]] if _is_status(role)))
        how = "described" if row["form"] == "description" else "named"
        basis = {"basis": "already public", "by": BY, "reason": f"{how} in the source as: {statuses}"}
        yield _claim(f"person:{row['mention_id']}", "public_basis", basis, row["source_id"])
    for row in groups:
        kind = "person" if row["count"] == "1" else "group"
        basis = {"basis": "already public", "by": BY, "reason": "described in the source without a name"}
        yield _claim(f"{kind}:{row['mention_id']}", "public_basis", basis, row["source_id"])


def _scopes() -> Iterator[Row]:
    """Claims about the case and about figures: what a person decided about scopes and speakers."""
    for subject, prop, value, source, reason in decided_scopes():
        yield _claim(subject, prop, {**value, "by": BY, "reason": reason}, source)


def _claim(subject: str, prop: str, value: dict[str, object], source: str) -> Row:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return {"subject": subject, "prop": prop, "value_json": text, "source_id": source}


def _is_status(role: str) -> bool:
    return not role.startswith("other:") and not role.endswith(":official")


def _may_show(mention: str, together: Sequence[str], roles: dict[str, frozenset[str]]) -> bool:
    """Does this mention state a public status, and does none of the person's mentions forbid showing?"""
    if not any(_is_status(role) for role in roles[mention]) or NO_BASIS & set(together):
        return False
    every = {role for one in together for role in roles[one]}
    return not any(role.removeprefix("other:") in BLOCKING or role.endswith(":official") for role in every)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
