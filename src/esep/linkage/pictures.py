"""Bars of a linkage report as inline SVG: every length in percent of the cell, so that it prints at any width.

A bar never stands alone: the number is beside it in words. Bars for and against start from one line in the middle
and differ in pattern, not only in colour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

_BAR = Markup(
    '<svg class="bar" role="img" aria-label="{said}" width="100%" height="14" focusable="false">'
    '<rect class="for" x="0" y="2" width="{width}%" height="10"/></svg>'
)
_BALANCE = Markup(
    '<svg class="bar" role="img" aria-label="{said}" width="100%" height="14" focusable="false">'
    '<line class="middle" x1="50%" x2="50%" y1="0" y2="14"/>'
    '<rect class="{kind}" x="{start}%" y="2" width="{half}%" height="10"/></svg>'
)


def bar(number: float, most: float, *, said: str) -> Markup:
    """A bar from the left; `said` is read aloud in its place."""
    width = 100 * number / most if most else 0.0
    return _BAR.format(said=said, width=f"{width:.2f}")


def log_bar(number: int, most: int, *, said: str) -> Markup:
    """A bar on a logarithmic scale: each further tenth of the width is the same factor; nothing for 0."""
    return bar(math.log1p(number), math.log1p(most), said=said)


def balance(nats: float, most: float, *, said: str) -> Markup:
    """A bar to the right of the middle line for evidence for, to the left (hatched) for evidence against."""
    half = 50 * min(abs(nats) / most, 1.0) if most else 0.0
    kind, start = ("for", 50.0) if nats >= 0 else ("against", 50.0 - half)
    return _BALANCE.format(said=said, kind=kind, start=f"{start:.2f}", half=f"{half:.2f}")


def shade(number: int, most: int) -> str:
    """How dark a cell of the table of lists is, 0 to 0.35, on a square root scale; the number stands in the cell."""
    return f"{0.35 * math.sqrt(number / most):.2f}" if most and number else "0"


def largest(numbers: Sequence[float]) -> float:
    """The largest of some numbers by size, 0 for none."""
    return max((abs(number) for number in numbers), default=0.0)
