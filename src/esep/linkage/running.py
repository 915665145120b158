"""One linkage run: records and decisions in, scored pairs, components and clusters out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.linkage import engine, training
from esep.linkage.backend import Backend, opened
from esep.linkage.blocking import Blocked, every_pair
from esep.linkage.comparison import comparisons, shipped
from esep.linkage.components import Component, Rules, Sets, components
from esep.linkage.engine import Scored
from esep.linkage.features import Features, describe
from esep.linkage.records import Decided, Record, decided_pairs
from esep.linkage.settings import Settings
from esep.linkage.spellings import spell

Progress = Callable[[str], None]
"""Called with the name of each step as it begins."""

Second = Callable[[Scored, Sequence[Features]], NDArray[np.float64]]
"""A second stage: log odds of scored pairs in place of those of the Fellegi-Sunter model."""

_SAMPLE = 60_000
_LIKELY_NAMES = 5
"""Level of names (1 nat and more) from which a pair can tell how fields agree among records of one person."""
_LARGEST_CLOSED = 60
"""Components up to this size have all their pairs compared, also those that no key joined."""

_UNGROUNDED = -6.0
_MOST_MATCHES_A_RECORD = 5.0
_RAISED = (0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.97)
"""Probabilities up to which doubt is given up, step by step, inside components that are too large to draw from."""

MODEL_VERSION = "linkage-1"


@dataclass(frozen=True)
class Run:
    """What a run computed.

    `log_odds` float64[P] of the pairs in `scored`, prior included; `prior` share of all pairs that are one person's;
    `parameters` Splink's settings as JSON; `notes` what a reader of the report should know.
    """

    records: tuple[Record, ...]
    features: tuple[Features, ...]
    rules: Rules
    blocked: Blocked
    scored: Scored
    log_odds: NDArray[np.float64]
    prior: float
    components: tuple[Component, ...]
    parameters: dict[str, Any]
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
    found = describe(records)
    rules = rules_of(records, decisions, settings)
    with opened(found, spell(records), settings) as backend:
        progress("choosing pairs to compare")
        blocked = _blocked(found, rules, settings, backend=backend)
        progress("fitting parameters")
        fitted = _fitted(found, blocked, settings, backend=backend)
        progress(f"comparing {len(blocked)} pairs")
        model = engine.model_of(fitted.probabilities)
        linker = backend.open_linker(model)
        scored = backend.score(linker, blocked.left, blocked.right)
        prior = _prior(scored, found, settings)
        missing = _closure(scored, _odds(scored, prior), settings=settings, records=len(found))
        if len(missing):
            progress(f"comparing {len(missing)} more pairs inside groups")
            scored = merged(scored, backend.score(linker, missing[:, 0], missing[:, 1]))
    log_odds = second(scored, found) if second else _odds(scored, prior)
    log_odds = np.where(grounded(scored), log_odds, np.minimum(log_odds, _UNGROUNDED))
    model["probability_two_random_records_match"] = prior
    return Run(
        tuple(records),
        found,
        rules,
        blocked,
        scored,
        log_odds,
        prior,
        grouped(scored, log_odds, found=found, rules=rules, settings=settings),
        model,
        fitted.notes,
    )


def rules_of(records: Sequence[Record], decisions: Sequence[Decided], settings: Settings) -> Rules:
    """What people decided, and which lists hold nobody twice."""
    return Rules(
        decided_pairs(decisions, records, verdict="same"),
        dict.fromkeys(decided_pairs(decisions, records, verdict="different"), "decided to be different"),
        frozenset(settings.duplicate_free),
    )


def _blocked(found: Sequence[Features], rules: Rules, settings: Settings, *, backend: Backend) -> Blocked:
    if len(found) <= settings.all_pairs_up_to:
        chosen = every_pair(found)
    else:
        chosen = backend.block(found, largest=settings.largest_block)
    numbers = {name: number for number, name in enumerate(sorted(rules.duplicate_free))}
    lists = np.array([numbers.get(one.list, -1 - place) for place, one in enumerate(found)], dtype=np.int64)
    allowed = lists[chosen.left] != lists[chosen.right] if len(found) else np.zeros(0, dtype=bool)
    return Blocked(chosen.left[allowed], chosen.right[allowed], chosen.too_large, chosen.every_pair)


def _fitted(found: Sequence[Features], blocked: Blocked, settings: Settings, *, backend: Backend) -> training.Fitted:
    start = shipped()["probabilities"]
    left, right = training.sampled_pairs(np.random.default_rng(settings.seed), len(found), most=_SAMPLE)
    bounded = backend.bounded
    sample = bounded.score(bounded.open_linker(engine.model_of(start)), left, right)
    known = training.with_context(start, sample)
    linker = backend.open_linker(engine.model_of(known))
    likely = backend.name_levels(blocked.left, blocked.right) >= _LIKELY_NAMES  # all others would weigh next to nothing
    first = backend.score(linker, blocked.left[likely], blocked.right[likely])
    known = training.with_measured_m(known, first, records=len(found))
    if len(found) < settings.train_from:
        note = f"{len(found)} records, fewer than {settings.train_from}: shipped parameters ({shipped()['made']})"
        return training.Fitted(known, (note,))
    return training.fit(known, engine=bounded)


def _prior(scored: Scored, found: Sequence[Features], settings: Settings) -> float:
    """Share of matches among all pairs, at most some records of one person for every record."""
    all_pairs = _all_pairs(found, settings)
    most = min(0.5, _MOST_MATCHES_A_RECORD * max(len(found), 1) / all_pairs)
    return training.prior_of(scored.weight[grounded(scored)], all_pairs=all_pairs, most=most)


def grounded(scored: Scored) -> NDArray[np.bool_]:
    """Whether a pair rests on something that tells people apart: names, one day of birth, or named kin.

    The same place and sex make nobody one person; such pairs stay apart whatever the prior says.
    """
    fields = [field.name for field in comparisons()]
    levels = {field.name: len(field.levels) for field in comparisons()}
    column = {name: scored.gammas[:, place] for place, name in enumerate(fields)}
    same_day = column["birth"] == levels["birth"] - 1
    kin = column["kin"] > 0
    found: NDArray[np.bool_] = (column["name"] >= 0) | same_day | kin
    return found


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


def _closure(
    scored: Scored, log_odds: NDArray[np.float64], *, settings: Settings, records: int
) -> NDArray[np.int64]:
    """Pairs inside connected groups that were not compared: int64[Q, 2]."""
    sets = Sets(records)
    kept = log_odds >= _logit(settings.keep_above)
    for left, right in zip(scored.left[kept].tolist(), scored.right[kept].tolist(), strict=True):
        sets.join(left, right)
    known = set(zip(scored.left.tolist(), scored.right.tolist(), strict=True))
    wanted = [
        pair
        for group in sets.groups()
        if 2 < len(group) <= _LARGEST_CLOSED
        for pair in combinations(group, 2)
        if pair not in known
    ]
    return np.array(wanted, dtype=np.int64).reshape(-1, 2)


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
    inside = name[scored.left] == name[scored.right] if len(found) else np.zeros(0, dtype=bool)
    pairs = list(zip(scored.left[inside].tolist(), scored.right[inside].tolist(), strict=True))
    return tuple(
        components(pairs, log_odds[inside].tolist(), keep=keep[inside], found=found, rules=rules, settings=settings)
    )


def _connected(
    scored: Scored, keep: NDArray[np.bool_], *, same: Sequence[tuple[int, int]], records: int
) -> NDArray[np.int64]:
    """Smallest position connected with each record by kept pairs and decisions."""
    sets = Sets(records)
    for left, right in (*zip(scored.left[keep].tolist(), scored.right[keep].tolist(), strict=True), *same):
        sets.join(left, right)
    return np.array([sets.find(place) for place in range(records)], dtype=np.int64)


def _logit(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))


