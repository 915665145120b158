"""The base gazetteer: countries, regions near Kazakhstan, and settlements, with every spelling we hold.

Data: GeoNames (geonames.org), CC BY 4.0, made into `gazetteer.csv` by `scripts/make_gazetteer.py`. Spellings that it
lacks stand in `aliases.csv`, names of countries in four languages in `countries.csv`; both are edited by people.
A lookup gives candidates in order with the reason each was found. It never chooses.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from esep.places.inflection import base_forms

_FOLDS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "-": " ", "‑": " ", "–": " ", "ё": "е"})
_HOW = ("name", "alias", "inflected")


@dataclass(frozen=True, slots=True)
class Place:
    """One place: `kind` is country, region or settlement; `country` an ISO 3166 code; `admin1` a GeoNames code."""

    id: str
    kind: str
    country: str
    admin1: str
    name: str
    lat: float | None
    lon: float | None
    population: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a spelling can mean; `how` is name, alias or inflected, `matched` the form that was found."""

    place: Place
    matched: str
    how: str


def fold(spelling: str) -> str:
    """Form under which a spelling is looked up: caseless, hyphen as space, Latin letters without their marks."""
    letters = unicodedata.normalize("NFC", spelling).casefold().translate(_FOLDS)
    return " ".join("".join(map(_plain, letters)).split())


def _plain(letter: str) -> str:
    """A Latin letter without marks; Cyrillic й and ї keep theirs, they are letters of their own."""
    if letter.isascii() or "Ͱ" <= letter <= "ӿ":
        return letter
    decomposed = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in decomposed if not unicodedata.combining(part))


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of a table of this package; lines that begin with # are remarks."""
    text = (files("esep.places") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


class Gazetteer:
    """All places by id and by folded spelling."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.countries: dict[str, Place] = {}
        self.regions: dict[tuple[str, str], Place] = {}
        self._spellings: dict[str, list[tuple[str, str]]] = {}
        english = {row["place"]: row["spelling"] for row in rows_of("aliases.csv") if row["kind"] == "english"}
        for row in rows_of("gazetteer.csv"):
            self._take(row, english.get(row["id"], row["name"]))
        self._take_countries()
        for row in rows_of("aliases.csv"):
            self._spell(row["spelling"], row["place"], "alias" if row["kind"] != "english" else "name")

    def _take(self, row: dict[str, str], name: str) -> None:
        lat, lon = (float(row[key]) if row[key] else None for key in ("lat", "lon"))
        people = int(row["population"] or 0)
        place = Place(row["id"], row["kind"], row["country"], row["admin1"], name, lat, lon, people)
        self.places[place.id] = place
        if place.kind == "country":
            self.countries[place.country] = place
        elif place.kind == "region":
            self.regions[place.country, place.admin1] = place
        self._spell(row["name"], place.id, "name")
        for spelling in row["names"].split("|") if row["names"] else ():
            self._spell(spelling, place.id, "alias")

    def _take_countries(self) -> None:
        for row in rows_of("countries.csv"):
            place = self.countries[row["iso"]]
            for language in ("english", "russian", "ukrainian", "kazakh"):
                for spelling in filter(None, row[language].split("|")):
                    self._spell(spelling, place.id, "name")

    def _spell(self, spelling: str, place: str, how: str) -> None:
        known = self._spellings.setdefault(fold(spelling), [])
        if all(other != place for other, _ in known):
            known.append((place, how))

    def entries(self) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """Every place with the folded spellings that lead to it."""
        spellings: dict[str, list[str]] = {}
        for key, found in self._spellings.items():
            for place, _ in found:
                spellings.setdefault(place, []).append(key)
        for number, known in self.places.items():
            yield known, tuple(spellings.get(number, ()))

    def knows(self, spelling: str) -> bool:
        """Is this exact spelling in the table?"""
        return fold(spelling) in self._spellings

    def lookup(self, spelling: str, *, country: str | None = None, limit: int = 5) -> tuple[Candidate, ...]:
        """Places that a spelling can mean, likeliest first.

        Looked up as it stands; only when nothing is found, with Russian, Ukrainian and Kazakh case endings taken
        back. `country` (ISO code) is the context: places of it come first, then exact names, then larger ones.
        """
        found = [(place, spelling, how) for place, how in self._spellings.get(fold(spelling), ())]
        if not found:
            found = [
                (place, form, "inflected")
                for form in base_forms(spelling)
                for place, _ in self._spellings.get(fold(form), ())
            ]
        unique = {place: Candidate(self.places[place], form, how) for place, form, how in reversed(found)}
        return tuple(sorted(unique.values(), key=lambda candidate: _rank(candidate, country))[:limit])

    def country_name(self, code: str) -> str:
        """English name of a country by its ISO code; empty where the code is unknown."""
        place = self.countries.get(code)
        return place.name if place else ""


def _rank(candidate: Candidate, country: str | None) -> tuple[object, ...]:
    place = candidate.place
    kinds = ("country", "settlement", "region")
    elsewhere = country is not None and place.country != country
    # a former or foreign name of a metropolis beats a hamlet that bears it today
    return (
        elsewhere,
        kinds.index(place.kind) == 0 and elsewhere,
        -place.population,
        _HOW.index(candidate.how),
        place.id,
    )


@cache
def base_gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package, read once (about 0.3 s)."""
    return Gazetteer()
