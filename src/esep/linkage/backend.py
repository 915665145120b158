"""Where what grows with the lists is done: in this process, or on Spark for those who outgrow one machine.

Two things grow: choosing pairs, whose names are compared on the way, and scoring them. Parameters are fitted on
samples of bounded size, always in this process, so that both engines use the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from esep.errors import WrongUse
from esep.linkage import engine
from esep.linkage.blocking import Blocked, NameScores, block
from esep.linkage.engine import Scored
from esep.linkage.features import Features
from esep.linkage.keys import Positions
from esep.linkage.settings import ENGINES, Settings
from esep.linkage.spellings import Spellings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Backend(Protocol):
    """What grows with the lists."""

    def block(self, found: Sequence[Features], *, apart: Positions, names: NameScores, settings: Settings) -> Blocked:
        """Pairs to compare, as `blocking.block` gives them."""

    def score(
        self, model: Mapping[str, Any], left: Positions, right: Positions, *, names: NDArray[np.float64]
    ) -> Scored:
        """Evidence for exactly these pairs, as `engine.score` gives it."""


class Here:
    """Compiled loops and DuckDB in this process: the default."""

    def __init__(self, con: DuckDBPyConnection) -> None:
        self._con = con

    def block(self, found: Sequence[Features], *, apart: Positions, names: NameScores, settings: Settings) -> Blocked:
        """As `Backend.block`."""
        return block(found, apart=apart, names=names, settings=settings)

    def score(
        self, model: Mapping[str, Any], left: Positions, right: Positions, *, names: NDArray[np.float64]
    ) -> Scored:
        """As `Backend.score`."""
        return engine.score(model, left, right, names=names, con=self._con)


@contextmanager
def opened(
    found: Sequence[Features],
    spellings: Spellings,
    settings: Settings,
    *,
    con: DuckDBPyConnection,
    places: Mapping[str, float],
) -> Iterator[Backend]:
    """The engine that the settings name, with the records where it needs them; `places` as in `engine.load`.

    Raises `WrongUse` for a name that is none, and for Spark when it or Java is not installed.
    """
    if settings.engine == "duckdb":
        yield Here(con)
    elif settings.engine == "spark":
        from esep.linkage.spark import on_spark  # noqa: PLC0415 - PySpark is an extra

        with on_spark(found, spellings, settings, places=places) as backend:
            yield backend
    else:
        raise WrongUse(f"no engine is called {settings.engine!r}", hint=f"name one of {', '.join(ENGINES)}")
