"""Which pairs of records are compared: those that share one of several keys.

A key joins two things that a record says (two words of the name, a word and a year of birth, a word and a place
...), so that a block stays small without resting on one field. A block of more than 10,000 pairs is left out and
named in the report: its records still meet where a finer key (two words and a year of birth, ...) joins them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from esep.linkage.features import Features

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Positions = NDArray[np.int64]

_YEAR_DAYS = 365.25
_WIDEST_BIRTH_YEARS = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A block that was too large: the kind of key, records in it and pairs that were left out."""

    kind: str
    records: int
    pairs: int


@dataclass(frozen=True)
class Blocked:
    """Pairs to compare, as positions with `left < right`, and the blocks that were left out as too large."""

    left: Positions
    right: Positions
    too_large: tuple[Block, ...]
    every_pair: bool = False

    def __len__(self) -> int:
        return len(self.left)


def every_pair(found: Sequence[Features]) -> Blocked:
    """All pairs of records; for short lists."""
    left, right = np.triu_indices(len(found), k=1)
    return Blocked(left.astype(np.int64), right.astype(np.int64), (), True)


def block(found: Sequence[Features], *, con: DuckDBPyConnection, largest: int) -> Blocked:
    """Pairs that share a key, each once. `largest` is in pairs; cost grows with the sum over blocks."""
    positions, kinds, keys = key_columns(found)
    con.register("block_input", pa.table({"position": positions, "kind": kinds, "key": keys}))
    con.execute("create or replace temp table block_key as select distinct position, kind, key from block_input")
    con.unregister("block_input")
    con.execute(
        "create or replace temp table block_size as select kind, key, count(*) as n from block_key group by kind, key"
    )
    rows = con.execute(
        "select distinct a.position, b.position from block_key a join block_key b using (kind, key)"
        " join block_size s using (kind, key) where a.position < b.position and s.n * (s.n - 1) / 2 <= ?"
        " order by 1, 2",
        [largest],
    ).fetchnumpy()
    left, right = (np.asarray(column, dtype=np.int64) for column in rows.values())
    large = con.execute(
        "select kind, n, n * (n - 1) / 2 from block_size where n * (n - 1) / 2 > ? order by n desc, kind, key",
        [largest],
    ).fetchall()
    return Blocked(left, right, tuple(Block(kind, int(n), int(pairs)) for kind, n, pairs in large))


def key_columns(found: Sequence[Features]) -> tuple[list[int], list[str], list[str]]:
    rows = [(one.position, kind, key) for one in found for kind, key in block_keys(one)]
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def block_keys(one: Features) -> Iterator[tuple[str, str]]:
    """Kind and value of every key of a record."""
    years, places, days, months = _years(one), _places(one), _days(one), _months(one)
    for words in one.keys:
        for first, second in combinations(words, 2):
            yield "two words", f"{first}+{second}"
            yield from (("two words and birth", f"{first}+{second}/{year}") for year in years)
            yield from (("two words and place", f"{first}+{second}/{place}") for place in places)
        if len(words) > 2:
            for three in combinations(words, 3):
                yield "three words", "+".join(three)
        for word in words:
            yield from (("word and birth", f"{word}/{year}") for year in years)
            yield from (("word and day", f"{word}/{day}") for day in days)
            yield from (("word, place and month", f"{word}/{place}/{month}") for place in places for month in months)
            yield from (("word and place", f"{word}/{place}") for place in places)
    for starts in one.starts:
        yield from (("two beginnings", f"{first}+{second}") for first, second in combinations(starts, 2))
        for start in starts:
            yield from (("beginning, birth, place", f"{start}/{year}/{place}") for year in years for place in places)
    for day in (one.birth_day, one.birth_turned):
        if day is not None:
            yield "date of birth", str(day)
    yield from (("kin", "+".join(pair)) for pair in combinations(one.kin, 2))


def _years(one: Features) -> range:
    """Years of birth, one wider to each side when the record gives less than a day; none when it is too vague."""
    if one.birth_first is None or one.birth_last is None:
        return range(0)
    first, last = int(one.birth_first / _YEAR_DAYS), int(one.birth_last / _YEAR_DAYS)
    if last - first > _WIDEST_BIRTH_YEARS:
        return range(0)
    return range(first, last + 1) if one.birth_day is None else range(first - 1, last + 2)


def _places(one: Features) -> tuple[str, ...]:
    return () if one.place_bones is None else (one.place_bones,)


def _days(one: Features) -> tuple[int, ...]:
    """The day of the event and its neighbours, so that two records a day apart meet."""
    if one.date_day is None:
        return ()
    return (one.date_day // 2, (one.date_day + 1) // 2 + 10_000_000)


def _months(one: Features) -> tuple[int, ...]:
    if one.date_first is None or one.date_last is None or one.date_last - one.date_first > 31:
        return ()
    return tuple(sorted({one.date_first // 31, one.date_last // 31}))
