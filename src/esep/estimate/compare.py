"""Every method side by side, how far they lie apart, and what the lists cannot settle."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from esep.errors import EstimateError
from esep.estimate import reading
from esep.estimate.captures import CaptureDraws
from esep.estimate.disagreement import in_words
from esep.estimate.histories import CaptureTable
from esep.estimate.methods import PLACES, Progress, method, share_of
from esep.estimate.plots import Picture, plot_comparison
from esep.estimate.printing import comparison_text
from esep.estimate.report import checks_text
from esep.estimate.results import Estimate

DEFAULT_SEED = 20111216
SEARCH, ENUMERATED = "loglinear-search", 6

Tables = CaptureTable | CaptureDraws | Mapping[str, CaptureTable] | str | Path


@dataclass(frozen=True, eq=False)
class Comparison:
    """Results of several methods on one table (and, with strata, on each stratum before the totals).

    `results`: in the order of the register; with strata each carries `details["stratum"]`, totals have «total» there.
    `warnings`: sentences about the lists. `diagnostics`: of the table, not of one method.
    """

    results: tuple[Estimate, ...]
    lists: tuple[str, ...]
    observed: int
    warnings: tuple[str, ...] = ()
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    @property
    def final(self) -> tuple[Estimate, ...]:
        """One result a method: the totals where there are strata."""
        return tuple(r for r in self.results if r.details.get("stratum", "total") == "total")

    @property
    def spread(self) -> tuple[Estimate, Estimate] | None:
        """Results with the smallest and the largest point among the estimates proper (no bounds, no sensitivity)."""
        proper = [r for r in self.final if r.role == "estimate" and r.point is not None]
        proper.sort(key=lambda r: (r.point or 0.0, r.method))
        return (proper[0], proper[-1]) if proper else None

    @property
    def disagreement(self) -> str:
        """Plain words on how far the methods agree."""
        return in_words(self.final, self.spread)

    def text(self) -> str:
        """Table, spread, warnings and checks: for a person."""
        checks = checks_text(self)
        return comparison_text(self) + (f"\n{checks}" if checks else "")

    def table(self) -> list[dict[str, Any]]:
        """One row a result, plain values."""
        return [
            {**({"stratum": r.details["stratum"]} if "stratum" in r.details else {}), **r.table()[0], "role": r.role}
            for r in self.results
        ]

    def json(self) -> list[dict[str, Any]]:
        """The array of results, as values that any JSON writer takes."""
        return [result.json() for result in self.results]

    def plot(self, path: str | Path | None = None) -> Picture:
        """Points and intervals of all methods below one another: to an SVG or PNG file, or shown by a notebook."""
        return plot_comparison(self, path)


def estimate_table(
    table: Tables,
    *,
    lists: Sequence[str] | None = None,
    by: Sequence[str] | str | None = None,
    methods: Sequence[str] | str = "all",
    level: float = 0.95,
    seed: int = DEFAULT_SEED,
    diagnose: bool = True,
    progress: Progress | None = None,
) -> Comparison:
    """Estimate with all methods that fit (or those named), side by side.

    table: a `CaptureTable`, `CaptureDraws` of a linkage, {stratum: table}, or the path of a CSV file; `by`: columns of
    that file to split into strata. `lists`: use only these. `level`: of the intervals, 0 < level < 1. Same input and
    seed, same result. `diagnose`: also leave out each list in turn and check the model against the table.
    Raises `EstimateError` for input that cannot be read; what cannot be estimated comes back with a status.
    """
    if not 0 < level < 1:
        raise EstimateError(f"an interval of level {level} cannot be made", hint="give a level such as 0.95")
    chosen = _named(methods)
    setting = _Setting(chosen, level, seed, diagnose, progress)
    if isinstance(table, str | Path):
        table = reading.read_tables(Path(table), lists=lists, by=(by,) if isinstance(by, str) else by or ())
        lists = None
    elif by:
        raise EstimateError("columns to split by need a file", hint="give a path, or tables by stratum")
    if isinstance(table, Mapping):
        if "total" in table:
            raise EstimateError("a stratum is called 'total'", hint="give it another name: the sum is called total")
        return _by_stratum({name: _chosen(part, lists) for name, part in table.items()}, setting)
    if isinstance(table, CaptureDraws):
        return _pooled(table, lists, setting)
    return _one(_chosen(table, lists), setting)


@dataclass(frozen=True)
class _Setting:
    methods: tuple[str, ...] | None
    level: float
    seed: int
    diagnose: bool
    progress: Progress | None

    def names(self, k: int) -> tuple[str, ...]:
        """Methods asked for, or those that can use k lists (searched models only where not all can be tried)."""
        if self.methods is not None:
            return self.methods
        fits = [name for name in PLACES if method(name).min_lists <= k <= method(name).max_lists]
        return tuple(name for name in fits if name != SEARCH or k > ENUMERATED) or tuple(PLACES)

    def part(self, place: int, whole: int) -> _Setting:
        """The same, its progress squeezed into one of `whole` steps."""
        return replace(self, progress=share_of(self.progress, place, whole=whole))

    def tell(self, what: str) -> None:
        if self.progress is not None:
            self.progress(what, 0.0)

    def run(self, name: str, table: CaptureTable) -> Estimate:
        self.tell(name)
        return method(name).run(table, level=self.level, seed=self.seed, progress=self.progress)


def _named(methods: Sequence[str] | str) -> tuple[str, ...] | None:
    if methods == "all":
        return None
    names = (methods,) if isinstance(methods, str) else tuple(methods)
    for name in names:
        method(name)
    return names


def _chosen(table: CaptureTable, lists: Sequence[str] | None) -> CaptureTable:
    return table if lists is None or tuple(lists) == table.lists else table.select(lists)


def _one(table: CaptureTable, setting: _Setting) -> Comparison:
    names = setting.names(int((table.list_sizes > 0).sum()))
    steps = len(names) + setting.diagnose
    results = [setting.part(place, steps).run(name, table) for place, name in enumerate(names)]
    if setting.diagnose:
        setting.part(len(names), steps).tell("checking")
    whole = Comparison(tuple(results), table.lists, table.n)
    return _diagnosed(whole, table, setting)


def _diagnosed(comparison: Comparison, table: CaptureTable, setting: _Setting) -> Comparison:
    from esep.estimate import checks  # noqa: PLC0415 - loads scipy, which the import of the package does not

    found = checks.check(comparison.results, table, level=setting.level, seed=setting.seed, deep=setting.diagnose)
    return replace(comparison, results=found.results, warnings=found.warnings, diagnostics=found.diagnostics)


def _by_stratum(tables: Mapping[str, CaptureTable], setting: _Setting) -> Comparison:
    from esep.estimate.totals import total  # noqa: PLC0415 - loads scipy, which the import of the package does not

    most = max((int((part.list_sizes > 0).sum()) for part in tables.values()), default=0)
    same = replace(setting, methods=setting.names(most))
    plain = replace(same, diagnose=False)
    parts = {
        name: _one(part, plain.part(place, len(tables))) for place, (name, part) in enumerate(tables.items())
    }
    named = [_in_stratum(result, name) for name, part in parts.items() for result in part.results]
    totals = [
        _in_stratum(total({name: part.results[place] for name, part in parts.items()}, seed=setting.seed), "total")
        for place in range(len(same.methods or ()))
    ]
    warnings = [f"{name}: {warning}" for name, part in parts.items() for warning in part.warnings]
    lists = tuple(dict.fromkeys(name for part in tables.values() for name in part.lists))
    observed = sum(part.n for part in tables.values())
    return Comparison((*named, *totals), lists, observed, tuple(warnings))


def _in_stratum(result: Estimate, name: str) -> Estimate:
    return replace(result, details={"stratum": name, **result.details})


def _pooled(captures: CaptureDraws, lists: Sequence[str] | None, setting: _Setting) -> Comparison:
    from esep.estimate.pooling import pool  # noqa: PLC0415 - loads scipy, which the import of the package does not

    tables = [table for table, _ in captures.distinct()]
    if len(tables) == 1:
        return _one(_chosen(tables[0], lists), setting)
    names = setting.names(len(lists or captures.lists))
    steps, whole = itertools.count(), len(names) * len(tables)

    def run(name: str, table: CaptureTable) -> Estimate:
        return setting.part(next(steps), whole).run(name, _chosen(table, lists))

    results = tuple(pool(captures, partial(run, name), seed=setting.seed) for name in names)
    drawn = int(captures.counts.shape[0])
    few = (f"only {drawn} draws of the linkage: its share of the doubt is roughly known at best",) if drawn < 20 else ()
    return Comparison(results, tuple(lists or captures.lists), results[0].observed if results else 0, few)
