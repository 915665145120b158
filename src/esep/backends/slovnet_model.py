"""Names in Russian sentences by slovnet: a small network with word vectors, NumPy only, loaded from two tar files.

Measured by others on the test set of FactRuEval-2016: persons found 0.93 of 1, places 0.82, bodies 0.73. It takes
Kazakh words for Russian names, so it is asked about Russian sentences only.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tarfile import TarError
from typing import Any, Self

from esep.backends.folders import fingerprint, missing, only_file, package_folder
from esep.errors import BackendFault, BackendLost
from esep.extract.answers import Answer, Answers, Proposer

_KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation"}


class SlovnetModel:
    """A tagger of names: `tag(text)` gives markup with spans, each with start, stop and type."""

    languages: frozenset[str] | None = frozenset(("ru",))

    def __init__(self, tag: Callable[[str], Any], proposer: Proposer) -> None:
        self._tag = tag
        self.proposer = proposer

    @classmethod
    def load(cls, folder: Path | None) -> Self:
        """Load `slovnet_ner*.tar` and `navec*.tar` of a folder, or of the installed package natasha when None.

        natasha carries the two files; it is not imported. Raises `BackendLost`.
        """
        try:
            from navec import Navec  # noqa: PLC0415 - an extra
            from slovnet import NER  # noqa: PLC0415 - an extra
        except ImportError:
            raise missing("slovnet", "slovnet") from None
        home = folder or package_folder("natasha")
        if home is None or not home.is_dir():
            raise BackendLost("there is no folder with a model for slovnet", hint="--model FOLDER, or install natasha")
        network, vectors = only_file(home, "slovnet_ner*.tar"), only_file(home, "navec*.tar")
        try:
            tagger = NER.load(str(network))
            tagger.navec(Navec.load(str(vectors)))
        except (OSError, ValueError, KeyError, TypeError, AssertionError, EOFError, TarError) as error:
            raise BackendLost(
                f"the model cannot be loaded ({type(error).__name__})", hint="fetch its two tar files again"
            ) from None
        return cls(tagger, Proposer("slovnet", network.stem, fingerprint(network, vectors)))

    def ask(self, window: str, *, language: str) -> Answers:
        """Names of one passage. Raises `BackendFault`."""
        try:
            spans = self._tag(window).spans
        except (ValueError, IndexError, KeyError) as error:
            raise BackendFault(f"slovnet could not read the passage ({type(error).__name__})") from None
        found = [_answer(window, span) for span in spans if span.type in _KINDS]
        return Answers(tuple(found))


def _answer(window: str, span: Any) -> Answer:
    quote = window[span.start : span.stop]
    return Answer(_KINDS[span.type], quote, {"name": quote}, at=span.start)
