"""Times named in a text: full and partial dates, ranges, weekdays, «that same day». Found here, resolved in `dating`.

A bare «may», «We», «98 %» or «20th-21st» without a month is no date: a month needs a capital letter (in English) and a
day, a year or a preposition beside it, a day needs a month.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace

from esep.extract.language import language_of
from esep.extract.lexicon import Marks, lexicon
from esep.extract.tokens import Token, tokenize

_FIRST_YEAR, _LAST_YEAR = 1800, 2099
_MONTH_ONLY = ("in", "since", "last", "throughout", "during", "of")  # «in May 12 workers», but «on May 12 workers»
_EVERY = ("every", "each", "каждую", "каждый", "каждое", "кожну", "кожен", "кожної", "әр")
_DASHES = ("-", "–", "—", "‑")


@dataclass(frozen=True, slots=True)
class Time:
    """A time at `text[start:end]` as far as the words say.

    `days` are the first and last day of the month; `weekday` 0 is Monday; `relative` is same, next, before, today,
    yesterday or tomorrow; `year_shift` comes from «this year» (0) or «last year» (-1); `since` marks an open range.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    weekday: int | None = None
    relative: str | None = None
    year_shift: int | None = None
    since: bool = False
    asof: bool = False

    @property
    def is_full(self) -> bool:
        """Are day, month and year all in the words?"""
        return self.year is not None and self.month is not None and bool(self.days)

    @property
    def value(self) -> str:
        """ISO date or range `A/B` of a time with a year; empty without one."""
        return iso(self.year, self.month, self.days) if self.year is not None else ""


def iso(year: int, month: int | None, days: tuple[int, ...]) -> str:
    """`2011`, `2011-12`, `2011-12-16` or `2011-12-16/2011-12-18`; a range of days that runs backwards spans two
    months.
    """
    if month is None:
        return f"{year:04d}"
    if not days:
        return f"{year:04d}-{month:02d}"
    first, last = days[0], days[-1]
    end = f"{year:04d}-{month:02d}-{last:02d}"
    if first == last:
        return end
    if first > last:
        earlier = (year, month - 1) if month > 1 else (year - 1, 12)
        return f"{earlier[0]:04d}-{earlier[1]:02d}-{first:02d}/{end}"
    return f"{year:04d}-{month:02d}-{first:02d}/{end}"


def times_in(tokens: tuple[Token, ...], marks: Marks) -> tuple[Time, ...]:
    """Every time in one sentence, in order, not overlapping."""
    found: list[Time] = []
    index = 0
    while index < len(tokens):
        time, last = _time_at(tokens, marks, index)
        if time is not None:
            found.append(time)
        index = max(last, index + 1)
    return tuple(_joined(found, tokens))


def full_dates(text: str) -> tuple[Time, ...]:
    """Times of a short text that name day, month and year."""
    tokens = tokenize(text)
    marks = lexicon(language_of(text)).mark(tokens)
    return tuple(time for time in times_in(tokens, marks) if time.is_full)


def _time_at(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[Time | None, int]:
    """The time that begins at a token and the token after it."""
    for reader in (_numeric, _relative, _day_first, _month_first, _weekday, _year):
        time, last = reader(tokens, marks, index)
        if time is not None:
            return _with_opening(time, tokens, marks, index, last), last
    return None, index + 1


def _with_opening(time: Time, tokens: tuple[Token, ...], marks: Marks, index: int, last: int) -> Time:
    """The time with «since» or «as of» before it (after it in Kazakh)."""
    since = bool(marks.ending("since", index) or marks.at("since_after", last))
    asof = bool(marks.ending("asof", index) or marks.at("asof_after", last))
    return replace(time, since=since and len(time.days) < 2, asof=asof)


def _numeric(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[Time | None, int]:
    token = tokens[index]
    if token.kind != "date":
        return None, index
    pieces = [int(piece) for piece in token.quote.replace("/", ".").replace("-", ".").split(".")]
    year, month, day = pieces if len(token.quote.split("-")[0]) == 4 else pieces[::-1]
    if year < 100:
        year += 2000 if year < 70 else 1900
    if month > 12 and day <= 12:
        month, day = day, month
    if not _is_day(year, month, day):
        return None, index
    return Time(token.start, token.end, year, month, (day,)), index + 1


def _is_day(year: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]


def _relative(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[Time | None, int]:
    mark = marks.at("relative", index)
    if mark is None:
        return None, index
    return Time(tokens[index].start, tokens[mark.last - 1].end, relative=mark.value), mark.last


def _weekday(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[Time | None, int]:
    mark = marks.at("weekday", index)
    if mark is None or (tokens[index].quote.isascii() and not tokens[index].is_capital):
        return None, index
    if index > 0 and tokens[index - 1].low in _EVERY:
        return None, index
    time = Time(tokens[index].start, tokens[mark.last - 1].end, weekday=int(mark.value))
    after = mark.last + (mark.last < len(tokens) and tokens[mark.last].low in (",", "the"))
    if after < len(tokens):
        for reader in (_day_first, _month_first):
            date, last = reader(tokens, marks, after)
            if date is not None:
                return replace(date, start=time.start, weekday=time.weekday), last
    return time, mark.last


def _day(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[int | None, int]:
    """A day of the month at a token («16», «16th», «16-го») and the token after it."""
    if index >= len(tokens) or tokens[index].kind != "number" or not tokens[index].low.isdigit():
        return None, index
    day, last = int(tokens[index].low), index + 1
    if not 1 <= day <= 31:
        return None, index
    hyphen = last < len(tokens) and tokens[last].low in _DASHES and tokens[last].start == tokens[last - 1].end
    at = last + hyphen
    if at < len(tokens) and marks.at("day_suffix", at) and tokens[at].start == tokens[at - 1].end:
        last = at + 1
    return day, last


def _days(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[tuple[int, ...], int]:
    """One or more days joined by «and», «to», a comma or a dash, and the token after the last."""
    day, last = _day(tokens, marks, index)
    if day is None:
        return (), index
    days = [day]
    while True:
        join = marks.at("day_join", last)
        after = join.last if join else last + (last < len(tokens) and tokens[last].low == ",")
        if after < len(tokens) and tokens[after].low == "the":
            after += 1
        day, end = _day(tokens, marks, after) if after > last else (None, last)
        if day is None:
            return tuple(days), last
        days.append(day)
        last = end


def _year_after(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[int | None, int | None, int]:
    """A year at a token, after a comma if need be, or «this year»: year, shift, the token after it."""
    for cls, shift in (("this_year", 0), ("last_year", -1), ("next_year", 1)):
        mark = marks.at(cls, index)
        if mark is not None:
            return None, shift, mark.last
    at = index + (index < len(tokens) and tokens[index].low in (",", "of"))
    if at < len(tokens) and _is_year(tokens[at]):
        word = marks.at("year_word", at + 1)
        return int(tokens[at].low), None, word.last if word else at + 1
    return None, None, index


def _is_year(token: Token) -> bool:
    return (
        token.kind == "number"
        and len(token.low) == 4
        and token.low.isdigit()
        and _FIRST_YEAR <= int(token.low) <= _LAST_YEAR
    )


def _day_first(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[Time | None, int]:
    """«16 December 2011», «17 to 18 December», «2011 жылғы 16 желтоқсан», «the 17th to the 18th»."""
    year, shift, at = _year_before(tokens, marks, index)
    days, last = _days(tokens, marks, at)
    if not days:
        return _month_after_year(tokens, marks, index, year=year, at=at)
    month_at = last + (last < len(tokens) and tokens[last].low == "of")
    month = marks.at("month", month_at)
    if month is None or not all(_is_day(None, int(month.value), day) for day in days):
        return _days_alone(tokens, marks, index, days=days, last=last)
    last = month.last
    if year is None:
        year, shift, last = _year_after(tokens, marks, last)
    return Time(tokens[index].start, tokens[last - 1].end, year, int(month.value), days, year_shift=shift), last


def _days_alone(
    tokens: tuple[Token, ...], marks: Marks, index: int, *, days: tuple[int, ...], last: int
) -> tuple[Time | None, int]:
    """Days with no month: only two ordinals after «night of the» and the like; the month comes from the text before."""
    ordinals = sum(bool(marks.at("day_suffix", at)) for at in range(index, last))
    if len(days) == 2 and ordinals == 2 and marks.ending("day_opening", index) and days[1] - days[0] == 1:
        return Time(tokens[index].start, tokens[last - 1].end, None, None, days), last
    return None, index


def _year_before(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[int | None, int | None, int]:
    """Kazakh order: «2011 жылғы», «биылғы» before day and month."""
    word = marks.at("year_word", index + 1) if index + 1 < len(tokens) else None
    if _is_year(tokens[index]) and word is not None:
        return int(tokens[index].low), None, word.last
    for cls, shift in (("this_year", 0), ("last_year", -1), ("next_year", 1)):
        mark = marks.at(cls, index)
        if mark is not None and marks.at("month", mark.last + 1):
            return None, shift, mark.last
    return None, None, index


def _month_after_year(
    tokens: tuple[Token, ...], marks: Marks, index: int, *, year: int | None, at: int
) -> tuple[Time | None, int]:
    """«2011 жылғы желтоқсанда»."""
    month = marks.at("month", at) if year is not None else None
    if month is None:
        return None, index
    return Time(tokens[index].start, tokens[month.last - 1].end, year, int(month.value)), month.last


def _month_first(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[Time | None, int]:
    """«December 16th, 2011», «May 2011», «in May», «в декабре»."""
    mark = marks.at("month", index)
    if mark is None or (tokens[index].quote.isascii() and not tokens[index].is_capital):
        return None, index
    month, last = int(mark.value), mark.last
    days, after = _days(tokens, marks, last) if tokens[index].quote.isascii() else ((), last)
    if days and _is_counted(marks, after) and index > 0 and tokens[index - 1].low in _MONTH_ONLY:
        days, after = (), last
    if not all(_is_day(None, month, day) for day in days):
        return None, index
    year, shift, end = _year_after(tokens, marks, after)
    if not days and year is None and shift is None and not marks.ending("before_month", index):
        return None, index
    return Time(tokens[index].start, tokens[end - 1].end, year, month, days, year_shift=shift), end


def _is_counted(marks: Marks, index: int) -> bool:
    """Does a counted noun follow («In May 12 workers»)? Then the number is no day."""
    return any(marks.at(cls, index) is not None for cls in ("people", "multiplier"))


def _year(tokens: tuple[Token, ...], marks: Marks, index: int) -> tuple[Time | None, int]:
    """A year alone: «in 1989», «1989 году», «the 1989 events»."""
    if not _is_year(tokens[index]) or _is_counted(marks, index + 1):
        return None, index
    word = marks.at("year_word", index + 1)
    before = tokens[index - 1].low if index else ""
    stands = before in {
        "in",
        "since",
        "of",
        "the",
        "by",
        "until",
        "from",
        "during",
        "after",
        "before",
        "early",
        "late",
        "year",
        "(",
        "between",
    }
    if word is None and not stands:
        return None, index
    last = word.last if word else index + 1
    return Time(tokens[index].start, tokens[last - 1].end, int(tokens[index].low)), last


def _joined(times: list[Time], tokens: tuple[Token, ...]) -> list[Time]:
    """«December 16th and all night of December 17th»: two days of one month joined by «and» or «to» are a range."""
    joined: list[Time] = []
    for time in times:
        before = joined[-1] if joined else None
        if before is not None and before.month and before.month == time.month and before.days and time.days:
            between = [token.low for token in tokens if before.end <= token.start < time.start]
            if len(between) <= 6 and between and between[0] in {"and", "to", "и", "по", "та", "і", "до", "until"}:
                days = (before.days[0], time.days[-1])
                joined[-1] = replace(before, end=time.end, year=time.year or before.year, days=days, since=False)
                continue
        joined.append(time)
    return joined
