"""A sentence as the extractors see it: tokens, rules found, times, places, people counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from esep.extract.counted import Counted, counted_in
from esep.extract.dating import Dated, Dating
from esep.extract.figures import figures_in
from esep.extract.given import given_names
from esep.extract.glosses import Gloss, glosses_of
from esep.extract.lexicon import Marks, lexicon
from esep.extract.parts import Part, parts_of
from esep.extract.sentences import Paragraph, Sentence, paragraphs_of, sentences_of
from esep.extract.times import Time, times_in
from esep.extract.tokens import Token, fold, tokenize
from esep.places import Adjective, Mention, find_adjectives, find_places

_QUOTED = re.compile(r"[«“„\"](?P<inside>[^«»“”„\"\n]{2,200})[»”“\"]")


@dataclass(frozen=True)
class Passage:
    """One sentence with everything found in it that others build on."""

    text: str
    sentence: Sentence
    part: Part
    part_number: int
    tokens: tuple[Token, ...]
    marks: Marks
    dates: tuple[Dated, ...]
    places: tuple[Mention, ...]
    adjectives: tuple[Adjective, ...]
    counted: tuple[Counted, ...]
    quoted: tuple[tuple[int, int], ...] = field(default=())
    glosses: tuple[Gloss, ...] = field(default=())

    @property
    def language(self) -> str:
        """Language of the sentence."""
        return self.sentence.language

    def quote(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of tokens `first` to `last` (exclusive)."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def token_at(self, offset: int) -> int:
        """Index of the token at or after an offset."""
        return bisect_left([token.end for token in self.tokens], offset + 1)

    def is_quoted(self, start: int, end: int) -> bool:
        """Does the span stand inside quotation marks?"""
        return any(first <= start and end <= last for first, last in self.quoted)


@dataclass(frozen=True)
class Reading:
    """A whole text read once: its parts, paragraphs and sentences."""

    text: str
    parts: tuple[Part, ...]
    paragraphs: tuple[Paragraph, ...]
    passages: tuple[Passage, ...]
    glosses: tuple[Gloss, ...] = field(default=())


def read(text: str, *, published: str | None = None) -> Reading:
    """Read a text: parts, sentences with their language, and what every extractor needs of them."""
    paragraphs = paragraphs_of(text)
    parts = parts_of(text, paragraphs, published=published)
    sentences = sentences_of(text, paragraphs=paragraphs)
    dating = Dating(parts)
    glosses = glosses_of(text, languages=frozenset(sentence.language for sentence in sentences))
    country = _main_country(text)
    passages: list[Passage] = []
    raw = [_tokens(text, sentence) for sentence in sentences]
    dating.learn([(sentence, times) for sentence, (_, _, times) in zip(sentences, raw, strict=True)])
    for sentence, (tokens, marks, times) in zip(sentences, raw, strict=True):
        number = _part_of(parts, sentence.start)
        dates = dating.resolve(sentence, times, part=number)
        figures = figures_in(tokens, marks, times, language=sentence.language)
        counted = counted_in(tokens, marks, figures, language=sentence.language)
        piece = text[sentence.start : sentence.end]
        passages.append(
            Passage(
                text,
                sentence,
                parts[number],
                number,
                tokens,
                marks,
                dates,
                tuple(
                    _moved(mention, sentence.start)
                    for mention in find_places(piece, country=country)
                    if not _is_surname(piece, mention)
                ),
                tuple(
                    Adjective(a.start + sentence.start, a.end + sentence.start, a.country)
                    for a in find_adjectives(piece)
                ),
                counted,
                tuple(
                    (m.start("inside") + sentence.start, m.end("inside") + sentence.start)
                    for m in _QUOTED.finditer(piece)
                ),
                tuple(one for one in glosses if one.start < sentence.end and sentence.start < one.end),
            )
        )
    return Reading(text, parts, paragraphs, tuple(passages), glosses)


def _tokens(text: str, sentence: Sentence) -> tuple[tuple[Token, ...], Marks, tuple[Time, ...]]:
    tokens = tokenize(text, start=sentence.start, end=sentence.end)
    marks = lexicon(sentence.language).mark(tokens)
    times = times_in(tokens, marks)
    return tokens, marks.without_feared([(time.start, time.end) for time in times], tokens), times


def _moved(mention: Mention, offset: int) -> Mention:
    return Mention(mention.start + offset, mention.end + offset, mention.quote, mention.candidates, mention.quoted)


def _is_surname(piece: str, mention: Mention) -> bool:
    """Does a known given name stand right before it («Инна Белова»)? Then it is no place."""
    before = piece[: mention.start].rsplit(maxsplit=1)
    return bool(before) and piece[mention.start - 1] in " \u00a0" and fold(before[-1]) in given_names()


def _part_of(parts: tuple[Part, ...], offset: int) -> int:
    return max(number for number, part in enumerate(parts) if part.start <= offset)


def _main_country(text: str) -> str | None:
    """The country whose places are named most often in the first 20,000 characters: the context for names that
    several have.
    """
    counts: dict[str, int] = {}
    for mention in find_places(text[:20_000]):
        if len({candidate.place.country for candidate in mention.candidates}) == 1:
            code = mention.candidates[0].place.country
            counts[code] = counts.get(code, 0) + 1
    return max(sorted(counts), key=lambda code: counts[code], default=None)
