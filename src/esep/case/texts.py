"""Words of the documents of a case, by code points of their text layers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from esep.case.folder import Folder
from esep.errors import BadInput, NotFound
from esep.intake.scans import Word, read_boxes
from esep.ledger.claims import Claim


class Texts:
    """Text layers, each read from the store once."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._layers: dict[str, str] = {}
        self._words: dict[str, tuple[Word, ...]] = {}

    def text(self, doc: str) -> str:
        """Text layer of a document, by its source id or by the name of its file.

        Raises `NotFound` if the case holds no such document, or more than one file of that name.
        """
        if doc not in self._layers:
            claim = self._claim(doc)
            self._layers[doc] = self._folder.files.get(str(claim.value["sha256"])).decode("utf-8")
        return self._layers[doc]

    def sha256(self, doc: str) -> str:
        """Hash of the text layer of a document."""
        return str(self._claim(doc).value["sha256"])

    def page(self, doc: str, offset: int) -> int | None:
        """Page, from 1, on which a code point of a PDF stands; None for a document without pages."""
        starts = self._claim(doc).value.get("page_starts") or ()
        return bisect_right(starts, offset) or None

    def words(self, doc: str) -> Sequence[Word]:
        """Words of a document that were read from pictures, with page, box and confidence; none for other texts."""
        if doc not in self._words:
            held = self._claim(doc).value.get("boxes")
            self._words[doc] = read_boxes(self._folder.files.get(str(held))) if held else ()
        return self._words[doc]

    def boxes(self, doc: str, start: int, end: int) -> tuple[Word, ...]:
        """Words of a scan that stand at `[start, end)`: where to look on which page."""
        return tuple(word for word in self.words(doc) if word.start < end and start < word.end)

    def passage(self, doc: str, start: int, end: int) -> str:
        """Words at `[start, end)` in code points. Raises `NotFound` or `BadInput`."""
        text = self.text(doc)
        if not 0 <= start < end <= len(text):
            raise BadInput(f"{doc} has {len(text)} code points, so there is no passage {start} to {end}")
        return text[start:end]

    def _claim(self, doc: str) -> Claim:
        ledger = self._folder.ledger
        subject = doc if doc.startswith(("source:", "part:")) else f"source:{doc}"
        found = list(ledger.claims(subjects=[subject], props=["text"]))
        if not found:
            named = {c.subject for c in ledger.claims(props=["file"]) if c.value and c.value.get("name") == doc}
            if len(named) > 1:
                raise NotFound(f"{len(named)} documents of this case are called {doc}", hint="name the source instead")
            found = list(ledger.claims(subjects=sorted(named), props=["text"]))
        if not found:
            raise NotFound(f"the case holds no document {doc}", hint="add the document first")
        return found[-1]
