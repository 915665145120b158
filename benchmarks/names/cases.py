"""The frozen cases: made pairs in this folder, and published pairs beside the project where they are there."""

from __future__ import annotations

import csv
import random
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import combinations
from pathlib import Path
from types import ModuleType

from made_pairs import Pair, made_pairs

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
FROZEN_SEED, FROZEN_NUMBER = 2011, 3000
OTHER_SEEDS = (71, 72)
UNDECIDED = frozenset(("Z031", "Z033"))
HARD_NEGATIVES = 40


def sets() -> dict[str, list[Pair]]:
    """Every set of pairs that this machine has, by name."""
    found = {"made": frozen_made()}
    for seed in OTHER_SEEDS:
        found[f"made, seed {seed}"] = made_pairs(random.Random(seed), number=2000)
    if (SHARED / "data/names").is_dir():
        found["name_bench persons"] = name_bench()
        found["name groups"] = name_groups()
        found["Zhanaozen"] = zhanaozen()
    if (SHARED / "tools/made_lists.py").exists() and find_spec("pandas"):
        found["other generator"] = other_generator()
    return found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def frozen_made() -> list[Pair]:
    return [
        Pair(row["left"], row["right"], row["same"] == "1", (row["one"], row["two"]), row["kind"], row["people"])
        for row in rows(HERE / "cases/made_pairs.csv")
    ]


def name_bench() -> list[Pair]:
    """Labelled person pairs of nomenklatura's contrib/name_bench (MIT): made to test screening of sanctions lists."""
    table = rows(SHARED / "data/names/nomenklatura_name_bench_cases.csv")
    return [
        Pair(row["name1"], row["name2"], row["is_match"] == "True", ("any", "any"), row["quality"], "any")
        for row in table
        if row["schema"] == "Person"
    ]


def name_groups() -> list[Pair]:
    """Latin against Cyrillic spellings of one name; the false ones are the likest of 40 others."""
    groups = {row["wikidata_id"]: row for row in rows(SHARED / "data/names/name_groups_latin_cyrillic.csv")}
    return [
        Pair(
            groups[row["left_id"]]["latin"].split(";")[int(row["left"])],
            groups[row["right_id"]]["cyrillic"].split(";")[int(row["right"])],
            row["left_id"] == row["right_id"],
            ("latin", "cyrillic"),
            "one name" if row["left_id"] == row["right_id"] else "likest of 40",
            "any",
        )
        for row in rows(HERE / "cases/group_pairs.csv")
    ]


def zhanaozen() -> list[Pair]:
    """All pairs of named mentions with an id in the Zhanaozen list; people left undecided there are left out."""
    mentions = [
        row
        for row in rows(SHARED / "data/zhanaozen/persons.csv")
        if row["person_id"] and row["form"] != "description" and row["person_id"] not in UNDECIDED
    ]
    return [
        Pair(
            one["name_as_written"],
            two["name_as_written"],
            one["person_id"] == two["person_id"],
            (one["script"], two["script"]),
            "mentions",
            "any",
        )
        for one, two in combinations(mentions, 2)
    ]


def other_generator() -> list[Pair]:
    """Pairs by the generator of made lists beside the project, with its own words and letter tables: never tuned on."""
    spec = spec_from_file_location("made_lists", SHARED / "tools/made_lists.py")
    assert spec is not None
    assert spec.loader is not None
    lists = module_from_spec(spec)
    spec.loader.exec_module(lists)
    rng = random.Random(FROZEN_SEED)
    people = list(lists.persons(3000, rng))
    spellings = ("kk", "ru", *lists.ROM, "uk")
    pairs = []
    for number in range(3000):
        one, two = rng.choice(people), rng.choice(people)
        left, right = rng.choice(spellings), rng.choice(spellings)
        kind = "one person"
        if number % 2 == 0:
            kind = rng.choice(("same family name", "same given name", "stranger"))
            two = _not_the_same(one, two, kind)
            if _names(two)[:2] == _names(one)[:2]:
                continue
        names = [
            _written_by(lists, who, spelling, rng=rng)
            for who, spelling in ((one, left), (one if number % 2 else two, right))
        ]
        people_of = "kazakh" if one[2] else "slavic"
        pairs.append(Pair(names[0], names[1], bool(number % 2), (left, right), kind, people_of))
    return pairs


def _names(person: tuple[object, ...]) -> tuple[object, ...]:
    return person[3:6]


def _not_the_same(one: tuple[object, ...], two: tuple[object, ...], kind: str) -> tuple[object, ...]:
    if kind == "same family name":
        return (*one[:3], two[3], *one[4:])
    if kind == "same given name":
        return (*two[:3], one[3], *two[4:])
    return two


def _written_by(lists: ModuleType, person: tuple[object, ...], spelling: str, *, rng: random.Random) -> str:
    given, family, patronymic = (lists.render(part, spelling, rng) for part in _names(person))
    orders = ((family, given, patronymic), (given, family), (given, patronymic, family), (family, given))
    return " ".join(rng.choice(orders))


def freeze() -> None:
    """Write the case files again; only when the generator or the sampling changes, and with the results."""
    (HERE / "cases").mkdir(exist_ok=True)
    with (HERE / "cases/made_pairs.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("left", "right", "same", "one", "two", "kind", "people"))
        for pair in made_pairs(random.Random(FROZEN_SEED), number=FROZEN_NUMBER):
            writer.writerow((pair.left, pair.right, int(pair.same), *pair.spellings, pair.kind, pair.people))
    _freeze_groups(random.Random(FROZEN_SEED))


def _freeze_groups(rng: random.Random) -> None:
    """2,000 pairs by id and place of the form, so that no name of the published list stands here."""
    from rapidfuzz.distance import JaroWinkler

    from esep.names.plain import plain

    groups = rows(SHARED / "data/names/name_groups_latin_cyrillic.csv")
    with (HERE / "cases/group_pairs.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("left_id", "left", "right_id", "right"))
        for number in range(2000):
            group = rng.choice(groups)
            latin = group["latin"].split(";")
            left = rng.randrange(len(latin))
            if number % 2:
                writer.writerow((group["wikidata_id"], left, group["wikidata_id"], _any(rng, group)))
                continue
            others = [other for other in rng.sample(groups, HARD_NEGATIVES) if not _share(other, group)]
            picks = [(other, _any(rng, other)) for other in others]
            form = plain(latin[left])
            likest = max(
                picks, key=lambda pick: JaroWinkler.similarity(form, plain(pick[0]["cyrillic"].split(";")[pick[1]]))
            )
            writer.writerow((group["wikidata_id"], left, likest[0]["wikidata_id"], likest[1]))


def _any(rng: random.Random, group: dict[str, str]) -> int:
    return rng.randrange(len(group["cyrillic"].split(";")))


def _share(one: dict[str, str], two: dict[str, str]) -> bool:
    return bool(set(one["cyrillic"].split(";")) & set(two["cyrillic"].split(";")))


if __name__ == "__main__":
    freeze()
