"""A chart of statements: one line each in the order of the dates they speak for, open ends drawn as open.

Positions are percentages of the width, so that a chart fills a telephone and a page of paper alike and its text keeps
its size. A closed number is a dot, a range a bar, an open end an arrow to the edge. The table around it holds the same
figures in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from esep.publish.shown_tolls import ShownToll

_STEPS = (1, 2, 5)
_MOST_TICKS = 5
_LEFT, _WIDTH = 2.0, 94.0
"""Where zero and the end of the scale stand, in percent; what is left at the right is room for arrows."""

EDGE = "99.00%"
"""Where an arrow at the right ends."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement on the scale, positions in percent of the width.

    `shape`: dot (one number), bar (range), from (open above), to (open below), none (no number stated).
    """

    toll: ShownToll
    shape: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks and the ticks of their scale as (position, number)."""

    marks: tuple[Mark, ...]
    ticks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What one speaker said for one date; `is_first` marks the first row of a date."""

    date: str
    speaker: str
    marks: tuple[Mark, ...]
    is_first: bool


def overview(drawn: Chart) -> tuple[Row, ...]:
    """Marks by date and speaker, only figures that are put forward and whose date is stated; equal marks once."""
    found: dict[tuple[str, str], dict[tuple[int | None, int | None], Mark]] = {}
    for mark in drawn.marks:
        toll = mark.toll
        if toll.as_of and toll.is_asserted:
            found.setdefault((toll.as_of, toll.speaker), {}).setdefault((toll.low, toll.high), mark)
    seen: set[str] = set()
    rows = []
    for (day, speaker), marks in found.items():
        rows.append(Row(day, speaker, tuple(marks.values()), day not in seen))
        seen.add(day)
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Scale:
    """From zero to `top`, a step of 1, 2 or 5 times a power of ten apart."""

    step: int
    top: int

    @classmethod
    def to(cls, most: int) -> Scale:
        """A scale that holds `most`."""
        step = _step(most)
        return cls(step, max(step * -(-most // step), step))

    def at(self, number: int) -> str:
        """Where a number stands, in percent of the width."""
        return f"{_LEFT + _WIDTH * number / self.top:.2f}%"

    @property
    def ticks(self) -> tuple[tuple[str, int], ...]:
        """Ticks as (position, number)."""
        return tuple((self.at(number), number) for number in range(0, self.top + 1, self.step))


def chart(tolls: Iterable[ShownToll]) -> Chart:
    """Marks of these statements on one scale that begins at zero."""
    given = tuple(tolls)
    most = max((end for toll in given for end in (toll.low, toll.high) if end is not None), default=0)
    scale = Scale.to(most)
    return Chart(tuple(_mark(toll, scale) for toll in given), scale.ticks)


def _mark(toll: ShownToll, scale: Scale) -> Mark:
    if toll.low is None and toll.high is None:
        return Mark(toll, "none", scale.at(0), scale.at(scale.top))
    if toll.high is None:
        return Mark(toll, "from", scale.at(toll.low or 0), EDGE)
    if toll.low is None:
        return Mark(toll, "to", scale.at(0), scale.at(toll.high))
    shape = "dot" if toll.low == toll.high else "bar"
    return Mark(toll, shape, scale.at(toll.low), scale.at(toll.high))


def _step(most: int) -> int:
    """Distance of ticks: 1, 2 or 5 times a power of ten, so that there are at most five steps."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power * _MOST_TICKS >= most:
                return step * power
        power *= 10
