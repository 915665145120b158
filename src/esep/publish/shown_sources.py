"""Sources as the site shows them, each with the root it goes back to; unpublished ones without title or address."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from esep.canonical import digest
from esep.ledger.sources import Source, Sources
from esep.publish.redaction import Redaction
from esep.publish.rules import Rules
from esep.publish.words import Words, slug, words

_LINK = re.compile(r"https?://[^\s()<>\"']+")
_SHOWN_HASH = 8


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


def _show(source: Source, rules: Rules, redaction: Redaction) -> ShownSource:
    public = is_published(source)
    name = source.id.partition(":")[2]
    public_id = name if public and redaction.allows(name) else f"unpublished-{digest(source.id.encode())[:_SHOWN_HASH]}"

    def shown(prop: str) -> Any:
        return redaction.text(getattr(source, prop)) if public and prop in rules.source_props else None

    title, publisher, address = shown("title"), shown("publisher"), shown("url")
    link = _LINK.search(address) if address else None
    return ShownSource(
        id=source.id,
        public_id=public_id,
        title=words(title, source.language if source.language == "en" else None)
        if title
        else words("Title withheld" if public else f"Unpublished source {public_id[-_SHOWN_HASH:]}", "en"),
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
