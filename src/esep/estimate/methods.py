"""What every method offers, and the register of all methods; each module is imported when its method first runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Protocol, runtime_checkable

from esep.errors import EstimateError
from esep.estimate.histories import CaptureTable
from esep.estimate.results import Estimate
from esep.estimate.screening import Refusal, refusal, without_empty_lists
from esep.estimate.status import Status

Progress = Callable[[str, float], None]
"""Called with what is being done and the share of it that is done, 0 to 1."""


def share_of(progress: Progress | None, place: int, *, whole: int) -> Progress | None:
    """Progress of the step at `place` (from 0) of `whole` equal steps, so that a bar only moves forward."""
    if progress is None:
        return None
    return lambda what, share: progress(what, (place + min(max(share, 0.0), 1.0)) / max(whole, 1))


@runtime_checkable
class Method(Protocol):
    """One way from a capture table to an `Estimate`. `min_lists` and `max_lists` are inclusive."""

    @property
    def name(self) -> str:
        """The name in tables, JSON and `--method`."""

    @property
    def min_lists(self) -> int:
        """Fewest lists it can use."""

    @property
    def max_lists(self) -> int:
        """Most lists it can use in reasonable time."""

    def run(self, table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
        """Estimate. What cannot be estimated comes back with a status; nothing statistical is raised."""


class Estimator(Protocol):
    """The part of a method that is its own: estimates on a table that passed the screening."""

    def __call__(self, table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate: ...


@dataclass(frozen=True)
class Recipe:
    """A `Method` made of a function: screens the table and the number of lists first, as all methods must.

    Lists that hold nobody are left out and named in `details["lists_left_out"]`.
    """

    name: str
    min_lists: int
    max_lists: int
    estimate: Estimator

    def run(self, table: CaptureTable, *, level: float, seed: int, progress: Progress | None) -> Estimate:
        """Estimate, or a refusal with its status."""
        used, empty = without_empty_lists(table)
        found = refusal(used) or self._wrong_number(used)
        if found is not None:
            status, details = found
            return Estimate.refused(used, method=self.name, status=status, level=level, details=details, seed=seed)
        result = self.estimate(used, level=level, seed=seed, progress=progress)
        return replace(result, details={**result.details, "lists_left_out": list(empty)}) if empty else result

    def _wrong_number(self, table: CaptureTable) -> Refusal | None:
        if table.k < self.min_lists:
            return Status.TOO_FEW_LISTS, {"lists": table.k, "needed": self.min_lists}
        if table.k > self.max_lists:
            return Status.TOO_MANY_LISTS, {"lists": table.k, "at_most": self.max_lists}
        return None


# Name -> where its `Method` object stands, in the order of the side-by-side table. A new method is one line here.
PLACES: dict[str, str] = {
    "petersen": "esep.estimate.two_lists:PETERSEN",
    "chapman": "esep.estimate.two_lists:CHAPMAN",
    "chao-bound": "esep.estimate.chao:CHAO",
    "coverage-independent": "esep.estimate.coverage:INDEPENDENT",
    "coverage-high": "esep.estimate.coverage:HIGH",
    "coverage-low": "esep.estimate.coverage:LOW",
    "loglinear-independent": "esep.estimate.loglinear_methods:INDEPENDENT",
    "heterogeneity-chao": "esep.estimate.heterogeneity:CHAO",
    "heterogeneity-poisson": "esep.estimate.heterogeneity:POISSON",
    "heterogeneity-darroch": "esep.estimate.heterogeneity:DARROCH",
    "heterogeneity-gamma": "esep.estimate.heterogeneity:GAMMA",
    "loglinear-bic": "esep.estimate.loglinear_methods:BIC",
    "loglinear-bic-bootstrap": "esep.estimate.loglinear_methods:BIC_BOOTSTRAP",
    "loglinear-average": "esep.estimate.averaging:AVERAGE",
    "loglinear-stepwise": "esep.estimate.stepwise:STEPWISE",
    "loglinear-search": "esep.estimate.search:SEARCH",
    "decomposable-graphs": "esep.estimate.graphs.method:GRAPHS",
    "latent-class": "esep.estimate.latent_class.method:LATENT_CLASS",
}


def method_names() -> tuple[str, ...]:
    """All registered methods, in the order of the table."""
    return tuple(PLACES)


def method(name: str) -> Method:
    """The method of that name; `EstimateError` lists the names there are."""
    if name not in PLACES:
        raise EstimateError(f"no method is called {name!r}", hint=f"choose from {', '.join(PLACES)}")
    module, _, attribute = PLACES[name].partition(":")
    found: Method = getattr(import_module(module), attribute)
    return found
