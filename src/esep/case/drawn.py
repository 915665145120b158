"""Linkage draws from a file: whole answers to who is who, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from esep.errors import BadInput


def read_draws(path: Path) -> tuple[dict[str, str], ...]:
    """Each line is one draw, a JSON object from record id to a label of its person; equal labels are one person.

    Raises `BadInput` naming the line that is no such object, or where there is none at all.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{path.name} cannot be read as UTF-8 text", hint="write linkage draws as JSON lines") from None
    found = tuple(_drawn(path.name, text))
    if not found:
        raise BadInput(f"{path.name} holds no draw", hint="one JSON object a line, record id to label")
    return found


def _drawn(name: str, text: str) -> Iterator[dict[str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            draw = json.loads(line)
        except ValueError:
            draw = None
        if not isinstance(draw, dict) or not all(isinstance(label, str | int) for label in draw.values()):
            raise BadInput(
                f"{name}, line {number}: a draw is a JSON object from record ids to labels",
                hint='such as {"person:A1": "1", "person:B7": "1", "person:B8": "2"}',
            )
        yield {str(record): str(label) for record, label in draw.items()}
