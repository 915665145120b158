"""When a person was born, as far as a record tells: from a date, a year, or an age on some day.

An age on a day leaves a year in which the person was born. Lists that give ages without dates are set against
the others by the day that lies behind the ages of those records that have both an age and a date of birth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from statistics import median_low

from esep.dates import Age, When
from esep.errors import BadDate
from esep.linkage.records import Record

_YEAR = 365.25
_CACHED = 1 << 16  # dates and ages repeat: 80,000 records have some 30,000 of them
_NOMINAL_DAY = date(2000, 7, 1)
"""Used when no record tells on which day ages were counted: only differences of ages matter then."""


@dataclass(frozen=True, slots=True)
class Born:
    """First and last day on which somebody may be born, as ordinals; `day` when one day is stated."""

    earliest: int
    latest: int
    day: date | None


@lru_cache(maxsize=_CACHED)
def read_when(text: str) -> When | None:
    """A date in EDTF, or None for «» and for what is not a date: linkage then treats it as missing."""
    try:
        return When.parse(text) if text.strip() else None
    except BadDate:
        return None


@lru_cache(maxsize=_CACHED)
def read_age(text: str) -> Age | None:
    """An age, or None for «» and for what is not an age."""
    try:
        return Age.parse(text) if text.strip() else None
    except BadDate:
        return None


def age_day(records: Iterable[Record]) -> date:
    """Day on which the ages of records without a date are taken to be counted.

    The median date of the events; without one, the median day that fits the records with age and date of birth.
    """
    records = tuple(records)
    events = [when.earliest.toordinal() for record in records if (when := read_when(record.date)) and when.earliest]
    if events:
        return date.fromordinal(median_low(events))
    fitting = []
    for record in records:
        birth, age = read_when(record.birth_date), read_age(record.age)
        if birth and age and birth.precision == "day" and birth.earliest and age.high == age.low:
            fitting.append(birth.earliest.toordinal() + round((age.low + 0.5) * _YEAR))
    return date.fromordinal(median_low(fitting)) if fitting else _NOMINAL_DAY


def born(record: Record, *, counted_on: date) -> Born | None:
    """Bounds of the birth of a record, from the most exact of date, year and age; None when nothing is stated."""
    birth = read_when(record.birth_date) or read_when(record.birth_year[:4])
    if birth and birth.earliest and birth.latest:
        day = birth.earliest if birth.precision == "day" else None
        return Born(birth.earliest.toordinal(), birth.latest.toordinal(), day)
    age = read_age(record.age)
    if age is None:
        return None
    event = read_when(record.date)
    first, last = (event.earliest, event.latest) if event else (None, None)
    oldest = 120 if age.high is None else age.high
    earliest = (first or counted_on) - timedelta(days=round((oldest + 1) * _YEAR) - 1)
    latest = (last or counted_on) - timedelta(days=round(age.low * _YEAR))
    return Born(earliest.toordinal(), latest.toordinal(), None)


def unread(records: Sequence[Record]) -> int:
    """How many stated dates and ages could not be read, for the report."""
    dates = [text for record in records for text in (record.birth_date, record.date) if text.strip()]
    ages = [record.age for record in records if record.age.strip()]
    return sum(read_when(text) is None for text in dates) + sum(read_age(text) is None for text in ages)
