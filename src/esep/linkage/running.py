"""One linkage run: records and decisions in, scored pairs, components and clusters out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from esep.linkage import engine, training
from esep.linkage.ages import age_day
from esep.linkage.backend import opened
from esep.linkage.blocking import NO_KEYS, Blocked, NameScores, every_pair
from esep.linkage.comparison import shipped
from esep.linkage.components import Component, Rules, components, connected
from esep.linkage.engine import Scored
from esep.linkage.faults import Faults, list_faults, with_faults
from esep.linkage.features import Features, describe
from esep.linkage.grounds import grounded, most_odds
from esep.linkage.keys import Positions
from esep.linkage.likeness import name_scores
from esep.linkage.records import Decided, Record, decided_pairs
from esep.linkage.repeats import list_shifts, with_lists
from esep.linkage.settings import Settings
from esep.linkage.spellings import Spellings, names_of, spell

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str], None]
"""Called with the name of each step as it begins."""

Second = Callable[[Scored, Sequence[Features]], NDArray[np.float64]]
"""A second stage: log odds of scored pairs in place of those of the Fellegi-Sunter model."""

_SAMPLE = 60_000
_MOST_LIKELY = 300_000
_LIKELY_NAMES = 5
"""Level of names (1 nat and more) from which a pair can tell how fields agree among records of one person."""
_LARGEST_CLOSED = 60
"""Components up to this size have all their pairs compared, also those that no key joined."""

_MOST_MATCHES_A_RECORD = 5.0
_RAISED = (0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.97)
"""Probabilities up to which doubt is given up, step by step, inside components that are too large to draw from."""

MODEL_VERSION = "linkage-1"


@dataclass(frozen=True)
class Frozen:
    """What a run knows of its records as a whole, kept so that a list added later is read and weighed in the same way.

    `spellings` of all records; `places` share of the records that each place has; `counted_on` the day of ages;
    `left_out` keys of blocks that were not compared, uint64.
    """

    spellings: Spellings
    places: Mapping[str, float]
    counted_on: date
    left_out: NDArray[np.uint64]


@dataclass(frozen=True)
class Run:
    """What a run computed.

    `closing` bool[P]: pairs in `scored` that no key joined, compared because records between them may be one person's;
    `log_odds` float64[P], prior included; `prior` share of all pairs that are one person's;
    `parameters` Splink's settings as JSON; `notes` what a reader of the report should know; `shifts` what it is worth
    in nats that a pair is within a list (`repeats`), `faults` how faultily lists write names.
    """

    records: tuple[Record, ...]
    features: tuple[Features, ...]
    rules: Rules
    blocked: Blocked
    scored: Scored
    closing: NDArray[np.bool_]
    log_odds: NDArray[np.float64]
    prior: float
    components: tuple[Component, ...]
    parameters: dict[str, Any]
    shifts: Mapping[str, float]
    faults: Faults
    frozen: Frozen
    notes: tuple[str, ...] = field(default=())


def run(
    records: Sequence[Record],
    decisions: Sequence[Decided],
    settings: Settings,
    *,
    progress: Progress,
    second: Second | None = None,
) -> Run:
    """Compare and connect records that are already in their one order (`in_order`)."""
    progress("reading names, dates and places")
    rules = rules_of(records, decisions, settings)
    found, frozen = read(records)
    with engine.connect() as con, opened(found, frozen.spellings, settings, con=con, places=frozen.places) as backend:
        engine.load(found, con=con, spellings=frozen.spellings, places=frozen.places)
        progress("choosing pairs to compare")
        names = partial(name_scores, frozen.spellings)
        blocked = chosen_pairs(found, rules, settings, names=names, block=backend.block)
        progress("fitting parameters")
        fitted = _fitted(found, blocked, settings, con=con, names=names)
        progress(f"comparing {len(blocked)} pairs")
        model = engine.model_of(fitted.probabilities)
        scored = backend.score(model, blocked.left, blocked.right, names=blocked.names)
        prior = _prior(scored, found, settings)
        shifts = list_shifts(scored, found, grounded=grounded(scored, found), prior=prior, free=rules.duplicate_free)
        scored = with_lists(scored, found, shifts)
        faults = list_faults(scored, found, odds=odds_of(scored, prior, second=None, found=found))
        scored = with_faults(scored, found, faults)

        def more(left: Positions, right: Positions) -> Scored:
            scored = engine.score(model, left, right, names=names(left, right), con=con)
            return with_faults(with_lists(scored, found, shifts), found, faults)

        scored, closing = closed(scored, prior, found=found, settings=settings, score=more)
    log_odds = odds_of(scored, prior, second=second, found=found)
    model["probability_two_random_records_match"] = prior
    return Run(
        tuple(records),
        found,
        rules,
        blocked,
        scored,
        closing,
        log_odds,
        prior,
        grouped(scored, log_odds, found=found, rules=rules, settings=settings),
        model,
        shifts,
        faults,
        replace(frozen, left_out=blocked.left_out),
        fitted.notes,
    )


def read(records: Sequence[Record]) -> tuple[tuple[Features, ...], Frozen]:
    """Columns of records, and what they say as a whole; each name is taken apart once."""
    names, day = [names_of(record) for record in records], age_day(records)
    found = describe(records, names, counted_on=day)
    counts = Counter(one.place for one in found if one.place is not None)
    places = {place: number / counts.total() for place, number in sorted(counts.items())}
    return found, Frozen(spell(records, names), places, day, NO_KEYS)


def odds_of(scored: Scored, prior: float, *, second: Second | None, found: Sequence[Features]) -> NDArray[np.float64]:
    """Log odds of pairs, from the second stage where there is one; a pair without ground stays apart."""
    odds = second(scored, found) if second else _odds(scored, prior)
    capped: NDArray[np.float64] = np.minimum(odds, most_odds(scored, found))
    return capped


def rules_of(records: Sequence[Record], decisions: Sequence[Decided], settings: Settings) -> Rules:
    """What people decided, and which lists hold nobody twice."""
    return Rules(
        decided_pairs(decisions, records, verdict="same"),
        dict.fromkeys(decided_pairs(decisions, records, verdict="different"), "decided to be different"),
        frozenset(settings.duplicate_free),
    )


def chosen_pairs(
    found: Sequence[Features],
    rules: Rules,
    settings: Settings,
    *,
    names: NameScores,
    block: Callable[..., Blocked],
    first: int = 0,
) -> Blocked:
    """Pairs with a record at `first` or later to compare: all of a short list, else those that `block` finds."""
    numbers = {name: number for number, name in enumerate(sorted(rules.duplicate_free))}
    apart = np.array([numbers.get(one.list, -1) for one in found], dtype=np.int64)
    if len(found) <= settings.all_pairs_up_to:
        return every_pair(found, apart=apart, names=names, first=first)
    return block(found, apart=apart, names=names, settings=settings)


def _fitted(
    found: Sequence[Features], blocked: Blocked, settings: Settings, *, con: DuckDBPyConnection, names: NameScores
) -> training.Fitted:
    start = shipped()["probabilities"]
    rng = np.random.default_rng(settings.seed)
    left, right = training.sampled_pairs(rng, len(found), most=_SAMPLE)
    scores = names(left, right)
    sample = engine.score(engine.model_of(start), left, right, names=scores, con=con)
    known = training.with_context(start, sample)
    likely = np.flatnonzero(engine.level_of(blocked.names) >= _LIKELY_NAMES)  # all others weigh next to nothing
    if len(likely) > _MOST_LIKELY:
        likely = np.sort(rng.choice(likely, size=_MOST_LIKELY, replace=False))
    left, right, scores = blocked.left[likely], blocked.right[likely], blocked.names[likely]
    first = engine.score(engine.model_of(known), left, right, names=scores, con=con)
    known = training.with_measured_m(known, first, records=len(found))
    if len(found) < settings.train_from:
        note = f"{len(found)} records, fewer than {settings.train_from}: shipped parameters ({shipped()['made']})"
        return training.Fitted(known, (note,))
    return training.fit(known, con=con)


def _prior(scored: Scored, found: Sequence[Features], settings: Settings) -> float:
    """Share of matches among all pairs, at most some records of one person for every record."""
    all_pairs = _all_pairs(found, settings)
    most = min(0.5, _MOST_MATCHES_A_RECORD * max(len(found), 1) / all_pairs)
    return training.prior_of(scored.weight[grounded(scored, found)], all_pairs=all_pairs, most=most)


def _odds(scored: Scored, prior: float) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = scored.weight + np.log(prior) - np.log1p(-prior)
    return odds


def _all_pairs(found: Sequence[Features], settings: Settings) -> float:
    """Pairs that could be one person's: all but those inside a list that holds nobody twice."""
    total = len(found) * (len(found) - 1) / 2
    for name in settings.duplicate_free:
        inside = sum(one.list == name for one in found)
        total -= inside * (inside - 1) / 2
    return max(total, 1.0)


def closed(
    scored: Scored,
    prior: float,
    *,
    found: Sequence[Features],
    settings: Settings,
    score: Callable[[Positions, Positions], Scored],
) -> tuple[Scored, NDArray[np.bool_]]:
    """`scored` and the pairs that it lacks inside small connected groups, and which these are: bool[P]."""
    records, log_odds = len(found), odds_of(scored, prior, second=None, found=found)
    left, right = _unscored(scored, log_odds, settings=settings, records=records)
    both = merged(scored, score(left, right))
    return both, np.isin(both.left * records + both.right, left * records + right)


def _unscored(
    scored: Scored, log_odds: NDArray[np.float64], *, settings: Settings, records: int
) -> tuple[Positions, Positions]:
    """Pairs inside connected groups of up to 60 records that were not compared, left and right."""
    kept = log_odds >= _logit(settings.keep_above)
    name = connected(records, scored.left[kept], scored.right[kept])
    sizes = np.bincount(name, minlength=records)
    inside = np.flatnonzero((sizes[name] > 2) & (sizes[name] <= _LARGEST_CLOSED))
    order = inside[np.argsort(name[inside], kind="stable")]
    edges = np.flatnonzero(np.diff(name[order], prepend=-1, append=-1))
    wanted = [np.zeros((0, 2), dtype=np.int64)]
    for size in np.unique(np.diff(edges)).tolist():
        of_size = edges[:-1][np.diff(edges) == size]
        members = order[of_size[:, None] + np.arange(size)]
        left, right = np.triu_indices(size, k=1)
        wanted.append(np.stack([members[:, left].ravel(), members[:, right].ravel()], axis=1))
    pairs = np.concatenate(wanted)
    codes = pairs[:, 0] * records + pairs[:, 1]
    pairs = pairs[~np.isin(codes, scored.left * records + scored.right)]
    return np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])


def merged(one: Scored, two: Scored) -> Scored:
    """Pairs of both, ordered by position."""
    left, right = np.concatenate([one.left, two.left]), np.concatenate([one.right, two.right])
    order = np.lexsort((right, left))
    return Scored(
        left[order],
        right[order],
        np.concatenate([one.weight, two.weight])[order],
        np.concatenate([one.gammas, two.gammas])[order],
        np.concatenate([one.parts, two.parts])[order],
    )


def grouped(
    scored: Scored, log_odds: NDArray[np.float64], *, found: Sequence[Features], rules: Rules, settings: Settings
) -> tuple[Component, ...]:
    """Components that the pairs in doubt connect; where one grows too large, weak doubt is given up inside it."""
    keep = log_odds >= _logit(settings.keep_above)
    name = _connected(scored, keep, same=rules.same, records=len(found))
    for share in _RAISED:
        sizes = np.bincount(name, minlength=len(found))
        large = sizes[name] > settings.largest_component
        if not large.any():
            break
        keep = keep & ((log_odds >= _logit(share)) | ~large[scored.left])
        name = _connected(scored, keep, same=rules.same, records=len(found))
    inside = name[scored.left] == name[scored.right]
    left, right, odds = scored.left[inside], scored.right[inside], log_odds[inside]
    return tuple(components(left, right, odds, keep=keep[inside], found=found, rules=rules, settings=settings))


def _connected(
    scored: Scored, keep: NDArray[np.bool_], *, same: Sequence[tuple[int, int]], records: int
) -> NDArray[np.int64]:
    """Smallest position connected with each record by kept pairs and decisions."""
    decided = np.array(same, dtype=np.int64).reshape(-1, 2)
    left, right = scored.left[keep], scored.right[keep]
    return connected(records, np.concatenate([left, decided[:, 0]]), np.concatenate([right, decided[:, 1]]))


def _logit(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))
