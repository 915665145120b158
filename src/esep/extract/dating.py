"""From words of time to dates, each with its ground.

`stated`: the words hold the whole date. `anchored`: a year, month or day comes from the text around («December 16th»,
«on Saturday», «that same day»). `inferred`: it comes from the date of publication («yesterday», «today»). A date is
never carried over the end of a paragraph; what cannot be placed has no date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from esep.extract.parts import Part
from esep.extract.sentences import Sentence
from esep.extract.times import Time, iso

_BACK_DAYS, _AHEAD_DAYS = 300, 65
_SAME_DAY_REACH = 3  # paragraphs over which «that same day» still means the last date


@dataclass(frozen=True, slots=True)
class Dated:
    """A time with its ISO value (or range `A/B`) and ground; `value` is None where it cannot be placed."""

    start: int
    end: int
    value: str | None
    basis: str
    since: bool = False
    asof: bool = False
    is_past_year: bool = False
    carried: bool = False


class Dating:
    """Resolves the times of a text in reading order."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        self._stated: list[tuple[int, int]] = []
        self._anchor: dict[int, tuple[date, int]] = {}

    def learn(self, sentences: list[tuple[Sentence, tuple[Time, ...]]]) -> None:
        """Remember every month that the text states with its year."""
        for _, times in sentences:
            self._stated += [(time.year, time.month) for time in times if time.year and time.month]

    def resolve(self, sentence: Sentence, times: tuple[Time, ...], *, part: int) -> tuple[Dated, ...]:
        """Dates of one sentence; call in reading order."""
        found = []
        for time in times:
            dated = self._one(time, part=part, paragraph=sentence.paragraph)
            found.append(dated)
            self._remember(dated, time, part=part, paragraph=sentence.paragraph)
        return tuple(found)

    def _one(self, time: Time, *, part: int, paragraph: int) -> Dated:
        value, basis = self._value(time, part=part, paragraph=paragraph)
        published = self._published(part)
        year = int(value[:4]) if value else None
        reference = published.year if published else max((y for y, _ in self._stated), default=None)
        past = year is not None and reference is not None and year < reference - 1
        if value and time.since and "/" not in value and published and published.isoformat() > value:
            value = f"{value}/{published.isoformat()}"
        return Dated(time.start, time.end, value, basis, time.since, time.asof, past)

    def _value(self, time: Time, *, part: int, paragraph: int) -> tuple[str | None, str]:
        if time.year is not None:
            return time.value, "stated"
        if time.relative is not None:
            return self._relative(time.relative, part=part, paragraph=paragraph)
        if time.month is not None:
            year = self._year(time, part=part)
            return (iso(year, time.month, time.days) if year else None), "anchored"
        if time.days:
            return self._days(time.days, part=part)
        if time.weekday is not None:
            return self._weekday(time.weekday, part=part)
        return None, "unknown"

    def _published(self, part: int) -> date | None:
        stated = self._parts[part].published
        return date.fromisoformat(stated) if stated and len(stated) == 10 else None

    def _year(self, time: Time, *, part: int) -> int | None:
        """Year of a month: by «this year», the publication of this part, the same month stated in the text, or
        another part.
        """
        published = self._published(part)
        if published is not None:
            return published.year + time.year_shift if time.year_shift is not None else _nearest_year(time, published)
        same = [year for year, month in self._stated if month == time.month]
        if same:
            return max(same, key=same.count)
        others = [self._published(number) for number in range(len(self._parts))]
        known = [day for day in others if day is not None]
        if known:
            return _nearest_year(time, min(known))
        years = {year for year, _ in self._stated}
        return years.pop() if len(years) == 1 else None

    def _relative(self, word: str, *, part: int, paragraph: int) -> tuple[str | None, str]:
        shift = {"same": 0, "next": 1, "before": -1, "today": 0, "yesterday": -1, "tomorrow": 1}[word]
        if word in ("same", "next", "before"):
            anchor = self._anchor.get(part)
            if anchor is None or paragraph - anchor[1] > _SAME_DAY_REACH:
                return None, "unknown"
            return (anchor[0] + timedelta(days=shift)).isoformat(), "anchored"
        published = self._published(part)
        return ((published + timedelta(days=shift)).isoformat(), "inferred") if published else (None, "unknown")

    def _weekday(self, weekday: int, *, part: int) -> tuple[str | None, str]:
        """The first such day on or after the last date told in this part; else the last one before publication."""
        anchor = self._anchor.get(part)
        if anchor is not None:
            day = anchor[0] + timedelta(days=(weekday - anchor[0].weekday()) % 7)
            published = self._published(part)
            if published is None or day <= published:
                return day.isoformat(), "anchored"
        published = self._published(part)
        if published is None:
            return None, "unknown"
        return (published - timedelta(days=(published.weekday() - weekday) % 7)).isoformat(), "inferred"

    def _days(self, days: tuple[int, ...], *, part: int) -> tuple[str | None, str]:
        """Days without a month: the month of the last date, or of publication if they lie before it."""
        anchor, published = self._anchor.get(part), self._published(part)
        base = published if published and days[-1] <= published.day else (anchor[0] if anchor else published)
        return (iso(base.year, base.month, days), "anchored") if base else (None, "unknown")

    def _remember(self, dated: Dated, time: Time, *, part: int, paragraph: int) -> None:
        if dated.value and len(dated.value.split("/")[0]) == 10 and not dated.is_past_year and not time.asof:
            first = dated.value.split("/")[0] if time.since else dated.value.split("/")[-1]
            self._anchor[part] = (date.fromisoformat(first), paragraph)


def _nearest_year(time: Time, published: date) -> int:
    """The year that puts the date closest before publication, or a little after it."""
    month = time.month or 1
    for year in (published.year + 1, published.year, published.year - 1):
        day = date(year, month, min(time.days[0] if time.days else 1, 28))
        if -_BACK_DAYS <= (day - published).days <= _AHEAD_DAYS:
            return year
    return published.year
