"""Gazetteer, aliases, containment of places.

`base_gazetteer().lookup(spelling)` gives candidates, `find_places(text)` the places named in a text,
`contains(outer, inner)` the order of scopes. The data are GeoNames (geonames.org), CC BY 4.0.
"""

from esep.places.containment import containers, contains
from esep.places.gazetteer import Candidate, Gazetteer, Place, base_gazetteer, fold
from esep.places.mentions import Adjective, Mention, country_of_adjective, find_adjectives, find_places

__all__ = [
    "Adjective",
    "Candidate",
    "Gazetteer",
    "Mention",
    "Place",
    "base_gazetteer",
    "containers",
    "contains",
    "country_of_adjective",
    "find_adjectives",
    "find_places",
    "fold",
]
