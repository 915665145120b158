"""Dated actions: one record a place and day, with its kind, organisers, target, participants and response.

Several towns in one sentence become several actions. What happens daily is a series, a wave is an umbrella, what is only
announced is a plan. An unknown date or city stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from esep.extract.dating import Dated
from esep.extract.lexicon import Mark
from esep.extract.passages import Passage, Reading
from esep.extract.proposals import Proposal, Span
from esep.extract.whereabouts import settlements
from esep.places import Mention, base_gazetteer

_LOOSE = ("demonstration", "strike", "shooting", "clash", "murder", "attack", "riot", "campaign", "arrest", "trial", "boycott")
_ORDER = (
    "leaflets", "flowers", "letter", "picket", "signature-campaign", "commission", "recording", "state-of-emergency", "funeral-ban", "concealment",
    "body-transfer", "medical-evacuation", "testimony", "search", "deployment", "blockade", "arson", "sit-in", "demonstration", "strike", "statement",
    "shooting", "riot", "clash", "attack", "arrest", "trial", "dismissal", "murder", "boycott", "press-conference", "poster", "funeral", "torture", "campaign",
)
_PLANS = ("planned",)
_OPENERS = frozenset("in at near outside by to front of the on across before".split())


@dataclass(frozen=True)
class _Site:
    """Where one action of a sentence took place."""

    mention: Mention | None
    city: str | None
    country: str | None
    basis: str


def actions_of(reading: Reading) -> list[Proposal]:
    """Every action told in a text, in its order; a response told in the next sentences is joined to its action."""
    found: list[Proposal] = []
    city: _Site | None = None
    date: Dated | None = None
    paragraph, begun = -1, 0
    for passage in reading.passages:
        if passage.sentence.paragraph != paragraph:
            city, date, paragraph = None, None, passage.sentence.paragraph
            begun = len(found)
        deed = main_deed(passage)
        here = _sites(passage, deed)
        own = [one for one in passage.dates if one.value and not one.asof and not _is_topic(passage, one.start, deed) and not _is_compared(passage, one)]
        heading = passage.part.title is not None and passage.sentence.start == passage.part.start
        same = _same_action(found[begun:], passage, deed, here)
        if same is not None and deed is not None:
            found[begun + same] = _enriched(found[begun + same], passage, deed, own=own)
        elif deed is not None and not heading and _is_told(passage, deed, here, own) and not _is_response_only(passage, deed, here, own, told=len(found) > begun):
            for site in here or [city or _Site(None, None, _country(passage), "none")]:
                found.append(_action(passage, deed, site, own=own, carried=date, was_here=bool(here)))
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
    return min(deeds, key=lambda mark: (mark.kind != "verb", _ORDER.index(mark.value) if mark.value in _ORDER else 99, mark.first), default=None)


def _is_cause(passage: Passage, mark: Mark) -> bool:
    """Is the deed only what an action is about («to protest against the killing», «news of the shooting»)?"""
    before = [token.low for token in passage.tokens[max(0, mark.first - 4) : mark.first]]
    if mark.kind != "noun" or mark.value not in ("shooting", "murder", "clash", "riot", "attack", "strike", "arrest", "trial"):
        return False
    return any(word in ("against", "of", "about", "under", "striking", "on", "about", "для", "против", "проти", "о", "об", "про", "к", "from", "to", "над", "after", "since") for word in before)


def _is_told(passage: Passage, deed: Mark, here: list[_Site], own: list[Dated]) -> bool:
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
    return bool(organised) and before != "the" or plan and deed.value in ("demonstration", "campaign", "strike", "signature-campaign", "recording", "commission") or deed.kind == "verb"


def _same_action(found: list[Proposal], passage: Passage, deed: Mark | None, here: list[_Site]) -> int | None:
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
    organisers, target, response = _organisers(passage, deed), _target(passage), _response(passage, deed)
    if organisers and not value["organisers"]:
        value["organisers"] = [_line(passage.text[a:b]) for a, b in organisers]
        spans += [Span.of(passage.text, "organiser", a, b) for a, b in organisers]
    for field, place in (("target", target), ("response", response)):
        if place is not None and value[field] is None:
            value[field] = _line(passage.text[place[0] : place[1]])
            spans.append(Span.of(passage.text, field, *place))
    return replace(action, value=value, spans=tuple(spans))


def _is_response_only(passage: Passage, deed: Mark, here: list[_Site], own: list[Dated], *, told: bool) -> bool:
    """Does the sentence only tell how an action told before was met?"""
    meets = [mark for mark in passage.marks.of("response") if mark.value]
    own_deed = deed.kind == "verb" and not any(mark.first <= deed.first < mark.last for mark in meets)
    return told and not here and not own and bool(meets) and (not own_deed or meets[0].first < deed.first)


def _is_topic(passage: Passage, start: int, deed: Mark | None) -> bool:
    """Does the date or place belong to what an action is about («to investigate the shooting in X on 16 December»)?"""
    index = passage.token_at(start)
    topic = [at for at in range(index) if passage.tokens[at].low in ("investigate", "investigation", "расследования", "расследовать", "розслідування")]
    return bool(topic) and (deed is None or deed.first < topic[-1])


def _is_compared(passage: Passage, date: Dated) -> bool:
    """«as had happened during the events of 1989»: another event."""
    index = passage.token_at(date.start)
    before = {token.low for token in passage.tokens[max(0, index - 7) : index]}
    return date.is_past_year and bool(before & {"as", "like", "как", "як", "сияқты"}) and "happened" in before | {"happened" if "как" in before or "як" in before else ""}


def _sites(passage: Passage, deed: Mark | None) -> list[_Site]:
    """Towns where the action of a sentence took place: those not named as whose, from, or as the name of a thing."""
    sites = []
    for mention in settlements(passage):
        if _is_thing(passage, mention) or _is_topic(passage, mention.start, deed):
            continue
        place = mention.candidates[0].place
        basis = "inferred" if _is_of_body(passage, mention) else "stated"
        sites.append(_Site(mention, place.name, base_gazetteer().country_name(place.country), basis))
    located = [site for site in sites if site.mention is not None and _is_located(passage, site.mention)]
    chosen = located or sites
    return _listed(passage, chosen)


def _is_thing(passage: Passage, mention: Mention) -> bool:
    """«monument to Engels», «residents of Zhanaozen», «road to Aktau»: the town is not where it happens."""
    index = passage.token_at(mention.start)
    before = [token.low for token in passage.tokens[max(0, index - 4) : index]]
    if before[-1:] in (["in"], ["в"], ["у"]) and len(before) > 1 and before[-2] in ("hall", "university", "prison", "office", "branch", "больнице", "тюрьме", "университета"):
        return True
    if before[-1:] in (["on"], ["with"], ["from"], ["against"]) or before[-2:] == ["out", "of"] or before[-1:] in (["из"], ["з"], ["із"]):
        return True
    if before[-1:] == ["to"] and any(word in ("monument", "solidarity", "way", "road", "connects") for word in before):
        return True
    return before[-1:] == ["of"] and any(
        word in ("residents", "workers", "civilians", "people", "city", "mayor", "hall", "events", "oil", "strikers", "inhabitants") for word in before
    ) and "city" not in before and "town" not in before


def _is_of_body(passage: Passage, mention: Mention) -> bool:
    """Is the town part of the name of a body («the Leningrad committee»)?"""
    index = passage.token_at(mention.end - 1) + 1
    return passage.marks.covering("org_head", index) is not None


def _is_located(passage: Passage, mention: Mention) -> bool:
    """Does a word of place stand before it (or, in Kazakh, a case of place at its end)?"""
    index = passage.token_at(mention.start)
    before = [token.low for token in passage.tokens[max(0, index - 2) : index]]
    if passage.language == "kk":
        return mention.quote.endswith(("да", "де", "та", "те", "нда", "нде")) or passage.tokens[min(index + 1, len(passage.tokens) - 1)].low.startswith(("қаласында", "ауылында"))
    words = {"en": ("in", "at", "near", "outside", "town", "city", "village", "towns", "cities", "of", "to", ",", "and", "capital", "across", "through"), "ru": ("в", "во", "под", "городе", "городах", "посёлке", "поселке", "селе", ",", "и"), "uk": ("у", "в", "під", "місті", "містах", "селищі", "селі", ",", "та", "і", "й")}
    return any(word in words[passage.language] for word in before[-1:]) or any(word in ("town", "city", "village", "городе", "місті", "of") for word in before)


def _listed(passage: Passage, sites: list[_Site]) -> list[_Site]:
    """Towns joined by commas and «and», or each with a deed or «another» of its own; else only the first."""
    if len(sites) < 2:
        return sites
    kept = [sites[0]]
    for site in sites[1:]:
        last, this = kept[-1].mention, site.mention
        if last is None or this is None:
            continue
        between = [token.low for token in passage.tokens if last.end <= token.start < this.start]
        joined = all(word in (",", "and", "и", "та", "і", "й", "мен", "пен", "және", "in", "в", "у", "the", "(") for word in between)
        again = any(word in ("another", "one", "also", "другой", "другая", "ещё", "інший", "інша") for word in between)
        if (joined or again) and site.city != kept[-1].city:
            kept.append(site)
    return kept


def _country(passage: Passage) -> str | None:
    """The country a sentence says it happens in, when it names no town."""
    for mention in passage.places:
        place = mention.candidates[0].place
        if place.kind == "country" and _is_located(passage, mention) and not mention.quoted:
            before = [token.low for token in passage.tokens if token.end <= mention.start][-2:]
            if "in" in before or "в" in before or "у" in before or passage.language == "kk":
                return place.name
    return None


def _action(
    passage: Passage, deed: Mark, site: _Site, *, own: list[Dated], carried: Dated | None, was_here: bool
) -> Proposal:
    start, end = passage.sentence.start, passage.sentence.end
    polarity = _polarity(passage, deed)
    date = own[0] if own else (None if polarity == "planned" else carried)
    if polarity == "planned" and not was_here:
        site = _Site(None, None, _country(passage), "none")
    country = site.country
    spans = [Span.of(passage.text, "action", *passage.quote(deed.first, deed.last))]
    if site.mention is not None and was_here:
        spans.append(Span.of(passage.text, "place", site.mention.start, site.mention.end))
    if date is not None and date in passage.dates:
        spans.append(Span.of(passage.text, "time", date.start, date.end))
    organisers, target, response = _organisers(passage, deed), _target(passage), _response(passage, deed)
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
        "organisers": [_line(passage.text[a:b]) for a, b in organisers],
        "target": _line(passage.text[target[0] : target[1]]) if target else None,
        "participants": _participants(passage),
        "response": _line(passage.text[response[0] : response[1]]) if response else None,
        "stance": polarity,
        "entry": _entry(passage, polarity, date, site),
    }
    return Proposal("action", start, end, passage.text[start:end], tuple(spans), value, deed.rule.id, passage.language)


def _line(words: str) -> str:
    return " ".join(words.split())


def _polarity(passage: Passage, deed: Mark) -> str:
    """planned when a word of planning rules the deed, feared and denied likewise; else asserted or reported."""
    for mark in passage.marks.of("polarity"):
        near = mark.first - 10 <= deed.first and mark.last <= deed.last + 10
        if mark.value == "planned" and near and (mark.first <= deed.first or mark.first - deed.last <= 3 or passage.language == "kk"):
            words = " ".join(token.low for token in passage.tokens[mark.first : mark.last])
            if words in ("would", "called for a", "promised to") and deed.kind == "verb":
                continue
            if mark.rule.id.endswith("demanded") and deed.value not in ("campaign",):
                continue
            return "planned"
        if mark.value in ("feared", "denied") and near and mark.first <= deed.first:
            return mark.value
    return "reported" if passage.marks.of("according") or passage.marks.of("say") or passage.marks.of("say_passive") or passage.marks.of("according_after") else "asserted"


def _entry(passage: Passage, polarity: str, date: Dated | None, site: _Site) -> str:
    """single, series, umbrella or plan."""
    if polarity == "planned":
        return "plan"
    if passage.marks.of("series"):
        return "series"
    if passage.marks.of("umbrella") and (site.city is None or site.basis == "carried"):
        return "umbrella"
    return "series" if date is not None and date.since and "/" in (date.value or "") else "single"


def _organisers(passage: Passage, deed: Mark) -> list[tuple[int, int]]:
    """Who organised it: the words after «by», or the subject of the verb of organising or of the deed."""
    organised = passage.marks.of("organise")
    for mark in organised:
        after = mark.last
        if passage.tokens[mark.last - 1].low == "by" or (after < len(passage.tokens) and passage.tokens[after].low == "by"):
            return _phrase(passage, after + (passage.tokens[mark.last - 1].low != "by"))
    verbs = [mark.first for mark in organised if passage.tokens[mark.first].low not in ("took", "was", "were", "прошёл", "прошел", "прошла", "состоялся", "состоялась", "відбулася", "відбувся", "өтті", "прошли", "состоялись")]
    verbs += [deed.first] if deed.kind == "verb" and not _is_passive(passage, deed) else []
    return _subject(passage, min(verbs)) if verbs and passage.language != "kk" else _kazakh_subject(passage) if passage.language == "kk" else []


def _is_passive(passage: Passage, deed: Mark) -> bool:
    return any(passage.marks.at("be", at) for at in range(max(0, deed.first - 2), deed.first))


def _phrase(passage: Passage, first: int) -> list[tuple[int, int]]:
    last = first
    while last < len(passage.tokens) and last - first < 30 and passage.tokens[last].low not in (".", ";", "in", "to", "near", "on", "who"):
        last += 1
    return [passage.quote(first, last)] if last > first else []


def _subject(passage: Passage, verb: int) -> list[tuple[int, int]]:
    """The words before the verb, after the last time and place that open the sentence."""
    first = 0
    for date in passage.dates:
        at = passage.token_at(date.end - 1) + 1
        first = max(first, at) if at < verb else first
    for mention in settlements(passage):
        at = passage.token_at(mention.end - 1) + 1
        if at < verb and passage.marks.covering("org_head", at) is None:
            first = max(first, at)
    for at in range(first, verb):
        if passage.tokens[at].low == "where":
            first = at + 1
    while first < verb and passage.tokens[first].low in (",", ")", "and", "the", "in", "on", "of", "evening", "на", "в", "года", "где", "де", "that", "та", "и", "і", "also"):
        first += 1
    last = verb
    while last > first and (passage.marks.at("be", last - 1) or passage.tokens[last - 1].low in ("also", "have", "had", "has", ",", "также", "також")):
        last -= 1
    if last <= first or last - first > 28 or not any(token.kind == "word" for token in passage.tokens[first:last]):
        return []
    return [passage.quote(first, last)]


def _kazakh_subject(passage: Passage) -> list[tuple[int, int]]:
    marks = [m for cls in ("people", "org_head") for m in passage.marks.of(cls)]
    if not marks:
        return []
    best = min(marks, key=lambda mark: mark.first)
    first = best.first
    while first > 0 and passage.tokens[first - 1].kind == "word" and not any(m.start <= passage.tokens[first - 1].start < m.end for m in passage.places) and not any(d.start <= passage.tokens[first - 1].start < d.end for d in passage.dates) and best.first - first < 4:
        first -= 1
    return [passage.quote(first, best.last)]


def _target(passage: Passage) -> tuple[int, int] | None:
    """The building or body it was aimed at: «the embassy of Kazakhstan»."""
    for mark in passage.marks.of("target"):
        before = passage.tokens[mark.first - 1].low if mark.first else ""
        if before in ("no",):
            continue
        first, last = mark.first, mark.last
        while first > 0 and passage.tokens[first - 1].kind == "word" and (passage.tokens[first - 1].is_capital or passage.tokens[first - 1].low in ("kazakh",)) and first > 1:
            first -= 1
        while last < len(passage.tokens) and (passage.tokens[last].low in ("of", "the", "general", "to") or passage.tokens[last].is_capital) and last - mark.last < 7:
            last += 1
        while passage.tokens[last - 1].low in ("of", "the", "to"):
            last -= 1
        return passage.quote(first, last)
    return None


def _participants(passage: Passage) -> str | None:
    for one in passage.counted:
        if one.people is not None and one.figure.vague != "many" or (one.figure.numbers and one.people):
            start, end = passage.quote(one.first, one.last)
            return _line(passage.text[start:end])
    return None


def _response(passage: Passage, deed: Mark | None = None) -> tuple[int, int] | None:
    """The clause that tells how officials, police or passers-by met the action; never the deed itself."""
    marks = [m for m in passage.marks.of("response") if deed is None or not (m.first < deed.last and deed.first < m.last)]
    if not marks:
        return None
    first, last = marks[0].first, marks[0].last
    while first > 0 and passage.tokens[first - 1].low not in (",", ";", ".", "but", "но", "але"):
        first -= 1
    while last < len(passage.tokens) and passage.tokens[last].low not in (".", ";"):
        last += 1
    return passage.quote(first, last)


def _respond(found: list[Proposal], passage: Passage) -> list[Proposal]:
    """The last action with the response told after it."""
    response = _response(passage)
    last = found[-1]
    if response is None:
        return found
    span = Span.of(passage.text, "response", *response)
    value = {**dict(last.value), "response": _line(passage.text[response[0] : response[1]])}
    return [*found[:-1], replace(last, spans=(*last.spans, span), value=value)]
