"""A list that is added later: only pairs with a new record are compared, under the model of the run before.

Nothing is fitted again and blocks stay as they are, so evidence about old pairs stays to the last digit, decisions stay
decisions, and large groups in doubt that the list does not touch keep their draws. (Pairs that no key joined are chosen
anew: in a group that grows too large they are compared no more, as in a run over all records.) The
words and places of the first lists go on telling what is rare; when much is added, link everything anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from esep.errors import LinkageError
from esep.linkage import engine
from esep.linkage.blocking import Fresh, block
from esep.linkage.draws import Missed, draw
from esep.linkage.engine import Scored
from esep.linkage.faults import with_faults
from esep.linkage.features import Features, describe
from esep.linkage.keys import Positions
from esep.linkage.likeness import name_scores
from esep.linkage.linkage import Linkage, clusters_of, shipped_missed, shipped_prior
from esep.linkage.records import Decided, Record, in_order
from esep.linkage.repeats import BETWEEN, with_lists
from esep.linkage.running import (
    Frozen,
    Progress,
    Run,
    Second,
    chosen_pairs,
    closed,
    grouped,
    merged,
    odds_of,
    rules_of,
)
from esep.linkage.settings import Settings
from esep.linkage.spellings import names_of, spell, together


def extend(
    linked: Linkage,
    records: Sequence[Record],
    *,
    decisions: Sequence[Decided] = (),
    duplicate_free: Sequence[str] = (),
    second: Second | None = None,
    missed: Missed | None = None,
    progress: Progress = lambda step: None,
) -> Linkage:
    """What `linked` becomes when these records arrive: clusters and draws over the old records and the new.

    `decisions` are all that were made, also before; `duplicate_free` names added lists that hold nobody twice;
    `second` and `missed` as in `link`. Old records keep their positions, new ones follow them. A new list is taken
    to repeat people as often as the lists before it did. To keep the ids of persons see `identity.carry_ids`.
    Raises `LinkageError` when two records have the same list and row.
    """
    settings = replace(linked.settings, duplicate_free=(*linked.settings.duplicate_free, *duplicate_free))
    progress("reading the added records")
    fresh = in_order(records)
    _refuse_known(linked.run, fresh)
    run = _extended(linked.run, fresh, decisions, settings, second=second, progress=progress)
    progress("drawing partitions")
    answers = draw(run, settings, prior=shipped_prior(), missed=missed or shipped_missed(), before=linked.draws)
    return Linkage(run, settings, clusters_of(run, answers), answers)


def _refuse_known(run: Run, fresh: Sequence[Record]) -> None:
    known = {record.key for record in run.records}
    for record in fresh:
        if record.key in known:
            raise LinkageError(
                f"list {record.list} has row {record.row} already",
                hint="an added list needs a name of its own, and rows that were not linked before",
            )


def _extended(
    before: Run,
    fresh: Sequence[Record],
    decisions: Sequence[Decided],
    settings: Settings,
    *,
    second: Second | None,
    progress: Progress,
) -> Run:
    records = (*before.records, *fresh)
    rules = rules_of(records, decisions, settings)
    found, frozen = _read(before, fresh)
    names = partial(name_scores, frozen.spellings)
    progress("choosing pairs to compare")
    first = len(before.records)
    as_before = partial(block, fresh=Fresh(first, frozen.left_out))
    blocked = chosen_pairs(found, rules, settings, names=names, block=as_before, first=first)
    shifts = _shifts(before, fresh, free=rules.duplicate_free)

    def scored_pairs(left: Positions, right: Positions) -> Scored:
        found_there = with_lists(_score(before, found, frozen, left, right), found, shifts)
        return with_faults(found_there, found, before.faults)

    progress(f"comparing {len(blocked)} pairs")
    scored = merged(before.scored.taken(~before.closing), scored_pairs(blocked.left, blocked.right))
    scored, closing = closed(scored, before.prior, found=found, settings=settings, score=scored_pairs)
    log_odds = odds_of(scored, before.prior, second=second, found=found)
    return replace(
        before,
        records=records,
        features=found,
        rules=rules,
        blocked=blocked,
        scored=scored,
        closing=closing,
        log_odds=log_odds,
        components=grouped(scored, log_odds, found=found, rules=rules, settings=settings),
        shifts=shifts,
        frozen=replace(frozen, left_out=np.union1d(frozen.left_out, blocked.left_out)),
    )


def _read(before: Run, fresh: Sequence[Record]) -> tuple[tuple[Features, ...], Frozen]:
    names = [names_of(record) for record in fresh]
    more = describe(fresh, names, counted_on=before.frozen.counted_on, first=len(before.records))
    spellings = together(before.frozen.spellings, spell(fresh, names, known=before.frozen.spellings))
    return (*before.features, *more), replace(before.frozen, spellings=spellings)


def _shifts(before: Run, fresh: Sequence[Record], *, free: frozenset[str]) -> dict[str, float]:
    """Those of the lists before; a new list gets their mean, unless it is in `free`."""
    within = [nats for name, nats in before.shifts.items() if name != BETWEEN]
    usual = float(np.mean(within)) if within else 0.0
    return {**{record.list: usual for record in fresh if record.list not in free}, **before.shifts}


def _score(before: Run, found: Sequence[Features], frozen: Frozen, left: Positions, right: Positions) -> Scored:
    """Evidence for these pairs; only the records that stand in them are loaded."""
    involved = [found[place] for place in np.union1d(left, right).tolist()]
    names = name_scores(frozen.spellings, left, right)
    with engine.connect() as con:
        engine.load(involved, con=con, spellings=frozen.spellings, places=frozen.places)
        return engine.score(before.parameters, left, right, names=names, con=con)
