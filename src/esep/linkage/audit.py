"""An audit of missed links: a random sample of pairs that were left apart, read by people, and what it says of all.

Pairs are drawn from strata of evidence, and from the pairs that no key joined but nothing forbids. What the answers
say of the pairs that were not drawn is the posterior of each stratum's share under Jeffreys' prior (Brown, Cai and
DasGupta 2001, section 3.3): none among forty is not none at all, and a draw that took it so would hide the doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esep.errors import LinkageError
from esep.linkage.components import contradiction
from esep.linkage.draws import Missed
from esep.linkage.linkage import Linkage
from esep.linkage.records import Verdict

BOUNDS = (0.2, 0.05, 0.01, 0.001)
"""Probabilities between the strata of compared pairs, from above; below the last one pairs say almost nothing."""

_NOT_COMPARED = "not compared"
_LEAST_LIKELY = f"0 to {BOUNDS[-1]:g}"
_JEFFREYS = 0.5


@dataclass(frozen=True, slots=True)
class Audited:
    """A pair to read: records by list and row, its stratum, and how many pairs of the stratum it stands for."""

    left: tuple[str, int]
    right: tuple[str, int]
    stratum: str
    stands_for: float


def audit_sample(linkage: Linkage, *, each: int = 40, rng: np.random.Generator) -> list[Audited]:
    """Pairs between clusters, `each` from every stratum (fewer where there are not so many)."""
    found: list[Audited] = []
    for stratum, pairs, size in _strata(linkage, each=each, rng=rng):
        for left, right in pairs:
            one, two = sorted((linkage.records[left].key, linkage.records[right].key))
            found.append(Audited(one, two, stratum, size / len(pairs)))
    return found


_Stratum = tuple[str, list[tuple[int, int]], float]


def _strata(linkage: Linkage, *, each: int, rng: np.random.Generator) -> list[_Stratum]:
    run, label = linkage.run, linkage.labels
    numbers = np.array([label[place] for place in range(len(run.records))], dtype=np.int64)
    apart = numbers[run.scored.left] != numbers[run.scored.right]
    shares = 1.0 / (1.0 + np.exp(-np.clip(run.log_odds, -500, 500)))
    strata: list[_Stratum] = []
    high = 1.0
    for low in (*BOUNDS, 0.0):
        inside = np.flatnonzero(apart & (shares < high) & (shares >= low))
        chosen = rng.choice(inside, size=min(each, len(inside)), replace=False)
        pairs = [(int(run.scored.left[place]), int(run.scored.right[place])) for place in np.sort(chosen)]
        if pairs:
            strata.append((f"{low:g} to {high:g}", pairs, float(len(inside))))
        high = low
    return strata + _not_compared(linkage, numbers, each=each, rng=rng)


def _not_compared(
    linkage: Linkage, numbers: NDArray[np.int64], *, each: int, rng: np.random.Generator
) -> list[_Stratum]:
    """Random pairs that no key joined and nothing keeps apart; the size of the stratum is estimated from the draws."""
    run, records = linkage.run, len(linkage.records)
    if run.blocked.every_pair or records < 2:
        return []
    known = set(zip(run.scored.left.tolist(), run.scored.right.tolist(), strict=True))
    pairs: list[tuple[int, int]] = []
    tried = fitting = 0
    for one, two in rng.integers(0, records, size=(200 * each, 2)).tolist():
        if one == two:
            continue
        tried += 1
        pair = (min(one, two), max(one, two))
        apart = pair not in known and numbers[one] != numbers[two]
        if apart and not contradiction(run.features[one], run.features[two], settings=linkage.settings):
            fitting += 1
            if len(pairs) < each:
                pairs.append(pair)
    if not pairs:
        return []
    return [(_NOT_COMPARED, pairs, fitting / tried * records * (records - 1) / 2)]


def missed_links(
    linkage: Linkage, sample: Sequence[Audited], answers: Mapping[tuple[tuple[str, int], tuple[str, int]], Verdict]
) -> Missed:
    """Missed links as a share of the links that a linkage found; see `missed_share`."""
    return missed_share(sample, answers, links=len(linkage.records) - linkage.people)


def missed_share(
    sample: Sequence[Audited],
    answers: Mapping[tuple[tuple[str, int], tuple[str, int]], Verdict],
    *,
    links: int,
    joined_since: int = 0,
) -> Missed:
    """Missed links as a share of `links`, from the answers to a sample; `unsure` counts for one half.

    `joined_since`: links of the sample that decisions have joined by now, so that they are missed no longer.
    The least likely pairs and those that were not compared are left out when none of their sample is «same»: a few
    out of millions of pairs cannot bound a few dozen links, and the spread would say nothing. When one is «same» and by
    what it stands for more links are missed than there are, it counts for itself alone: readers err oftener than that
    is true, and one wrong answer would make 89 missed links of each link. The source says either.
    Raises `LinkageError` when less than half of the sample was answered.
    """
    answered = [one for one in sample if (one.left, one.right) in answers]
    if 2 * len(answered) < len(sample) or not sample:
        raise LinkageError(
            f"{len(answered)} of {len(sample)} audited pairs are answered", hint="answer at least half of the sample"
        )
    total = variance = 0.0
    blind = alone = 0
    for stratum in sorted({one.stratum for one in sample}):
        inside = [one for one in answered if one.stratum == stratum]
        size = sum(one.stands_for for one in sample if one.stratum == stratum)
        says = [{"same": 1.0, "unsure": 0.5, "different": 0.0}[answers[one.left, one.right]] for one in inside]
        if stratum in (_NOT_COMPARED, _LEAST_LIKELY) and not any(says):
            blind += len(says)
            continue
        rest = max(0.0, size - len(says))
        share = (sum(says) + _JEFFREYS) / (len(says) + 2 * _JEFFREYS)
        if stratum in (_NOT_COMPARED, _LEAST_LIKELY) and rest * share > links:
            alone, total = alone + sum(one > 0 for one in says), total + sum(says)
            continue
        total += sum(says) + rest * share
        variance += share * (1 - share) * (rest**2 / (len(says) + 1 + 2 * _JEFFREYS) + rest)
    mean, sd = max(0.0, total - joined_since) / max(1, links), float(np.sqrt(variance)) / max(1, links)
    said = f"an audit of {len(answered)} pairs by people"
    bounds = f"; none of {blind} least likely pairs was the same, which bounds nothing among so many" if blind else ""
    if alone:
        bounds += (
            f"; {alone} least likely pairs were called the same and stand for more links than there are, so they count "
            "for themselves alone: read them again"
        )
    return Missed(mean, sd, said + bounds)
