"""Where pairs are found and compared: DuckDB inside this process, or Spark for those who outgrow one machine.

A run speaks to one of the two through `Backend`; records, rules and what follows are the same, and so are the
parameters: they are fitted on samples of bounded size, always by DuckDB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from esep.errors import WrongUse
from esep.linkage import engine
from esep.linkage.blocking import Blocked, block
from esep.linkage.engine import NameLevels, Scored
from esep.linkage.features import Features
from esep.linkage.settings import ENGINES, Settings
from esep.linkage.spellings import Spellings

Positions = NDArray[np.int64]


class Backend(Protocol):
    """What a run needs of an engine that holds the records."""

    @property
    def bounded(self) -> OnDuckDB:
        """The engine for work that does not grow with the lists: samples and EM."""

    def block(self, found: Sequence[Features], *, largest: int) -> Blocked:
        """Pairs that share a key, each once, ordered; blocks of more than `largest` pairs are left out and named."""

    def name_levels(self, left: Positions, right: Positions) -> NDArray[np.int32]:
        """Level of the name comparison of each pair, in the order given; -1 where nothing can be compared."""

    def open_linker(self, model: dict[str, Any]) -> Any:
        """A Splink linker over the records under a model from `engine.model_of`."""

    def score(self, linker: Any, left: Positions, right: Positions) -> Scored:
        """Evidence for exactly these pairs, ordered by position."""


class OnDuckDB:
    """The default: everything in memory, in this process."""

    def __init__(self, con: Any, spellings: Spellings) -> None:
        self._con = con
        self._levels = NameLevels(spellings)

    @property
    def bounded(self) -> OnDuckDB:
        """All work is done here."""
        return self

    def load(self, found: Sequence[Features]) -> None:
        """Put the records where linkers read them."""
        engine.load(found, con=self._con, levels=self._levels)

    def block(self, found: Sequence[Features], *, largest: int) -> Blocked:
        """As `Backend.block`."""
        return block(found, con=self._con, largest=largest)

    def name_levels(self, left: Positions, right: Positions) -> NDArray[np.int32]:
        """As `Backend.name_levels`."""
        return self._levels(left, right)

    def count_pairs(self, rule: str) -> int:
        """How many pairs of records fulfil a rule in SQL over `l` and `r`."""
        counted = f"select count(*) from records l join records r on {rule} where l.unique_id < r.unique_id"  # noqa: S608
        ((pairs,),) = self._con.execute(counted).fetchall()
        return int(pairs)

    def open_linker(self, model: dict[str, Any]) -> Any:
        """As `Backend.open_linker`."""
        return engine.open_linker(model, con=self._con)

    def score(self, linker: Any, left: Positions, right: Positions) -> Scored:
        """As `Backend.score`; levels of names are computed once, because SQL asks for each several times."""
        self._levels.keep(left, right)
        return engine.score(linker, left, right, con=self._con)


@contextmanager
def opened(found: Sequence[Features], spellings: Spellings, settings: Settings) -> Iterator[Backend]:
    """The engine that the settings name, with the records loaded.

    Raises `WrongUse` for another name, and for Spark when it or Java is not installed.
    """
    if settings.engine not in ENGINES:
        raise WrongUse(f"no engine is called {settings.engine!r}", hint=f"name one of {', '.join(ENGINES)}")
    with engine.connect() as con:
        bounded = OnDuckDB(con, spellings)
        bounded.load(found)
        if settings.engine == "duckdb":
            yield bounded
            return
        from esep.linkage.spark import on_spark  # noqa: PLC0415 - PySpark is an extra

        with on_spark(found, spellings, settings, bounded=bounded) as distributed:
            yield distributed
