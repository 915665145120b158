"""Made pairs of names: invented people written in two ways, and near misses that are other people.

`made_pairs(rng, number=…)` gives labelled pairs by kind of variation. Truth is known because both names are
written by this program. The letter tables and word lists are this benchmark's own, not the package's.
"""

from __future__ import annotations

import csv
import random
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
SPELLINGS = tuple(
    "kk ru uk english bgn passport jstyle latin2018 latin2021 turkish german french polish tote arabic".split()
)
KAZAKH_LETTERS = frozenset("әғқңөұүһі")
THROUGH_RUSSIAN = frozenset("ru uk passport german french polish".split())
VARIATIONS = ("spelling", "order", "patronymic", "suffix", "typo", "look-alike", "initial", "russified")
NEGATIVES = ("sibling", "namesake", "parent", "other patronymic", "near family", "stranger")


@dataclass(frozen=True)
class Person:
    """One invented person; `family` is the masculine form of the family name."""

    given: str
    family: str
    father: str
    male: bool
    kazakh: bool


@dataclass(frozen=True)
class Pair:
    """Two written names, whether they are one person, how they were written, and what makes the pair hard."""

    left: str
    right: str
    same: bool
    spellings: tuple[str, str]
    kind: str
    people: str


@cache
def words() -> dict[str, tuple[str, ...]]:
    lists = tomllib.loads((HERE / "wordlists.toml").read_text(encoding="utf-8"))
    return {name: tuple(text.split()) for name, text in lists.items()}


@cache
def renderings() -> dict[str, dict[str, str]]:
    lines = (HERE / "renderings.csv").read_text(encoding="utf-8").splitlines()
    table = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {spelling: {row["letter"]: row[spelling] for row in table} for spelling in SPELLINGS if spelling != "kk"}


def person(rng: random.Random) -> Person:
    male, kazakh = rng.random() < 0.7, rng.random() < 0.7
    lists, people = words(), "kazakh" if kazakh else "russian"
    given = rng.choice(lists[f"{people}_men" if male else f"{people}_women"])
    father = rng.choice([name for name in lists[f"{people}_men"] if name != given])
    family = kazakh_family(rng) if kazakh else rng.choice(lists["russian_stems"] + lists["ukrainian_stems"])
    return Person(given, family, father, male, kazakh)


def people_of(who: Person) -> str:
    return "kazakh" if who.kazakh else "slavic"


def kazakh_family(rng: random.Random) -> str:
    stem = rng.choice(words()["kazakh_stems"])
    if rng.random() < 0.2:
        return stem
    if stem[-1] in "йі":
        return stem[:-1] + "ев"
    return stem + ("ев" if stem[-1] in "жшь" else "ов")


def feminine(family: str) -> str:
    if family.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return family + "а"
    if family.endswith(("ский", "ый")):
        return family[:-2] + "ая"
    return family


def patronymic(who: Person, *, kazakh: bool) -> str:
    if kazakh:
        return who.father + ("ұлы" if who.male else "қызы")
    stem, soft = who.father, "о"
    if stem.endswith("ий"):
        stem, soft = stem[:-2] + "ь", "е"
    elif stem[-1] in "йьі":
        stem, soft = stem[:-1], "е"
    elif stem[-1] in "аяы" and who.kazakh:
        soft = "е"
    elif stem[-1] in "ая":
        return stem[:-1] + ("ич" if who.male else "ична")
    return stem + soft + ("вич" if who.male else "вна")


def written(text: str, spelling: str, *, rng: random.Random, russified: bool = False) -> str:
    """One word of Kazakh or Russian Cyrillic in a spelling; sometimes by way of Russian, as registries do."""
    if spelling == "kk":
        return text
    table = renderings()
    through = spelling in THROUGH_RUSSIAN or (spelling in ("english", "bgn") and rng.random() < 0.5)
    if through:
        text = spelled(russian_mood(text, rng) if russified else text, table["ru"])
    return text if spelling == "ru" else spelled(text, table[spelling])


def russian_mood(text: str, rng: random.Random) -> str:
    """Unsteady Russian renderings of Kazakh sounds: ң нг, ү ю, ө у at the beginning, қ х, ә я."""
    for letter, other in rng.sample(MOODS, 3):
        text = text.replace(letter, other)
    return text


def spelled(text: str, table: dict[str, str]) -> str:
    out = []
    for letter in text:
        value = table.get(letter.lower(), letter)
        out.append(value[:1].upper() + value[1:] if letter.isupper() else value)
    return "".join(out)


def full(who: Person, spelling: str, *, rng: random.Random, order: str, kind: str) -> str:
    """Name of a person: order is a string of g, p, f for given, patronymic, family; i stands for an initial."""
    kazakh_style = who.kazakh and (spelling in ("kk", "latin2018", "latin2021", "tote") or rng.random() < 0.3)
    family = who.family if who.male else feminine(who.family)
    parts = {"g": who.given, "f": family, "p": patronymic(who, kazakh=kazakh_style)}
    if kind == "suffix" and who.kazakh:
        parts["f"] = without_suffix(parts["f"])
    if kind == "typo":
        spot = rng.choice([part for part in "gf" if part in order] or ["f"])
        parts[spot] = typo(parts[spot], rng)
    write = {name: written(text, spelling, rng=rng, russified=kind == "russified") for name, text in parts.items()}
    write["i"] = write["g"][0] + "."
    name = " ".join(write[part] for part in order)
    return look_alike(name, rng) if kind == "look-alike" else name


def without_suffix(family: str) -> str:
    """The family name without -ov, -ova: Боранбаев, Боранбай."""
    for ending in ("ова", "ева", "ов", "ев"):
        if family.endswith(ending):
            stem = family.removesuffix(ending)
            return stem + "й" if stem[-1] in "аіе" else stem
    return family


def typo(text: str, rng: random.Random) -> str:
    if len(text) < 4:
        return text
    spot = rng.randrange(1, len(text) - 1)
    return rng.choice([
        text[:spot] + text[spot + 1 :],
        text[:spot] + text[spot + 1] + text[spot] + text[spot + 2 :],
        text[:spot] + text[spot] + text[spot:],
        text[:spot] + rng.choice("аеиоунрст") + text[spot + 1 :],
    ])  # fmt: skip


def look_alike(name: str, rng: random.Random) -> str:
    pairs = dict(zip("aceopxyаеорсху", "асеорхуaeopcxy", strict=False))
    return "".join(pairs.get(letter, letter) if rng.random() < 0.3 else letter for letter in name)


MOODS = [("ң", "нг"), ("ү", "ю"), ("Ө", "У"), ("қ", "х"), ("ә", "я"), ("ұ", "о"), ("і", "ы")]
ORDERS = ("gf", "fg", "fgp", "gpf")


def positive(rng: random.Random, spellings: tuple[str, str], kind: str) -> Pair:
    who = person(rng)
    order = rng.choice(ORDERS)
    other = {"order": order[::-1], "patronymic": "fgp" if "p" not in order else order.replace("p", ""), "initial": "if"}
    left = full(who, spellings[0], rng=rng, order=order, kind="spelling")
    right = full(who, spellings[1], rng=rng, order=other.get(kind, rng.choice(ORDERS)), kind=kind)
    return Pair(left, right, True, spellings, kind, people_of(who))


def negative(rng: random.Random, spellings: tuple[str, str], kind: str) -> Pair:
    who = person(rng)
    orders = ("fgp", "gpf") if kind == "other patronymic" else ORDERS
    left = full(who, spellings[0], rng=rng, order=rng.choice(orders), kind="spelling")
    other = not_the_same(who, kind, rng)
    right = full(other, spellings[1], rng=rng, order=rng.choice(orders), kind="spelling")
    return Pair(left, right, False, spellings, kind, people_of(who))


def not_the_same(who: Person, kind: str, rng: random.Random) -> Person:
    """Somebody else who is easily taken for `who`."""
    lists = words()
    male = rng.random() < 0.6
    people = "kazakh" if who.kazakh else "russian"
    pool = [name for name in lists[f"{people}_{'men' if male else 'women'}"] if name != who.given]
    other = person(rng)
    while other.given == who.given or other.family == who.family or other.father == who.father:
        other = person(rng)
    if kind == "sibling":
        return replace(who, given=rng.choice(pool), male=male)
    if kind == "namesake":
        return replace(other, given=who.given, male=who.male, kazakh=who.kazakh)
    if kind == "parent":
        return replace(who, given=who.father, father=other.father, male=True)
    if kind == "other patronymic":
        fathers = [name for name in lists["kazakh_men" if who.kazakh else "russian_men"] if name != who.father]
        return replace(who, father=rng.choice(fathers))
    if kind == "near family":
        return replace(who, given=rng.choice(pool), male=male, family=near(who.family, rng))
    return other


def near(family: str, rng: random.Random) -> str:
    """Another family name with the same beginning: Кенжебаев, Кенжебеков."""
    stem = family[: max(3, len(family) // 2)]
    return stem + rng.choice(("беков", "баев", "алиев", "енов")) if rng.random() < 0.5 else family


def made_pairs(rng: random.Random, *, number: int, spellings: tuple[str, ...] = SPELLINGS) -> list[Pair]:
    """`number` pairs, half of them one person, over all pairs of two different spellings (look-alikes, typos: any)."""
    pairs = []
    while len(pairs) < number:
        two = (rng.choice(spellings), rng.choice(spellings))
        if len(pairs) % 2:
            pairs.append(negative(rng, two, rng.choice(NEGATIVES)))
        else:
            pairs.append(positive(rng, two, rng.choice(VARIATIONS)))
    return pairs
