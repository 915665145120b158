"""DOCX to text. The tree is walked rather than paragraphs joined, since those leave out inserted text and boxes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from esep.errors import RefusedFile
from esep.intake.limits import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # repeats what stands before it
_LEFT_OUT = frozenset((_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _FALLBACK))
_MARKS = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "\u2011",
    _W + "softHyphen": "\u00ad",
}
_CELL, _ROW = "\x1f", "\x1e"  # no XML text can hold these, so they stand for nothing else
_AFTER = {_W + "p": "\n", _W + "tc": _CELL, _W + "tr": _ROW}
_PARTS = ("footnotes", "endnotes", "header", "footer")  # in this order behind the body


def parse(content: bytes, *, limits: Limits) -> Iterator[dict[str, Any]]:
    """One object: `text`, and `notes` on what is not in it."""
    try:
        document = docx.Document(io.BytesIO(content))
        roots = [document.element.body, *_further_roots(document)]
    except (OpcError, KeyError, ValueError, etree.XMLSyntaxError):
        raise RefusedFile("the DOCX is damaged and cannot be opened", hint="save it anew in a text program") from None
    text = "\n".join(filter(None, (_laid_out("".join(_walk(root))) for root in roots)))
    if len(text) > limits.text_chars:
        raise RefusedFile(f"the text of the DOCX is longer than {limits.text_chars} characters")
    yield {"text": text + "\n" if text else "", "notes": _notes(document, roots[0])}


def _laid_out(text: str) -> str:
    """Cells parted by tabs and rows by line feeds; the last paragraph of a cell does not end a line."""
    cells = text.replace("\n" + _CELL, _CELL).replace(_CELL + _ROW, "\n").replace(_ROW, "\n").replace(_CELL, "\t")
    return cells.rstrip("\n\t")


def _further_roots(document: Any) -> Iterator[Any]:
    found: dict[str, list[Any]] = {kind: [] for kind in _PARTS}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in found and not relation.is_external:
            found[kind].append(relation.target_part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for kind in _PARTS:
        for part in sorted(found[kind], key=lambda part: str(part.partname)):
            yield etree.fromstring(part.blob, parser)


def _walk(root: Any) -> Iterator[str]:
    """Pieces of text under a root, in reading order; with a stack, so that no nesting is too deep."""
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        if node.tag in _LEFT_OUT:
            continue
        if node.tag == _W + "t":
            yield node.text or ""
        elif node.tag in _MARKS:
            yield _MARKS[node.tag]
        if node.tag in _AFTER:
            stack.append(_AFTER[node.tag])
        stack.extend(reversed(node))


def _notes(document: Any, body: Any) -> list[str]:
    notes = []
    deleted = sum(1 for _ in body.iter(_W + "del"))
    if deleted:
        notes.append(f"{deleted} deleted passages of tracked changes are not in the text layer")
    if any(relation.reltype.endswith("/comments") for relation in document.part.rels.values()):
        notes.append("comments in the margin are not in the text layer")
    if any(True for _ in body.iter(_W + "drawing")):
        notes.append("pictures in the document are not in the text layer")
    return notes
