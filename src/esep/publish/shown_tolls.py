"""Statements about numbers as the site shows them: who says what for which date; nothing added up, nothing averaged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from esep.counts.categories import categories
from esep.counts.origins import Speakers
from esep.counts.series import Series
from esep.counts.toll_report import TollReport
from esep.counts.tolls import FigureVoices, Toll, TollGroup, figures_of, toll_points
from esep.events.statements import Statements
from esep.ledger.sources import Sources
from esep.publish.redaction import Redaction
from esep.publish.rules import Rules
from esep.publish.shown_conflicts import WITHHELD, Shower, ShownComparison
from esep.publish.shown_levels import ShownLevel, show_level
from esep.publish.shown_sources import is_published
from esep.publish.words import label, public_name, slug

if TYPE_CHECKING:
    from esep.counts.reconciliation import Reconciliation

CASUALTIES = ("killed", "injured", "missing", "detained")
_VOICES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class ShownToll:
    """One statement about a number. `start` and `basis` say where a chart puts it in time."""

    id: str
    public_id: str
    figure: str
    low: int | None
    high: int | None
    hedge: str
    word: str | None
    place: str | None
    period: str | None
    as_of: str | None
    published: str | None
    basis: str
    polarity: str
    is_asserted: bool
    speaker: str
    speaker_kind: str
    source: str
    root: str
    marks: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Place on the page of its section."""
        return f"t-{slug(self.public_id)}"

    @property
    def date(self) -> str:
        """The date the figure speaks for; else that of publication, said to be so."""
        if self.as_of:
            return self.as_of
        return f"published {self.published}" if self.published else "not dated"


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure of a group: the first statement that gives it, the voices behind it, how far it is verified."""

    first: ShownToll
    statements: int
    voices: str
    level: ShownLevel | None = None

    @property
    def evidence(self) -> tuple[str, ...]:
        """Sources that its level rests on."""
        return self.level.sources if self.level else ()


@dataclass(frozen=True)
class ShownGroup:
    """Statements about one category of one scope, lowest and highest apart."""

    section: str
    category: str
    scope: str
    place: str | None
    subset_of: str
    tolls: tuple[ShownToll, ...]
    lowest: tuple[ShownToll, ...]
    highest: tuple[ShownToll, ...]
    pages: int
    roots: int
    origins: int
    nobody_named: int
    voices: str
    figures: tuple[ShownFigure, ...]

    @property
    def anchor(self) -> str:
        """Place on its page."""
        return f"g-{slug(' '.join((self.section, self.category, self.scope, self.subset_of)))}"

    @property
    def title(self) -> str:
        """The scope, as a heading."""
        return self.scope[:1].upper() + self.scope[1:]

    @cached_property
    def ends(self) -> tuple[tuple[str, tuple[ShownToll, ...], int], ...]:
        """Lowest and highest (or the only) figure: word, one statement a voice, and how many more repeat them."""
        if not self.lowest:
            return ()
        if len(self.tolls) == 1:
            return (("Only statement", self.lowest, 0),)
        ends = (("Lowest", self.lowest), ("Highest", self.highest))
        return tuple((word, (few := _voices(tolls)[:_VOICES_SHOWN]), len(tolls) - len(few)) for word, tolls in ends)

    @cached_property
    def denied(self) -> tuple[ShownToll, ...]:
        """Statements that do not put the figure forward: denied, feared, planned."""
        return tuple(toll for toll in self.tolls if not toll.is_asserted)


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """A running count of one voice: its steps in the order of their dates."""

    voice: str
    category: str
    place: str
    steps: tuple[ShownToll, ...]
    is_lower_later: bool


@dataclass(frozen=True)
class ShownTolls:
    """All statements: groups by section (people, other, past), running counts, and voices behind the figures.

    `comparison` says which figures of casualties cannot all be true, and which ranges they leave.
    """

    groups: tuple[ShownGroup, ...]
    series: tuple[ShownSeries, ...]
    voices: str
    comparison: ShownComparison

    def section(self, name: str) -> tuple[ShownGroup, ...]:
        """Groups of one section."""
        return tuple(group for group in self.groups if group.section == name)

    def of(self, *names: str) -> tuple[ShownGroup, ...]:
        """Groups of these categories among the people of the case's event, whole scopes and many statements first."""
        return tuple(group for group in self.section("people") if group.category in names)

    @property
    def statements(self) -> tuple[tuple[ShownGroup, ShownToll], ...]:
        """Every statement with its group."""
        return tuple((group, toll) for group in self.groups for toll in group.tolls)


def show_tolls(
    said: Statements, compared: Reconciliation, *, rules: Rules, redaction: Redaction, sources: Sources
) -> ShownTolls:
    """Every statement and its comparison, with speakers named only where the rules allow it."""
    report = said.report()
    sections = (("people", report.people), ("other", report.other_figures), ("past", report.past_events))
    every = [toll for _, groups in sections for group in groups for toll in group.tolls]
    speakers = _speakers(every, report.speakers, rules, redaction)
    basis = {point.toll: point.basis for point in toll_points(every, report.speakers)}
    shown = {toll.id: _show(toll, speakers[toll.id], basis.get(toll.id, "none"), redaction) for toll in every}
    groups = [
        _group(name, group, shown, redaction=redaction, report=report)
        for name, found in sections
        for group in found
    ]
    called = _called(every, report.speakers, speakers)
    series = [_series(one, called[one.voice], shown, redaction) for one in report.series]
    for one in report.source_series:
        titled = sources.get(one.voice)
        where = redaction.text(titled.title if titled and is_published(titled) else None) or "one source"
        series.append(_series(one, f"As {where} gives it", shown, redaction))
    shower = Shower(shown, lambda name: called.get(name, "name not shown"), redaction)
    here = [toll for group in report.people if group.scope.category in CASUALTIES for toll in group.tolls]
    comparison = shower.comparison(compared, tolls=here, worlds=said.worlds)
    return ShownTolls(tuple(sorted(groups, key=_order)), tuple(series), report.voices.text(), comparison)


def _series(one: Series, voice: str, shown: Mapping[str, ShownToll], redaction: Redaction) -> ShownSeries:
    return ShownSeries(
        voice=voice,
        category=label(one.category),
        place=redaction.text(one.place) or "place not stated",
        steps=tuple(shown[toll.id] for toll in one.steps),
        is_lower_later=bool(one.later_lower),
    )


def _called(tolls: Iterable[Toll], speakers: Speakers, shown: Mapping[str, str]) -> dict[str, str]:
    """How each origin is called: by name only if every one of its statements may name it."""
    found: dict[str, str] = {}
    for toll in tolls:
        name = speakers.first_named(toll.chain)
        if name is not None and found.get(name, name) == name:
            found[name] = shown[toll.id]
    return found


def _speakers(tolls: Iterable[Toll], speakers: Speakers, rules: Rules, redaction: Redaction) -> dict[str, str]:
    """How each statement's speaker is called: by name where the rules allow, else by role and number."""
    numbers: dict[str, int] = {}
    found = {}
    for toll in sorted(tolls, key=lambda toll: toll.id):
        name = speakers.first_named(toll.chain)
        if name is None:
            found[toll.id] = f"nobody named ({label(toll.kind)})" if toll.kind else "nobody named"
        elif toll.kind in rules.speakers_named and redaction.allows(name):
            found[toll.id] = name
        else:
            number = numbers.setdefault(name, len(numbers) + 1)
            found[toll.id] = f"{label(toll.kind) if toll.kind else 'speaker'} {number}, name not shown"
    return found


def _show(toll: Toll, speaker: str, basis: str, redaction: Redaction) -> ShownToll:
    bounds = toll.bounds
    return ShownToll(
        id=toll.id,
        public_id=public_name(toll.id, is_safe=redaction.allows(toll.id)),
        figure=bounds.text() if redaction.allows(bounds.text()) else WITHHELD,
        low=bounds.low,
        high=bounds.high,
        hedge=bounds.hedge,
        word=redaction.text(bounds.word),
        place=redaction.text(toll.scope.place),
        period=toll.scope.period.text if toll.scope.period else None,
        as_of=toll.as_of.text if toll.as_of else None,
        published=toll.published.text if toll.published else None,
        basis=basis,
        polarity=toll.polarity,
        is_asserted=toll.is_asserted,
        speaker=speaker,
        speaker_kind=toll.kind or "not stated",
        source=toll.source,
        root=toll.root,
        marks=toll.ambiguities,
    )


def _group(
    section: str, group: TollGroup, shown: Mapping[str, ShownToll], *, redaction: Redaction, report: TollReport
) -> ShownGroup:
    scope = group.scope.text()
    voices = group.voices
    return ShownGroup(
        section=section,
        category=group.scope.category,
        scope=scope if redaction.allows(scope) else f"{label(group.scope.category)}, {WITHHELD}",
        place=redaction.text(group.scope.place),
        subset_of=group.subset_of if redaction.allows(group.subset_of) else WITHHELD,
        tolls=tuple(shown[toll.id] for toll in group.tolls),
        lowest=tuple(shown[toll.id] for toll in group.lowest),
        highest=tuple(shown[toll.id] for toll in group.highest),
        pages=len(voices.pages),
        roots=len(voices.roots),
        origins=len(voices.origins),
        nobody_named=len(voices.unknown),
        voices=voices.text(),
        figures=tuple(
            ShownFigure(shown[one.tolls[0]], len(one.tolls), one.voices.text(), _level(one, report, redaction))
            for one in figures_of(group.tolls, report.speakers)
        ),
    )


def _level(figure: FigureVoices, report: TollReport, redaction: Redaction) -> ShownLevel | None:
    found = report.levels.get(figure.tolls[0])
    return show_level(figure.text, found, redaction) if found else None


def _voices(tolls: Iterable[ShownToll]) -> tuple[ShownToll, ...]:
    """One statement for each figure of a speaker on a root, the others repeat it."""
    return tuple({(toll.figure, toll.speaker, toll.root): toll for toll in reversed(tuple(tolls))}.values())[::-1]


def _order(group: ShownGroup) -> tuple[object, ...]:
    known: Sequence[str] = list(categories())
    first = CASUALTIES.index(group.category) if group.category in CASUALTIES else len(CASUALTIES)
    rank = known.index(group.category) if group.category in known else len(known)
    return (first, rank, bool(group.subset_of), -len(group.tolls), group.scope)
