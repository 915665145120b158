"""Dated actions: one record a place and day, with its kind, organisers, target, participants and response.

Several towns in one sentence become several actions. What happens daily is a series, a wave is an umbrella, what is
only
announced is a plan. An unknown date or city stays empty.
"""

from __future__ import annotations

from dataclasses import replace

from esep.extract.dating import Dated
from esep.extract.lexicon import Mark
from esep.extract.passages import Passage, Reading
from esep.extract.proposals import Proposal, Span
from esep.extract.roles import one_line, organisers_of, participants_of, response_of, target_of
from esep.extract.sites import Site, country_of, is_topic, sites_of
from esep.extract.statements import is_weak

_LOOSE = (
    "demonstration",
    "strike",
    "shooting",
    "clash",
    "murder",
    "attack",
    "riot",
    "campaign",
    "arrest",
    "trial",
    "boycott",
)
_AIMED = ("demonstration", "picket", "flowers", "poster", "letter", "statement")
_ORDER = (
    "leaflets",
    "flowers",
    "letter",
    "picket",
    "signature-campaign",
    "commission",
    "recording",
    "state-of-emergency",
    "funeral-ban",
    "concealment",
    "body-transfer",
    "medical-evacuation",
    "testimony",
    "search",
    "deployment",
    "blockade",
    "arson",
    "sit-in",
    "demonstration",
    "strike",
    "statement",
    "shooting",
    "riot",
    "clash",
    "attack",
    "arrest",
    "trial",
    "dismissal",
    "murder",
    "boycott",
    "press-conference",
    "poster",
    "funeral",
    "torture",
    "campaign",
)
_PLANS = ("planned",)
_OPENERS = frozenset("in at near outside by to front of the on across before".split())


def actions_of(reading: Reading) -> list[Proposal]:
    """Every action told in a text, in its order; a response told in the next sentences is joined to its action."""
    found: list[Proposal] = []
    city: Site | None = None
    date: Dated | None = None
    paragraph, begun = -1, 0
    for passage in reading.passages:
        if passage.sentence.paragraph != paragraph:
            city, date, paragraph = None, None, passage.sentence.paragraph
            begun = len(found)
        deed = main_deed(passage)
        here = sites_of(passage, deed)
        own = [
            one
            for one in passage.dates
            if one.value and not one.asof and not is_topic(passage, one.start, deed) and not _is_compared(passage, one)
        ]
        heading = passage.part.title is not None and passage.sentence.start == passage.part.start
        same = _same_action(found[begun:], passage, deed, here)
        if same is not None and deed is not None:
            found[begun + same] = _enriched(found[begun + same], passage, deed, own=own)
        elif (
            deed is not None
            and not heading
            and _is_told(passage, deed, here, own)
            and not _is_response_only(passage, deed, here, own, told=len(found) > begun)
        ):
            for site in here or [city or Site(None, None, country_of(passage), "none")]:
                action = _action(passage, deed, site, own=own, carried=date, was_here=bool(here))
                found.append(_aimed(action, found[begun:]))
        elif len(found) > begun and found[-1].value.get("response") is None:
            found = _respond(found, passage)
        if here:
            city = replace(here[-1], basis="carried") if len(here) == 1 else city
        placed = [one for one in own if not one.is_past_year]
        date = placed[-1] if placed else date
    return found


def main_deed(passage: Passage) -> Mark | None:
    """The kind of action a sentence tells: the most telling of its words."""
    deeds = [mark for mark in passage.marks.of("deed") if not passage.is_quoted(*passage.quote(mark.first, mark.last))]
    deeds = [mark for mark in deeds if not _is_cause(passage, mark)]
    return min(
        deeds,
        key=lambda mark: (mark.kind != "verb", _ORDER.index(mark.value) if mark.value in _ORDER else 99, mark.first),
        default=None,
    )


def _is_cause(passage: Passage, mark: Mark) -> bool:
    """Is the deed only what an action is about («to protest against the killing», «news of the shooting»)?"""
    before = [token.low for token in passage.tokens[max(0, mark.first - 4) : mark.first]]
    if "wave" in before or "волна" in before or "хвиля" in before:
        return False
    if mark.kind != "noun" or mark.value not in (
        "shooting",
        "murder",
        "clash",
        "riot",
        "attack",
        "strike",
        "arrest",
        "trial",
    ):
        return False
    return any(
        word
        in (
            "against",
            "of",
            "about",
            "under",
            "striking",
            "on",
            "about",
            "для",
            "против",
            "проти",
            "о",
            "об",
            "про",
            "к",
            "from",
            "to",
            "над",
            "after",
            "since",
        )
        for word in before
    )


def _is_told(passage: Passage, deed: Mark, here: list[Site], own: list[Dated]) -> bool:
    """Is this sentence a record of its own? It needs a place, a date, or a finite verb of action."""
    if len(passage.tokens) < 4 or passage.text[passage.sentence.start : passage.sentence.end].rstrip()[-1:] in ("?",):
        return False
    if here or own:
        return True
    if deed.kind == "verb" and deed.value not in ("attack", "murder", "torture"):
        return True
    organised = [mark for mark in passage.marks.of("organise") if abs(mark.first - deed.first) <= 8]
    before = passage.tokens[deed.first - 1].low if deed.first else ""
    plan = any(mark.value == "planned" for mark in passage.marks.of("polarity"))
    return (
        (bool(organised) and before != "the")
        or (
            plan
            and deed.value in ("demonstration", "campaign", "strike", "signature-campaign", "recording", "commission")
        )
        or deed.kind == "verb"
    )


def _aimed(action: Proposal, before: list[Proposal]) -> Proposal:
    """A protest without a target of its own, in the town of one told before it in the paragraph, keeps that target."""
    if action.value["target"] is not None or action.value["action"] not in _AIMED:
        return action
    same = [one for one in before if one.value["city"] == action.value["city"] and one.value["target"]]
    if not same or action.value["city"] is None:
        return action
    return replace(action, value={**dict(action.value), "target": same[-1].value["target"], "target_carried": True})


def _same_action(found: list[Proposal], passage: Passage, deed: Mark | None, here: list[Site]) -> int | None:
    """The action of this paragraph that «the demonstration», «the action in Graz» speaks of again."""
    if deed is None or deed.kind != "noun" or passage.language != "en":
        return None
    before = [token.low for token in passage.tokens[max(0, deed.first - 2) : deed.first]]
    if "the" not in before or deed.first > 3:
        return None
    for index in range(len(found) - 1, -1, -1):
        value = found[index].value
        kinds = (value["action"], *value["also"]) if isinstance(value["also"], list) else (value["action"],)
        if deed.value in kinds and (not here or here[0].city == value["city"]):
            return index
    return None


def _enriched(action: Proposal, passage: Passage, deed: Mark, *, own: list[Dated]) -> Proposal:
    """An action with what a later sentence adds: its date, organisers, target or response, where they were not told."""
    value, spans = dict(action.value), list(action.spans)
    if own and value["date"] is None:
        value["date"], value["date_basis"] = own[0].value, own[0].basis
        spans.append(Span.of(passage.text, "time", own[0].start, own[0].end))
    organisers, target, response = organisers_of(passage, deed), target_of(passage), response_of(passage, deed)
    if organisers and not value["organisers"]:
        value["organisers"] = [one_line(passage.text[a:b]) for a, b in organisers]
        spans += [Span.of(passage.text, "organiser", a, b) for a, b in organisers]
    for field, place in (("target", target), ("response", response)):
        if place is not None and value[field] is None:
            value[field] = one_line(passage.text[place[0] : place[1]])
            spans.append(Span.of(passage.text, field, *place))
    return replace(action, value=value, spans=tuple(spans))


def _is_response_only(passage: Passage, deed: Mark, here: list[Site], own: list[Dated], *, told: bool) -> bool:
    """Does the sentence only tell how an action told before was met?"""
    meets = [mark for mark in passage.marks.of("response") if mark.value]
    own_deed = deed.kind == "verb" and not any(mark.first <= deed.first < mark.last for mark in meets)
    return told and not here and not own and bool(meets) and (not own_deed or meets[0].first < deed.first)


def _is_compared(passage: Passage, date: Dated) -> bool:
    """«as had happened during the events of 1989»: another event."""
    index = passage.token_at(date.start)
    before = {token.low for token in passage.tokens[max(0, index - 7) : index]}
    return (
        date.is_past_year
        and bool(before & {"as", "like", "как", "як", "сияқты"})
        and "happened" in before | {"happened" if "как" in before or "як" in before else ""}
    )


def _action(
    passage: Passage, deed: Mark, site: Site, *, own: list[Dated], carried: Dated | None, was_here: bool
) -> Proposal:
    start, end = passage.sentence.start, passage.sentence.end
    polarity = _polarity(passage, deed)
    date = own[0] if own else (None if polarity == "planned" else carried)
    if polarity == "planned" and not was_here:
        site = Site(None, None, country_of(passage), "none")
    country = site.country
    spans = [Span.of(passage.text, "action", *passage.quote(deed.first, deed.last))]
    if site.mention is not None and was_here:
        spans.append(Span.of(passage.text, "place", site.mention.start, site.mention.end))
    if date is not None and date in passage.dates:
        spans.append(Span.of(passage.text, "time", date.start, date.end))
    organisers, target, response = organisers_of(passage, deed), target_of(passage), response_of(passage, deed)
    for role, place in (*(("organiser", one) for one in organisers), ("target", target), ("response", response)):
        if place is not None:
            spans.append(Span.of(passage.text, role, *place))
    value: dict[str, object] = {
        "date": date.value if date else None,
        "date_basis": ("carried" if date not in passage.dates else date.basis) if date else "none",
        "city": site.city,
        "city_basis": site.basis if site.city else "none",
        "city_candidates": [c.place.id for c in site.mention.candidates] if site.mention else [],
        "country": country,
        "action": deed.value,
        "also": sorted({mark.value for mark in passage.marks.of("deed")} - {deed.value}),
        "organisers": [one_line(passage.text[a:b]) for a, b in organisers],
        "target": one_line(passage.text[target[0] : target[1]]) if target else None,
        "participants": participants_of(passage),
        "response": one_line(passage.text[response[0] : response[1]]) if response else None,
        "stance": polarity,
        "entry": _entry(passage, polarity, date, site),
    }
    return Proposal("action", start, end, passage.text[start:end], tuple(spans), value, deed.rule.id, passage.language)


def _polarity(passage: Passage, deed: Mark) -> str:
    """Planned when a word of planning rules the deed, feared and denied likewise; else asserted or reported."""
    for mark in passage.marks.of("polarity"):
        near = mark.first - 10 <= deed.first and mark.last <= deed.last + 10
        if (
            mark.value == "planned"
            and near
            and (mark.first <= deed.first or mark.first - deed.last <= 3 or passage.language == "kk")
        ):
            words = " ".join(token.low for token in passage.tokens[mark.first : mark.last])
            if words in ("would", "called for a", "promised to") and deed.kind == "verb":
                continue
            if mark.rule.id.endswith("demanded") and deed.value not in ("campaign",):
                continue
            return "planned"
        if mark.value in ("feared", "denied", "unclear", "absence_of_reports") and near and mark.first <= deed.first:
            if mark.value == "unclear" and is_weak(passage, mark):
                continue
            return mark.value
    return (
        "reported"
        if passage.marks.of("according")
        or passage.marks.of("say")
        or passage.marks.of("say_passive")
        or passage.marks.of("according_after")
        else "asserted"
    )


def _entry(passage: Passage, polarity: str, date: Dated | None, site: Site) -> str:
    """single, series, umbrella or plan."""
    if polarity == "planned":
        return "plan"
    if passage.marks.of("series"):
        return "series"
    if passage.marks.of("umbrella") and (site.city is None or site.basis == "carried"):
        return "umbrella"
    return "series" if date is not None and date.since and "/" in (date.value or "") else "single"


def _respond(found: list[Proposal], passage: Passage) -> list[Proposal]:
    """The last action with the response told after it."""
    response = response_of(passage)
    last = found[-1]
    if response is None:
        return found
    span = Span.of(passage.text, "response", *response)
    value = {**dict(last.value), "response": one_line(passage.text[response[0] : response[1]])}
    return [*found[:-1], replace(last, spans=(*last.spans, span), value=value)]
