"""Which place lies in which: settlement in region in country."""

from __future__ import annotations

from esep.places.gazetteer import Gazetteer, Place


def containers(place: Place, *, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places around a place, nearest first: its region (where the table has regions) and its country."""
    around: list[Place] = []
    region = gazetteer.regions.get((place.country, place.admin1))
    if place.kind == "settlement" and region is not None:
        around.append(region)
    country = gazetteer.countries.get(place.country)
    if place.kind != "country" and country is not None:
        around.append(country)
    return tuple(around)


def contains(outer: Place, inner: Place, *, gazetteer: Gazetteer) -> bool:
    """Does the outer place hold the inner one, or is it the same place?"""
    return outer.id == inner.id or any(outer.id == place.id for place in containers(inner, gazetteer=gazetteer))
