"""Quantities of people: who, how many, what happened, how it is said, when, where, and who says so."""

from __future__ import annotations

from esep.errors import CountsError
from esep.extract.attribution import Source
from esep.extract.circumstances import as_of, date_of, layer_of, voice_of
from esep.extract.clauses import Clause, Finding
from esep.extract.counted import Counted, plural_people
from esep.extract.dating import Dated
from esep.extract.passages import Passage
from esep.extract.patients import findings
from esep.extract.proposals import Proposal, Span
from esep.extract.standing import polarity_of, scope_of
from esep.extract.whereabouts import Whereabouts
from esep.extract.zeros import is_none, zeros_of

_BY_POPULATION = {
    "protester": "protest-participants",
    "striker": "strikers",
    "supporter": "supporters",
    "troops": "troops",
}
_HARM = ("killed", "injured", "missing", "detained", "convicted", "dismissed")
_DIRECT = ("right", "left")
_GENITIVE = ("ның", "нің", "дың", "дің", "тың", "тің")
_OF_WHOLE = ("of", "из", "із", "зі", "з", "среди", "серед", "among")


def quantities_of(
    passage: Passage, *, source: Source | None, whereabouts: Whereabouts, last_date: Dated | None
) -> list[Proposal]:
    """Proposals for every count of people in one passage."""
    if _is_slogan_only(passage):
        return []
    clause = Clause(passage.tokens, passage.marks, passage.counted, passage.language)
    proposals: list[Proposal] = []
    for one in passage.counted:
        if is_none(one, passage) or _is_in_slogan(one, passage):
            continue
        found = findings(one, clause)
        if _is_people(one, found, clause):
            proposals += _proposals(one, found, passage, source=source, whereabouts=whereabouts, last_date=last_date)
    for one in plural_people(passage.tokens, passage.marks, passage.counted):
        if _is_in_slogan(one, passage):
            continue
        found = tuple(f for f in findings(one, clause) if f.fate.value in _HARM and _is_tight(one, f, passage))
        if found:
            proposals += _proposals(one, found, passage, source=source, whereabouts=whereabouts, last_date=last_date)
    proposals += zeros_of(passage, proposals, source=source, whereabouts=whereabouts)
    return proposals


def _is_slogan_only(passage: Passage) -> bool:
    """Is the whole sentence a slogan in quotation marks?"""
    return any(
        end - start >= (passage.sentence.end - passage.sentence.start) * 0.9 for start, end in passage.quoted
    ) and bool(passage.marks.of("slogan"))


def _is_in_slogan(one: Counted, passage: Passage) -> bool:
    """Do these people stand in the quoted words of a placard? A slogan states no fact."""
    return bool(passage.marks.of("slogan")) and passage.is_quoted(*passage.quote(one.first, one.last))


def _is_people(one: Counted, found: tuple[Finding, ...], clause: Clause) -> bool:  # noqa: PLR0911 - one way out a rule
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
    if _is_collective(one, clause) or _is_rest_of_people(one, clause):
        return True
    if not found or not any(f.side in ("toll", "list") or _stands_alone(one, f, clause) for f in found):
        return False
    return one.figure.numbers != (1,) or any(f.fate.value in _HARM for f in found)


def _is_collective(one: Counted, clause: Clause) -> bool:
    """«двое», «шестеро», «екеуі»: a numeral that counts nothing but people."""
    return one.figure.vague is None and clause.marks.covering("collective", one.figure.core[1] - 1) is not None


def _is_rest_of_people(one: Counted, clause: Clause) -> bool:
    """«Of the 130 dismissed, 85 came back»: a figure without a noun is a part of the people it opens with."""
    index = clause.counted.index(one) if one in clause.counted else 0
    if index != 1 or one.figure.vague is not None or clause.marks.at("unit", one.last):
        return False
    whole = clause.counted[0]
    opened = any(token.low in _OF_WHOLE for token in clause.tokens[max(0, whole.first - 2) : whole.first])
    return (
        opened
        and whole.first <= 2
        and bool(whole.people or whole.fates)
        and one.figure.numbers[0] <= max(whole.figure.numbers, default=0)
    )


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
    word = passage.tokens[one.head].low
    if found.side == "right" and found.fate.kind == "trans" and not _is_object(one, passage):
        return False
    if found.side == "left" and found.fate.kind == "act" and word.endswith(("ами", "ями", "ими", "ыми")):
        return False  # «избиение охранниками»: they did it
    if passage.language == "kk" and found.fate.kind == "verb" and word.endswith(_GENITIVE):
        return False  # «күзетшілердің соққысынан»: whose blow it was
    gap = range(one.last, found.fate.first) if found.side == "right" else range(found.fate.last, one.first)
    if found.side == "right" and found.fate.kind == "past" and not any(passage.marks.covering("be", at) for at in gap):
        return False
    joined = any(passage.tokens[at].low in ("and", "or", ",", "и", "та", "і") for at in gap)
    return len(gap) <= 3 and not joined


def _is_object(one: Counted, passage: Passage) -> bool:
    """Is the plural noun an object by its ending? A nominative before an active verb is who does it."""
    word = passage.tokens[one.head].low
    if passage.language == "kk":
        return word.endswith(("ды", "ді", "ты", "ті", "ны", "ні", "ын", "ін"))
    return word.endswith(("ов", "ев", "ей", "их", "ых", "ів", "їв", "иць", "ок", "ан", "ян", "ц", "ь", "ам", "ям"))


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
    source = voice_of(passage, start, end, source=source)
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
        "status": _status(finding, passage),
        "population": one.population,
        "scope": scope,
        "stance": polarity,
        "inseparable": bool(finding and finding.inseparable) or len(_inseparable(one, passage)) > 0,
        "as_of": as_of(passage, date, span=(start, end), is_told=bool(source and not source.carried and source.opens)),
        "event_date": date.value if date else None,
        "event_basis": _basis(date, passage),
        "place": where.name if where else None,
        "place_candidates": [c.place.id for c in where.mention.candidates] if where else [],
        "place_carried": bool(where and where.carried),
        "source": source.name if source else None,
        "source_is_pronoun": bool(source and source.is_pronoun),
        "source_carried": bool(source and source.carried),
        "layer": layer_of(passage, start, end),
    }
    return Proposal("quantity", start, end, passage.text[start:end], tuple(spans), value, rule, passage.language)


def _basis(date: Dated | None, passage: Passage) -> str:
    """The ground of an event's date: its own, `carried` from a sentence before, `inferred` from one after."""
    if date is None:
        return "none"
    return date.basis if date in passage.dates or date.basis == "inferred" else "carried"


def _status(finding: Finding | None, passage: Passage) -> str | None:
    """The finer status: injured people of whom the sentence says that they are in hospital are hospitalised."""
    if finding is None:
        return None
    return "hospitalised" if finding.fate.value == "injured" and passage.marks.of("ward") else finding.fate.value


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
