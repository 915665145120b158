"""Quantities of people: who, how many, what happened, how it is said, when, where, and who says so."""

from __future__ import annotations

from esep.errors import CountsError
from esep.extract.attribution import Source
from esep.extract.clauses import Clause, Finding
from esep.extract.counted import Counted, plural_people
from esep.extract.dating import Dated
from esep.extract.lexicon import Mark
from esep.extract.passages import Passage
from esep.extract.patients import findings
from esep.extract.proposals import Proposal, Span
from esep.extract.standing import polarity_of, scope_of
from esep.extract.whereabouts import Whereabouts

_BY_POPULATION = {
    "protester": "protest-participants",
    "striker": "strikers",
    "supporter": "supporters",
    "troops": "troops",
}
_HARM = ("killed", "injured", "missing", "detained", "convicted", "dismissed")
_DIRECT = ("right", "left")


def quantities_of(
    passage: Passage, *, source: Source | None, whereabouts: Whereabouts, last_date: Dated | None
) -> list[Proposal]:
    """Proposals for every count of people in one passage."""
    if _is_slogan_only(passage):
        return []
    clause = Clause(passage.tokens, passage.marks, passage.counted, passage.language)
    proposals: list[Proposal] = []
    for one in passage.counted:
        nothing = passage.marks.covering("zero", one.first) or (one.is_bare and passage.marks.ending("zero", one.first))
        if nothing:
            continue
        found = findings(one, clause)
        if _is_people(one, found, clause):
            proposals += _proposals(one, found, passage, source=source, whereabouts=whereabouts, last_date=last_date)
    for one in plural_people(passage.tokens, passage.marks, passage.counted):
        found = tuple(f for f in findings(one, clause) if f.fate.value in _HARM and _is_tight(one, f, passage))
        if found:
            proposals += _proposals(one, found, passage, source=source, whereabouts=whereabouts, last_date=last_date)
    proposals += _zeros(passage, proposals, source=source, whereabouts=whereabouts, last_date=last_date)
    return proposals


def _is_slogan_only(passage: Passage) -> bool:
    """Is the whole sentence a slogan in quotation marks?"""
    return any(
        end - start >= (passage.sentence.end - passage.sentence.start) * 0.9 for start, end in passage.quoted
    ) and bool(passage.marks.of("slogan"))


def _is_people(one: Counted, found: tuple[Finding, ...], clause: Clause) -> bool:
    """Is this figure a number of people at all? By its noun, or by a fate that only people have."""
    if one.is_bare:
        return any((f.fate.value in _HARM and f.side != "shared") or f.side == "shared" for f in found) and any(
            f.fate.value in _HARM for f in found
        )
    if one.figure.vague == "many" and not any(f.fate.value in _HARM for f in found):
        return False
    if one.people is not None or one.fates:
        return True
    if one.is_partitive:
        return bool(found)
    if not found or not any(f.side in ("toll", "list") or _stands_alone(one, f, clause) for f in found):
        return False
    return one.figure.numbers != (1,) or any(f.fate.value in _HARM for f in found)


def _stands_alone(one: Counted, found: Finding, clause: Clause) -> bool:
    """A figure without a noun counts people if the fate is right beside it («killing 70», «22 were killed»)."""
    following = clause.tokens[one.last] if one.last < len(clause.tokens) else None
    if found.side == "left":
        ends = (
            following is None
            or following.kind != "word"
            or bool(clause.marks.at("filler", one.last) or clause.marks.at("fate", one.last))
        )
        return ends or (
            found.fate.value in _HARM and not clause.marks.at("unit", one.last) and _could_be_people(one, clause)
        )
    inside = {at for other in clause.counted if other is not one for at in range(other.first, other.last)}
    gap = clause.tokens[one.last : found.fate.first]
    return all(token.kind != "sign" or token.low in (",", "(", ")", "-") for token in gap) and sum(
        not clause.marks.covering("filler", at) for at in range(one.last, found.fate.first) if at not in inside
    ) <= (3 if _could_be_people(one, clause) else 1)


def _could_be_people(one: Counted, clause: Clause) -> bool:
    """An unknown noun after the figure: in English an ending of people, elsewhere anything that is no known thing."""
    if one.last >= len(clause.tokens):
        return True
    word = clause.tokens[one.last].low
    if clause.language == "en":
        return word.endswith(("ers", "ors", "ists", "men", "women", "ians", "ees", "ants", "ents", "is", "ese"))
    return clause.tokens[one.last].kind == "word"


def _is_tight(one: Counted, found: Finding, passage: Passage) -> bool:
    """For people without a number only a close verb counts: «protesters were arrested», «arrested protesters»."""
    if found.side not in _DIRECT or passage.marks.at("zero", one.first - 1):
        return False
    gap = range(one.last, found.fate.first) if found.side == "right" else range(found.fate.last, one.first)
    if found.side == "right" and found.fate.kind == "past" and not any(passage.marks.covering("be", at) for at in gap):
        return False
    joined = any(passage.tokens[at].low in ("and", "or", ",", "и", "та", "і") for at in gap)
    return len(gap) <= 3 and not joined


def _proposals(
    one: Counted,
    found: tuple[Finding, ...],
    passage: Passage,
    *,
    source: Source | None,
    whereabouts: Whereabouts,
    last_date: Dated | None,
) -> list[Proposal]:
    """One proposal a category: two where «killed and wounded» share a number."""
    chosen = found or (None,)
    proposals = []
    for finding in chosen:
        proposal = _proposal(one, finding, passage, source=source, whereabouts=whereabouts, last_date=last_date)
        if proposal is not None:
            proposals.append(proposal)
    return proposals


def category_of(one: Counted, finding: Finding | None) -> str:
    """Category of the outer format: by the fate, else by who is counted."""
    if finding is not None and not (finding.fate.value == "other-human" and one.population in _BY_POPULATION):
        if finding.fate.value == "protest-participants" and one.population in ("striker", "supporter", "troops"):
            return "protest-participants" if one.population != "troops" else "troops"
        return finding.fate.value
    return _BY_POPULATION.get(one.population or "", "other-human")


def _proposal(
    one: Counted,
    finding: Finding | None,
    passage: Passage,
    *,
    source: Source | None,
    whereabouts: Whereabouts,
    last_date: Dated | None,
) -> Proposal | None:
    core = passage.quote(*one.figure.core)
    word = passage.text[core[0] : core[1]]
    try:
        bounds = one.figure.bounds(word)
    except CountsError:
        return None
    start, end = _quote_span(one, finding, passage)
    fates = (finding,) if finding else ()
    named = source if source is not None and not (source.carried and not source.opens) else None
    date = date_of(passage, start, end) or last_date
    where = whereabouts.of(passage, start, end)
    polarity = polarity_of(one, fates, passage, has_source=named is not None)
    scope = scope_of(one, fates, passage)
    rule = finding.fate.rule.id if finding else (one.people.rule.id if one.people else "figure")
    spans = [Span.of(passage.text, "number", *core), *_spans(one, finding, passage)]
    if source is not None:
        spans.append(Span.of(passage.text, "attribution", source.start, source.end))
    value: dict[str, object] = {
        "category": category_of(one, finding),
        "lower": bounds.low,
        "upper": bounds.high,
        "hedge": bounds.hedge,
        "word": bounds.word,
        "status": finding.fate.value if finding else None,
        "population": one.population,
        "scope": scope,
        "stance": polarity,
        "inseparable": bool(finding and finding.inseparable) or len(_inseparable(one, passage)) > 0,
        "as_of": as_of(passage, date, scope=scope),
        "event_date": date.value if date else None,
        "event_basis": ("carried" if date is last_date and date not in passage.dates else date.basis)
        if date
        else "none",
        "place": where.name if where else None,
        "place_candidates": [c.place.id for c in where.mention.candidates] if where else [],
        "place_carried": bool(where and where.carried),
        "source": source.name if source else None,
        "source_is_pronoun": bool(source and source.is_pronoun),
        "source_carried": bool(source and source.carried),
        "layer": layer_of(passage, start, end),
    }
    return Proposal("quantity", start, end, passage.text[start:end], tuple(spans), value, rule, passage.language)


def _inseparable(one: Counted, passage: Passage) -> tuple[Finding, ...]:
    clause = Clause(passage.tokens, passage.marks, passage.counted, passage.language)
    return tuple(finding for finding in findings(one, clause) if finding.inseparable)


def _quote_span(one: Counted, finding: Finding | None, passage: Passage) -> tuple[int, int]:
    """The words of the claim: figure and noun, with the verb where it stands close by."""
    first, last = one.first, one.last
    if (
        finding is not None
        and finding.side == "right"
        and finding.fate.last - last <= 8
        and not any(last <= other.first < finding.fate.first for other in passage.counted if other is not one)
    ):
        last = max(last, finding.fate.last)
    elif finding is not None and finding.side in ("left", "list", "toll") and _is_near(finding, first, passage):
        first = min(first, finding.fate.first)
    return passage.quote(first, last)


def _is_near(finding: Finding, first: int, passage: Passage) -> bool:
    """May the quote begin with the word of fate before the figure? Not over a comma, nor further than six words."""
    gap = passage.tokens[finding.fate.last : first]
    return len(gap) <= 6 and not any(token.low == "," for token in gap)


def _spans(one: Counted, finding: Finding | None, passage: Passage) -> list[Span]:
    spans = [Span.of(passage.text, "hedge", *passage.quote(*place)) for place in one.figure.hedge_tokens]
    if one.people is not None and not one.is_bare:
        spans.append(Span.of(passage.text, "unit", *passage.quote(one.people.first, one.people.last)))
    if finding is not None:
        spans.append(Span.of(passage.text, "status", *passage.quote(finding.fate.first, finding.fate.last)))
    return spans


def date_of(passage: Passage, start: int, end: int) -> Dated | None:
    """The date of a claim: the last one before it in its sentence, else the first after it."""
    placed = [date for date in passage.dates if date.value is not None and not date.asof]
    before = [date for date in placed if date.start < end]
    if before:
        return before[-1]
    return placed[0] if placed else None


def as_of(passage: Passage, date: Dated | None, *, scope: str) -> str | None:
    """The date a count holds for: «as of»; else of the event; else of publication."""
    stated = [found.value for found in passage.dates if found.asof and found.value]
    if stated:
        return stated[-1].split("/")[-1]
    if date is not None and date.value is not None and date in passage.dates:
        return date.value.split("/")[-1]
    return passage.part.published


def layer_of(passage: Passage, start: int, end: int) -> str:
    """`editor` inside square brackets or a translator's note, `text` elsewhere."""
    return "editor" if any(first <= start and end <= last for first, last in passage.glosses) else "text"


def _zeros(
    passage: Passage,
    others: list[Proposal],
    *,
    source: Source | None,
    whereabouts: Whereabouts,
    last_date: Dated | None,
) -> list[Proposal]:
    """«No one was killed», «обошлось без жертв»: a stated zero, or the absence of reports."""
    del last_date, others
    absent = [mark for mark in passage.marks.of("polarity") if mark.value == "absence_of_reports"]
    covered = {at for mark in absent for at in range(mark.first, mark.last)}
    negations = [mark for mark in passage.marks.of("zero") if mark.first not in covered] + absent[:1]
    fates = [mark for mark in passage.marks.of("fate") if mark.value in _HARM]
    proposals: list[Proposal] = []
    for zero in sorted(negations, key=lambda mark: mark.first):
        near = [fate for fate in fates if _is_zeroed(zero, fate, passage)]
        if not near or any(proposal.start <= passage.tokens[zero.first].start < proposal.end for proposal in proposals):
            continue
        fate = min(near, key=lambda mark: (abs(mark.first - zero.last), -mark.last))
        proposals.append(
            _zero(
                passage, zero.first, zero.last, fate=fate, absent=zero in absent, source=source, whereabouts=whereabouts
            )
        )
    return proposals


def _is_zeroed(zero: Mark, fate: Mark, passage: Passage) -> bool:
    """Is the fate within reach of the word of nothing, with no number in between?"""
    first, last = min(zero.first, fate.first), max(zero.last, fate.last)
    if last - first > 9 or any(token.low in (";", ".") for token in passage.tokens[first:last]):
        return False
    words = " ".join(token.low for token in passage.tokens[zero.first : zero.last])
    if fate.kind in ("object", "act") and passage.language == "en":
        return False
    if words in ("no", "without") and (fate.first - zero.last > 2 or fate.first < zero.first):
        return False
    if words in ("нет", "не было", "немає", "нема") and fate.kind not in ("noun", "toll"):
        return False
    between = [one for one in passage.counted if first <= one.first < last and one.figure.numbers and not one.is_bare]
    return all(passage.marks.covering("zero", one.first) is not None for one in between)


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
        "as_of": as_of(passage, date, scope="new"),
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
