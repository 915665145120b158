"""Keys that records share: numbers made in a compiled loop from the words, days and places of each record.

A key joins two things that a record says (two words of the name, a word and a year of birth, a word and a place
...), so that a block stays small without resting on one field. A key is the same number in every run, whatever other
records there are, so that a list added later can be blocked as the lists before it were. Two keys that differ get one
number with a chance of about one in 10^18 for each pair of keys; all that follows is one pair more to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esep.linkage.features import Features

Positions = NDArray[np.int64]

KINDS = (
    "date of birth",
    "kin",
    "two words",
    "two words and birth",
    "two words and place",
    "three words",
    "word and birth",
    "word and day",
    "word, place and month",
    "word and place",
    "two beginnings",
    "beginning, birth, place",
    "two words, a letter off",
)
(
    _BIRTH,
    _KIN,
    _TWO,
    _TWO_BIRTH,
    _TWO_PLACE,
    _THREE,
    _WORD_BIRTH,
    _WORD_DAY,
    _WORD_PLACE_MONTH,
    _WORD_PLACE,
    _STARTS,
    _START_BIRTH_PLACE,
    _LETTER_OFF,
) = range(len(KINDS))
COSTS = tuple({_TWO: 0.1, _LETTER_OFF: 3.0}.get(kind, 1.0) for kind in range(len(KINDS)))
"""What a pair of each kind costs, which decides what is left out of long lists: two words of a name in common promise
most, a letter less in one of them least. Measured on 100,000 made records: with these and 80 pairs a record .983 of
the true pairs are compared for 38 pairs a record, with equal costs and 100 .970 for 40."""
WITHOUT_NAMES = _KIN
"""Keys up to this kind say that records belong together whatever their names are."""

_KIND_BITS = 15
_YEAR_DAYS = 365.25
_WIDEST_BIRTH_YEARS = 4
_NOTHING, _NO_PLACE = -1, 0


@dataclass(frozen=True)
class Keys:
    """Every key of every record once, sorted by key and then by record: `keys` uint64[K], `records` int64[K].

    The last four bits of a key are its kind, a place in `KINDS`.
    """

    keys: NDArray[np.uint64]
    records: Positions

    def kinds(self) -> NDArray[np.int64]:
        """Kind of each key."""
        return (self.keys & np.uint64(_KIND_BITS)).astype(np.int64)


def block_keys(found: Sequence[Features]) -> Keys:
    """Keys of all records."""
    words, places = _Texts(), {one.place_bones: text_code(one.place_bones) for one in found if one.place_bones}
    names, name_at = _ragged([words.numbers(one) for features in found for one in features.keys])
    near, near_at = _ragged(words.shortened())
    starts, start_at = _ragged([words.numbers(one) for features in found for one in features.starts])
    kin, kin_at = _ragged([words.numbers(one.kin_words) for one in found])
    of_record = np.cumsum([0, *(len(one.keys) for one in found)])
    of_starts = np.cumsum([0, *(len(one.starts) for one in found)])
    years = _pairs([_years(one) for one in found])
    months, days = _pairs([_months(one) for one in found]), _pairs([_days(one) for one in found])
    births = _pairs([(_or_nothing(one.birth_day), _or_nothing(one.birth_turned)) for one in found])
    place = np.array([places.get(one.place_bones or "", _NO_PLACE) for one in found], dtype=np.uint64)
    code = words.codes()
    said = (
        code[names], names, name_at, code[near], near_at, of_record, code[starts], start_at, of_starts, code[kin],
        kin_at, years, months, days, births, place,
    )  # fmt: skip
    empty = np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    number = _emit(*said, *empty, False)
    keys, records = np.empty(number, dtype=np.uint64), np.empty(number, dtype=np.int64)
    _emit(*said, keys, records, True)
    return _sorted(keys, records)


def _sorted(keys: NDArray[np.uint64], records: Positions) -> Keys:
    order = np.argsort(keys, kind="stable")  # records come in ascending order, and stay so within a key
    keys, records = keys[order], records[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (records[1:] != records[:-1])
    return Keys(keys[new], records[new])


class _Texts:
    """Texts as numbers, in the order in which they come, and as codes, which do not depend on that order."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def numbers(self, texts: Iterable[str]) -> list[int]:
        return [self._known.setdefault(text, len(self._known)) for text in sorted(texts)]

    def shortened(self) -> list[list[int]]:
        """For each text in the order of their numbers: itself and what is left without one letter after the first."""
        texts = list(self._known)
        return [self.numbers({text, *(text[:at] + text[at + 1 :] for at in range(1, len(text)))}) for text in texts]

    def codes(self) -> NDArray[np.uint64]:
        """Code of each text, by number."""
        return np.array([text_code(text) for text in self._known], dtype=np.uint64)


def text_code(text: str) -> int:
    """64 bits of a hash, never 0."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") or 1


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Positions, Positions]:
    """Rows one after the other, and where each begins."""
    values = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return values, np.cumsum([0, *map(len, rows)])


def _pairs(rows: Sequence[tuple[int, int]]) -> Positions:
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _or_nothing(day: int | None) -> int:
    return _NOTHING if day is None else day


def _years(one: Features) -> tuple[int, int]:
    """First year of birth and the one after the last, a year wider to each side when one day is stated.

    None when the birth is too vague.
    """
    if one.birth_first is None or one.birth_last is None:
        return 0, 0
    first, last = int(one.birth_first / _YEAR_DAYS), int(one.birth_last / _YEAR_DAYS)
    if last - first > _WIDEST_BIRTH_YEARS:
        return 0, 0
    return (first, last + 1) if one.birth_day is None else (first - 1, last + 2)


def _days(one: Features) -> tuple[int, int]:
    """The day of the event and its neighbours, so that two records a day apart meet."""
    if one.date_day is None:
        return _NOTHING, _NOTHING
    return one.date_day // 2, (one.date_day + 1) // 2 + 10_000_000


def _months(one: Features) -> tuple[int, int]:
    if one.date_first is None or one.date_last is None or one.date_last - one.date_first > 31:
        return _NOTHING, _NOTHING
    first, last = one.date_first // 31, one.date_last // 31
    return first, last if last != first else _NOTHING


@njit(cache=True)
def _mixed(value):  # type: ignore[no-untyped-def]
    """A bijection that spreads 64 bits (splitmix64: Steele, Lea and Flood 2014)."""
    value = np.uint64(value) + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@njit(cache=True)
def _put(keys, records, at, fill, record, kind, one, two, three):  # type: ignore[no-untyped-def]  # noqa: PLR0917
    """Write a key when `fill`, and count it."""
    if fill:
        mixed = _mixed(np.uint64(one) ^ _mixed(np.uint64(two) ^ _mixed(np.uint64(three) ^ _mixed(np.uint64(kind)))))
        keys[at] = ((mixed >> np.uint64(4)) << np.uint64(4)) | np.uint64(kind)
        records[at] = record
    return at + 1


@njit(cache=True)
def _emit(  # type: ignore[no-untyped-def]  # noqa: PLR0912, PLR0917
    words, numbers, name_at, near, near_at, of_record, starts, start_at, of_starts, kin, kin_at, years, months, days,
    births, place, keys, records, fill,
):  # fmt: skip
    """All keys of all records, counted, and written when `fill`. Long because every kind of key stands here once."""
    at = 0
    for record in range(len(place)):
        first, last, where = years[record, 0], years[record, 1], place[record]
        for name in range(of_record[record], of_record[record + 1]):
            low, high = name_at[name], name_at[name + 1]
            for i in range(low, high):
                for j in range(i + 1, high):
                    at = _put(keys, records, at, fill, record, _TWO, words[i], words[j], 0)
                    for year in range(first, last):
                        at = _put(keys, records, at, fill, record, _TWO_BIRTH, words[i], words[j], year)
                    if where != _NO_PLACE:
                        at = _put(keys, records, at, fill, record, _TWO_PLACE, words[i], words[j], where)
                    for k in range(j + 1, high):
                        at = _put(keys, records, at, fill, record, _THREE, words[i], words[j], words[k])
                for j in range(low, high):
                    for other in near[near_at[numbers[j]] : near_at[numbers[j] + 1]] if i != j else near[:0]:
                        at = _put(keys, records, at, fill, record, _LETTER_OFF, words[i], other, 0)
                for year in range(first, last):
                    at = _put(keys, records, at, fill, record, _WORD_BIRTH, words[i], year, 0)
                for day in days[record]:
                    if day >= 0:
                        at = _put(keys, records, at, fill, record, _WORD_DAY, words[i], day, 0)
                if where != _NO_PLACE:
                    at = _put(keys, records, at, fill, record, _WORD_PLACE, words[i], where, 0)
                    for month in months[record]:
                        if month >= 0:
                            at = _put(keys, records, at, fill, record, _WORD_PLACE_MONTH, words[i], where, month)
        for name in range(of_starts[record], of_starts[record + 1]):
            low, high = start_at[name], start_at[name + 1]
            for i in range(low, high):
                for j in range(i + 1, high):
                    at = _put(keys, records, at, fill, record, _STARTS, starts[i], starts[j], 0)
                if where != _NO_PLACE:
                    for year in range(first, last):
                        at = _put(keys, records, at, fill, record, _START_BIRTH_PLACE, starts[i], year, where)
        for day in births[record]:
            if day >= 0:
                at = _put(keys, records, at, fill, record, _BIRTH, day, 0, 0)
        for i in range(kin_at[record], kin_at[record + 1]):
            for j in range(i + 1, kin_at[record + 1]):
                at = _put(keys, records, at, fill, record, _KIN, kin[i], kin[j], 0)
    return at
