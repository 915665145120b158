"""The parts of a file: texts of their own, each with its own title, date and publisher.

A file often holds several texts one after another. A new part begins at a heading, if the paragraph before it closes a
text (an imprint with a date, a signature) or if a dateline follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from esep.extract.sentences import Paragraph
from esep.extract.times import full_dates

_IMPRINT = re.compile(
    r"(?i)\b(?:distributed|circulated|published|issued|press[ -]?service|source|translated|"
    r"posted|updated|by our correspondent|"
    r"опубликовано|распространено|источник|пресс-служба|дата публикации|обновлено|"
    r"опубліковано|поширено|джерело|пресслужба|оновлено|жарияланған|дереккөз|баспасөз қызметі|таратқан)\b"
)
_PUBLISHER = re.compile(
    r"(?:[Dd]istributed|[Cc]irculated|[Pp]ublished|[Pp]osted|[Ii]ssued) by\s+[‘’“”\"«]?(?P<en>[^‘’“”\"»,.;\n]+)"
    r"|(?:[Ии]сточник|[Оо]публиковано|[Рр]аспространено|[Дд]жерело|[Оо]публіковано|[Пп]оширено|[Дд]ереккөз|[Ss]ource)\s*:?\s+[‘“\"«]?(?P<cyr>[^’”\"»,.;\n]+)"
)
_SEPARATOR = re.compile(r"^[-=_*#~\s·•]{3,}$")
_SENTENCE_END = (".", "!", ";", ":", ",")
_LONGEST_HEADING = 160
_SHORT = 140
_BODY = 80


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a file: `text[start:end]`.

    `published` is an ISO date or None; `basis` says where it comes from: imprint, dateline, given or unknown.
    """

    start: int
    end: int
    title: str | None
    published: str | None
    basis: str
    publisher: str | None


def parts_of(text: str, paragraphs: tuple[Paragraph, ...], *, published: str | None = None) -> tuple[Part, ...]:
    """Split a file into its texts; `published` is the date known from outside for parts that state none."""
    if not paragraphs:
        return ()
    starts = [0, *(i for i in range(1, len(paragraphs)) if _opens(text, paragraphs, i)), len(paragraphs)]
    return tuple(_part(text, paragraphs[first:last], published=published) for first, last in pairwise(starts))


def _opens(text: str, paragraphs: tuple[Paragraph, ...], index: int) -> bool:
    """Does a new text begin at this paragraph?"""
    heading = text[paragraphs[index].start : paragraphs[index].end]
    before = text[paragraphs[index - 1].start : paragraphs[index - 1].end]
    if not _is_heading(heading) or _is_closing(heading) or index + 1 >= len(paragraphs):
        return False
    after = text[paragraphs[index + 1].start : paragraphs[index + 1].end]
    long_follows = any(p.end - p.start > _BODY for p in paragraphs[index + 1 : index + 4])
    if not long_follows and not _is_dateline(after):
        return False
    return _is_closing(before) or _is_signature(before, text, paragraphs, index) or _is_dateline(after)


def _is_heading(piece: str) -> bool:
    return (
        len(piece) <= _LONGEST_HEADING
        and not piece.rstrip().endswith(_SENTENCE_END)
        and bool(re.match(r"[«“\"‘]?[^\W_]", piece))
        and not piece[0].islower()
        and not re.search(r"[.!?]\s+[^\W\d_]{3,}", piece)
    )


def _is_closing(piece: str) -> bool:
    """Is this short paragraph an imprint: a full date, or a word of publishing?"""
    if len(piece) > 2 * _SHORT:
        return False
    dates = full_dates(piece)
    return (bool(dates) and len(piece) <= _SHORT) or (bool(_IMPRINT.search(piece)) and len(piece) <= _SHORT)


def _is_dateline(piece: str) -> bool:
    """Is this a short line that carries little but a date?"""
    dates = full_dates(piece)
    return bool(dates) and len(piece) <= 60 + (dates[0].end - dates[0].start) and len(piece.split()) <= 9


def _is_signature(before: str, text: str, paragraphs: tuple[Paragraph, ...], index: int) -> bool:
    """A few capitalised words alone, after a gap of more than one empty line or a line of signs: the name of a
    publisher.
    """
    if _SEPARATOR.match(before):
        return len(re.sub(r"\s", "", before)) > 4
    gap = text[paragraphs[index - 1].end : paragraphs[index].start]
    words = before.split()
    return len(words) <= 5 and all(w[0].isupper() for w in words) and gap.count("\n") > 2 and not before.endswith(".")


def _part(text: str, paragraphs: tuple[Paragraph, ...], *, published: str | None) -> Part:
    pieces = [text[p.start : p.end] for p in paragraphs]
    title = pieces[0] if len(pieces) > 1 and _is_heading(pieces[0]) else None
    date, basis = _date(pieces)
    if date is None and published is not None:
        date, basis = published, "given"
    return Part(paragraphs[0].start, paragraphs[-1].end, title, date, basis, _publisher(pieces))


def _date(pieces: list[str]) -> tuple[str | None, str]:
    """Date of a text: in the imprint of its last two paragraphs, else in a dateline of its first three."""
    for piece in reversed(pieces[-2:]):
        dates = full_dates(piece)
        if dates and _is_closing(piece):
            return dates[-1].value, "imprint"
    for piece in pieces[:3]:
        if _is_dateline(piece):
            return full_dates(piece)[0].value, "dateline"
    return None, "unknown"


def _publisher(pieces: list[str]) -> str | None:
    """Name in the imprint («Distributed by X»), or the few words that sign a text without a date."""
    for piece in reversed(pieces[-2:]):
        match = _PUBLISHER.search(piece)
        if match and len(piece) <= 2 * _SHORT:
            return (match["en"] or match["cyr"]).strip()
    last = pieces[-1].split()
    if len(pieces) > 1 and len(last) <= 4 and all(word[0].isupper() for word in last) and not full_dates(pieces[-1]):
        return pieces[-1].strip()
    return None
