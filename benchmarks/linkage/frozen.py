"""The frozen model of a linkage, for asking whether adding records and linking them all under it agree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from esep.linkage import Linkage
from esep.linkage.engine import score
from esep.linkage.spellings import spell

Group = frozenset[tuple[str, int]]


def groups(linkage: Linkage) -> set[Group]:
    """List and row of the records of each person."""
    return {frozenset(linkage.records[place].key for place in cluster.members) for cluster in linkage.clusters}


def emptied(linkage: Linkage) -> Linkage:
    """The frozen model of a linkage without its records."""
    run = linkage.run
    none = score(run.parameters, run.scored.left[:0], run.scored.left[:0], names=np.zeros(0), con=None)
    bare = replace(
        run,
        records=(),
        features=(),
        scored=none,
        closing=none.left > 0,
        log_odds=none.weight,
        components=(),
        frozen=replace(run.frozen, spellings=spell((), known=run.frozen.spellings)),
    )
    return replace(linkage, run=bare, clusters=())
