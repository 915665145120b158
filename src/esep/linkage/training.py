"""Parameters: how often each level of a field is seen among records of one person (m) and of two persons (u).

Below some 500 records nothing can be learnt safely, so parameters trained on made lists are shipped. What depends
on the event (sex, date, place, occupation, kin) is always measured on the lists themselves, on pairs whose names
are clearly different. From 500 records on Splink's EM adjusts m, and guard rails decide whether it is believed.
Sources: Fellegi and Sunter 1969; guard rails: what was seen to go wrong with EM on short lists (Splink issues
161, 462; recordlinkage issue 193).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from splink.internals.exceptions import EMTrainingException

from esep.linkage.comparison import CONTEXT, Probabilities, comparisons
from esep.linkage.engine import Scored, model_of, open_linker

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PRIOR_COUNT = 200.0
"""Shipped probabilities count as much as so many pairs against what is measured."""
_PRIOR_MATCHES = 20.0
_LEAST_LIKELY = 1e-4
_ROUNDS, _SETTLED = 100, 1e-5
_DIFFERENT_NAMES = 2
_STRANGERS = 3
"""Levels of names, from below, at which EM is not believed: under -3 nats."""
_LEAST_PAIRS = 200
_MOST_PAIRS = 2e6
_MOST_MATCHES = 0.5
"""A session that calls more of its pairs matches is not believed. Measured with 0.97 instead: pair F1 0.987 against
0.983 on one set of made lists, 0.964 against 0.977 on a set with households, whose members share day and place."""
_RULES = (
    ("birth", "l.birth_day = r.birth_day"),
    ("date", "l.date_day = r.date_day and l.place = r.place"),
)

Learnt = dict[str, list[tuple[float, Sequence[float]]]]
"""For each field, what sessions of EM learnt: number of matches in the session, and m."""


@dataclass(frozen=True)
class Fitted:
    """Parameters used in a run, and what was done to get them, in words."""

    probabilities: Probabilities
    notes: tuple[str, ...]


def level_counts(gammas: NDArray[np.int8], *, levels: int) -> NDArray[np.float64]:
    """How many pairs are at each level, from the first level on; Splink numbers them downwards from levels - 1."""
    stated = gammas[gammas >= 0]
    return np.bincount(levels - 1 - stated, minlength=levels).astype(np.float64)


def with_context(shipped: Probabilities, sample: Scored) -> Probabilities:
    """`shipped` with u of the fields of the event measured on pairs whose names are clearly different."""
    fields = comparisons()
    name_levels = len(fields[0].levels)
    name = name_levels - 1 - sample.gammas[:, 0]
    apart = (sample.gammas[:, 0] >= 0) & (name < _DIFFERENT_NAMES)
    found: dict[str, dict[str, Sequence[float]]] = {}
    for place, field in enumerate(fields):
        known = shipped[field.name]
        found[field.name] = {"m": list(known["m"]), "u": list(known["u"])}
        if field.name in CONTEXT:
            counts = level_counts(sample.gammas[apart, place], levels=len(field.levels))
            found[field.name]["u"] = blended(known["u"], counts)
    return found


def with_measured_m(known: Probabilities, scored: Scored, *, records: int) -> Probabilities:
    """`known` with m of the fields of the event measured on these lists.

    Whether one person's records agree on date and place depends on what the lists tell of (a death, or many trials
    and sentences). The other fields say how likely each pair is one person's, at one match a record; namesakes among
    these pairs agree on the field as strangers do, and are told apart by expectation and maximisation over m alone.
    Without that they were taken for one person's: on 15,600 records with few birth dates «another place» then weighed
    1.1 nats against instead of 2.1.
    """
    fields = comparisons()
    outside = scored.weight - scored.parts[:, [f.name in CONTEXT for f in fields]].sum(axis=1)
    chance = -np.log(max(records, 2))
    before = 1.0 / (1.0 + np.exp(-np.clip(outside + chance, -500, 500)))
    found = {name: {"m": list(both["m"]), "u": list(both["u"])} for name, both in known.items()}
    for place, field in enumerate(fields):
        if field.name in CONTEXT and field.name != "sex":
            stated = (scored.gammas[:, place] >= 0) & (before > _LEAST_LIKELY)
            seen = len(field.levels) - 1 - scored.gammas[stated, place]
            found[field.name]["m"] = _m_among(known[field.name], seen, before[stated])
    return found


def _m_among(known: Mapping[str, Sequence[float]], seen: NDArray[Any], before: NDArray[np.float64]) -> list[float]:
    """Learn m of one field's levels from pairs that are `before` so probable; the shipped m count as a few matches."""
    u, m = np.asarray(known["u"]), list(known["m"])
    for _ in range(_ROUNDS):
        for_one, for_two = before * np.asarray(m)[seen], (1.0 - before) * u[seen]
        counts = np.bincount(seen, weights=for_one / (for_one + for_two), minlength=len(u))
        last, m = m, blended(known["m"], counts, prior=_PRIOR_MATCHES)
        if max(abs(one - two) for one, two in zip(last, m, strict=True)) < _SETTLED:
            break
    return m


def blended(shipped: Sequence[float], counts: NDArray[Any], *, prior: float = _PRIOR_COUNT) -> list[float]:
    """Shares of levels: counts together with the shipped shares, as if these were `prior` pairs."""
    total = np.asarray(shipped) * prior + counts
    return [float(share) for share in total / total.sum()]


def fit(shipped: Probabilities, *, con: DuckDBPyConnection) -> Fitted:
    """Let Splink's EM adjust m on the loaded records, as far as the guard rails allow."""
    notes: list[str] = []
    learnt: Learnt = {}
    for trained_apart, rule in _RULES:
        pairs = _rule_pairs(rule, con)
        if pairs < _LEAST_PAIRS:
            notes.append(f"EM on equal {trained_apart}: {pairs} pairs, fewer than {_LEAST_PAIRS}: not run")
            continue
        session = _session(shipped, rule, con=con)
        if session is None:
            notes.append(f"EM on equal {trained_apart} ran into a probability of zero: not believed")
        else:
            notes += _take(session, shipped, learnt=learnt, pairs=pairs, rule=trained_apart)
    return Fitted(_joined(shipped, learnt), tuple(notes))


def _rule_pairs(rule: str, con: DuckDBPyConnection) -> int:
    counted = f"select count(*) from records l join records r on {rule} where l.unique_id < r.unique_id"  # noqa: S608
    ((pairs,),) = con.execute(counted).fetchall()
    return int(pairs)


def _session(shipped: Probabilities, rule: str, *, con: DuckDBPyConnection) -> Any:
    """A session of Splink's EM, or None when a probability vanished on the way: Splink 5 then stops with an error."""
    linker = open_linker(model_of(shipped, prior=0.05), con=con)
    try:
        return linker.training.estimate_parameters_using_expectation_maximisation(
            rule, max_pairs=_MOST_PAIRS, estimate_without_term_frequencies=True
        )
    except (ValueError, EMTrainingException):
        return None


def _take(session: Any, shipped: Probabilities, *, learnt: Learnt, pairs: int, rule: str) -> list[str]:
    """Keep what a session learnt for each field that passes the guard rails; say what did not."""
    share = float(session.core_model_settings.probability_two_random_records_match)
    if not 0 < share <= _MOST_MATCHES:
        return [f"EM on equal {rule} called {share:.0%} of its pairs matches: not believed"]
    kept: list[str] = []
    for comparison in session.core_model_settings.comparisons:
        name = comparison.output_column_name
        m = [level.m_probability for level in comparison.comparison_levels if not level.is_null_level]
        fault = distrust(m, shipped[name]["u"])
        if fault:
            kept.append(f"{name} ({fault})")
        else:
            m = without_strangers(m, shipped[name]["m"]) if name == "name" else m
            learnt.setdefault(name, []).append((share * pairs, m))
    note = f"EM on equal {rule}: {pairs} pairs, {share:.1%} of them matches"
    return [note + (f"; shipped parameters kept for {', '.join(kept)}" if kept else "")]


def without_strangers(m: Sequence[float], shipped: Sequence[float]) -> list[float]:
    """`m` of names as learnt, with the shipped shares of names that are clearly different.

    EM takes strangers who share a day of birth for one person with two names: on 100,000 made records for 4 % of the
    matches, and such names then spoke for one person by 1.4 nats.
    """
    rest = (1 - sum(shipped[:_STRANGERS])) / sum(m[_STRANGERS:])
    return [*shipped[:_STRANGERS], *(share * rest for share in m[_STRANGERS:])]


def distrust(m: Sequence[float | str | None], u: Sequence[float]) -> str:
    """Why probabilities learnt by EM are not believed, "" when they are."""
    if any(not isinstance(share, float) or not 0 <= share <= 1 for share in m):
        return "a level was not seen"
    known = [float(share) for share in m if isinstance(share, float)]
    best, worst = (len(known) - 1, 0) if len(known) > 7 else (0, len(known) - 1)
    if known[best] < u[best]:
        return "full agreement is rarer among matches than by chance"
    if known[worst] > u[worst]:
        return "full disagreement is more frequent among matches than by chance"
    return ""


def _joined(shipped: Probabilities, learnt: Mapping[str, list[tuple[float, Sequence[float]]]]) -> Probabilities:
    found: dict[str, dict[str, Sequence[float]]] = {}
    for name, known in shipped.items():
        counts = np.zeros(len(known["m"]))
        for matches, m in learnt.get(name, ()):
            counts += matches * np.asarray(m)
        found[name] = {"m": blended(known["m"], counts), "u": list(known["u"])}
    return found


def prior_of(weight: NDArray[np.float64], *, all_pairs: float, most: float = 0.5, start: float = 1e-4) -> float:
    """Share of all pairs that are one person's, from the evidence of the pairs that were compared.

    The share at which the expected number of matches is what the evidence says (EM for this one parameter); pairs
    that were not compared count as none. Between half a match in all and `most`.
    """
    prior = min(start, most)
    for _ in range(200):
        odds = weight + np.log(prior) - np.log1p(-prior)
        updated = float((1.0 / (1.0 + np.exp(-np.clip(odds, -700, 700)))).sum() + 0.5) / all_pairs
        updated = min(max(updated, min(0.5 / all_pairs, most)), most)
        if abs(np.log(updated) - np.log(prior)) < 1e-6:
            return updated
        prior = updated
    return prior


def sampled_pairs(rng: np.random.Generator, records: int, *, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Random pairs of records, all of them when there are fewer than `most`."""
    if records * (records - 1) // 2 <= most:
        left, right = np.triu_indices(records, k=1)
        return left.astype(np.int64), right.astype(np.int64)
    drawn = np.sort(rng.integers(0, records, size=(most, 2)), axis=1)
    drawn = np.unique(drawn[drawn[:, 0] < drawn[:, 1]], axis=0)
    return drawn[:, 0], drawn[:, 1]


def shares(samples: Iterable[NDArray[np.float64]], *, least: float) -> list[float]:
    """Shares of levels over several samples of counts, none below `least` counts."""
    total = np.maximum(np.sum(list(samples), axis=0), least)
    return [float(share) for share in total / total.sum()]
