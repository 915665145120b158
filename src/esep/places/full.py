"""The full gazetteer, read from its SQLite file: candidates in order, each with its source. It never chooses.

The alias table (`aliases.csv`, and a table of the user's own) is read each time and wins over the file: it holds what a
person decided. Nothing of the file is kept in memory.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from rapidfuzz.distance import JaroWinkler

from esep.errors import BadInput
from esep.places.building import FORMAT
from esep.places.gazetteer import Place, fold, rows_of
from esep.places.inflection import base_forms

TABLE, NAME, ALIAS, INFLECTED, NEAR = "alias table", "name", "alias", "inflected", "near"
_HOW = (TABLE, NAME, ALIAS, INFLECTED, NEAR)
_LIKE = 0.92
_BUILD = "build it again: esep places build"


@dataclass(frozen=True, slots=True)
class Sourced:
    """A place that a spelling can mean: how it was found, by which form, and whose row it is."""

    place: Place
    matched: str
    how: str
    source: str


class FullGazetteer:
    """The file that `build` makes, opened for reading. Use it in a `with` block."""

    def __init__(self, path: Path, *, aliases: Path | None = None) -> None:
        """Open the file; `aliases` is a table `spelling,place` of the user's own. Raises `BadInput`."""
        self._table = _aliases(aliases)
        try:
            self._database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            self.about = dict(self._database.execute("SELECT key, value FROM about"))
        except sqlite3.Error:
            raise BadInput(f"the gazetteer {path.name} cannot be read", hint=_BUILD) from None
        if self.about.get("format") != FORMAT:
            raise BadInput(f"the gazetteer {path.name} is not in the format {FORMAT}", hint=_BUILD)
        self._refuse_unknown(_own_rows(aliases))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._database.close()

    def lookup(self, spelling: str, *, country: str | None = None, limit: int = 5) -> tuple[Sourced, ...]:
        """Places that a spelling can mean, likeliest first.

        The alias table, then the file; with case endings taken back, then spellings near it, only when nothing was
        found. Order: alias table, places of `country` (ISO code), larger ones.
        """
        found = list(self._exact(spelling)) or list(self._inflected(spelling)) or list(self._near(spelling))
        best: dict[str, Sourced] = {}
        for candidate in sorted(found, key=lambda one: _HOW.index(one.how)):
            best.setdefault(candidate.place.id, candidate)
        return tuple(sorted(best.values(), key=lambda one: _rank(one, country))[:limit])

    def region(self, place: Place) -> str:
        """Name of the first-level division a place lies in; empty where it is not known."""
        row = self._database.execute(
            "SELECT name FROM place WHERE kind = 'region' AND country = ? AND admin1 = ? ORDER BY id LIMIT 1",
            (place.country, place.admin1),
        ).fetchone()
        return str(row[0]) if row and place.kind == "settlement" else ""

    def _refuse_unknown(self, own: list[dict[str, str]]) -> None:
        for number, row in enumerate(own, start=1):
            if not self._database.execute("SELECT 1 FROM place WHERE id = ?", (row["place"],)).fetchone():
                raise BadInput(
                    f"row {number} of the alias table names the place {row['place']!r}, which the gazetteer has not",
                    hint="take the id that esep places NAME --json shows",
                )

    def _exact(self, spelling: str) -> Iterator[Sourced]:
        key = fold(spelling)
        for place in self._table.get(key, ()):
            yield from self._places("SELECT p.*, ? FROM place p WHERE id = ?", (TABLE, place), spelling)
        yield from self._places(
            "SELECT p.*, s.how FROM spelling s JOIN place p ON p.id = s.place WHERE s.key = ?", (key,), spelling
        )

    def _inflected(self, spelling: str) -> Iterator[Sourced]:
        for form in base_forms(spelling):
            for found in self._exact(form):
                yield Sourced(found.place, form, INFLECTED, found.source)

    def _near(self, spelling: str) -> Iterator[Sourced]:
        """Places with a spelling that begins with the same two letters and is alike (Jaro-Winkler from 0.92)."""
        key = fold(spelling)
        if len(key) < 5:
            return
        head, after = key[:2], key[0] + chr(ord(key[1]) + 1)
        keys = self._database.execute(
            "SELECT DISTINCT key FROM spelling WHERE key >= ? AND key < ? AND length(key) BETWEEN ? AND ?",
            (head, after, len(key) - 2, len(key) + 2),
        )
        for (other,) in keys.fetchall():
            if JaroWinkler.similarity(key, other) >= _LIKE:
                for found in self._exact(other):
                    yield Sourced(found.place, other, NEAR, found.source)

    def _places(self, query: str, parameters: tuple[str, ...], matched: str) -> Iterator[Sourced]:
        for *row, source, how in self._database.execute(query, parameters).fetchall():
            yield Sourced(Place(*row), matched, how, source)


def _rank(candidate: Sourced, country: str | None) -> tuple[object, ...]:
    place, decided = candidate.place, candidate.how == TABLE
    elsewhere = country is not None and place.country != country
    return not decided, elsewhere, -place.population, _HOW.index(candidate.how), place.id


def _aliases(own: Path | None) -> dict[str, list[str]]:
    """Folded spelling to ids of places: the user's rows first, then those that ship."""
    found: dict[str, list[str]] = {}
    for row in (*_own_rows(own), *rows_of("aliases.csv")):
        known = found.setdefault(fold(row["spelling"]), [])
        if row["place"] not in known:
            known.append(row["place"])
    return found


def _own_rows(own: Path | None) -> list[dict[str, str]]:
    if own is None:
        return []
    try:
        lines = own.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"the alias table {own} cannot be read: {error}", hint="a CSV file in UTF-8") from None
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    if any(not row.get("spelling") or not row.get("place") for row in rows):
        raise BadInput(f"the alias table {own.name} has a row without spelling or place", hint="columns spelling,place")
    return rows
