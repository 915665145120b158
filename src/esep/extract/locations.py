"""Places named in a text as proposals: each once, with its candidates shown."""

from __future__ import annotations

from esep.extract.passages import Reading
from esep.extract.proposals import Proposal, Span
from esep.places import base_gazetteer, fold


def places_of(reading: Reading) -> list[Proposal]:
    """One proposal a spelling, at its first mention; names inside quotation marks are left to the organisations."""
    found: dict[str, Proposal] = {}
    for passage in reading.passages:
        for mention in passage.places:
            key = fold(mention.quote)
            if mention.quoted or key in found:
                continue
            best = mention.candidates[0]
            value: dict[str, object] = {
                "name": best.place.name,
                "country": base_gazetteer().country_name(best.place.country),
                "place_kind": best.place.kind,
                "candidates": [
                    {"id": c.place.id, "name": c.place.name, "kind": c.place.kind, "how": c.how}
                    for c in mention.candidates
                ],
            }
            span = Span.of(reading.text, "place", mention.start, mention.end)
            found[key] = Proposal(
                "place", mention.start, mention.end, mention.quote, (span,), value, "gazetteer", passage.language
            )
    return list(found.values())
