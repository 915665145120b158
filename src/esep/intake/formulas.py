"""Cells that a spreadsheet would run as a formula, and the apostrophe that stops it.

The test looks at the first character that is neither space nor control character: guarding only the very
first one is broken by a vertical tab before `@`. An apostrophe is put in front, and taken away again on
import, so that a table we wrote comes back as it was.
"""

from __future__ import annotations

import re

# Spaces, control and format characters that a spreadsheet may skip; then what starts a formula, also full-width.
_RUNS = re.compile(r"'*[\s\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]*[=+\-@＝＋－＠]")


def safe_cell(text: str) -> str:
    """`text` for a cell of a CSV file that we write: with an apostrophe in front if a spreadsheet would run it."""
    return "'" + text if _RUNS.match(text) else text


def plain_cell(text: str) -> str:
    """`text` as it was before `safe_cell`; other apostrophes stay."""
    return text[1:] if text[:1] == "'" and _RUNS.match(text[1:]) else text
