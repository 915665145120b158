"""Every toll statement of a case on one page: people, other figures, and past events apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from esep.counts.categories import categories, counts_people
from esep.counts.origins import Independence, Speakers, independence
from esep.counts.scopes import World
from esep.counts.series import Series, find_series
from esep.counts.tables import in_columns, listed
from esep.counts.toll_levels import TollFindings, toll_levels
from esep.counts.tolls import Toll, TollGroup, figures_of, group_tolls, is_past
from esep.counts.verification import Verification

if TYPE_CHECKING:  # loads NumPy, which a plain list of statements does not need
    from esep.counts.reconciliation import Reconciliation

NO_MIDDLE = "Figures are neither added up nor averaged; each stands with who says it."

REPORTED = "A figure is reported unless a line under it says that it is corroborated, documented or refuted, and why."

NO_FINDINGS = TollFindings()

SHOWN = 5
"""So many speakers of one figure are named in the text; the rows have them all."""


@dataclass(frozen=True, slots=True)
class TollReport:
    """Toll statements, grouped: `people` count people, `other_figures` do not, `past_events` are other events.

    A category that the table does not know is among the other figures, and the text says so.

    `series` are running counts of one origin, `source_series` those of one source that quotes several; `voices` are
    pages, roots and origins of all figures about people; `notes` say what could not be taken into account;
    `reconciliation` is there when the figures were compared; `levels` say by toll how far its figure is verified.
    """

    people: tuple[TollGroup, ...]
    other_figures: tuple[TollGroup, ...]
    past_events: tuple[TollGroup, ...]
    series: tuple[Series, ...]
    voices: Independence
    speakers: Speakers
    source_series: tuple[Series, ...] = ()
    notes: tuple[str, ...] = ()
    reconciliation: Reconciliation | None = None
    levels: Mapping[str, Verification] = field(default_factory=dict)

    def rows(self) -> list[dict[str, Any]]:
        """One row a statement, ready for JSON or CSV; then the rows of the comparison, if there is one."""
        sections = (("people", self.people), ("other", self.other_figures), ("past", self.past_events))
        rows = [self._row(name, group, toll) for name, groups in sections for group in groups for toll in group.tolls]
        compared = self.reconciliation.rows() if self.reconciliation else []
        return [*rows, *({"section": "reconciliation", **row} for row in compared)]

    def _row(self, section: str, group: TollGroup, toll: Toll) -> dict[str, Any]:
        return {
            "section": section,
            "toll": toll.id,
            "category": toll.scope.category,
            "low": toll.bounds.low,
            "high": toll.bounds.high,
            "hedge": toll.bounds.hedge,
            "word": toll.bounds.word,
            "text": toll.bounds.text(),
            "place": toll.scope.place,
            "scope": group.scope.text(),
            "stated_scope": toll.stated.text() if toll.stated else None,
            "scope_decisions": list(toll.decisions),
            "subset_of": group.subset_of or None,
            "period": toll.scope.period and toll.scope.period.text,
            "as_of": toll.as_of and toll.as_of.text,
            "published": toll.published and toll.published.text,
            "reading": toll.reading,
            "polarity": toll.polarity,
            "source": toll.source,
            "root": toll.root,
            "origin": self.speakers.first_named(toll.chain),
            "kind": toll.kind or None,
            "ambiguities": list(toll.ambiguities),
            "verification": self.levels[toll.id].plain() if toll.id in self.levels else None,
        }

    def json(self) -> str:
        """A JSON array of the rows."""
        return json.dumps(self.rows(), ensure_ascii=False, indent=1)

    def table(self) -> str:
        """One line a group: lowest and highest figure, and the voices behind it."""
        lines = [("what", "lowest", "highest", "statements", "pages, roots, origins")]
        for group in (*self.people, *self.other_figures, *self.past_events):
            what = group.scope.text() + (f" ({group.subset_of})" if group.subset_of else "")
            lines.append((what, _ends(group.lowest), _ends(group.highest), str(len(group.tolls)), group.voices.text()))
        return in_columns(lines)

    def text(self) -> str:
        """The groups in sentences, then the running counts."""
        lines = [NO_MIDDLE, f"Behind the figures about people stand {self.voices.text()}.", REPORTED]
        lines += [line for group in self.people for line in group_lines(group, self.speakers, self.levels)]
        lines += ["Running counts of one origin:", *(f"  {one.text()}" for one in self.series)] if self.series else []
        if self.source_series:
            lines += ["Running counts that one source gives:", *(f"  {one.text()}" for one in self.source_series)]
        for title, groups in (("Not people:", self.other_figures), ("Other, earlier events:", self.past_events)):
            section = [line for group in groups for line in group_lines(group, self.speakers, self.levels)]
            lines += [title, *section] if section else []
        lines += ["Not taken into account:", *(f"  {note}" for note in self.notes)] if self.notes else []
        lines += [self.reconciliation.text()] if self.reconciliation else []
        return "\n".join(lines)


def report_tolls(
    tolls: Iterable[Toll],
    speakers: Speakers,
    *,
    begins: date | None = None,
    world: World | None = None,
    notes: tuple[str, ...] = (),
    findings: TollFindings = NO_FINDINGS,
) -> TollReport:
    """Group all statements of a case. `begins` is the first day of its event: what ended before is a past event.

    `findings` are what people recorded about single figures.
    """
    given = sorted(tolls, key=lambda toll: toll.id)
    past = [toll for toll in given if begins is not None and is_past(toll, begins)]
    earlier = {toll.id for toll in past}
    present = [toll for toll in given if toll.id not in earlier]
    people = [toll for toll in present if counts_people(toll.scope.category)]
    other = [toll for toll in present if not counts_people(toll.scope.category)]
    series = find_series(people, speakers, world=world)
    sections = [group_tolls(some, speakers) for some in (people, other, past)]
    return TollReport(
        people=sections[0],
        other_figures=sections[1],
        past_events=sections[2],
        series=series,
        voices=independence(people, speakers),
        speakers=speakers,
        source_series=_of_sources(people, speakers, series=series, world=world),
        notes=(*notes, *(f"claim {claim} is no finding: {why}" for claim, why in findings.unread)),
        levels=toll_levels((group for section in sections for group in section), speakers, findings=findings),
    )


def _of_sources(
    people: Iterable[Toll], speakers: Speakers, *, series: Iterable[Series], world: World | None
) -> tuple[Series, ...]:
    """Running counts of one root source that no running count of one origin holds already."""
    known = [{toll.id for toll in one.steps} for one in series]
    found = find_series(people, speakers, world=world, by="root")
    return tuple(one for one in found if one.rises and not any({t.id for t in one.steps} <= held for held in known))


def who_says(toll: Toll, speakers: Speakers) -> str:
    """Speaker and page of a statement: «K. Sholpan (SEED2)», «nobody named (OD2021, official)»."""
    named = speakers.first_named(toll.chain)
    where = toll.source if named or not toll.kind else f"{toll.source}, {toll.kind}"
    return f"{named or 'nobody named'} ({where})"


def group_lines(
    group: TollGroup, speakers: Speakers, levels: Mapping[str, Verification] | None = None
) -> list[str]:
    """One group in sentences: lowest and highest with who says them, every figure's voices, denials, ambiguities."""
    lines = [f"{group.scope.text()}: {_plural(len(group.tolls))}, {group.voices.text()}"]
    if group.scope.category not in categories():
        lines.append("  not in the table of categories, so it is in no figure about people")
    lines += [f"  {group.subset_of}: not a figure for the whole"] if group.subset_of else []
    ends = [("lowest", group.lowest), ("highest", group.highest)]
    if group.lowest == group.highest:
        ends = [("only figure", group.lowest)]
    lines += [f"  {word}: {_ends(tolls)}, said by {_voices(tolls, speakers)}" for word, tolls in ends if tolls]
    lines += _figure_lines(group, speakers, levels or {})
    for toll in group.not_asserted:
        lines.append(f"  {toll.bounds.text()}: {toll.polarity}, said by {who_says(toll, speakers)}")
    return [*lines, *(f"  unclear: {mark}" for mark in group.ambiguities)]


def _figure_lines(group: TollGroup, speakers: Speakers, levels: Mapping[str, Verification]) -> list[str]:
    """Voices of each figure, and under those that are more than reported their level with its grounds."""
    figures = figures_of(group.tolls, speakers)
    found = []
    for one in figures:
        found += [f"  {one.text}: {one.voices.text()}"] if len(figures) > 1 else []
        verified = levels.get(one.tolls[0])
        if verified and verified.level != "reported":
            found.append(f"    {one.text} is {verified.text()}")
    return found


def _voices(tolls: tuple[Toll, ...], speakers: Speakers) -> str:
    """Who says it; of many the first and the number of the others."""
    named = list(dict.fromkeys(who_says(toll, speakers) for toll in tolls))
    return listed(named if len(named) <= SHOWN else [*named[:SHOWN], f"{len(named) - SHOWN} more"])


def _ends(tolls: tuple[Toll, ...]) -> str:
    return " / ".join(dict.fromkeys(toll.bounds.text() for toll in tolls)) or "no number stated"


def _plural(number: int) -> str:
    return "1 statement" if number == 1 else f"{number} statements"
