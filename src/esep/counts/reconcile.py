"""Which tolls cannot all be true, and what range each choice of sources leaves.

Every statement is an interval over a scope. The scopes are cut into atoms, and linear programs over their numbers say
which statements contradict each other (as minimal sets, with the reason) and how few and how many people a scope can
hold if all statements of a choice of sources are true. Documented people are a floor under every choice. Where a text
leaves open whether its figure is a running or a final one, both readings are computed and shown. Nothing is added up
over statements of one scope, and nothing is averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from esep.counts.accounts import Account, Verdict
from esep.counts.atoms import Atoms, Region, cut
from esep.counts.categories import categories
from esep.counts.conflicts import minimal_conflicts
from esep.counts.origins import Speakers
from esep.counts.programs import Figure, Program
from esep.counts.readings import Heard, Stance, hear
from esep.counts.reconciliation import ReadingResult, Reconciliation, ScopeRange
from esep.counts.scopes import Scope, World
from esep.counts.sentences import Conflict, Floor, Layout, Side, conflict_of, ordered
from esep.counts.series import find_series
from esep.counts.spans import spans_of
from esep.counts.states import LeftOut
from esep.counts.tolls import Reading, Toll, by_count_date, is_past


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of sources to be believed: those of some kinds, origins or roots; None takes every one."""

    name: str
    kinds: frozenset[str] | None = None
    origins: frozenset[str] | None = None
    roots: frozenset[str] | None = None

    def takes(self, stance: Stance) -> bool:
        """Is this statement among those to be believed?"""
        return (
            (self.kinds is None or stance.toll.kind in self.kinds)
            and (self.origins is None or stance.origin in self.origins)
            and (self.roots is None or stance.toll.root in self.roots)
        )


ALL = Choice("all")
CHOICES = (
    Choice("official", frozenset(("official",))),
    Choice("union", frozenset(("union",))),
    Choice("media", frozenset(("media", "journalist"))),
    ALL,
)
"""Choices that are shown unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How statements are compared.

    `about_share`: tolerance of «about N», a share of N (0.2: «about 70» is 56 to 84); `begins`: first day of the event,
    so that earlier events stay apart; `limit`: most conflicting sets of three and more figures to look for in each
    set of connected scopes.
    """

    about_share: float = 0.2
    begins: date | None = None
    limit: int = 15


_Spans = dict[int, tuple[int, int | None]]
_Memory = dict[tuple[Figure, ...], _Spans | None]


@dataclass(frozen=True, slots=True)
class _Statement:
    """One distinct figure about one region: everything that says the same is one statement."""

    figure: Figure
    stances: tuple[Stance, ...]
    floors: tuple[Floor, ...]


@dataclass(frozen=True)
class _Problem:
    """One set of connected regions under one reading."""

    program: Program
    statements: tuple[_Statement, ...]
    asked: tuple[tuple[int, Scope], ...] = field(default=())


def reconcile(
    tolls: Iterable[Toll],
    *,
    world: World,
    speakers: Speakers,
    floors: Iterable[Floor] = (),
    choices: Sequence[Choice] = CHOICES,
    scopes: Sequence[Scope] | None = None,
    settings: Settings | None = None,
) -> Reconciliation:
    """Compare statements with each other and with documented people.

    `world` holds what is decided about scopes, `speakers` the table of aliases, `floors` the documented people,
    `scopes` those whose range is asked (None: every scope that a statement or floor has).
    Returns a `Reconciliation`; statements that cannot be compared are listed in it with the reason.
    Cost: some linear programs for each scope, choice and reading.
    """
    settings = settings or Settings()
    given = sorted(tolls, key=lambda toll: toll.id)
    left = [LeftOut(toll.id, why) for toll in given if (why := _why_not(toll, settings))]
    out = {entry.id for entry in left}
    used = [toll for toll in given if toll.id not in out]
    base = tuple(sorted(set(floors), key=lambda floor: (floor.scope.key, floor.low, floor.ids)))
    asked = scopes if scopes is not None else sorted({t.scope for t in used} | {f.scope for f in base}, key=_key)
    results = []
    readings: tuple[Reading, Reading] = ("so_far", "total")
    for reading in readings:
        heard = hear(used, reading=reading, speakers=speakers, world=world, about_share=settings.about_share)
        results.append(_reconcile(heard, base, asked, world=world, choices=choices, limit=settings.limit))
    series = find_series(used, speakers, world=world)
    return Reconciliation(results[0], results[1], series, tuple(left), tuple(c.name for c in choices))


def _key(scope: Scope) -> tuple[str, ...]:
    return scope.key


def _why_not(toll: Toll, settings: Settings) -> str:
    """Why a statement is not compared, or empty."""
    known = categories().get(toll.scope.category)
    tests = (
        (known is None, f"{toll.scope.category} is not in the table of categories"),
        (known is not None and not known.people, f"counts {known.unit if known else ''}, not people"),
        (not toll.is_asserted, f"the figure is {toll.polarity}, not put forward"),
        (settings.begins is not None and is_past(toll, settings.begins), "speaks of an earlier event"),
        (not toll.bounds.stated, "states no number"),
        (toll.scope.place is None, "the place is not stated"),
        (toll.is_subset, "the text marks it as part of an unstated larger number"),
    )
    return next((why for is_so, why in tests if is_so), "")


def _reconcile(
    heard: Heard,
    floors: Sequence[Floor],
    asked: Sequence[Scope],
    *,
    world: World,
    choices: Sequence[Choice],
    limit: int,
) -> ReadingResult:
    conflicts: list[Conflict] = []
    ranges: list[ScopeRange] = []
    accounts: list[Account] = []
    is_complete = True
    for problem in _problems(heard, floors, asked, world):
        found, complete = _conflicts(problem, limit)
        conflicts.extend(found)
        is_complete &= complete
        accounts.extend(_accounts(problem, heard))
        memory: _Memory = {}
        for choice in choices:
            ranges.extend(_ranges(problem, choice, heard.reading, memory))
    order = {choice.name: i for i, choice in enumerate(choices)}
    ranges.sort(key=lambda one: (one.scope.key, order[one.choice]))
    return ReadingResult(
        reading=heard.reading,
        conflicts=ordered(conflicts),
        is_complete=is_complete,
        unexplained=heard.unexplained,
        replaced=heard.replaced,
        accounts=tuple(sorted(accounts, key=lambda one: (one.origin, one.tolls[0].id))),
        ranges=tuple(ranges),
    )


def _problems(
    heard: Heard, floors: Sequence[Floor], asked: Sequence[Scope], world: World
) -> list[_Problem]:
    regions = [stance.region for stance in heard.stances] + [Region.of(floor.scope) for floor in floors]
    wanted = [Region.of(scope) for scope in asked]
    return [_problem(atoms, heard, floors, asked, world) for atoms in cut([*regions, *wanted], world)]


def _problem(
    atoms: Atoms, heard: Heard, floors: Sequence[Floor], asked: Sequence[Scope], world: World
) -> _Problem:
    position = {region: i for i, region in enumerate(atoms.regions)}
    said: dict[Figure, list[Stance]] = {}
    counted: dict[Figure, list[Floor]] = {}
    for stance in heard.stances:
        if stance.region in position:
            said.setdefault(Figure(position[stance.region], stance.low, stance.high), []).append(stance)
    for floor in floors:
        region = Region.of(floor.scope)
        if region in position:
            counted.setdefault(Figure(position[region], floor.low, None), []).append(floor)
    statements = [_Statement(figure, (), tuple(counted[figure])) for figure in counted]
    statements += [_Statement(figure, tuple(said[figure]), ()) for figure in said]
    statements.sort(key=lambda one: (one.figure.region, one.figure.low, one.figure.high or -1, not one.floors))
    wanted = tuple((position[Region.of(scope)], scope) for scope in asked if Region.of(scope) in position)
    return _Problem(Program(atoms), tuple(statements), wanted)


def _conflicts(problem: _Problem, limit: int) -> tuple[list[Conflict], bool]:
    figures = [one.figure for one in problem.statements]
    found = minimal_conflicts(problem.program, figures, limit=limit)
    return [_conflict(problem, members) for members in found.sets], found.is_complete


def _conflict(problem: _Problem, members: Sequence[int]) -> Conflict:
    atoms = problem.program.atoms
    chosen = [problem.statements[i] for i in members]
    sides = [
        Side(atoms.regions[one.figure.region], one.figure.low, one.figure.high, one.stances, one.floors)
        for one in chosen
    ]
    where = [one.figure.region for one in chosen]
    within = [[bool(atoms.within[a, b]) for b in where] for a in where]
    apart = [[not (atoms.inside[a] & atoms.inside[b]).any() for b in where] for a in where]
    return conflict_of(sides, Layout(within, apart))


def _accounts(problem: _Problem, heard: Heard) -> list[Account]:
    """What each known origin said in these scopes, where it gave more than one figure."""
    voices: dict[str, list[tuple[Figure, Toll]]] = {}
    for one in problem.statements:
        for stance in one.stances:
            if stance.origin is not None:
                voices.setdefault(stance.origin, []).append((one.figure, stance.toll))
    doubtful = {toll.id for one in heard.unexplained for toll in one.tolls}
    accounts = []
    for origin, said in voices.items():
        tolls = tuple(by_count_date(toll for _, toll in said))
        if len({(toll.bounds, toll.scope) for toll in tolls}) < 2:
            continue
        verdict: Verdict = "one series: all of it can be true"
        if any(toll.id in doubtful for toll in tolls):
            verdict = "not explained"
        elif not problem.program.is_possible([figure for figure, _ in said]):
            verdict = "cannot all be true"
        accounts.append(Account(origin, tolls, verdict))
    return accounts


def _ranges(problem: _Problem, choice: Choice, reading: Reading, memory: _Memory) -> list[ScopeRange]:
    believed = [one for one in problem.statements if one.floors or any(choice.takes(s) for s in one.stances)]
    tolls = tuple(sorted({s.toll.id for one in believed for s in one.stances if choice.takes(s)}))
    spans = _spans(problem, tuple(one.figure for one in believed), memory)
    status = "possible" if tolls else "no statement"
    results = []
    for region, scope in problem.asked:
        low, high = (None, None) if spans is None else spans[region]
        results.append(
            ScopeRange(scope, choice.name, reading, low, high, status if spans else "cannot all be true", tolls)
        )
    return results


def _spans(problem: _Problem, figures: tuple[Figure, ...], memory: _Memory) -> _Spans | None:
    """Range of every asked region, or None where the figures cannot all be true; choices often believe the same."""
    if figures not in memory:
        spans: _Spans | None = None
        if not figures:
            spans = {region: (0, None) for region, _ in problem.asked}
        else:
            spans = spans_of(problem.program, figures, regions=[region for region, _ in problem.asked])
        memory[figures] = spans
    return memory[figures]
