"""Toll statements of a case: what sources said about numbers, with root, speakers and dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from esep.counts.bounds import Bounds
from esep.counts.origins import Speakers
from esep.counts.scopes import Scope
from esep.counts.tolls import Reading, Toll
from esep.dates import When
from esep.errors import BadDate
from esep.ledger.claims import Claim
from esep.ledger.sources import Sources

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

_READINGS: dict[str, Reading] = {"known_so_far": "so_far", "so_far": "so_far", "total": "total"}
_EVERYBODY = ("", "all", "everyone", "everybody")


def toll_statements(ledger: Ledger, *, sources: Sources, known_on: KnownOn = None) -> list[Toll]:
    """All statements about numbers as known on a moment, in the order of the ledger."""
    upto = ledger.position(known_on)
    found = ledger.claims(kind="toll", props=["toll"], known_on=upto)
    return [_toll(claim, sources) for claim in found if isinstance(claim.value, Mapping)]


def speakers(ledger: Ledger, *, known_on: KnownOn = None) -> Speakers:
    """The table of speaker aliases that people decided: claims `speaker_alias` about the case."""
    upto = ledger.position(known_on)
    claims = ledger.claims(subjects=[ledger.case], props=["speaker_alias"], known_on=upto)
    return Speakers({str(c.value["words"]): str(c.value["name"]) for c in claims if isinstance(c.value, Mapping)})


def _toll(claim: Claim, sources: Sources) -> Toll:
    value = claim.value
    scope = value.get("scope") or {}
    source = sources.get(claim.source)
    return Toll(
        id=claim.subject,
        bounds=Bounds(value.get("low"), value.get("high"), value.get("hedge") or "exact", value.get("word")),
        scope=Scope(
            category=str(value.get("status") or "other-human"),
            place=scope.get("place") or None,
            period=_when(scope.get("period")),
            who=_who(scope.get("who")),
            part=str(scope.get("part") or ""),
            excludes=_words(scope.get("excludes")),
            event=str(scope.get("event") or ""),
        ),
        source=claim.source or "",
        root=sources.root(claim.source) or "",
        chain=tuple(value.get("said_by") or ()),
        kind=str(value.get("speaker_kind") or ""),
        as_of=_when(value.get("as_of")),
        published=_when(value.get("published") or (source.published if source else None)),
        reading=_READINGS.get(str(value.get("extent"))),
        polarity=str(value.get("polarity") or "asserted"),
        words=str(scope.get("note") or ""),
        marks=tuple(value.get("marks") or ()),
        is_subset=bool(value.get("is_subset")),
    )


def _when(text: Any) -> When | None:
    try:
        return When.parse(text) if isinstance(text, str) and text else None
    except BadDate:
        return None


def _who(who: Any) -> tuple[str, ...]:
    return tuple(word for word in _words(who) if word.casefold() not in _EVERYBODY)


def _words(told: Any) -> tuple[str, ...]:
    """One text or several, as several: a hand-made claim may hold either."""
    return (told,) if isinstance(told, str) else tuple(map(str, told or ()))
