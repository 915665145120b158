"""Sources as the site shows them, each with the root it goes back to; unpublished ones without title or address."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from esep.ledger.sources import Source, Sources
from esep.publish.redaction import Redaction
from esep.publish.rules import Rules
from esep.publish.words import Words, public_name, slug, words

_LINK = re.compile(r"https?://[^\s()<>\"']+")


@dataclass(frozen=True, slots=True)
class ShownSource:
    """One source. `link` is the part of `address` that a browser can follow; `copy_of` and `root` are source ids."""

    id: str
    public_id: str
    title: Words
    publisher: Words | None
    published: str | None
    language: str | None
    medium: str | None
    address: str | None
    link: str | None
    disclaimer: str | None
    root: str
    copy_of: str | None
    is_translation: bool
    ring: bool

    @property
    def anchor(self) -> str:
        """Place on the page of sources."""
        return f"s-{slug(self.public_id)}"

    @property
    def label(self) -> str:
        """Short form for tables: publisher and date, or the title."""
        named = self.publisher.text if self.publisher else self.title.text
        return f"{named}, {self.published}" if self.published else named


def show_sources(
    sources: Sources, cited: Collection[str], *, rules: Rules, redaction: Redaction
) -> dict[str, ShownSource]:
    """Sources that were published, and those that a published claim cites, by id in the order of their titles."""
    named = set(cited) | {source.id for source in sources if is_published(source)}
    roots = {sources.root(source) for source in named} | {source.reprint_of for source in sources if source.id in named}
    found = [_show(source, rules, redaction) for source in sources if source.id in named | roots]
    return {one.id: one for one in sorted(found, key=lambda one: (one.title.text.casefold(), one.id))}


def is_published(source: Source) -> bool:
    """Was the source itself published? Otherwise its title may be the name of who spoke, and is not shown."""
    return bool(source.publisher or source.url)


def _public_id(source: Source, public: bool, redaction: Redaction) -> str:
    """The id of a published source; a hash for others and for stored files, whose ids are made of file names."""
    is_safe = public and "file" not in source.facts and redaction.allows(source.id)
    name = public_name(source.id, is_safe=is_safe)
    return name if is_safe else f"{'source' if public else 'unpublished'}-{name}"


def _show(source: Source, rules: Rules, redaction: Redaction) -> ShownSource:
    public = is_published(source)
    public_id = _public_id(source, public, redaction)

    def shown(prop: str) -> Any:
        return redaction.text(getattr(source, prop)) if public and prop in rules.source_props else None

    title = shown("title") if source.is_resolved else None  # else it is only the id again
    publisher, address = shown("publisher"), shown("url")
    link = _LINK.search(address) if address else None
    return ShownSource(
        id=source.id,
        public_id=public_id,
        title=_title(source, title, public_id=public_id, public=public),
        publisher=words(publisher) if publisher else None,
        published=source.published if "published" in rules.source_props else None,
        language=source.language if "language" in rules.source_props else None,
        medium=shown("medium"),
        address=address,
        link=link[0] if link else None,
        disclaimer=shown("disclaimer"),
        root=source.root,
        copy_of=source.reprint_of or source.translation_of,
        is_translation=source.is_translation,
        ring=source.ring,
    )


def _title(source: Source, title: str | None, *, public_id: str, public: bool) -> Words:
    if title:
        return words(title, source.language if source.language == "en" else None)
    if not public:
        return words(f"Unpublished source {public_id.rpartition('-')[2]}", "en")
    return words("Title withheld" if source.is_resolved else "Title not stated", "en")
