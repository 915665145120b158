"""What a person says about the columns of one kind of file, in TOML.

::

    form = "list"                  # list sources tolls events persons checks bodies claims
    title = "Relatives' list of 20 December"
    sheet = "Sheet1"               # which sheet of a workbook
    encoding = "windows-1251"      # if it is not found by itself
    delimiter = ";"

    [columns]                      # header as it stands in the file -> property
    "Ф. И. О. (полностью)" = "name"

    [defaults]                     # property -> text for rows whose cell is empty or whose column is absent
    status = "killed"

    [words.status]                 # further words for existing terms
    "қайтыс болған" = "killed"

    [categories]                   # further categories of tolls: does the figure count people?
    tents_burned = false
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from esep.errors import BadInput

_TEXTS = ("form", "title", "sheet", "encoding", "delimiter", "language")
_KEYS = frozenset((*_TEXTS, "columns", "defaults", "words", "categories"))


@dataclass(frozen=True)
class ColumnMapping:
    """A read mapping file; every part may be empty."""

    form: str | None = None
    title: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    language: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    categories: Mapping[str, bool] = field(default_factory=dict)


NO_MAPPING = ColumnMapping()


def read_mapping(text: str) -> ColumnMapping:
    """Read a mapping. Raises `BadInput` for broken TOML, unknown keys and values of the wrong type."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"the mapping is not TOML: {error}", hint="see the example in the manual") from None
    unknown = sorted(found.keys() - _KEYS)
    if unknown:
        raise BadInput(f"the mapping has unknown keys {', '.join(unknown)}", hint=f"known: {', '.join(sorted(_KEYS))}")
    for key in _TEXTS:
        if not isinstance(found.get(key, ""), str):
            raise BadInput(f"{key} in the mapping must be text in quotation marks")
    words = {domain: _texts(table, f"words.{domain}") for domain, table in _table(found, "words").items()}
    named = _table(found, "categories")
    categories = {name: people for name, people in named.items() if isinstance(people, bool)}
    if len(categories) < len(named):
        raise BadInput("categories in the mapping are true (people) or false (things, money, time)")
    return ColumnMapping(
        **{key: found.get(key) for key in _TEXTS},
        columns=_texts(_table(found, "columns"), "columns"),
        defaults=_texts(_table(found, "defaults"), "defaults"),
        words=words,
        categories=categories,
    )


def _table(found: Mapping[str, object], key: str) -> Mapping[str, object]:
    table = found.get(key, {})
    if not isinstance(table, dict):
        raise BadInput(f"[{key}] in the mapping must be a table")
    return table


def _texts(table: object, key: str) -> Mapping[str, str]:
    if not isinstance(table, dict):
        raise BadInput(f"[{key}] in the mapping must be a table")
    texts = {
        name: str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in table.items()
    }
    wrong = sorted(name for name, value in texts.items() if not isinstance(value, str))
    if wrong:
        raise BadInput(f"[{key}] in the mapping: {', '.join(wrong)} must be text in quotation marks")
    return texts
