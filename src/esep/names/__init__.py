"""Names of people: scripts, folding, parts, search keys, comparison with reasons.

`search_key` is what is stored and looked up, `loose_key` the second try when it finds nothing; `compare` explains
whether two names are one person's and `scores` does so for many pairs; `part_likeness` compares columns that hold
one part; `features` gives linkage its columns, `parse` the parts of a name, `romanise` Latin by a named system.
"""

from esep.names.comparison import NameComparison, PartComparison, compare, part_likeness, scores
from esep.names.features import NameFeatures, features
from esep.names.keys import loose_key, search_key, search_tokens
from esep.names.parts import NameParts, parse
from esep.names.romanisation import romanise, schemes

__all__ = [
    "NameComparison",
    "NameFeatures",
    "NameParts",
    "PartComparison",
    "compare",
    "features",
    "loose_key",
    "parse",
    "part_likeness",
    "romanise",
    "schemes",
    "scores",
    "search_key",
    "search_tokens",
]
