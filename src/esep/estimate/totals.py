"""Totals over strata: sums of independently paired draws, never sums of quantiles.

A stratum without an estimate adds only the people observed in it, and the total says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import numpy as np

from esep.estimate.draws import unseen_draws
from esep.estimate.results import Estimate
from esep.estimate.status import Status, gravest

SIZE = 20_000


def total(parts: Mapping[str, Estimate], *, seed: int) -> Estimate:
    """One method's total over strata (name -> its result there). All parts have the same method and level."""
    first = next(iter(parts.values()))
    observed = sum(part.observed for part in parts.values())
    counted = {name: part for name, part in parts.items() if part.point is not None}
    missing = {name: part for name, part in parts.items() if part.point is None}
    details: dict[str, Any] = {
        "strata": len(parts),
        "strata_without_estimate": {name: part.status.value for name, part in missing.items()},
        "observed_without_estimate": sum(part.observed for part in missing.values()),
        "doubtful_strata": {name: part.status.value for name, part in counted.items() if not part.status.is_ok},
        "role": _role(parts),
        "interval_method": "sum of independently paired draws",
    }
    whole = replace(
        first, observed=observed, details=details, diagnostics={}, seed=seed, draws=None, point=None, low=None,
        high=None, input_hash=_joint_hash(parts), lists=_joint_lists(parts), status=_no_status(parts),
    )  # fmt: skip
    if not counted:
        return whole
    rng = np.random.default_rng(seed)
    draws = observed + np.sum([unseen_draws(counted[name], size=SIZE, rng=rng) for name in sorted(counted)], axis=0)
    low, point, high = np.quantile(draws, [(1 - first.level) / 2, 0.5, (1 + first.level) / 2])
    open_end = any(part.high is None for part in counted.values())
    doubt = gravest((part.status for part in counted.values()), otherwise=Status.OK)
    status = Status.UNBOUNDED_ABOVE if open_end else Status.PARTIAL_TOTAL if missing else doubt
    return replace(
        whole, status=status, point=float(point), low=float(low), high=None if open_end else float(high), draws=draws
    )


def _role(parts: Mapping[str, Estimate]) -> str:
    """A total is no better than its least part: one stratum of sensitivity makes it sensitivity."""
    roles = {part.role for part in parts.values() if part.point is not None}
    return next((role for role in ("bound", "sensitivity") if role in roles), "estimate")


def _no_status(parts: Mapping[str, Estimate]) -> Status:
    return Counter(part.status for part in parts.values()).most_common(1)[0][0]


def _joint_hash(parts: Mapping[str, Estimate]) -> str:
    return sha256("\n".join(f"{name!r} {parts[name].input_hash}" for name in sorted(parts)).encode()).hexdigest()


def _joint_lists(parts: Mapping[str, Estimate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts.values() for name in part.lists))
