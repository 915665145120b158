"""A second stage that learns from people's decisions: from 50 on it corrects what the first stage weighs wrongly.

Logistic regression on the evidence of each field, on what is missing and on the total. Clear pairs of the first
stage go in with little weight, so that a model from doubtful pairs alone does not bend at the ends. The first
stage's own log odds are one of the columns: with few decisions the model stays close to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from esep.errors import LinkageError
from esep.linkage.engine import Scored
from esep.linkage.features import Features
from esep.linkage.grounds import BARE
from esep.linkage.records import Decided, Verdict, decided_pairs
from esep.linkage.running import Run, grouped, odds_of
from esep.linkage.settings import Settings

LEAST_DECISIONS = 50
_LEAST_OF_A_KIND = 5
_ANCHORS = 200
_ANCHOR_WEIGHT = 0.2
_CLEAR = 6.0
_PENALTY = 1.0
_SHARES = (0.0, 0.1, 0.25)
"""What is learnt from the pairs that a queue asks about holds for such pairs, not for all: on 10,000 made records with
150 answers a share of 1 took the pair F1 from .982 (answers kept) to .977 and the upper end of the number of people
from 4,371 to 5,056; a quarter kept .982 and 4,417, and gained .001 on lists full of faults."""


@dataclass(frozen=True)
class Stage:
    """A learnt stage: log odds = intercept + coefficients . columns (see `columns_of`), and what it learnt from.

    What is learnt is mixed with the first stage's log odds by `share`, the mixture that foretells decisions left out
    of the fit best, and 0 (the first stage as it was) when these agree by less than a standard error more: measured
    on the Gaza lists, 150 decisions on odd pairs would otherwise have lowered the pair F1 from 0.989 to 0.944.
    `decisions` counts the pairs; `agreed` is the share of them that fits without them give as people did, by fifths;
    `first_agreed` the same for the first stage.
    """

    coefficients: NDArray[np.float64]
    intercept: float
    share: float
    scale: NDArray[np.float64]
    decisions: int
    agreed: float
    first_agreed: float
    prior_odds: float

    def __call__(self, scored: Scored, features: Sequence[Features]) -> NDArray[np.float64]:
        """Log odds of pairs in place of those of the first stage."""
        columns = columns_of(scored, self.prior_odds) / self.scale
        learnt = columns @ self.coefficients + self.intercept
        odds: NDArray[np.float64] = self.share * learnt + (1.0 - self.share) * (scored.weight + self.prior_odds)
        return odds


def columns_of(scored: Scored, prior_odds: float) -> NDArray[np.float64]:
    """Columns of the second stage: log odds of the first, evidence of each field, whether each is missing."""
    odds = np.clip(scored.weight + prior_odds, -25.0, 25.0)
    missing = (scored.gammas < 0).astype(np.float64)
    found: NDArray[np.float64] = np.column_stack([odds, np.clip(scored.parts, -12.0, 12.0), missing])
    return found


def learn(run: Run, decisions: Sequence[Decided], *, seed: int = 1) -> Stage:
    """Learn from pairs decided `same` or `different` that the run compared.

    Raises `LinkageError` under 50 such decisions or when fewer than five say `same` or `different`.
    """
    rows, labels = _labelled(run, decisions)
    if len(rows) < LEAST_DECISIONS or min(labels.sum(), (~labels).sum()) < _LEAST_OF_A_KIND:
        raise LinkageError(
            f"{len(rows)} compared pairs are decided, {int(labels.sum())} of them `same`",
            hint=f"decide at least {LEAST_DECISIONS} pairs of the review queue, some same and some different",
        )
    prior_odds = float(np.log(run.prior) - np.log1p(-run.prior))
    columns = columns_of(run.scored, prior_odds)
    anchors, anchor_labels = _anchors(run, rows, np.random.default_rng(seed))
    scale = np.maximum(columns[np.concatenate([rows, anchors])].std(axis=0), 1e-6)
    first = run.log_odds[rows]
    held = _held_out(columns / scale, rows, labels, anchors, anchor_labels)
    share = min(_SHARES, key=lambda part: _loss(part * held + (1 - part) * first, labels))
    agreed = _agreement(share * held + (1 - share) * first, labels)
    before = _agreement(first, labels)
    if agreed - before < float(np.sqrt(before * (1 - before) / len(labels))):
        share, agreed = 0.0, before
    model = _fit(columns / scale, rows, labels, anchors, anchor_labels)
    learnt = share * model.decision_function(columns / scale) + (1 - share) * run.log_odds
    shift = _shift(learnt, matches=float(_probabilities(run.log_odds).sum())) / share if share else 0.0
    return Stage(
        model.coef_[0],
        float(model.intercept_[0]) + shift,
        share,
        scale,
        len(rows),
        agreed,
        before,
        prior_odds,
    )


def taught(run: Run, stage: Stage, settings: Settings) -> Run:
    """The run with its pairs weighed by a learnt stage and connected anew; nothing is compared again."""
    odds = odds_of(run.scored, run.prior, second=stage, found=run.features)
    groups = grouped(run.scored, odds, found=run.features, rules=run.rules, settings=settings)
    return replace(run, log_odds=odds, components=groups)


def _agreement(odds: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    return float(((odds > 0) == labels).mean())


def _probabilities(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(odds, -500, 500)))
    return found


def _shift(odds: NDArray[np.float64], *, matches: float) -> float:
    """What to add to log odds so that they expect so many matches.

    The pairs that people are asked about are chosen, and not by chance: such a sample tells how fields weigh but not
    how frequent matches are (King and Zeng 2001, prior correction).
    """
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        if _probabilities(odds + middle).sum() > matches:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _loss(odds: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    """Mean log loss of log odds against answers."""
    return float(np.logaddexp(0.0, np.where(labels, -odds, odds)).mean())


def _labelled(run: Run, decisions: Sequence[Decided]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    place = {pair: at for at, pair in enumerate(zip(run.scored.left.tolist(), run.scored.right.tolist(), strict=True))}
    rows, labels = [], []
    verdicts: tuple[tuple[Verdict, bool], ...] = (("same", True), ("different", False))
    for verdict, said in verdicts:
        for pair in decided_pairs(decisions, run.records, verdict=verdict):
            if pair in place:
                rows.append(place[pair])
                labels.append(said)
    return np.array(rows, dtype=np.int64), np.array(labels, dtype=bool)


def _anchors(
    run: Run, rows: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Clear pairs that nobody decided, as many on either side as there are, up to 200."""
    free = np.ones(len(run.scored), dtype=bool)
    free[rows] = False
    chosen = []
    for clear in (run.log_odds > _CLEAR, (run.log_odds < -_CLEAR) & (run.log_odds > BARE)):
        some = np.flatnonzero(clear & free)
        chosen.append(np.sort(rng.choice(some, size=min(_ANCHORS, len(some)), replace=False)))
    return np.concatenate(chosen), np.repeat([True, False], [len(chosen[0]), len(chosen[1])])


def _fit(
    columns: NDArray[np.float64],
    rows: NDArray[np.int64],
    labels: NDArray[np.bool_],
    anchors: NDArray[np.int64],
    anchor_labels: NDArray[np.bool_],
) -> Any:
    weights = np.concatenate([np.ones(len(rows)), np.full(len(anchors), _ANCHOR_WEIGHT)])
    model = LogisticRegression(C=_PENALTY, max_iter=2000)
    return model.fit(columns[np.concatenate([rows, anchors])], np.concatenate([labels, anchor_labels]), weights)


def _held_out(
    columns: NDArray[np.float64],
    rows: NDArray[np.int64],
    labels: NDArray[np.bool_],
    anchors: NDArray[np.int64],
    anchor_labels: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Log odds of each decided pair from a fit without its fifth of the decisions."""
    found = np.empty(len(rows))
    for fifth in range(5):
        held = np.arange(len(rows)) % 5 == fifth
        model = _fit(columns, rows[~held], labels[~held], anchors, anchor_labels)
        found[held] = model.decision_function(columns[rows[held]])
    return found
