"""Seeded worlds of scopes and tolls for timing reconciliation: invented towns, days, speakers and figures."""

from datetime import date, timedelta
from random import Random

from esep.counts.bounds import bound
from esep.counts.origins import Speakers
from esep.counts.scopes import Hierarchy, Scope, World
from esep.counts.tolls import Toll
from esep.dates import When

FIRST = date(2031, 3, 1)
KINDS = ("official", "union", "media", "witness")


def make_world(towns: int = 20) -> World:
    """A country of regions of four towns, each with a hospital; two schemes of kinds of people."""
    parents = {f"town {i}": f"region {i // 4}" for i in range(towns)}
    parents |= {f"region {i}": "country" for i in range((towns + 3) // 4)}
    parents |= {f"hospital {i}": f"town {i}" for i in range(towns)}
    places = Hierarchy(parents, overlapping=frozenset(f"town {i}" for i in range(towns)))
    sides = Hierarchy({"police": "people", "civilians": "people"}, whole=frozenset({"people"}))
    ages = Hierarchy({"children": "everyone", "adults": "everyone"}, whole=frozenset({"everyone"}))
    return World(places, Hierarchy({"first hour": "morning"}), (sides, ages))


def make_scopes(rng: Random, number: int, towns: int = 20) -> list[Scope]:
    """Distinct scopes: mostly towns and days, some regions, hospitals, kinds of people, parts of days."""
    found: dict[Scope, None] = {}
    while len(found) < number:
        town = rng.randrange(towns)
        place = rng.choice([f"town {town}"] * 6 + [f"region {town // 4}"] * 2 + ["country", f"hospital {town}"])
        start = FIRST + timedelta(rng.randrange(6))
        period = When.between(start, start + timedelta(rng.choice((0, 0, 1, 3))))
        who = rng.choice(((), (), (), ("police",), ("civilians",), ("children",), ("workers",)))
        part = rng.choice(("", "", "", "", "first hour", "morning"))
        found[Scope(rng.choice(("killed", "killed", "injured", "detained")), place, period, who, part)] = None
    return list(found)


def make_people(rng: Random, number: int, towns: int = 20) -> list[Scope]:
    """What happened to each person of a world, as the narrowest scope that holds the person."""
    people = []
    for _ in range(number):
        town, day = rng.randrange(towns), FIRST + timedelta(rng.randrange(9))
        place = rng.choice((f"town {town}", f"town {town}", f"hospital {town}"))
        kinds = ("police", "civilians"), ("children", "adults"), ("workers", "others")
        who = tuple(rng.choice(pair) for pair in kinds)
        part = rng.choice(("", "first hour", "morning"))
        people.append(Scope(rng.choice(("killed", "injured", "detained")), place, When.between(day, day), who, part))
    return people


def true_numbers(people: list[Scope], scopes: list[Scope], world: World) -> dict[Scope, int]:
    """How many of the people each scope holds."""
    return {scope: sum(world.contains(scope, one) for one in people) for scope in scopes}


def make_tolls(rng: Random, scopes: list[Scope], number: int, truth: dict[Scope, int] | None = None) -> list[Toll]:
    """Figures on these scopes by 40 speakers on as many pages; a quarter name nobody.

    With `truth` every figure allows the true number; without it figures are drawn at random and contradict each other.
    """
    tolls = []
    for i in range(number):
        scope = rng.choice(scopes)
        size = {"town": 8, "hosp": 4, "regi": 20, "coun": 60}[(scope.place or "")[:4]]
        count = rng.randint(1, size)
        hedge = rng.choice(("exact", "exact", "exact", "at_least", "more_than", "about", "up_to"))
        if truth is not None:
            count = truth[scope]
            hedge = "at_least" if hedge == "more_than" else hedge
        said = FIRST + timedelta(rng.randrange(6, 40))
        speaker = rng.randrange(40)
        tolls.append(
            Toll(
                id=f"t{i:05}",
                bounds=bound(hedge, count),
                scope=scope,
                source=f"page {i}",
                root=f"root {i // 2}",
                chain=(f"speaker {speaker}",) if rng.random() < 0.75 else ("witnesses",),
                kind=KINDS[speaker % 4],
                as_of=When.between(said, said) if rng.random() < 0.6 else None,
                reading=rng.choice((None, None, "so_far", "total")),
            )
        )
    return tolls


SPEAKERS = Speakers()
