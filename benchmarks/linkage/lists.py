"""Real and made lists as records, read from the folder of shared data beside the project; it holds their licences."""

from __future__ import annotations

import csv
import importlib.util
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from esep.linkage.records import Record

SHARED = Path(__file__).resolve().parents[3] / "shared"
MONTHS = {name: number for number, name in enumerate(
    "January February March April May June July August September October November December".split(), 1)}  # fmt: skip
TRAPS = (("Z006", "Z007", "Z037", "Z025"), ("Z049", "Z085"), ("Z012", "Z104"), ("Z005", "Z004"))
NOT_SCORED = ("Z031", "Z033")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def gaza() -> list[Record]:
    return [
        Record(day, number, name=r["name_ar"], sex=r["sex"], age=r["age"], birth_date=r["dob"], truth=r["truth_id"])
        for day in ("2024-04-13", "2024-08-08", "2024-09-21")
        for number, r in enumerate(rows(SHARED / f"data/gaza/moh_list_{day}.csv"), start=1)
    ]


def police_killings() -> list[Record]:
    """Washington Post and Guardian, 2015 and 2016."""
    folder = SHARED / "data/us-police-killings"
    post = [row for row in rows(folder / "washington-post.csv") if row["date"][:4] in ("2015", "2016")]
    found = [
        Record("post", number, name=r["name"], sex=r["gender"], age=r["age"], date=r["date"], place=r["city"])
        for number, r in enumerate(post, start=1)
    ]
    guardian = [row for year in (2015, 2016) for row in rows(folder / f"guardian-{year}.csv")]
    for number, r in enumerate(guardian, start=1):
        day = f"{r['year']}-{MONTHS[r['month']]:02d}-{int(r['day']):02d}"
        said = {"name": r["name"], "sex": r["gender"], "age": r["age"], "place": r["city"]}
        found.append(Record("guardian", number, date=day, **said))
    return found


def rule_pairs(records: list[Record]) -> list[tuple[Record, Record]]:
    """Pairs of the two lists that first name, last name and 7 days join; the plain rule that the bar is made of."""
    keyed: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record.list == "guardian" and (key := first_and_last(record.name)):
            keyed.setdefault(key, []).append(record)
    return [
        (one, other)
        for one in records
        if one.list == "post"
        for other in keyed.get(first_and_last(one.name) or ("", ""), [])
        if abs((date.fromisoformat(one.date) - date.fromisoformat(other.date)).days) <= 7
    ]


def first_and_last(name: str) -> tuple[str, str] | None:
    words = re.sub(r"[^a-z ]", "", name.lower().replace("-", " ")).split()
    words = [word for word in words if word not in ("jr", "sr", "ii", "iii", "iv")]
    return (words[0], words[-1]) if len(words) > 1 else None


def zhanaozen() -> list[Record]:
    return [
        Record(
            "mentions",
            number,
            name=row["name_as_written"],
            age=row["age"],
            birth_year=row["birth_year"],
            date=row["date"],
            place=row["place"],
            truth=row["person_id"] if row["person_id"] and row["person_id"] not in NOT_SCORED else None,
        )
        for number, row in enumerate(rows(SHARED / "data/zhanaozen/persons.csv"), start=1)
    ]


def zhanaozen_ids() -> dict[tuple[str, int], str]:
    table = rows(SHARED / "data/zhanaozen/persons.csv")
    return {("mentions", number): row["person_id"] for number, row in enumerate(table, start=1)}


def made(number: int, seed: int, severity: str) -> list[Record]:
    """Lists of the other generator (Kazakh and Russian names, six lists), which nothing here was trained on."""
    spec = importlib.util.spec_from_file_location("made_lists", SHARED / "tools/made_lists.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[Record] = []
    numbers: Counter[str] = Counter()
    for row in module.make(number, seed, severity).itertuples():
        numbers[row.list_id] += 1
        record = Record(row.list_id, numbers[row.list_id], name=row.full_name, truth=str(row.true_id))
        values = {"sex": row.sex, "birth_date": row.dob, "age": row.age, "place": row.place, "date": row.event_date}
        said = {name: str(value) for name, value in values.items() if str(value) not in ("None", "nan", "<NA>")}
        found.append(replace(record, **said))
    return found
