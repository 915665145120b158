"""What every method offers, and the register of all methods; each module is imported when its method first runs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol, runtime_checkable

from esep.errors import EstimateError
from esep.estimate.histories import CaptureTable
from esep.estimate.results import Estimate

Progress = Callable[[str, float], None]
"""Called with what is being done and the share of it that is done, 0 to 1."""


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


# Name -> where its `Method` object stands, in the order of the side-by-side table. A new method is one line here.
PLACES: dict[str, str] = {}


def method_names() -> tuple[str, ...]:
    """All registered methods, in the order of the table."""
    return tuple(PLACES)


def method(name: str) -> Method:
    """The method of that name; `EstimateError` lists the names there are."""
    if name not in PLACES:
        raise EstimateError(f"no method is called {name!r}", hint=f"choose from {', '.join(PLACES)}")
    module, _, attribute = PLACES[name].partition(":")
    found = getattr(import_module(module), attribute)
    assert isinstance(found, Method), f"{PLACES[name]} is no Method"  # noqa: S101 - a register entry, not input
    return found
