"""Evidence that a text cites and nobody holds yet («some videos confirm», «documents seen by»): kind `wanted`.

What a case makes of one: the item is looked for, and no claim that rests only on it counts as verified.
"""

from __future__ import annotations

from esep.extract.attribution import Source
from esep.extract.circumstances import layer_of
from esep.extract.lexicon import Mark
from esep.extract.passages import Passage
from esep.extract.proposals import Proposal, Span

_REACH = 10
_BEFORE = (
    "some",
    "the",
    "these",
    "those",
    "several",
    "his",
    "her",
    "their",
    "a",
    "an",
    "all",
    "available",
    "many",
    "other",
)
_STOPS = (",", ";", ".", "—", "–", "(", ")")


def wanted_of(passage: Passage, *, source: Source | None, before: Passage | None) -> list[Proposal]:
    """Evidence cited in one passage; `before` is the passage that «this is confirmed by ...» speaks of."""
    if passage.text[passage.sentence.start : passage.sentence.end].rstrip().endswith("?"):
        return []
    return [
        _proposal(passage, mark, verb, source=source, before=before)
        for mark in _cited(passage)
        if (verb := _verb_near(passage, mark)) is not None
    ]


def _cited(passage: Passage) -> list[Mark]:
    """Words of evidence, the longest at each place; none inside another."""
    marks = sorted(passage.marks.of("evidence"), key=lambda mark: (mark.first, -mark.last))
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.first >= kept[-1].last:
            kept.append(mark)
    return kept


def _verb_near(passage: Passage, mark: Mark) -> Mark | None:
    """The word by which evidence is cited, in the same clause: over commas only along a list of evidence."""
    near = []
    for verb in passage.marks.of("evidence_verb"):
        first, last = (verb.last, mark.first) if verb.last <= mark.first else (mark.last, verb.first)
        overlaps = verb.first < mark.last and mark.first < verb.last
        listed = sum(other.last - other.first for other in passage.marks.of("evidence") if first <= other.first < last)
        if overlaps or last - first - listed > _REACH or not _is_open(passage, first, last):
            continue
        near.append((abs(last - first), verb))
    return min(near, key=lambda pair: (pair[0], pair[1].first))[1] if near else None


def _is_open(passage: Passage, first: int, last: int) -> bool:
    """Do only words stand between, or commas with evidence on one side?"""
    for at in range(first, last):
        token = passage.tokens[at]
        if token.low in (";", ".", "(", ")"):
            return False
        if token.low == "," and not any(
            passage.marks.covering("evidence", near)
            for near in range(max(first, at - 3), min(len(passage.tokens), at + 4))
        ):
            return False
    return True


def _proposal(passage: Passage, mark: Mark, verb: Mark, *, source: Source | None, before: Passage | None) -> Proposal:
    first = mark.first
    while first > 0 and (passage.tokens[first - 1].low in _BEFORE or passage.marks.at("adjective", first - 1)):
        first -= 1
    last = mark.last
    if last + 1 < len(passage.tokens) and passage.tokens[last].low in ("on", "of", "from", "в", "из", "у", "з"):
        last = next(
            (
                at
                for at in range(last + 1, min(len(passage.tokens), last + 5))
                if passage.tokens[at].low in (*_STOPS, "and")
            ),
            last,
        )
    start, end = passage.quote(first, last)
    spans = [
        Span.of(passage.text, "evidence", start, end),
        Span.of(passage.text, "sentence", *passage.quote(verb.first, verb.last)),
    ]
    about = before if before is not None and passage.tokens[0].low in _POINTS_BACK else passage
    spans.append(Span.of(passage.text, "claim", about.sentence.start, about.sentence.end))
    value: dict[str, object] = {
        "what": " ".join(passage.text[start:end].split()),
        "medium": mark.value,
        "source": source.name if source else None,
        "source_carried": bool(source and source.carried),
        "layer": layer_of(passage, start, end),
    }
    return Proposal("wanted", start, end, passage.text[start:end], tuple(spans), value, mark.rule.id, passage.language)


_POINTS_BACK = ("this", "that", "it", "these", "это", "эти", "этот", "это", "цей", "це", "ці", "бұл", "мұны", "оны")
