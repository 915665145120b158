"""What Spark's executors compute in Python: how alike names and places are, by the code that DuckDB runs use.

The spellings of all records lie as arrays in the run's folder; each worker maps them into memory once, and the
workers of one machine share the pages. Places are compared by DuckDB's own function, because three libraries'
Jaro-Winkler differ (on a million pairs of made words: 17 % from the jar that Splink ships, by up to 0.11).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from esep.linkage.spellings import Population, Spellings

_ARRAYS = tuple(one.name for one in fields(Spellings) if one.name not in ("population", "codes", "relations"))
"""What comparing reads; the rest tells how the arrays were made."""


def save_spellings(spellings: Spellings, folder: Path) -> None:
    """Write each array as a file, for `opened_spellings` on an executor."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(spellings, name))


@cache
def opened_spellings(folder: str) -> Spellings:
    """The arrays of `save_spellings`, mapped once a worker; copy-on-write, so that compiled code takes them."""
    arrays = {name: _mapped(Path(folder) / f"{name}.npy") for name in _ARRAYS}
    return Spellings(**arrays, population=Population({}, 0), codes={}, relations={})


def _mapped(path: Path) -> Any:
    try:
        return np.asarray(np.load(path, mmap_mode="c"))
    except ValueError:  # an empty array cannot be mapped
        return np.load(path)


def name_score_by(folder: str) -> Callable[[pa.Array, pa.Array], pa.Array]:
    """The function behind `name_score(l, r)` in Spark's SQL: nats from the names of two records by position."""

    def name_score(left: pa.Array, right: pa.Array) -> pa.Array:
        from esep.linkage.likeness import name_scores  # noqa: PLC0415 - compiled code loads on the executor

        return pa.array(name_scores(opened_spellings(folder), left.to_numpy(), right.to_numpy()))

    return name_score


@cache
def _duckdb() -> Any:
    from esep.linkage.engine import connect  # noqa: PLC0415 - on the executor

    con = connect()
    con.execute("set threads = 1")
    return con


def jaro_winkler(left: pa.Array, right: pa.Array) -> pa.Array:
    """DuckDB's `jaro_winkler_similarity` of two columns of text."""
    con = _duckdb()
    con.register("words", pa.table({"a": left, "b": right}))
    found = con.sql("select jaro_winkler_similarity(a, b) as found from words").to_arrow_table()
    return found["found"].combine_chunks()
