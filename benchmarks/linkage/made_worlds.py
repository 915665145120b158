"""Made lists of invented people: households, several lists with habits of their own, damage. Truth is known.

`world(rng, people=…)` gives records with `truth` set. Every world draws the habits of its lists anew (script, order
of the words, how often a patronymic, a birth date or an age is given, errors), so that what is learnt from several
worlds is not one list's habit. Words and letter tables are those of `benchmarks/names`, people are put together
by chance.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.names.made_pairs import SPELLINGS, Person, full, person, typo, words, written
from esep.linkage.records import Record

FIRST_HALVES = "Нұр Бек Ер Жан Ай Сұлтан Тоқ Бай Темір Ораз Сағын Өте Есен Аман Алтын Жұма Құд Қош Тұр Дос".split()
SECOND_HALVES = "бек бай лан жан ғали хан болат дәулет кен тай сары берген қожа мырза".split()
PLACES = """Ақжар Бестөбе Қарасу Сарыөзек Шұбар Жаңатас Көлсай Мойынқұм Төрткүл Үшарал Айнабұлақ Ескене Қызылтас
Тасөткел Байқадам Ақбұлақ Жыңғылды Өркен Саумалкөл Иваново Петровка Соснино""".split()
FAULTS = (0.5, 1.0, 2.0)
"""How carefully lists are written differs from event to event: worlds on which draws are fitted take turns."""
JOBS = "driver;truck driver;operator;pump operator;teacher;welder;cook;nurse;driller;student;guard;mechanic".split(";")


@dataclass(frozen=True)
class Somebody:
    """An invented person of a world."""

    truth: str
    who: Person
    born: date
    hit_on: date
    place: str
    job: str
    seen: float
    brother: str


@dataclass(frozen=True)
class Habits:
    """How one list is written; all but `spellings` and `order` are shares of its rows."""

    name: str
    spellings: tuple[str, ...]
    order: str
    capture: float
    twice: float
    patronymic: float
    birth: float
    age: float
    sex: float
    place: float
    day: float
    job: float
    kin: float
    wrong: float
    lone: float


def habits(rng: random.Random, number: int) -> Habits:
    """Habits of one list, drawn anew."""
    some = rng.choice([("ru",), ("kk",), ("english", "bgn", "passport"), ("ru", "uk"), tuple(SPELLINGS[:12])])
    return Habits(
        name=f"list-{number}.csv",
        spellings=some,
        order=rng.choice(("fg", "gf")),
        capture=rng.uniform(0.2, 0.5),
        twice=rng.choice((0.0, 0.0, 0.03, 0.12)),
        patronymic=rng.choice((0.1, 0.5, 0.9)),
        birth=rng.choice((0.0, 0.1, 0.4, 0.85)),
        age=rng.choice((0.1, 0.4, 0.6)),
        sex=rng.choice((0.0, 0.7, 0.95)),
        place=rng.uniform(0.5, 0.95),
        day=rng.uniform(0.4, 0.95),
        job=rng.choice((0.0, 0.0, 0.4)),
        kin=rng.choice((0.0, 0.1, 0.4)),
        wrong=rng.choice((0.02, 0.06, 0.12)),
        lone=rng.choice((0.0, 0.0, 0.02, 0.1)),
    )


def invented(rng: random.Random) -> Person:
    """A person; half of the Kazakh names are put together from two halves, as many are."""
    who = person(rng)
    if not who.kazakh:
        return who
    free = ("father", "given") if who.male else ("father",)
    change = {field: compound(rng) for field in free if rng.random() < 0.4}
    if rng.random() < 0.5:
        change["family"] = compound(rng) + "ов"
    return replace(who, **change)


def compound(rng: random.Random) -> str:
    return rng.choice(FIRST_HALVES) + rng.choice(SECOND_HALVES)


def people(rng: random.Random, number: int) -> list[Somebody]:
    """Households of one to four: siblings share family name and father, children are named after their father."""
    found: list[Somebody] = []
    while len(found) < number:
        head = one(rng, len(found), invented(rng))
        found.append(head)
        if rng.random() < 0.2:
            for _ in range(rng.choice((1, 1, 2, 3))):
                found.append(relative(rng, len(found), head))
    return found[:number]


def one(rng: random.Random, number: int, who: Person) -> Somebody:
    born = date(1935, 1, 1) + timedelta(days=int(rng.triangular(0, 27000, 19000)))
    hit_on = date(2021, 1, 1) + timedelta(days=min(int(rng.expovariate(1 / 120)), 900))
    weights = [1 / (place + 2) for place in range(len(PLACES))]
    place = rng.choices(PLACES, weights)[0]
    brother = rng.choice(words()["kazakh_men" if who.kazakh else "russian_men"])
    return Somebody(f"P{number}", who, born, hit_on, place, rng.choice(JOBS), rng.choice((0.55, 1.0, 1.45)), brother)


def relative(rng: random.Random, number: int, head: Somebody) -> Somebody:
    """A brother, sister or son of somebody, in the same place and often on the same day."""
    lists, kind = words(), "kazakh" if head.who.kazakh else "russian"
    male = rng.random() < 0.75
    given = rng.choice(lists[f"{kind}_{'men' if male else 'women'}"])
    child = rng.random() < 0.4 and head.who.male
    who = replace(head.who, given=given, male=male, father=head.who.given if child else head.who.father)
    years = rng.uniform(19, 32) if child else rng.uniform(-9, 9)
    met = one(rng, number, who)
    same_day = rng.random() < 0.5
    born = head.born + timedelta(days=int(years * 365))
    return replace(met, born=born, place=head.place, hit_on=head.hit_on if same_day else met.hit_on)


def row(rng: random.Random, somebody: Somebody, habit: Habits, number: int, faults: float) -> Record:
    """What a list says about somebody."""
    spelling = rng.choice(habit.spellings)
    order = habit.order if rng.random() < 1 - 0.1 * faults else habit.order[::-1]
    if rng.random() < habit.patronymic:
        order = "fgp" if order == "fg" else "gpf"
    if rng.random() < 0.02 and "p" not in order:
        order = order.replace("g", "i")
    elif rng.random() < habit.lone:
        order = rng.choice("ggf")
    kinds = [kind for kind in ("typo", "suffix", "russified", "look-alike") if rng.random() < habit.wrong]
    name = full(somebody.who, spelling, rng=rng, order=order, kind=kinds[0] if kinds else "spelling")
    if faults > 1 and len(kinds) > 1:
        name = typo(name, rng)
    birth, age = stated_birth(rng, somebody, habit, faults)
    place = somebody.place if rng.random() > habit.wrong else rng.choice(PLACES)
    off = [80, *(weight * faults for weight in (8, 5, 4, 3))]
    day = somebody.hit_on + timedelta(days=rng.choices((0, 1, -1, 2, 7), off)[0])
    brother = replace(somebody.who, given=somebody.brother, male=True)
    return Record(
        list=habit.name,
        row=number,
        name=name,
        sex=("m" if somebody.who.male else "f") if rng.random() < habit.sex else "",
        birth_date=birth,
        age=age,
        place=written(place, spelling, rng=rng) if rng.random() < habit.place else "",
        date=shortened(rng, day) if rng.random() < habit.day else "",
        occupation=(somebody.job if rng.random() < 0.8 else rng.choice(JOBS)) if rng.random() < habit.job else "",
        kin=(full(brother, spelling, rng=rng, order="fg", kind="spelling"),) if rng.random() < habit.kin else (),
        truth=somebody.truth,
    )


def shortened(rng: random.Random, day: date) -> str:
    """A day, now and then only its month or its year."""
    return day.isoformat()[: rng.choices((10, 7, 4), (88, 9, 3))[0]]


def stated_birth(rng: random.Random, somebody: Somebody, habit: Habits, faults: float) -> tuple[str, str]:
    """A date of birth with its slips, or an age with its habits, or neither."""
    born, chance = somebody.born, rng.random()
    if chance < habit.birth:
        slip = rng.random() / faults
        if slip < 0.02:
            born += timedelta(days=rng.choice((-365, 365, 1, -1, 10, 30)))
        elif slip < 0.05 and born.day <= 12:
            born = date(born.year, born.day, born.month)
        elif slip < 0.07:
            born = date(born.year, 1, 1)
        return born.isoformat()[: rng.choices((10, 4), (92, 8))[0]], ""
    if chance < habit.birth + habit.age:
        years = (somebody.hit_on - born).days // 365
        off = [80, *(weight * faults for weight in (8, 8, 2, 2))]
        return "", str(max(0, years + rng.choices((0, -1, 1, 5, -5), off)[0]))
    return "", ""


def world(
    rng: random.Random, *, number: int, lists: int = 5, one_day: bool = False, faults: float = 1.0
) -> list[Record]:
    """People on several lists, every row a record with `truth`.

    `one_day`: all were hit in one town on one day; `faults`: how many more or fewer errors all lists make than usual.
    """
    kinds = [habits(rng, place) for place in range(1, lists + 1)]
    kinds = [replace(habit, wrong=habit.wrong * faults) for habit in kinds]
    found: list[Record] = []
    crowd = people(rng, number)
    if one_day:
        crowd = [replace(somebody, hit_on=crowd[0].hit_on, place=crowd[0].place) for somebody in crowd]
    for habit in kinds:
        rows = [
            somebody
            for somebody in crowd
            if rng.random() < min(0.98, habit.capture * somebody.seen)
            for _ in range(2 if rng.random() < habit.twice else 1)
        ]
        rng.shuffle(rows)
        found += [row(rng, somebody, habit, place, faults) for place, somebody in enumerate(rows, start=1)]
    return found
