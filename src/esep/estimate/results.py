"""The one result of every estimator: a number of people with its interval, its status and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from esep.estimate import roles
from esep.estimate.histories import CaptureTable
from esep.estimate.plain import plain
from esep.estimate.plots import Picture, plot_estimate
from esep.estimate.printing import estimate_text
from esep.estimate.status import Status

VERSION = "esep-estimate 1"
"""Raised whenever a change to the code may change a number that somebody has published."""

CLOSED = "closed population: nobody enters or leaves while the lists are made"
LINKED = "perfect linkage: every person is counted once, and matches between lists are right"
NO_LIMIT = 1e6
"""An upper end above this many times the people seen is no limit: it is printed as open."""

INDEPENDENT = "independent lists: being on one list changes nothing about being on another"
EQUAL_CHANCES = "equal chances: on each list everyone is equally likely to appear"


@dataclass(frozen=True, eq=False)
class Estimate:
    """People estimated by one method from one capture table.

    `point`, `low`, `high`: people, of the whole population (observed + unseen); None where the status says there is
    none, and `high` None with `unbounded-above`. `level`: of the interval, 0.95 = 95 %. `observed`: people on at least
    one list; a documented count, never to be added to the estimate. `draws`: float64[D] draws of the population where
    the method makes them, for totals and plots; never printed. The same input, seed and version give the same bytes.
    """

    method: str
    status: Status
    point: float | None
    low: float | None
    high: float | None
    level: float
    observed: int
    assumptions: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    version: str = VERSION
    input_hash: str = ""
    lists: tuple[str, ...] = ()
    draws: NDArray[np.float64] | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        table: CaptureTable,
        *,
        method: str,
        point: float | None,
        interval: tuple[float | None, float | None] = (None, None),
        level: float = 0.95,
        status: Status = Status.OK,
        assumptions: Sequence[str] = (),
        details: Mapping[str, Any] | None = None,
        diagnostics: Mapping[str, Any] | None = None,
        seed: int | None = None,
        draws: NDArray[np.float64] | None = None,
    ) -> Estimate:
        """Result on `table`: fills in what follows from it, and turns an infinite upper end into None with a status.

        A point that is not a finite number of at least the people observed becomes None with `out-of-range`
        (or the status given, if that already says there is no point). The interval is
        widened to hold the point; an upper end above a million times the people seen counts as open.
        """
        low, high = (_finite(end) for end in interval)
        high = None if high is not None and high > NO_LIMIT * table.n else high
        if point is not None and not (math.isfinite(point) and point >= table.n * (1 - 1e-9)):
            point, status = None, Status.OUT_OF_RANGE if status.has_point else status
        if point is None or not status.has_point:
            point = low = high = None
        else:  # a bootstrap or profile may end beside the point; what is printed holds it
            low = None if low is None else min(low, float(point))
            high = None if high is None else max(high, float(point))
            if high is None and interval[1] is not None and status.is_ok:
                status = Status.UNBOUNDED_ABOVE
        return cls(
            method=method, status=status, point=None if point is None else float(point), low=low, high=high,
            level=level, observed=table.n, assumptions=tuple(assumptions), details=details or {},
            diagnostics=diagnostics or {}, seed=seed, input_hash=table.input_hash, lists=table.lists, draws=draws,
        )  # fmt: skip

    @classmethod
    def refused(
        cls,
        table: CaptureTable,
        *,
        method: str,
        status: Status,
        level: float = 0.95,
        details: Mapping[str, Any] | None = None,
        assumptions: Sequence[str] = (),
        seed: int | None = None,
    ) -> Estimate:
        """«Cannot be estimated», with the status that says why."""
        return cls.of(
            table, method=method, point=None, level=level, status=status,
            details=details, assumptions=assumptions, seed=seed,
        )  # fmt: skip

    @property
    def role(self) -> str:
        """`estimate`, `bound` (at least so many) or `sensitivity` (shows what another assumption would give)."""
        if self._hangs_on_prior:
            return roles.PRIOR.role
        return str(self.details.get("role", self._standing.role))

    @property
    def role_reason(self) -> str:
        """Why the method has that role here (the rule stands in `roles`)."""
        if self._hangs_on_prior:
            return roles.PRIOR.reason
        return str(self.details.get("role_reason", self._standing.reason))

    @property
    def _hangs_on_prior(self) -> bool:
        return self.status.value.startswith("prior-")

    @property
    def _standing(self) -> roles.Standing:
        return roles.of(self.method, lists=len(self.lists))

    @property
    def unseen(self) -> float | None:
        """People on no list, or None."""
        return None if self.point is None else self.point - self.observed

    def text(self) -> str:
        """The result in sentences."""
        return estimate_text(self)

    def table(self) -> list[dict[str, Any]]:
        """One row of plain values; `Comparison.table` puts many below one another."""
        return [
            {
                "method": self.method, "status": self.status.value, "point": self.point, "low": self.low,
                "high": self.high, "level": self.level, "observed": self.observed,
            }
        ]  # fmt: skip

    def json(self) -> dict[str, Any]:
        """Everything but the draws, as values that any JSON writer takes (no NaN, no Infinity)."""
        rest = {
            "role": self.role, "role_reason": self.role_reason, "details": self.details,
            "assumptions": self.assumptions, "diagnostics": self.diagnostics,
            "seed": self.seed, "version": self.version, "input_hash": self.input_hash, "lists": self.lists,
        }  # fmt: skip
        both: dict[str, Any] = plain({**self.table()[0], **rest})
        return both

    def plot(self, path: str | Path | None = None) -> Picture:
        """Draw the posterior, the profile or the interval: to an SVG or PNG file, or shown by a notebook."""
        return plot_estimate(self, path)


def _finite(end: float | None) -> float | None:
    return float(end) if end is not None and math.isfinite(end) else None
