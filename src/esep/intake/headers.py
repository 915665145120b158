"""Which property a column holds, told from its header in English, Russian or Kazakh.

`words/headers.csv` is kept by hand. A word that ends in `*` fits any header in which some word starts so, one
that ends in `~` any header in which it stands; both are used only for columns with contacts, which are better
protected once too often. Whatever is not recognised keeps its header as the property `x:HEADER`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from esep.errors import BadInput
from esep.intake.mapping import NO_MAPPING, ColumnMapping
from esep.intake.terms import read_words

PROTECTED = "protected:"
"""Prefix of properties that hold a contact or a giver; their values are sealed and go nowhere else."""

TABLE_FORMS = ("list", "sources", "tolls", "events", "persons", "checks", "bodies", "claims")
_REPEATED = frozenset(("other_name", "note", "description", "circumstance"))  # several columns may hold one of these


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its header in the file, and the property it holds."""

    index: int
    header: str
    prop: str

    @property
    def protected(self) -> bool:
        """Whether the cells are contacts or givers."""
        return self.prop.startswith(PROTECTED)


@dataclass(frozen=True)
class Columns:
    """The columns of one table under one form, and what a person should know about them."""

    all: tuple[Column, ...]
    notes: tuple[str, ...]

    @property
    def props(self) -> frozenset[str]:
        """Properties that some column holds."""
        return frozenset(column.prop for column in self.all)


def fold_header(header: str) -> str:
    """Form in which headers are compared: caseless, ё as е, punctuation and underscores as spaces."""
    folded = unicodedata.normalize("NFKC", header).casefold().replace("ё", "е")
    return " ".join(re.sub(r"[\s_.,:;/()\[\]№#*«»\"-]+", " ", folded).split())


def property_of(header: str, form: str) -> str | None:
    """Property that a header names in a table of this form, or None."""
    exact, stems = _vocabulary(form)
    without_aside = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", header)
    for folded in (fold_header(header), fold_header(without_aside)):
        if folded in exact:
            return exact[folded]
    words = fold_header(header).split()
    return next((prop for stem, prop in stems.items() if any(_fits(word, stem) for word in words)), None)


def known_properties(form: str) -> frozenset[str]:
    """Every property that a column of this form may be mapped to, besides `x:` and `protected:`."""
    exact, stems = _vocabulary(form)
    return frozenset((*exact.values(), *stems.values()))


def plan_columns(header: Sequence[str], form: str, *, mapping: ColumnMapping = NO_MAPPING) -> Columns:
    """Say for each column what it holds.

    Raises `BadInput` if the mapping names a header that the table does not have, or a property that the form
    does not know.
    """
    _check_mapping(header, form, mapping=mapping)
    columns: list[Column] = []
    notes: list[str] = []
    taken: set[str] = set()
    for index, name in enumerate(_named(header)):
        prop = mapping.columns.get(header[index]) or property_of(header[index], form)
        if prop in taken and prop not in _REPEATED and not str(prop).startswith(PROTECTED):
            notes.append(f"column {name!r} is a second {prop}: kept under its own header")
            prop = None
        taken.add(prop or "")
        columns.append(Column(index, name, prop or f"x:{name}"))
    unknown = [column.header for column in columns if column.prop.startswith("x:")]
    if unknown:
        notes.append(f"columns kept under their own header: {', '.join(unknown)}")
    return Columns(tuple(columns), tuple(notes))


def _named(header: Sequence[str]) -> list[str]:
    """Headers made unique: an empty one gets its number, a repeated one its count."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for index, name in enumerate(header, start=1):
        plain = name or f"column {index}"
        seen[plain] += 1
        names.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return names


def _check_mapping(header: Sequence[str], form: str, *, mapping: ColumnMapping) -> None:
    missing = [name for name in mapping.columns if name not in header]
    if missing:
        raise BadInput(
            f"the mapping names columns that the table does not have: {', '.join(map(repr, missing))}",
            hint=f"the table has {', '.join(map(repr, header))}",
        )
    known = known_properties(form)
    for prop in (*mapping.columns.values(), *mapping.defaults):
        if prop not in known and not prop.startswith(("x:", PROTECTED)):
            raise BadInput(
                f"the mapping names {prop!r}, which a table of {form} does not know",
                hint=f"known: {', '.join(sorted(known))}; or x:NAME to keep a column under its own name",
            )


@cache
def _vocabulary(form: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    exact: dict[str, str] = {}
    stems: dict[str, str] = {}
    for row in read_words("headers.csv"):
        if row["forms"] != "*" and form not in row["forms"].split():
            continue
        for word in row["words"].split(";"):
            if word.endswith(("*", "~")):
                stems.setdefault(fold_header(word[:-1]) + word[-1], row["property"])
            else:
                exact.setdefault(fold_header(word), row["property"])
    return exact, stems


def _fits(word: str, stem: str) -> bool:
    return word.startswith(stem[:-1]) if stem.endswith("*") else word == stem[:-1]
