"""Towns where the action of a sentence took place."""

from __future__ import annotations

from dataclasses import dataclass

from esep.extract.lexicon import Mark
from esep.extract.passages import Passage
from esep.extract.whereabouts import settlements
from esep.places import Mention, base_gazetteer


@dataclass(frozen=True)
class Site:
    """Where one action of a sentence took place."""

    mention: Mention | None
    city: str | None
    country: str | None
    basis: str


def _joins_located(passage: Passage, site: Site, located: list[Site]) -> bool:
    """Kazakh puts the case of place only on the last of several towns: «Қарағанды мен Екібастұзда»."""
    if passage.language != "kk" or site.mention is None:
        return False
    for other in located:
        if other.mention is not None and site.mention.end < other.mention.start:
            between = [t.low for t in passage.tokens if site.mention.end <= t.start < other.mention.start]
            if between and all(word in (",", "мен", "пен", "бен", "және") for word in between):
                return True
    return False


def is_topic(passage: Passage, start: int, deed: Mark | None) -> bool:
    """Does the date or place belong to what an action is about («to investigate the shooting in X on 16 December»)?"""
    index = passage.token_at(start)
    topic = [
        at
        for at in range(index)
        if passage.tokens[at].low in ("investigate", "investigation", "расследования", "расследовать", "розслідування")
    ]
    return bool(topic) and (deed is None or deed.first < topic[-1])


def sites_of(passage: Passage, deed: Mark | None) -> list[Site]:
    """Towns where the action of a sentence took place: those not named as whose, from, or as the name of a thing."""
    sites = []
    for mention in settlements(passage):
        if _is_thing(passage, mention) or is_topic(passage, mention.start, deed):
            continue
        place = mention.candidates[0].place
        basis = "inferred" if _is_of_body(passage, mention) else "stated"
        sites.append(Site(mention, place.name, base_gazetteer().country_name(place.country), basis))
    located = [site for site in sites if site.mention is not None and _is_located(passage, site.mention)]
    chosen = [site for site in sites if site in located or _joins_located(passage, site, located)] or sites
    return _listed(passage, chosen)


def _is_thing(passage: Passage, mention: Mention) -> bool:
    """«monument to Engels», «residents of Zhanaozen», «road to Aktau»: the town is not where it happens."""
    index = passage.token_at(mention.start)
    before = [token.low for token in passage.tokens[max(0, index - 4) : index]]
    if (
        before[-1:] in (["in"], ["в"], ["у"])
        and len(before) > 1
        and before[-2] in ("hall", "university", "prison", "office", "branch", "больнице", "тюрьме", "университета")
    ):
        return True
    if (
        before[-1:] in (["on"], ["with"], ["from"], ["against"])
        or before[-2:] == ["out", "of"]
        or before[-1:] in (["из"], ["з"], ["із"])
    ):
        return True
    if before[-1:] == ["to"] and any(word in ("monument", "solidarity", "way", "road", "connects") for word in before):
        return True
    return (
        before[-1:] == ["of"]
        and any(
            word
            in (
                "residents",
                "workers",
                "civilians",
                "people",
                "city",
                "mayor",
                "hall",
                "events",
                "oil",
                "strikers",
                "inhabitants",
            )
            for word in before
        )
        and "city" not in before
        and "town" not in before
    )


def _is_of_body(passage: Passage, mention: Mention) -> bool:
    """Is the town part of the name of a body («the Leningrad committee»)?"""
    index = passage.token_at(mention.end - 1) + 1
    return passage.marks.covering("org_head", index) is not None


def _is_located(passage: Passage, mention: Mention) -> bool:
    """Does a word of place stand before it (or, in Kazakh, a case of place at its end)?"""
    index = passage.token_at(mention.start)
    before = [token.low for token in passage.tokens[max(0, index - 2) : index]]
    if passage.language == "kk":
        return mention.quote.endswith(("да", "де", "та", "те", "нда", "нде")) or passage.tokens[
            min(index + 1, len(passage.tokens) - 1)
        ].low.startswith(("қаласында", "ауылында"))
    words = {
        "en": (
            "in",
            "at",
            "near",
            "outside",
            "town",
            "city",
            "village",
            "towns",
            "cities",
            "of",
            "to",
            ",",
            "and",
            "capital",
            "across",
            "through",
        ),
        "ru": ("в", "во", "под", "городе", "городах", "посёлке", "поселке", "селе", ",", "и"),
        "uk": ("у", "в", "під", "місті", "містах", "селищі", "селі", ",", "та", "і", "й"),
    }
    return any(word in words[passage.language] for word in before[-1:]) or any(
        word in ("town", "city", "village", "городе", "місті", "of") for word in before
    )


def _listed(passage: Passage, sites: list[Site]) -> list[Site]:
    """Towns joined by commas and «and», or each with a deed or «another» of its own; else only the first."""
    if len(sites) < 2:
        return sites
    kept = [sites[0]]
    for site in sites[1:]:
        last, this = kept[-1].mention, site.mention
        if last is None or this is None:
            continue
        between = [token.low for token in passage.tokens if last.end <= token.start < this.start]
        joined = all(
            word in (",", "and", "и", "та", "і", "й", "мен", "пен", "және", "in", "в", "у", "the", "(")
            for word in between
        )
        again = any(word in ("another", "one", "also", "другой", "другая", "ещё", "інший", "інша") for word in between)
        if (joined or again) and site.city != kept[-1].city:
            kept.append(site)
    return kept


def country_of(passage: Passage) -> str | None:
    """The country a sentence says it happens in, when it names no town."""
    for mention in passage.places:
        place = mention.candidates[0].place
        if place.kind == "country" and _is_located(passage, mention) and not mention.quoted:
            before = [token.low for token in passage.tokens if token.end <= mention.start][-2:]
            if "in" in before or "в" in before or "у" in before or passage.language == "kk":
                return place.name
    return None
