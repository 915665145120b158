"""Partial dates and intervals: EDTF level 1, with the first and last day a date can mean.

A date is kept as far as it is known: `2011-12` is a month and never the first of it. `When` carries the
EDTF text and the two days that bound it; an end that is open (`..`) or unknown (empty) is None.
Source of the notation: Library of Congress, Extended Date/Time Format, levels 0 and 1 (2019, ISO 8601-2).
Years are 0001 to 9999; `Y` years and times finer than a second are refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from esep.errors import BadDate

Precision = Literal["time", "day", "month", "season", "year", "decade", "century", "interval", "none"]

_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?P<time>T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}(?::\d{2})?)?)?(?P<mark>[?~%])?"
)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}  # months of northern spring, summer, autumn; 24 is winter


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is known.

    `text` is EDTF; `earliest` and `latest` are the first and last day it can mean (None: open or unknown);
    `approximate` (`~`) and `uncertain` (`?`) say how the source put it and do not widen the days.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @classmethod
    def parse(cls, text: str) -> When:
        """Read EDTF level 1. Raises `BadDate` naming the text and an example of what is expected."""
        plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text.strip())  # ٢٠١١ is 2011
        if "/" not in plain:
            return _point(plain)
        start_text, end_text = plain.split("/", 1)
        start, end = _end_of_interval(start_text, plain), _end_of_interval(end_text, plain)
        if start.earliest and end.latest and end.latest < start.earliest:
            raise BadDate(f"interval {plain!r} ends before it starts", hint="write the earlier date first")
        return cls(
            plain,
            start.earliest,
            end.latest,
            "interval",
            start.approximate or end.approximate,
            start.uncertain or end.uncertain,
        )

    @classmethod
    def between(cls, start: date, end: date) -> When:
        """Days from `start` to `end`, both included."""
        return cls.parse(start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}")

    def certainly_by(self, day: date) -> bool:
        """Whether every day this date can mean is `day` or earlier."""
        return self.latest is not None and self.latest <= day

    def possibly_by(self, day: date) -> bool:
        """Whether some day this date can mean is `day` or earlier."""
        return self.earliest is None or self.earliest <= day

    def overlaps(self, other: When) -> bool:
        """Whether some day can be meant by both."""
        starts_in_time = self.earliest is None or other.latest is None or self.earliest <= other.latest
        ends_in_time = self.latest is None or other.earliest is None or other.earliest <= self.latest
        return starts_in_time and ends_in_time

    def within(self, other: When) -> bool:
        """Whether every day this date can mean lies in `other`."""
        after = other.earliest is None or (self.earliest is not None and self.earliest >= other.earliest)
        before = other.latest is None or (self.latest is not None and self.latest <= other.latest)
        return after and before

    @property
    def order(self) -> tuple[date, date, str]:
        """Sort key: by first possible day, then by last, then by text; unknown starts come first."""
        return (self.earliest or date.min, self.latest or date.max, self.text)

    def __str__(self) -> str:
        return self.text


def _end_of_interval(text: str, whole: str) -> When:
    if text in ("", ".."):
        return When(text, None, None, "none")
    if "/" in text:
        raise BadDate(f"{whole!r} has more than one slash", hint="an interval is START/END, as 2011-12-16/2011-12-18")
    return _point(text)


def _point(text: str) -> When:
    found = _POINT.fullmatch(text)
    if not found:
        raise BadDate(
            f"{text!r} is not a date that esep can read",
            hint="write 2011-12-16, 2011-12, 2011, 2011-12-16/2011-12-18, or add ~ for about and ? for uncertain",
        )
    year, month, day = found["year"], found["month"], found["day"]
    if found["time"]:
        _check_time(text, found)
    earliest, latest, precision = _bounds(text, year, month, day)
    mark = found["mark"] or ""
    return When(text, earliest, latest, "time" if found["time"] else precision, mark in ("~", "%"), mark in ("?", "%"))


def _check_time(text: str, found: re.Match[str]) -> None:
    try:
        datetime.fromisoformat(text.removesuffix(found["mark"] or ""))
    except ValueError:
        raise BadDate(f"{text!r} has a time that no clock shows", hint="write 2011-12-16T21:00:00") from None


def _bounds(text: str, year: str, month: str | None, day: str | None) -> tuple[date | None, date | None, Precision]:
    first, last = year.replace("X", "0"), year.replace("X", "9")
    if "X" in year and month not in (None, "XX"):
        raise BadDate(f"{text!r} knows the month but not the year", hint="level 1 leaves out digits from the right")
    if last == "0000":
        raise BadDate(f"{text!r}: years run from 0001 to 9999")
    if year == "XXXX":
        return None, None, "none"
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise BadDate(f"{text!r} knows the day but not the month", hint="level 1 leaves out digits from the right")
        precision: Precision = {0: "year", 1: "decade", 2: "century"}[year.count("X")]  # type: ignore[assignment]
        return date(max(int(first), 1), 1, 1), date(int(last), 12, 31), precision
    return _within_year(text, int(year), int(month), day)


def _within_year(text: str, year: int, month: int, day: str | None) -> tuple[date, date, Precision]:
    if 21 <= month <= 24 and day is None:
        if month == 24 and year == date.max.year:
            raise BadDate(f"{text!r} ends in the year 10000: years run from 0001 to 9999")
        if month == 24:  # winter runs into the next year
            return date(year, 12, 1), date(year + 1, 2, monthrange(year + 1, 2)[1]), "season"
        start, end = _SEASONS[month]
        return date(year, start, 1), date(year, end, monthrange(year, end)[1]), "season"
    if not 1 <= month <= 12:
        raise BadDate(f"{text!r} has month {month:02d}", hint="months are 01 to 12, seasons 21 to 24")
    length = monthrange(year, month)[1]
    if day in (None, "XX"):
        return date(year, month, 1), date(year, month, length), "month"
    if not 1 <= int(day or 0) <= length:
        raise BadDate(f"{text!r} has day {day}, but that month has {length} days")
    exact = date(year, month, int(day or 0))
    return exact, exact, "day"


@dataclass(frozen=True, slots=True)
class Age:
    """An age in completed years, from `low` to `high` (None: open)."""

    low: int
    high: int | None

    @classmethod
    def parse(cls, text: str) -> Age:
        """Read `11`, `20-25`, `60+`. Raises `BadDate` for anything else and for ages over 130."""
        found = re.fullmatch(r"\s*(\d{1,3})\s*(?:[-\u2013\u2014]\s*(\d{1,3})|(\+))?\s*", text)
        if not found:
            raise BadDate(f"{text!r} is not an age", hint="write 11, 20-25 or 60+")
        low = int(found[1])
        high = int(found[2]) if found[2] else None if found[3] else low
        if low > 130 or (high is not None and (high > 130 or high < low)):
            raise BadDate(f"{text!r} is not an age that a person can have", hint="write 11, 20-25 or 60+")
        return cls(low, high)

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low}+"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"
