"""One text to its proposals."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from esep.errors import ExtractError
from esep.extract.attribution import lingering, sources_of
from esep.extract.chronology import actions_of
from esep.extract.dating import Dated
from esep.extract.defects import Defect, defects_of
from esep.extract.demands import demands_of
from esep.extract.locations import places_of
from esep.extract.organisations import bodies_of, names_of, organisations_of
from esep.extract.parts import Part
from esep.extract.passages import Passage, Reading, read
from esep.extract.persons import persons_of
from esep.extract.proposals import Proposal, Span
from esep.extract.quantities import quantities_of
from esep.extract.statements import insertions_of, statements_of
from esep.extract.wanted import wanted_of
from esep.extract.whereabouts import Whereabouts

MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class Extraction:
    """Everything found in one text. Machines propose; nothing here has been decided."""

    name: str
    parts: tuple[Part, ...]
    proposals: tuple[Proposal, ...]
    defects: tuple[Defect, ...]

    def of_kind(self, kind: str) -> tuple[Proposal, ...]:
        """Proposals of one kind, in the order of the text."""
        return tuple(proposal for proposal in self.proposals if proposal.kind == kind)

    def json_lines(self) -> str:
        """The outer format: one JSON object a line, in the order of the text."""
        lines = (json.dumps(p.outer(self.name), ensure_ascii=False, allow_nan=False) for p in self.proposals)
        return "".join(line + "\n" for line in lines)


def extract_text(text: str, *, name: str, published: str | None = None) -> Extraction:
    """Propose quantities, persons, actions, places, organisations, demands, statements and cited evidence.

    `name` is the file it came from; `published` (ISO date) the day it appeared, for parts that do not say so.
    Raises `ExtractError` for a text that is empty, too long, or no text at all.
    """
    _check(text, name=name)
    reading = read(text, published=published)
    bodies = bodies_of(reading)
    proposals = [
        *_told(reading),
        *insertions_of(reading),
        *persons_of(reading, organisations=names_of(bodies)),
        *actions_of(reading),
        *organisations_of(bodies),
        *places_of(reading),
    ]
    proposals.sort(key=lambda p: (p.start, p.end, p.kind, str(p.value.get("category"))))
    return Extraction(name, reading.parts, tuple(proposals), defects_of(text, reading.paragraphs))


def _check(text: str, *, name: str) -> None:
    if not text.strip():
        raise ExtractError(f"{name}: there is no text in it", hint="a scan needs its text recognised first")
    if len(text) > MOST_CHARACTERS:
        raise ExtractError(
            f"{name}: {len(text):,} characters are more than the {MOST_CHARACTERS:,} that are read at once",
            hint="cut the file into its texts and add each as a source",
        )
    if text.count("\x00") or text.count("\ufffd") > len(text) / 50:
        raise ExtractError(
            f"{name}: this is not text, or its encoding was read wrongly",
            hint="save the file as UTF-8 and add it again",
        )


def _told(reading: Reading) -> list[Proposal]:
    """Quantities, demands, statements and cited evidence of every passage; place and date carried on in a paragraph."""
    sources = sources_of(reading.passages)
    unended = lingering(reading.passages, sources)
    ahead = _dates_ahead(reading.passages)
    whereabouts, last, paragraph = Whereabouts(), None, -1
    found: list[Proposal] = []
    for number, passage in enumerate(reading.passages):
        if passage.sentence.paragraph != paragraph:
            last, paragraph = None, passage.sentence.paragraph
        near = last or ahead.get(number)
        counts = quantities_of(passage, source=sources.get(number), whereabouts=whereabouts, last_date=near)
        if number in unended:
            counts = [replace(one, value={**dict(one.value), "source_possible": unended[number]}) for one in counts]
        if found and not any(p.value["lower"] for p in counts):
            found = _limited(found, passage)
        found += counts
        found += demands_of(passage, last_date=last)
        found += statements_of(passage, source=sources.get(number))
        before = reading.passages[number - 1] if number else None
        found += wanted_of(passage, source=sources.get(number), before=before)
        whereabouts.learn(passage)
        last = _carried(passage.dates) or last
    return found


def _dates_ahead(passages: tuple[Passage, ...]) -> dict[int, Dated]:
    """For passages that no date of their paragraph stands before: its only date, if it names one event day."""
    found: dict[int, Dated] = {}
    for paragraph in {passage.sentence.paragraph for passage in passages}:
        numbers = [n for n, passage in enumerate(passages) if passage.sentence.paragraph == paragraph]
        placed = [(n, date) for n in numbers if (date := _carried(passages[n].dates)) is not None]
        if len({date.value for _, date in placed}) == 1:
            first, date = placed[0]
            found |= {n: replace(date, basis="inferred") for n in numbers if n < first}
    return found


def _limited(found: list[Proposal], passage: Passage) -> list[Proposal]:
    """Where «this number does not include those released» follows a count, that count excludes some."""
    marks = [mark for mark in passage.marks.of("scope") if mark.value == "excludes"]
    last = max((n for n, p in enumerate(found) if p.kind == "quantity"), default=None)
    if (
        not marks
        or last is None
        or passage.marks.of("deed")
        or "\n\n" in passage.text[found[last].end : passage.sentence.start]
    ):
        return found
    start, end = passage.sentence.start, passage.sentence.end
    was_part = found[last].value["scope"] == "subset"
    value = {**dict(found[last].value), "scope": "excludes", "excludes": passage.text[start:end], "is_subset": was_part}
    spans = (*found[last].spans, Span.of(passage.text, "scope", start, end))
    return [*found[:last], replace(found[last], value=value, spans=spans), *found[last + 1 :]]


def _carried(dates: tuple[Dated, ...]) -> Dated | None:
    """The date a sentence leaves to the next of its paragraph."""
    placed = [date for date in dates if date.value and not date.asof and not date.is_past_year and not date.since]
    return placed[-1] if placed else None
