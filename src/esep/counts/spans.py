"""How few and how many people figures that can all be true leave for scopes.

Each end is a linear program, but most ends need none: an end that containment alone gives, and that some solution
already found attains, is the end; and a scope that no high end covers has no highest number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np

from esep.counts.programs import SLACK, End, Figure, Floats, Program, tightest

Span = tuple[int, int | None]


def spans_of(program: Program, figures: Sequence[Figure], *, regions: Iterable[int]) -> dict[int, Span] | None:
    """Fewest and most people (None: no limit) of each region, by position; None where the figures contradict."""
    if program.clash(figures).any() or not program.is_possible(figures):
        return None
    asked = sorted(set(regions))
    search = _Search.of(program, figures)
    limited = [region for region in asked if search.is_limited[region]]
    for sign, some in ((1.0, asked), (-1.0, limited)):
        if some:  # one solution with few people everywhere and one with many often attain most ends
            search.look(sign * np.asarray(program.counts[some].sum(axis=0)).ravel())
    return {region: (search.fewest(region), search.most(region)) for region in asked}


@dataclass(frozen=True)
class _Search:
    """Ends that containment gives (`low`, `high`, infinite where open) and the solutions found so far."""

    program: Program
    ends: list[End]
    low: Floats
    high: Floats
    is_limited: Floats
    seen: list[Floats] = field(default_factory=list)

    @classmethod
    def of(cls, program: Program, figures: Sequence[Figure]) -> _Search:
        ends = tightest(figures)
        size = len(program.atoms.regions)
        low, high = np.zeros(size), np.full(size, np.inf)
        within = program.atoms.within
        for end in ends:
            if end.is_low:
                low = np.where(within[end.region], np.maximum(low, end.number), low)
            else:
                high = np.where(within[:, end.region], np.minimum(high, end.number), high)
        return cls(program, ends, low, high, _limited(program, ends))

    def look(self, costs: Floats) -> Floats | None:
        """Solve for the smallest costs and remember the numbers of people of all regions."""
        found = self.program.solution(costs, self.ends)
        if found is None:
            return None
        people = np.asarray(self.program.counts @ found)
        self.seen.append(people)
        return people

    def fewest(self, region: int) -> int:
        """The smallest number of people in a region."""
        if any(people[region] <= self.low[region] + SLACK for people in self.seen):
            return int(self.low[region])
        found = self.look(self.program.counts[[region]].toarray()[0])
        return int(self.low[region]) if found is None else ceil(found[region] - SLACK)

    def most(self, region: int) -> int | None:
        """The largest number of people in a region, or None where nothing limits it."""
        if not self.is_limited[region]:
            return None
        if any(people[region] >= self.high[region] - SLACK for people in self.seen):
            return int(self.high[region])
        found = self.look(-self.program.counts[[region]].toarray()[0])
        return None if found is None else floor(found[region] + SLACK)


def _limited(program: Program, ends: Sequence[End]) -> Floats:
    """Of which regions every cell lies under some high end, for people of the region's labels (1) or not (0).

    Otherwise people can be added to an open cell without end and without breaking any figure.
    """
    atoms = program.atoms
    highs = [end.region for end in ends if not end.is_low]
    limited = np.zeros(len(atoms.regions))
    for region, labels in enumerate(atoms.labels):
        over = [h for h in highs if labels >= atoms.labels[h]]
        covered = atoms.inside[over].any(axis=0) if over else np.zeros(atoms.inside.shape[1], dtype=bool)
        limited[region] = not (atoms.inside[region] & ~covered).any()
    return limited
