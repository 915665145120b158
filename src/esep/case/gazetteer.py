"""Looking up places by themselves: candidates with their source, from the full gazetteer or the base one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esep.case.results import Listing
from esep.errors import BadInput
from esep.places import Place, base_gazetteer
from esep.places.building import ATTRIBUTION, build, installed_packages
from esep.places.full import FullGazetteer

_COLUMNS = ("name", "kind", "country", "region", "lat", "lon", "population", "how", "matched", "id", "source")


@dataclass(frozen=True, slots=True)
class Built:
    """What `esep places build` made."""

    path: Path
    places: int
    spellings: int
    packages: tuple[str, ...]

    def text(self) -> str:
        """Numbers, packages and the licence of the data."""
        made = f"{self.places:,} places under {self.spellings:,} spellings, {self.path.stat().st_size / 1e6:.0f} MB"
        return f"{self.path}: {made}\nFrom {', '.join(self.packages)}. Data: {ATTRIBUTION}"

    def json(self) -> str:
        """A JSON array with one object."""
        made = {"path": str(self.path), "places": self.places, "spellings": self.spellings, "packages": self.packages}
        return json.dumps([made], ensure_ascii=False, indent=1)


def build_places(to: Path, *, progress: Callable[[int], None]) -> Built:
    """Make the full gazetteer. Raises `BadInput` where a package is missing or has another shape."""
    packages = installed_packages()
    places, spellings = build(to, packages, base=base_gazetteer(), progress=progress)
    return Built(to, places, spellings, packages.names)


def find_places(spelling: str, *, gazetteer: Path, country: str | None, aliases: Path | None, limit: int) -> Listing:
    """Candidates of a spelling, likeliest first; never one silent guess."""
    if gazetteer.exists():
        with FullGazetteer(gazetteer, aliases=aliases) as full:
            rows = [
                _row(one.place, full.region(one.place), one.how, one.matched, one.source)
                for one in full.lookup(spelling, country=country, limit=limit)
            ]
            note = f"Full gazetteer ({full.about['packages']}). "
    elif aliases is not None:
        raise BadInput("an alias table of your own needs the full gazetteer", hint="build it: esep places build")
    else:
        rows = list(_from_base(spelling, country, limit))
        note = "Base gazetteer; for villages of the whole world: pip install 'esep[places]', then esep places build. "
    note = f"{note}Data: {ATTRIBUTION}"
    more = "\nSeveral places bear this name: a person decides which is meant." if len(rows) > 1 else ""
    return Listing(_COLUMNS, rows, note=note + more)


def _from_base(spelling: str, country: str | None, limit: int) -> Iterator[dict[str, Any]]:
    base = base_gazetteer()
    for one in base.lookup(spelling, country=country, limit=limit):
        region = base.regions.get((one.place.country, one.place.admin1))
        name = region.name if region and one.place.kind == "settlement" else ""
        yield _row(one.place, name, one.how, one.matched, "base gazetteer")


def _row(place: Place, region: str, how: str, matched: str, source: str) -> dict[str, Any]:
    told = {"name": place.name, "kind": place.kind, "country": place.country, "region": region or None}
    where = {"lat": place.lat, "lon": place.lon, "population": place.population or None}
    return {**told, **where, "how": how, "matched": matched, "id": place.id, "source": source}
