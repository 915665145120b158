"""Accuracy figures for scored pairs: AUC, and precision and recall at a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Accuracy:
    """Figures of one scorer on one group of pairs; `threshold` is where `precision` and `recall` were taken."""

    pairs: int
    auc: float
    best_f1: float
    threshold: float
    precision: float
    recall: float


def auc(same: Sequence[bool], scores: Sequence[float]) -> float:
    """Area under the ROC curve: how often a true pair scores above a false one, ties counted half."""
    order = sorted(range(len(scores)), key=lambda place: scores[place])
    ranks = [0.0] * len(scores)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and scores[order[end + 1]] == scores[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranks[place] = (start + end) / 2 + 1
        start = end + 1
    true = sum(same)
    false = len(same) - true
    if not true or not false:
        return float("nan")
    return (sum(rank for rank, its in zip(ranks, same, strict=True) if its) - true * (true + 1) / 2) / (true * false)


def precision_recall(same: Sequence[bool], scores: Sequence[float], threshold: float) -> tuple[float, float]:
    """Precision and recall when every pair from the threshold up is called one person; precision 1 if none is."""
    called = [its for its, score in zip(same, scores, strict=True) if score >= threshold]
    hits = sum(called)
    return (hits / len(called) if called else 1.0), (hits / sum(same) if sum(same) else 1.0)


def best_f1(same: Sequence[bool], scores: Sequence[float]) -> tuple[float, float]:
    """Highest F1 over all thresholds and the threshold that gives it (flatters: same pairs)."""
    best, at, hits = 0.0, 1.0, 0
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    for count, place in enumerate(order, start=1):
        hits += same[place]
        last = count == len(order) or scores[order[count]] != scores[place]
        f1 = 2 * hits / (count + sum(same))
        if last and f1 > best:
            best, at = f1, scores[place]
    return best, at


def accuracy(same: Sequence[bool], scores: Sequence[float], *, threshold: float | None = None) -> Accuracy:
    """All figures; without a threshold, precision and recall are taken where F1 is best."""
    f1, at = best_f1(same, scores)
    at = threshold if threshold is not None else at
    precision, recall = precision_recall(same, scores, at)
    return Accuracy(len(same), *(round(figure, 4) for figure in (auc(same, scores), f1, at, precision, recall)))
