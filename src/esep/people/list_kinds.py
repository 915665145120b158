"""Lists on which a missing person may stand: of a hospital, a morgue or a place of detention.

A source says it itself, by its kind (`medium`: the column «kind» of a table of sources, or `esep add --medium`).
The words stand in `list_kinds.csv`, which anyone may edit; nothing is guessed from a title.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal

from esep.ledger.sources import Source
from esep.names.keys import search_tokens

ListKind = Literal["hospital", "morgue", "detention"]
KINDS: tuple[ListKind, ...] = ("hospital", "morgue", "detention")

PLACES: dict[ListKind, tuple[str, ...]] = {
    "hospital": ("hospital",), "morgue": ("morgue",), "detention": ("jail", "police"),
}  # fmt: skip
"""Kinds of place at which a search asks for such a list."""


@cache
def _beginnings() -> tuple[tuple[ListKind, str], ...]:
    text = files("esep.people").joinpath("list_kinds.csv").read_text("utf-8")
    words = [(row["kind"], row["beginning"]) for row in csv.DictReader(text.splitlines())]
    ordered = ((kind, word) for kind in KINDS for name, word in words if name == kind)
    return tuple((kind, token) for kind, word in ordered for token in search_tokens(word))


def list_kind(source: Source) -> ListKind | None:
    """Kind of a list by what its source says it is; None for everything else."""
    tokens = search_tokens(source.medium or "")
    return next((kind for kind, start in _beginnings() if any(token.startswith(start) for token in tokens)), None)
