"""Sources, each root with its reprints and translations below it."""

from __future__ import annotations

from collections.abc import Iterable

from esep.publish.page import Page
from esep.publish.rules import Rules
from esep.publish.shown_sources import ShownSource
from esep.publish.view import View


def pages(view: View, rules: Rules) -> Iterable[Page]:
    """One page: roots in the order of their titles, copies under them."""
    below: dict[str, list[ShownSource]] = {}
    for source in view.sources.values():
        below.setdefault(source.root, []).append(source)
    roots = [(view.sources[root], [one for one in its if one.id != root]) for root, its in below.items()]
    roots.sort(key=lambda pair: (pair[0].title.text.casefold(), pair[0].id))
    copies = sum(len(its) for _, its in roots)
    yield Page("sources.html", "Sources", "sources.html", {"roots": roots, "copies": copies})
