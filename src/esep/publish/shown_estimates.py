"""Estimates as the site shows them: every method with its interval and status, what it rests on, and what refused.

People inferred, never a count. Figures are whole people, so that the last digits of a computation are not published as
if they meant something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from esep.estimate import CaptureDraws, Comparison, Estimate, Status, estimate_table, method, method_names
from esep.estimate.compare import DEFAULT_SEED
from esep.people.estimation import DecidedLists
from esep.publish.redaction import Redaction
from esep.publish.words import label, slug

LEVEL = 0.95
METHODS: tuple[tuple[str, int], ...] = (
    ("petersen", 2),
    ("chapman", 2),
    ("chao-bound", 20),
    ("coverage-independent", 20),
    ("coverage-high", 20),
    ("coverage-low", 20),
    ("loglinear-independent", 12),
    ("heterogeneity-chao", 8),
    ("heterogeneity-poisson", 8),
    ("heterogeneity-darroch", 8),
    ("heterogeneity-gamma", 8),
    ("loglinear-bic", 5),
    ("loglinear-bic-bootstrap", 5),
    ("loglinear-average", 5),
    ("loglinear-stepwise", 8),
    ("loglinear-search", 12),
    ("decomposable-graphs", 6),
)
"""Methods of this page, each with the most lists on which it takes no more than a few seconds."""

SEARCH_ABOVE = 5
"""The search is for more lists than those on which every model is tried."""

ABOUT: Mapping[str, str] = {
    "petersen": "two lists that know nothing of each other",
    "chapman": "two lists that know nothing of each other, corrected for a small overlap",
    "chao-bound": "the fewest people there can be if some are harder to list, from people on one list only and on two",
    "coverage-independent": "from the share of people found again, lists taken as independent",
    "coverage-high": "from the share of people found again, meant for lists that cover much",
    "coverage-low": "from the share of people found again, meant for lists that cover little",
    "loglinear-independent": "the base line: lists independent, everyone equally likely to be listed",
    "heterogeneity-chao": "the fewest people there can be if some are harder to list, from a model",
    "heterogeneity-poisson": "some people are harder to list, in one assumed shape (Poisson)",
    "heterogeneity-darroch": "some people are harder to list, in a second shape (Darroch)",
    "heterogeneity-gamma": "some people are harder to list, in a third shape (Gamma)",
    "loglinear-bic": "the pattern of dependence that explains the overlaps best for its price",
    "loglinear-bic-bootstrap": "that same pattern, with the doubt about the choice in the interval",
    "loglinear-average": "all patterns of dependence, weighted by how well they explain the overlaps",
    "loglinear-stepwise": "dependence between pairs, added one at a time",
    "loglinear-search": "the best pattern of dependence that a search found; not every one was tried",
    "decomposable-graphs": "all decomposable graphs of ties, weighted by how well each explains the overlaps",
}


@dataclass(frozen=True, slots=True)
class ShownMethod:
    """One method on one table. Whole people; `high` None with a `low` is an open end; `point` None is a refusal."""

    name: str
    about: str
    role: str
    point: int | None
    low: int | None
    high: int | None
    status: str
    status_words: str
    is_plain: bool
    assumptions: tuple[str, ...]

    @property
    def interval(self) -> str:
        """«734 to 823», an open end said in words."""
        if self.low is None:
            return "no interval"
        return f"{self.low:,} to {self.high:,}" if self.high is not None else f"from {self.low:,}, no upper limit"


@dataclass(frozen=True, slots=True)
class ShownList:
    """One list: its sources and how many of the documented people are on it."""

    name: str
    sources: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """How many documented people are on exactly these lists."""

    lists: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two lists and the documented people they share."""

    first: str
    second: str
    shared: int


@dataclass(frozen=True)
class ShownEstimate:
    """One decision with what came of it. `why_not`: sentences; if there are any, nothing was computed."""

    cid: str
    on: str
    title: str
    statuses: tuple[str, ...]
    note: str | None
    lists: tuple[ShownList, ...] = ()
    why_not: tuple[str, ...] = ()
    listed: int = 0
    patterns: tuple[Pattern, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    methods: tuple[ShownMethod, ...] = ()
    not_run: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    disagreement: str = ""
    level: float = LEVEL
    seed: int = DEFAULT_SEED
    version: str = ""
    input_hash: str = ""

    @property
    def anchor(self) -> str:
        """Place on the page."""
        return f"e-{slug(self.cid)}"

    def of_role(self, role: str) -> tuple[ShownMethod, ...]:
        """Methods that give a number in this role: estimate, bound or sensitivity."""
        return tuple(one for one in self.methods if one.role == role and one.point is not None)

    @property
    def refusals(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Methods that give no number, by their reason in words."""
        found: dict[str, list[str]] = {}
        for one in self.methods:
            if one.point is None:
                found.setdefault(one.status_words, []).append(one.name)
        return tuple((reason, tuple(names)) for reason, names in found.items())

    @property
    def assumptions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every assumption with the methods that give a number under it; () where all of them do."""
        given = [one for one in self.methods if one.point is not None]
        every = dict.fromkeys(text for one in given for text in one.assumptions)
        rests = {text: tuple(one.name for one in given if text in one.assumptions) for text in every}
        return tuple((text, () if len(names) == len(given) else names) for text, names in rests.items())


def show_estimates(
    decided: Iterable[DecidedLists], *, captures: Callable[[DecidedLists], CaptureDraws], redaction: Redaction
) -> tuple[ShownEstimate, ...]:
    """Every decided estimate, computed with a fixed seed. Cost: up to some ten seconds for each decision."""
    return tuple(_show(_safe(one, redaction), captures, redaction) for one in decided)


def _safe(one: DecidedLists, redaction: Redaction) -> DecidedLists:
    """The decision with a number in place of every name of a list that may not be shown."""
    names = [redaction.told(name) or f"list {place}" for place, name in enumerate(one.lists, start=1)]
    if len(set(names)) < len(names):  # a list was called «list 2» by its author
        names = [f"list {place}" for place in range(1, len(names) + 1)]
    return replace(one, lists=dict(zip(names, one.lists.values(), strict=True)))


def _show(one: DecidedLists, captures: Callable[[DecidedLists], CaptureDraws], redaction: Redaction) -> ShownEstimate:
    made = ShownEstimate(
        cid=one.cid,
        on=one.on,
        title=redaction.told(one.title) or "Title withheld",
        statuses=tuple(redaction.text(label(status)) or "withheld" for status in one.statuses),
        note=redaction.told(one.note) or ("words withheld" if one.note else None),
        why_not=one.faults,
    )
    return made if one.faults else _computed(made, one, captures(one))


def _computed(made: ShownEstimate, one: DecidedLists, drawn: CaptureDraws) -> ShownEstimate:
    table = drawn.table(0)
    names = _names(int((table.list_sizes > 0).sum()))
    found = estimate_table(table, methods=names, level=LEVEL, seed=DEFAULT_SEED, diagnose=False)
    sizes = dict(zip(table.lists, map(int, table.list_sizes), strict=True))
    return replace(
        made,
        lists=tuple(ShownList(name, sources, sizes[name]) for name, sources in one.lists.items()),
        listed=found.observed,
        patterns=_patterns(drawn),
        overlaps=_overlaps(found),
        methods=tuple(_method(result) for result in found.results),
        not_run=tuple(name for name in method_names() if name not in names and _fits(name, table.k)),
        warnings=tuple(f"{warning[:1].upper()}{warning[1:]}." for warning in found.warnings),
        disagreement=found.disagreement,
        version=found.results[0].version,
        input_hash=table.input_hash,
    )


def _names(k: int) -> tuple[str, ...]:
    """Methods of this page for k lists that hold somebody; where none fits, all of them say why they do not."""
    chosen = tuple(
        name for name, most in METHODS
        if _fits(name, k) and k <= most and (name != "loglinear-search" or k > SEARCH_ABOVE)
    )  # fmt: skip
    return chosen or tuple(name for name, _ in METHODS)


def _fits(name: str, k: int) -> bool:
    return method(name).min_lists <= k <= method(name).max_lists


def _method(result: Estimate) -> ShownMethod:
    return ShownMethod(
        name=result.method,
        about=ABOUT.get(result.method, ""),
        role=result.role,
        point=_whole(result.point),
        low=_whole(result.low),
        high=_whole(result.high),
        status=result.status.value,
        status_words=result.status.words,
        is_plain=result.status is Status.OK,
        assumptions=result.assumptions,
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _patterns(drawn: CaptureDraws) -> tuple[Pattern, ...]:
    """People by the lists they are on, many lists last, in the order of the lists."""
    rows = [(int(code), int(people)) for code, people in zip(drawn.patterns, drawn.counts[0], strict=True)]
    rows.sort(key=lambda row: (row[0].bit_count(), _bits(row[0], len(drawn.lists))))
    return tuple(
        Pattern(tuple(drawn.lists[j] for j in _bits(code, len(drawn.lists))), people) for code, people in rows if people
    )


def _bits(code: int, k: int) -> Sequence[int]:
    return [j for j in range(k) if code >> j & 1]


def _overlaps(found: Comparison) -> tuple[Overlap, ...]:
    pairs: Sequence[Mapping[str, Any]] = found.diagnostics.get("pairs", ())
    return tuple(Overlap(pair["lists"][0], pair["lists"][1], int(pair["on_both"])) for pair in pairs)
