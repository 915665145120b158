"""HTML to text: blocks on lines of their own, nothing that a reader of the page would not see as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from esep.errors import RefusedFile
from esep.intake.limits import Limits

_LEFT_OUT = frozenset("script style template noframes iframe object embed svg math canvas audio video".split())
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody "
    "textarea tfoot thead title tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_SPACE = re.compile("[ \t\r\n\f]+")  # ASCII only: a no-break space is a character of the text


class _Text:
    """Text under construction: spaces and breaks wait until a word follows, so that none stands at an edge."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.waiting = ""

    def words(self, text: str, *, kept: bool) -> None:
        if kept:
            self._put(text)
            return
        for index, word in enumerate(_SPACE.split(text)):
            if index and self.waiting not in ("\n", "\t"):
                self.waiting = " "
            if word:
                self._put(word)

    def part(self, mark: str) -> None:
        if self.pieces and self.waiting != "\n":
            self.waiting = mark

    def _put(self, text: str) -> None:
        if self.pieces:
            self.pieces.append(self.waiting)
        self.pieces.append(text)
        self.waiting = ""


def parse(content: bytes, *, limits: Limits) -> Iterator[dict[str, Any]]:
    """One object with the `text` of a page given as UTF-8."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml_html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise RefusedFile("the page is empty or cannot be read as HTML") from None
    text = _Text()
    _walk(root, text)
    found = "".join(text.pieces)
    if len(found) > limits.text_chars:
        raise RefusedFile(f"the text of the page is longer than {limits.text_chars} characters")
    yield {"text": found + "\n" if found else ""}


def _walk(root: Any, text: _Text) -> None:
    """Read the tree in order, with a stack: `(element, inside pre)` to open, a string mark to part, text to put."""
    stack: list[tuple[str, Any, bool]] = [("open", root, False)]
    while stack:
        act, node, kept = stack.pop()
        if act == "words":
            text.words(node, kept=kept)
        elif act == "part":
            text.part(node)
        else:
            stack.extend(reversed(list(_steps(node, kept=kept))))


def _steps(node: Any, *, kept: bool) -> Iterator[tuple[str, Any, bool]]:
    tag = node.tag if isinstance(node.tag, str) else ""
    mark = "\n" if tag in _BLOCKS else "\t" if tag in _CELLS else ""
    if tag and tag not in _LEFT_OUT:
        inside = kept or tag == "pre"
        if mark:
            yield "part", mark, kept
        if node.text:
            yield "words", node.text, inside
        for child in node:
            yield "open", child, inside
        if mark == "\n":
            yield "part", mark, kept
    if node.tail and node.getparent() is not None:
        yield "words", node.tail, kept
