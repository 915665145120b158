"""A lower bound of all people for each draw of who is who: what the review queue measures an answer by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from esep.errors import WrongUse
from esep.estimate.chao import chao_bound
from esep.ledger.sources import Sources
from esep.people.captures import captures
from esep.people.doubt import Doubt

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger

_FEWEST = 2


def lower_bounds(ledger: Ledger, sources: Sources, doubt: Doubt) -> list[float] | None:
    """Chao's lower bound in each draw, with every root as a list; None with fewer than two lists or too many.

    It stands for the estimate that somebody may make later on lists of his choice: closed form, so that a hundred
    draws cost nothing, and like all of them it rises when one person is taken for two.
    """
    try:
        table = captures(ledger, sources=sources, draws=doubt.draws(), known_on=doubt.position, seed=doubt.seed)
    except WrongUse:
        return None
    if len(table.lists) < _FEWEST:
        return None
    people = table.counts.sum(axis=1)
    twice = table.counts[:, np.bitwise_count(table.patterns) == 2].sum(axis=1)
    alone = np.stack([table.counts[:, table.patterns == 1 << j].sum(axis=1) for j in range(len(table.lists))], axis=1)
    return [
        float(n + chao_bound(singles, int(both), n=int(n))[0])
        for n, singles, both in zip(people, alone, twice, strict=True)
    ]
