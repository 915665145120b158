"""Search keys: one stored string per name, so that a search finds it in any spelling."""

from __future__ import annotations

import unicodedata


def search_key(name: str) -> str:
    """Key under which a name is stored and looked up: caseless, ё as е, single spaces."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(folded.split())


def search_tokens(name: str) -> tuple[str, ...]:
    """Words of the key, each once, in order."""
    return tuple(dict.fromkeys(search_key(name).split()))
