"""What one speaker said over time and over scopes, taken together: does it fit?

Figures over different scopes are no series of one number: «14 in the town» and «15 in the region» may both stand. An
account lists them in the order of the dates they speak for, each with its scope, and says whether all can be true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from esep.counts.tables import listed
from esep.counts.tolls import Toll

Verdict = Literal["one series: all of it can be true", "not explained", "cannot all be true"]


@dataclass(frozen=True, slots=True)
class Account:
    """Figures of one origin about scopes that may share people, in the order of their dates; undated ones come last."""

    origin: str
    tolls: tuple[Toll, ...]
    verdict: Verdict

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures in words, in that order, each once."""
        return tuple(dict.fromkeys(toll.bounds.text() for toll in self.tolls))

    def text(self) -> str:
        """«A: 10 (killed, Zhanaozen; 2011-12-16), … : one series: all of it can be true»."""
        steps = []
        for toll in self.tolls:
            moment = toll.as_of.text if toll.as_of else "date not stated"
            steps.append(f"{toll.bounds.text()} ({toll.scope.text()}; as of {moment})")
        return f"{self.origin}: {listed(list(dict.fromkeys(steps)))}: {self.verdict}"
