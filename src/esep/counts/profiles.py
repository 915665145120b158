"""Toll statements in the codings of other projects: an export, never the stored truth and never read back.

ACLED: one figure an event, the most conservative of those reported; vague words by its published rule, which stand in
`profile_words.csv`; only reported deaths. Source: ACLED, «Fatalities», answers on uses and limitations of its data, 27
February 2023, updated 7 May 2024. UCDP GED: `low` (conservative), `best` (most likely) and `high` estimates of
deaths. Source: UCDP GED codebook (Högbladh 2019, version 19.1), fields best, low and high.

Both projects code events by people who weigh several reports. A row here is one statement; what their published rules
do not settle stays empty, with the reason beside it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from esep.counts.tables import in_columns
from esep.counts.toll_report import TollReport
from esep.counts.tolls import Toll
from esep.counts.words import folded, resource_rows

Profile = Literal["acled", "ucdp"]
PROFILES: tuple[Profile, ...] = ("acled", "ucdp")

_VAGUE = ("several", "dozens", "hundreds", "thousands")
_FIGURES: dict[Profile, tuple[str, ...]] = {"acled": ("fatalities",), "ucdp": ("low", "best", "high")}
_STATED = ("toll", "period", "place", "as_of", "source", "said_by", "stated_as")


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding of one figure: the columns of the profile, the rule it follows, or why a column is empty."""

    figures: tuple[int | None, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Profiled:
    """Statements about the dead in one coding, one row each, as CSV (`text`), columns (`table`) and JSON."""

    profile: Profile
    rows: tuple[dict[str, Any], ...]
    left_out: int

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns: those of the profile between what was stated and the rule."""
        return (*_STATED, *_FIGURES[self.profile], "rule")

    def text(self) -> str:
        """CSV with a header; an empty cell is a figure that the rules of the profile do not give."""
        out = io.StringIO()
        writer = csv.DictWriter(out, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _safe(cell) for name, cell in row.items()} for row in self.rows)
        return out.getvalue().rstrip("\n")

    def table(self) -> str:
        """The same in columns."""
        shown = [tuple("" if row[name] is None else str(row[name]) for name in self.columns) for row in self.rows]
        return in_columns([self.columns, *shown])

    def json(self) -> str:
        """A JSON array of the rows."""
        return json.dumps(self.rows, ensure_ascii=False, indent=1)


def profiled(report: TollReport, profile: Profile) -> Profiled:
    """Statements about the dead that are put forward, in a coding; the others are counted as left out.

    Injured, missing and detained people have no place in either coding; a figure that is denied, feared or planned is
    no reported death.
    """
    tolls = [toll for group in (*report.people, *report.past_events) for toll in group.tolls]
    dead = [toll for toll in tolls if toll.scope.category == "killed" and toll.is_asserted]
    rows = tuple(_row(toll, profile) for toll in _in_order(dead))
    return Profiled(profile, rows, len(tolls) - len(dead))


def coded(toll: Toll, profile: Profile) -> Coded:
    """One figure in a coding."""
    return _acled(toll) if profile == "acled" else _ucdp(toll)


def _in_order(tolls: Iterable[Toll]) -> Sequence[Toll]:
    return sorted(tolls, key=lambda toll: (toll.as_of.text if toll.as_of else "", toll.id))


def _row(toll: Toll, profile: Profile) -> dict[str, Any]:
    found = coded(toll, profile)
    stated = {
        "toll": toll.id,
        "period": toll.scope.period.text if toll.scope.period else None,
        "place": toll.scope.place,
        "as_of": toll.as_of.text if toll.as_of else None,
        "source": toll.source,
        "said_by": " > ".join(toll.chain) or None,
        "stated_as": toll.bounds.text(),
    }
    return {**stated, **dict(zip(_FIGURES[profile], found.figures, strict=True)), "rule": found.rule}


def _acled(toll: Toll) -> Coded:
    bounds = toll.bounds
    if bounds.hedge in _VAGUE or bounds.hedge == "unquantified":
        figure = _acled_words().get(folded(bounds.word or ""))
        if figure is None:
            return Coded((None,), "the published rule names no figure for this word")
        return Coded((figure,), f"«{bounds.word}» is coded {figure}")
    if bounds.low is None:
        return Coded((None,), "no lowest number is stated")
    return Coded((bounds.low,), "the most conservative number stated")


@cache
def _acled_words() -> dict[str, int]:
    rows = [row for row in resource_rows("profile_words.csv") if row["profile"] == "acled"]
    return {folded(form): int(row["figure"]) for row in rows for form in row["forms"].split("|")}


def _ucdp(toll: Toll) -> Coded:
    bounds = toll.bounds
    if bounds.hedge in _VAGUE or bounds.hedge == "unquantified":
        return Coded((None, None, None), "no published figure for this word")
    if bounds.hedge == "exact":
        return Coded((bounds.low, bounds.low, bounds.high), "one number is stated")
    if bounds.hedge == "about":
        return Coded((None, bounds.low, None), "a likely number is stated, without its ends")
    return Coded((bounds.low, None, bounds.high), "ends are stated; the most likely number is for a coder")


def _safe(cell: Any) -> Any:
    """A cell that a spreadsheet would take for a formula is quoted with an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell
