"""A stated zero («no one was killed», «обошлось без жертв») and the absence of reports, which is no zero."""

from __future__ import annotations

from esep.extract.attribution import Source
from esep.extract.circumstances import as_of, date_of, layer_of
from esep.extract.counted import Counted
from esep.extract.lexicon import Mark
from esep.extract.passages import Passage
from esep.extract.proposals import Proposal, Span
from esep.extract.whereabouts import Whereabouts

_HARM = ("killed", "injured", "missing", "detained", "convicted", "dismissed")
_OF = ("of", "the", "all", "its", "their", "his", "these", "those", "из", "всех", "із", "з", "усіх")
_FARTHEST = 9
_GENITIVE = ("ның", "нің", "дың", "дің", "тың", "тің")


def zeros_of(
    passage: Passage,
    others: list[Proposal],
    *,
    source: Source | None,
    whereabouts: Whereabouts,
) -> list[Proposal]:
    """«No one was killed», «обошлось без жертв»: a stated zero, or the absence of reports."""
    absent = [mark for mark in passage.marks.of("polarity") if mark.value == "absence_of_reports"]
    covered = {at for mark in absent for at in range(mark.first, mark.last)}
    negations = [mark for mark in _nothing(passage) if mark.first not in covered] + absent[:1]
    fates = [mark for mark in passage.marks.of("fate") if mark.value in _HARM]
    proposals: list[Proposal] = []
    for zero in sorted(negations, key=lambda mark: mark.first):
        near = [fate for fate in fates if _is_zeroed(zero, fate, passage)]
        if not near or any(one.start <= passage.tokens[zero.first].start < one.end for one in (*others, *proposals)):
            continue
        fate = min(near, key=lambda mark: (abs(mark.first - zero.last), -mark.last))
        proposals.append(
            _zero(
                passage, zero.first, zero.last, fate=fate, absent=zero in absent, source=source, whereabouts=whereabouts
            )
        )
    return proposals


def is_none(one: Counted, passage: Passage) -> bool:
    """Are these the people of whom none is meant: «no workers», «none of the 52 passengers», «ни один из 40»?"""
    for zero in _nothing(passage):
        between = [token.low for token in passage.tokens[zero.last : one.first]]
        if zero.first <= one.first < zero.last or (not between and one.is_bare):
            return True
        if one.first >= zero.last and between and all(word in _OF for word in between):
            return True
        genitive = passage.tokens[one.last - 1].low.endswith(_GENITIVE)
        if passage.language == "kk" and genitive and zero.first == one.last:
            return True
    return False


def _nothing(passage: Passage) -> list[Mark]:
    """Words of nothing that are no part of a hedge («no fewer than»)."""
    hedges = passage.marks.of("hedge")
    return [
        zero
        for zero in passage.marks.of("zero")
        if not any(hedge.first <= zero.first and hedge.last > zero.last for hedge in hedges)
    ]


def _is_zeroed(zero: Mark, fate: Mark, passage: Passage) -> bool:
    """Is the fate within reach of the word of nothing, with no number in between?"""
    first, last = min(zero.first, fate.first), max(zero.last, fate.last)
    farthest = _FARTHEST + sum(one.last - one.first for one in passage.counted if first <= one.first < last)
    if last - first > farthest or any(token.low in (";", ".") for token in passage.tokens[first:last]):
        return False
    words = " ".join(token.low for token in passage.tokens[zero.first : zero.last])
    if fate.kind in ("object", "act") and passage.language == "en":
        return False
    if words in ("no", "without") and (fate.first - zero.last > 2 or fate.first < zero.first):
        return False
    if words in ("нет", "не было", "немає", "нема") and fate.kind not in ("noun", "toll"):
        return False
    between = [one for one in passage.counted if first <= one.first < last and one.figure.numbers and not one.is_bare]
    return all(is_none(one, passage) for one in between)


def _zero(
    passage: Passage,
    first: int,
    last: int,
    *,
    fate: Mark,
    absent: bool,
    source: Source | None,
    whereabouts: Whereabouts,
) -> Proposal:
    start, end = passage.quote(min(first, fate.first), max(last, fate.last))
    date = date_of(passage, start, end)
    where = whereabouts.of(passage, start, end)
    number = None if absent else 0
    denied = any(mark.value == "denied" for mark in passage.marks.of("polarity"))
    value: dict[str, object] = {
        "category": fate.value,
        "lower": number,
        "upper": number,
        "hedge": "unquantified" if absent else "exact",
        "word": None,
        "status": fate.value,
        "population": None,
        "scope": "new",
        "stance": "absence_of_reports" if absent else ("denied" if denied else "zero"),
        "inseparable": False,
        "as_of": as_of(passage, date, span=(start, end), is_told=bool(source and not source.carried and source.opens)),
        "event_date": date.value if date else None,
        "event_basis": date.basis if date else "none",
        "place": where.name if where else None,
        "place_candidates": [c.place.id for c in where.mention.candidates] if where else [],
        "place_carried": bool(where and where.carried),
        "source": source.name if source else None,
        "source_is_pronoun": bool(source and source.is_pronoun),
        "source_carried": bool(source and source.carried),
        "layer": layer_of(passage, start, end),
    }
    spans = (Span.of(passage.text, "negation", *passage.quote(first, last)),)
    return Proposal("quantity", start, end, passage.text[start:end], spans, value, fate.rule.id, passage.language)
