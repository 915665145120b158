"""Sources as a view over claims about them, with the root each one goes back to.

A reprint or translation is not a second witness: its root is the source it was made from, and so on to the
end. A part of a document is a source with its own date and publisher. A table may name a source before
the source's own row arrives: such a source is unresolved and keeps its id as title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from esep.ledger.claims import Claim

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

PARENTS = ("reprint_of", "translation_of", "copy_of")


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that speaks, as known on a moment.

    `root` is the id of the source it goes back to (its own id when it is no copy); `ring` says that its
    copies lead in a circle, so that no root can be told. `facts` are all other stated values by property.
    """

    id: str
    title: str
    publisher: str | None
    published: str | None
    language: str | None
    medium: str | None
    url: str | None
    root: str
    reprint_of: str | None
    translation_of: str | None
    part_of: str | None
    disclaimer: str | None
    is_resolved: bool
    ring: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_translation(self) -> bool:
        """Whether it says of itself that it is translated; the original may not be held."""
        return self.translation_of is not None or "translation" in str(self.medium or "")


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources by id, in the order in which they were first named."""

    by_id: Mapping[str, Source]

    def __iter__(self) -> Iterator[Source]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def get(self, source: str | None) -> Source | None:
        """The source with this id, if there is one."""
        return self.by_id.get(source or "")

    def root(self, source: str | None) -> str | None:
        """Root of a source id; an id nobody described is its own root."""
        found = self.get(source)
        return found.root if found else source


def sources(ledger: Ledger, *, known_on: KnownOn = None) -> Sources:
    """Every source that a claim is about or comes from, as known on a moment."""
    upto = ledger.position(known_on)
    facts: dict[str, dict[str, Claim]] = {}
    for kind in ("source", "part"):
        for claim in ledger.claims(kind=kind, known_on=upto):
            facts.setdefault(claim.subject, {})[claim.prop] = claim
    sql = "SELECT source, min(seq) FROM claim WHERE source IS NOT NULL AND seq <= ? GROUP BY source ORDER BY min(seq)"
    named = [row[0] for row in ledger.database.rows(sql, [upto])]
    for source in named:
        facts.setdefault(source, {})
    _name_parents(facts)
    stated = {source: _stated(claims.values()) for source, claims in facts.items()}
    return Sources({source: _source(source, stated, facts[source]) for source in facts})


def _name_parents(facts: dict[str, dict[str, Claim]]) -> None:
    for claims in list(facts.values()):
        for prop in (*PARENTS, "part_of"):
            if prop in claims and isinstance(claims[prop].value, str):
                facts.setdefault(claims[prop].value, {})


def _stated(claims: Iterable[Claim]) -> dict[str, Any]:
    return {claim.prop: claim.value for claim in claims if claim.state == "stated"}


def _source(source: str, stated: Mapping[str, Mapping[str, Any]], claims: Mapping[str, Claim]) -> Source:
    facts = stated[source]
    root, ring = _root(source, stated)
    known = ("title", "publisher", "published", "language", "medium", "url", "disclaimer", "part_of", *PARENTS)
    return Source(
        id=source,
        title=str(facts.get("title") or source.partition(":")[2]),
        publisher=facts.get("publisher"),
        published=facts.get("published"),
        language=facts.get("language"),
        medium=facts.get("medium"),
        url=facts.get("url"),
        root=root,
        reprint_of=facts.get("reprint_of") or facts.get("copy_of"),
        translation_of=facts.get("translation_of"),
        part_of=facts.get("part_of"),
        disclaimer=facts.get("disclaimer") or stated.get(str(facts.get("part_of")), {}).get("disclaimer"),
        is_resolved="title" in facts,
        ring=ring,
        facts={prop: value for prop, value in facts.items() if prop not in known},
        claims={prop: claim.cid for prop, claim in claims.items()},
    )


def _root(source: str, stated: Mapping[str, Mapping[str, Any]]) -> tuple[str, bool]:
    seen = [source]
    while True:
        facts = stated.get(seen[-1], {})
        parent = next((facts[prop] for prop in PARENTS if facts.get(prop)), None)
        if parent is None:
            return seen[-1], False
        if parent in seen:
            return min(seen[seen.index(parent) :]), True
        seen.append(str(parent))
