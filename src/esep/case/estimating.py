"""Estimates as results of the house: text for people, an array of objects for programs.

On a case the lists are those that a person decided on, as on the site, so that both print the same numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esep.errors import EstimateError, WrongUse
from esep.estimate import CaptureDraws, CaptureTable, Comparison, estimate_table
from esep.estimate.compare import DEFAULT_SEED
from esep.estimate.methods import Progress, share_of
from esep.estimate.plots import Picture
from esep.estimate.reading import read_tables
from esep.estimate.simulation import Coverage, coverage_text, simulate_coverage
from esep.people.estimation import DecidedLists

HOW_TO_DECIDE = (
    "To decide on lists, add a table with a claim `estimate` about `case:this` (docs/how-to/estimate.md), or name"
    " sources with --lists."
)


@dataclass(frozen=True)
class Settings:
    """What every estimate of one call shares. `coverage`: tables to draw for a check of the intervals, 0 for none."""

    methods: Sequence[str] | str = "all"
    level: float = 0.95
    seed: int = DEFAULT_SEED
    coverage: int = 0
    progress: Progress | None = None


def settings_of(
    methods: Sequence[str] | str, *, level: float, seed: int | None, coverage: int, progress: Progress | None
) -> Settings:
    """Settings, with the seed of the site where none is named."""
    return Settings(methods, level, DEFAULT_SEED if seed is None else seed, coverage, progress)


@dataclass(frozen=True)
class Part:
    """One estimate, or why there is none. `heading`: of whom, on which lists; `decision`: its claim, None without."""

    comparison: Comparison | None
    heading: str = ""
    title: str | None = None
    decision: str | None = None
    why_not: tuple[str, ...] = ()
    coverage: tuple[Coverage, ...] = ()

    def text(self) -> str:
        """Heading, then all methods side by side."""
        if self.comparison is None:
            return f"{self.heading}\nNo estimate was made on this decision: {'; '.join(self.why_not)}.\n"
        body = self.comparison.text() + (f"\n{coverage_text(self.coverage)}" if self.coverage else "")
        return f"{self.heading}\n\n{body}" if self.heading else body

    def json(self) -> list[dict[str, Any]]:
        """One object a method; one object without a method where nothing could be computed."""
        own = {"title": self.title, "decision": self.decision} if self.decision else {}
        if self.comparison is None:
            empty = dict.fromkeys(("method", "point", "low", "high", "level", "observed"))
            return [{**empty, "status": "no-lists", "details": {"why_not": list(self.why_not)}, **own}]
        checked = {found.method: found.json() for found in self.coverage}
        rows = [{**row, **own} for row in self.comparison.json()]
        for row in rows:
            if row["method"] in checked:
                row["diagnostics"] = {**row["diagnostics"], "coverage_simulation": checked[row["method"]]}
        return rows


@dataclass(frozen=True)
class Estimates:
    """All methods side by side, for each decided estimate. People inferred; never called a count."""

    parts: tuple[Part, ...]

    @property
    def comparison(self) -> Comparison:
        """The first that could be computed. Raises `EstimateError` where none could."""
        for part in self.parts:
            if part.comparison is not None:
                return part.comparison
        raise EstimateError("no estimate was made on any decision", hint="print the result: it says why")

    def text(self) -> str:
        """The table of methods, their spread, and what the lists cannot settle."""
        return "\n".join(part.text() for part in self.parts)

    def table(self) -> str:
        """The same as the text."""
        return self.text()

    def json(self) -> str:
        """A JSON array, one object a method: method, status, point, low, high, level, observed, details …"""
        rows = [row for part in self.parts for row in part.json()]
        return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)

    def plot(self, path: str | Path | None = None) -> Picture:
        """All methods below one another; to an SVG or PNG file, or shown by a notebook."""
        return self.comparison.plot(path)


def estimate_file(
    path: Path, *, lists: Sequence[str] | None = None, by: Sequence[str] | None = None, settings: Settings
) -> Estimates:
    """Estimate from a CSV with one 0/1 column a list and `n`, or one row a person. Raises `EstimateError`."""
    if not path.is_file():
        raise WrongUse(f"{path} is neither a case nor a file", hint="name a case folder or a CSV of capture histories")
    table = read_tables(path, lists=lists, by=by or ())
    if isinstance(table, CaptureTable):
        return Estimates((_part(table, settings),))
    if settings.coverage:
        raise WrongUse("coverage is simulated for one table, not for strata", hint="leave --by or --coverage out")
    return Estimates((Part(_compared(table, settings)),))


def estimate_captures(captures: CaptureDraws, *, settings: Settings, heading: str = "") -> Estimates:
    """Estimate from the captures of a case, one table for each draw of who is who."""
    return Estimates((_part(captures, settings, heading=heading),))


def estimate_decided(
    decided: Sequence[DecidedLists], captures: Callable[[DecidedLists], CaptureDraws], *, settings: Settings
) -> Estimates:
    """One estimate for each decision about the case; a decision with faults says why there is none."""
    return Estimates(tuple(_on_decision(one, captures, settings) for one in decided))


def on_other_lists(drawn: CaptureDraws, *, named: bool, decided: int) -> str:
    """What the lists are where no decision was used: those named for this run, or every source by itself."""
    if decided:
        unused = f"The {decided} decisions on lists" if decided > 1 else "The decision on lists"
        begin = f"{unused} that this case holds {'were' if decided > 1 else 'was'} set aside by --lists or --status."
    else:
        begin = "Nobody has decided on lists for this case."
    if named:
        return f"{begin} Lists as named for this run: {', '.join(drawn.lists)}."
    return (
        f"{begin} Each of its {len(drawn.lists)} sources (copies with their original) is taken as a list; whether they"
        f" are independent witnesses, no program knows. {HOW_TO_DECIDE}"
    )


def _on_decision(one: DecidedLists, captures: Callable[[DecidedLists], CaptureDraws], settings: Settings) -> Part:
    heading = "\n".join(_heading(one))
    if one.faults:
        return Part(None, heading, one.title, one.cid, one.faults)
    return _part(captures(one), settings, heading=heading, title=one.title, decision=one.cid)


def _heading(one: DecidedLists) -> Iterator[str]:
    yield f"{one.title} ({', '.join(one.statuses) or 'of whom is not said'}), lists decided on {one.on}:"
    for name, members in one.lists.items():
        yield f"  {name}: {', '.join(member.removeprefix('source:') for member in members) or 'no source'}"
    if one.note:
        yield f"Why these lists: {one.note}"


def _part(
    captures: CaptureTable | CaptureDraws,
    settings: Settings,
    *,
    heading: str = "",
    title: str | None = None,
    decision: str | None = None,
) -> Part:
    comparison = _compared(captures, settings)
    checked = _coverage(captures, comparison, settings) if settings.coverage else ()
    return Part(comparison, heading, title, decision, coverage=checked)


def _compared(captures: CaptureTable | CaptureDraws | dict[str, CaptureTable], settings: Settings) -> Comparison:
    return estimate_table(
        captures, methods=settings.methods, level=settings.level, seed=settings.seed, progress=settings.progress
    )


def _coverage(
    captures: CaptureTable | CaptureDraws, comparison: Comparison, settings: Settings
) -> tuple[Coverage, ...]:
    if isinstance(captures, CaptureDraws):
        if len(captures.counts) > 1:
            raise WrongUse("coverage is simulated for one table", hint="leave the draws of linkage or --coverage out")
        captures = captures.table(0)
    names = [result.method for result in comparison.results if result.point is not None]
    return tuple(
        simulate_coverage(
            captures, name, tables=settings.coverage, level=settings.level, seed=settings.seed,
            progress=share_of(settings.progress, place, whole=len(names)),
        )
        for place, name in enumerate(names)
    )  # fmt: skip
