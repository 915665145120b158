"""Names by a spaCy model from a folder. Models are never taken by package name.

On the usual index several names of spaCy models (ru-core-news-sm, uk-core-news-sm, en-core-web-trf and more) belong to
strangers, at version 999.9.9. A folder whose `meta.json` has such a version is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from esep.backends.folders import fingerprint, missing
from esep.errors import BackendFault, BackendLost
from esep.extract.answers import Answer, Answers, Proposer

_KINDS = {
    "PERSON": "person", "PER": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation",
}  # fmt: skip
_OURS = frozenset(("en", "ru", "uk"))


class SpacyModel:
    """A pipeline that marks names: `read(text)` gives a document with `ents`."""

    def __init__(self, read: Callable[[str], Any], proposer: Proposer, *, language: str) -> None:
        self._read = read
        self.proposer = proposer
        self.languages: frozenset[str] | None = frozenset((language,))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Load a model that `nlp.to_disk` wrote. Raises `BackendLost`."""
        told = _meta(folder)
        try:
            import spacy  # noqa: PLC0415 - an extra
        except ImportError:
            raise missing("spacy", "spacy") from None
        try:
            pipeline = spacy.load(folder)
        except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
            raise BackendLost(
                f"the model cannot be loaded ({type(error).__name__})",
                hint="take a model made for the installed version of spaCy",
            ) from None
        version = f"{told['version']}+{fingerprint(*sorted(p for p in folder.rglob('*') if p.is_file()))}"
        return cls(pipeline, Proposer("spacy", f"{told['lang']}_{told['name']}", version), language=told["lang"])

    def ask(self, window: str, *, language: str) -> Answers:
        """Names of one passage. Raises `BackendFault`."""
        try:
            entities = self._read(window).ents
        except (ValueError, IndexError, KeyError) as error:
            raise BackendFault(f"spaCy could not read the passage ({type(error).__name__})") from None
        found = [
            Answer(_KINDS[one.label_], one.text, {"name": one.text}, at=one.start_char)
            for one in entities
            if one.label_ in _KINDS
        ]
        return Answers(tuple(found))


def _meta(folder: Path) -> dict[str, str]:
    """Language, name and version of a model. Raises `BackendLost` for a folder that is none, or a look-alike."""
    try:
        told = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        meta = {field: str(told[field]) for field in ("lang", "name", "version")}
    except (OSError, ValueError, KeyError, TypeError):
        raise BackendLost(
            "the folder holds no spaCy model: it has no meta.json", hint="give the folder that holds meta.json"
        ) from None
    if meta["version"].startswith("999."):
        raise BackendLost(
            "the model has version 999, as packages have that only look like spaCy's models",
            hint="do not load it; take the model from spaCy's own releases and check its hash",
        )
    if meta["lang"] not in _OURS:
        raise BackendLost("the model is for a language that esep does not read", hint="take one for en, ru or uk")
    return meta
