"""Who a figure comes from: pages, roots and origins are three numbers.

A *page* is a place where the figure stands. Its *root* is the source that the page reprints or translates, at the
end of that chain. Its *origin* is the first named speaker, under the name that the table of aliases gives. Two
pages that quote one speaker have one origin, whoever printed them; where nobody is named the origin is unknown and
is never counted as independent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from esep.counts.words import folded, resource_rows
from esep.errors import CountsError


@cache
def unnamed_words() -> frozenset[str]:
    """Words that name nobody: «official», «witnesses», «сми» (editable: `unnamed_speakers.csv`)."""
    return frozenset(folded(row["words"]) for row in resource_rows("unnamed_speakers.csv"))


@dataclass(frozen=True)
class Speakers:
    """The table of aliases that a person decides: words as printed to the name they stand for.

    An alias may also give a name to words that by themselves name nobody, as «official» to one government.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)

    def first_named(self, chain: Iterable[str]) -> str | None:
        """The first speaker of a chain, from witness to publisher, who has a name; None where nobody has."""
        known = {folded(words): name for words, name in self.aliases.items()}
        for words in chain:
            form = folded(words)
            if form in known:
                return known[form]
            if form and form not in unnamed_words():
                return " ".join(words.split())
        return None


def chain_of(words: str) -> tuple[str, ...]:
    """Speakers in `witness > recorder > publisher` or «witness via recorder», first speaker first."""
    return tuple(part.strip() for part in re.split(r"\s*>\s*|,?\s+via\s+", words) if part.strip())


def root_of(source: str, reprints: Mapping[str, str]) -> str:
    """The source at the end of the chain of reprints and translations. Raises `CountsError` for a circle."""
    seen = [source]
    while (earlier := reprints.get(seen[-1])) is not None:
        if earlier in seen:
            raise CountsError(f"source {source} reprints itself by way of {earlier}", hint="correct reprint_of")
        seen.append(earlier)
    return seen[-1]


class Spoken(Protocol):
    """Anything that was said on a page: its page, its root source, and the chain of speakers."""

    @property
    def source(self) -> str:
        """The page."""
    @property
    def root(self) -> str:
        """The source that the page goes back to."""
    @property
    def chain(self) -> tuple[str, ...]:
        """Speakers from witness to publisher."""


@dataclass(frozen=True, slots=True)
class Independence:
    """How many voices stand behind some statements.

    `pages`, `roots` and `origins` are sorted ids; `unknown` are the roots on which nobody is named for at least one
    of the statements; they add nothing to the number of origins.
    """

    pages: tuple[str, ...]
    roots: tuple[str, ...]
    origins: tuple[str, ...]
    unknown: tuple[str, ...]

    def text(self) -> str:
        """«31 pages, 12 roots, 4 origins; on 5 roots nobody is named»."""
        counted = (self.pages, "page"), (self.roots, "root"), (self.origins, "origin")
        said = ", ".join(_plural(len(ids), word) for ids, word in counted)
        return f"{said}; on {_plural(len(self.unknown), 'root')} nobody is named" if self.unknown else said


def independence(statements: Sequence[Spoken], speakers: Speakers) -> Independence:
    """Pages, roots and origins behind these statements."""
    named = [(one, speakers.first_named(one.chain)) for one in statements]
    return Independence(
        pages=tuple(sorted({one.source for one in statements})),
        roots=tuple(sorted({one.root for one in statements})),
        origins=tuple(sorted({name for _, name in named if name is not None})),
        unknown=tuple(sorted({one.root for one, name in named if name is None})),
    )


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
