"""One cell of a table, and the values that people write in cells: dates, ages, whole numbers.

An empty cell says nothing. A cell that says «unknown», «not stated», «withheld» or «n/a» says that, and is
kept apart from a value; 0 is a value.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from esep.dates import Age, When
from esep.errors import BadDate, BadInput
from esep.intake.formulas import plain_cell
from esep.intake.terms import fold, terms
from esep.ledger.claims import State

_SPREADSHEET_ERRORS = frozenset(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"))
_LONGEST_STATE = 24
_SPACES = re.compile("[\\s\u00a0\u2009\u202f'’]")


class Cell(NamedTuple):
    """Text of a cell without outer space, the state it stands for, and the header it stands under.

    `state` is None for an empty cell.
    """

    text: str
    state: State | None
    header: str

    @property
    def stated(self) -> bool:
        """Whether the cell holds a value."""
        return self.state == "stated"


EMPTY = Cell("", None, "")


def read_cell(raw: str, header: str) -> Cell:
    """Read one cell. Raises `BadInput` for a spreadsheet error such as `#REF!` and for a NUL character."""
    text = plain_cell(raw).strip()
    if not text:
        return Cell("", None, header)
    if len(text) <= _LONGEST_STATE:
        state = _states().get(fold(text)) if not text.isdigit() else None
        if state:
            return Cell("", state, header)  # type: ignore[arg-type]
        if text in _SPREADSHEET_ERRORS:
            raise BadInput(f"column {header!r} holds the spreadsheet error {text}", hint="mend the formula, save again")
    if "\0" in text:
        raise BadInput(f"column {header!r} holds a NUL character", hint="remove it")
    return Cell(text, "stated", header)


def read_quote(raw: str, header: str) -> Cell:
    """Read a cell of exact words: outer spaces stay, and a quoted «unknown» is those words and no state."""
    return Cell(plain_cell(raw), "stated" if raw.strip() else None, header)


def _states() -> dict[str, str]:
    return terms("state")  # type: ignore[return-value]


@lru_cache(maxsize=4096)
def read_date(text: str) -> str:
    """EDTF text of a date as people write it.

    Read are EDTF, 16.12.2011, 12.2011, 16 декабря 2011, December 2011, 2011 жылғы 16 желтоқсан.

    The precision stays as it is stated. Raises `BadDate` for what is no date, and for 05/06/2011, which is
    the fifth of June to some and the sixth of May to others.
    """
    plain = " ".join(text.split())
    for read in (_numbered, _named_month):
        edtf = read(plain)
        if edtf:
            return str(When.parse(edtf))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?", plain):
        clock = plain[11:].split(".")[0]
        return str(When.parse(f"{plain[:10]}T{clock if len(clock) == 8 else clock + ':00'}"))
    return str(When.parse(plain.replace(" ", "") if "/" in plain else plain))


def _numbered(text: str) -> str | None:
    """16.12.2011 and 16/12/2011, or 12.2011, to ISO order; None if the text is not of that form."""
    month_only = re.fullmatch(r"(\d{1,2})\.(\d{4})\.?(?: ?(?:г|ж)\.?)?", text)
    if month_only:
        return f"{month_only[2]}-{int(month_only[1]):02d}"
    found = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: ?(?:г|г\.|года|ж|ж\.))?", text)
    if not found:
        return None
    day, month = int(found[1]), int(found[3])
    if found[2] != ".":
        if day <= 12 and month <= 12 and day != month:
            raise BadDate(f"{text!r} may be read as two different days", hint="write it as YEAR-MONTH-DAY")
        if month > 12:
            day, month = month, day
    return f"{found[4]}-{month:02d}-{day:02d}"


def _named_month(text: str) -> str | None:
    """A date with the month in words, in English, Russian or Kazakh; None if no month is named."""
    words = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    months = [terms("month")[word] for word in map(_month_stem, words) if not word.isdigit() and word in terms("month")]
    numbers = [word for word in words if word.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        return None
    known = {"г", "год", "года", "жыл", "жылғы", "жылы", "ж", "of", "th", "st", "nd", "rd", "в", "the"}
    if any(not word.isdigit() and _month_stem(word) not in terms("month") and word not in known for word in words):
        return None  # «early January» or «around 5 May» says more than a date can hold: a person decides
    return "-".join((years[0], months[0], *(f"{int(day):02d}" for day in days)))


def _month_stem(word: str) -> str:
    """Month word without the Kazakh ending of «on» and «of»: желтоқсанда, желтоқсанның."""
    plain = word.replace("ё", "е")
    for ending in ("ында", "інде", "ның", "нің", "дың", "дің", "тың", "тің", "да", "де", "та", "те", "ы", "і"):
        if plain not in terms("month") and plain.endswith(ending) and plain[: -len(ending)] in terms("month"):
            return plain[: -len(ending)]
    return plain


@lru_cache(maxsize=1024)
def read_age(text: str) -> int | str:
    """Age in completed years: an int, or text as `20-25` or `60+` that `Age.parse` reads.

    Months and weeks of a small child give 0; a word for «about» is dropped here and stays in the original.
    Raises `BadDate` for what is no age, and for an age over 120.
    """
    plain = fold(text)
    months = re.fullmatch(r"(\d{1,2}) ?(months?|мес(яц(а|ев)?)?\.?|ай|weeks?|недел[яьи]|апта)", plain)
    if months:
        return 0
    plain = re.sub(r"^(about|around|около|примерно|шамамен|~)\s*", "", plain)
    plain = re.sub(r"\s*(years?( old)?|y\.?o?\.?|лет|год(а)?|г\.|жас(та)?|~)$", "", plain)
    plain = re.sub(r"\.0+$", "", plain)
    age = Age.parse(plain)
    if max(age.low, age.high or 0) > 120:
        raise BadDate(f"{text!r} is not an age that a person can have", hint="write the age in years, as 11 or 20-25")
    return age.low if age.low == age.high else str(age)


def read_whole(text: str, *, header: str) -> int:
    """A whole number >= 0, with spaces or commas between thousands. Raises `BadInput` otherwise."""
    plain = _SPACES.sub("", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", plain):
        plain = plain.replace(",", "")
    plain = re.sub(r"\.0{1,2}$", "", plain)
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 15:
        raise BadInput(f"column {header!r}: {text!r} is not a whole number", hint="write digits only, as 1500")
    return int(plain)
