"""Kinds of saying: sentences that deny, doubt, plan or fear something, or miss reports of it.

Also what editors and translators insert, each as a statement of its own voice. None of these is a record of what
happened.
"""

from __future__ import annotations

from esep.extract.attribution import Source
from esep.extract.circumstances import layer_of
from esep.extract.glosses import Gloss
from esep.extract.lexicon import Mark
from esep.extract.passages import Passage, Reading
from esep.extract.proposals import Proposal, Span

KINDS = ("denied", "unclear", "planned", "feared", "absence_of_reports")


def statements_of(passage: Passage, *, source: Source | None) -> list[Proposal]:
    """The statement of a passage if its ruling word is of denial, doubt, plan, fear or absence of reports."""
    mark = kind_of(passage)
    if mark is None:
        return []
    first = _clause_start(passage, mark)
    start, end = passage.tokens[first].start, _clause_end(passage, mark)
    value: dict[str, object] = {
        "said": " ".join(passage.text[start:end].split()),
        "stance": mark.value,
        "source": source.name if source else None,
        "source_carried": bool(source and source.carried),
        "layer": layer_of(passage, start, end),
    }
    spans = (Span.of(passage.text, "modality", *passage.quote(mark.first, mark.last)),)
    return [Proposal("statement", start, end, passage.text[start:end], spans, value, mark.rule.id, passage.language)]


def kind_of(passage: Passage) -> Mark | None:
    """The first word that rules the sentence and is no mere modal; demands are a kind of their own."""
    marks = sorted(passage.marks.of("polarity"), key=lambda mark: (mark.first, -mark.last))
    return next((mark for mark in marks if mark.value in KINDS and not is_weak(passage, mark)), None)


def is_weak(passage: Passage, mark: Mark) -> bool:
    """A modal («may», «будет»), a demand, or a word of an amount rules no sentence by itself."""
    if mark.rule.id.endswith("demanded"):
        return True
    before = passage.tokens[mark.first - 1].low if mark.first else ""
    if before in ("the", "a", "an", "his", "her", "their", "its") and mark.last == mark.first + 1:
        return True  # «the planned celebration»
    if any(weak.first <= mark.first and mark.last <= weak.last for weak in passage.marks.of("weak")):
        return True
    if passage.is_quoted(*passage.quote(mark.first, mark.last)):
        return True
    return any(vague.first <= mark.first and mark.last <= vague.last for vague in passage.marks.of("vague"))


def _clause_start(passage: Passage, mark: Mark) -> int:
    """The first token of the clause of the ruling word: after a colon, a semicolon or an opening «However»."""
    first = 0
    for at in range(mark.first):
        if passage.tokens[at].low in (":", ";"):
            first = at + 1
    if passage.tokens[first].low in ("however", "but", "and", "однако", "но", "проте", "але", "алайда", "бірақ"):
        first += 1
    return first if first <= mark.first else 0


def _clause_end(passage: Passage, mark: Mark) -> int:
    for at in range(mark.last, len(passage.tokens)):
        if passage.tokens[at].low == ";":
            return passage.tokens[at].start
    return passage.sentence.end


def insertions_of(reading: Reading) -> list[Proposal]:
    """What editors and translators inserted, each attributed to the gloss itself."""
    return [_insertion(reading, gloss) for gloss in reading.glosses]


def _insertion(reading: Reading, gloss: Gloss) -> Proposal:
    language = next((p.language for p in reading.passages if p.sentence.start <= gloss.start < p.sentence.end), "en")
    value: dict[str, object] = {
        "said": " ".join(reading.text[gloss.start + 1 : gloss.end - 1].split()),
        "stance": "asserted",
        "source": gloss.signature or gloss.layer,
        "source_carried": False,
        "layer": gloss.layer,
    }
    quote = reading.text[gloss.start : gloss.end]
    spans = (Span.of(reading.text, "attribution", gloss.start, gloss.end),)
    return Proposal("statement", gloss.start, gloss.end, quote, spans, value, f"{language}.gloss", language)
