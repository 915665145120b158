"""Toll statements of a case: what sources said about numbers, with root, speakers and dates.

Scopes are as people decided them (`worlds`), with the scope that a source states beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from esep.counts.bounds import Bounds
from esep.counts.origins import Speakers
from esep.counts.scopes import Scope
from esep.counts.toll_levels import TollFindings
from esep.counts.toll_report import NO_FINDINGS, TollReport, report_tolls
from esep.counts.tolls import Reading, Toll
from esep.dates import When
from esep.errors import BadDate
from esep.events.levels import toll_findings
from esep.events.worlds import Worlds, worlds
from esep.ledger.claims import Claim
from esep.ledger.sources import Sources
from esep.ledger.wanted import evidence

if TYPE_CHECKING:
    from esep.counts.reconciliation import Reconciliation
    from esep.counts.sentences import Floor
    from esep.ledger.ledger import KnownOn, Ledger

_READINGS: dict[str, Reading] = {"known_so_far": "so_far", "so_far": "so_far", "total": "total"}
_EVERYBODY = ("", "all", "everyone", "everybody")


Floors = Callable[[Sequence[Toll]], Iterable["Floor"]]
"""Gives documented people for the scopes that some tolls speak of."""


@dataclass(frozen=True)
class Statements:
    """What was said about numbers, with all that comparing it needs.

    `tolls` stand under the decisions of `worlds`; `begins` is the first day of the event of the case, None where it
    is not recorded; `findings` are what people recorded about single figures.
    """

    tolls: tuple[Toll, ...]
    speakers: Speakers
    worlds: Worlds
    begins: date | None
    findings: TollFindings = NO_FINDINGS

    def report(self) -> TollReport:
        """Grouped, with running counts. Quick: nothing is compared."""
        notes = tuple(one.text() for one in self.worlds.unread)
        return report_tolls(
            self.tolls,
            self.speakers,
            begins=self.begins,
            world=self.worlds.world,
            notes=notes,
            findings=self.findings,
        )

    def reconciled(self, floors: Floors, *, categories: Iterable[str] | None = None) -> Reconciliation:
        """Compared with each other and with documented people; only figures of `categories`, if any are named.

        Cost: linear programs over all scopes; seconds for a few hundred statements.
        """
        from esep.counts.reconcile import Settings, reconcile  # noqa: PLC0415 - NumPy and SciPy load on first use

        kept = None if categories is None else frozenset(categories)
        tolls = [toll for toll in self.tolls if kept is None or toll.scope.category in kept]
        return reconcile(
            tolls,
            world=self.worlds.world,
            speakers=self.speakers,
            floors=floors(tolls),
            settings=Settings(begins=self.begins),
        )


def statements(
    ledger: Ledger, *, sources: Sources, as_of: date | None = None, known_on: KnownOn = None
) -> Statements:
    """Statements about numbers as known on a moment; those that speak for a date after `as_of` are left out."""
    upto = ledger.position(known_on)
    held = worlds(ledger, known_on=upto)
    tolls = toll_statements(ledger, sources=sources, known_on=upto, decided=held)
    kept = tuple(toll for toll in tolls if as_of is None or toll.as_of is None or toll.as_of.possibly_by(as_of))
    found = toll_findings(ledger, evidence=evidence(ledger, known_on=upto), known_on=upto)
    return Statements(kept, speakers(ledger, known_on=upto), held, _begins(ledger, upto), found)


def toll_statements(
    ledger: Ledger, *, sources: Sources, known_on: KnownOn = None, decided: Worlds | None = None
) -> list[Toll]:
    """All statements about numbers as known on a moment, in the order of the ledger.

    `decided` are the decisions about scopes; when left out they are read as known on that moment.
    """
    upto = ledger.position(known_on)
    held = decided or worlds(ledger, known_on=upto)
    found = ledger.claims(kind="toll", props=["toll"], known_on=upto)
    return [held.decided(_toll(claim, sources)) for claim in found if isinstance(claim.value, Mapping)]


def speakers(ledger: Ledger, *, known_on: KnownOn = None) -> Speakers:
    """The table of speaker aliases that people decided: claims `speaker_alias` {"words", "name"} about the case."""
    upto = ledger.position(known_on)
    values = [c.value for c in ledger.claims(kind="case", props=["speaker_alias"], known_on=upto)]
    named = [value for value in values if isinstance(value, Mapping) and value.get("words") and value.get("name")]
    return Speakers({str(value["words"]): str(value["name"]) for value in named})


def _begins(ledger: Ledger, upto: int) -> date | None:
    """First day of the event of the case, where it is recorded: what ended before is a past event."""
    found = [claim.value for claim in ledger.claims(subjects=[ledger.case], props=["begins"], known_on=upto)]
    try:
        return When.parse(str(found[-1])).earliest if found else None
    except BadDate:
        return None


def _toll(claim: Claim, sources: Sources) -> Toll:
    value = claim.value
    scope = value.get("scope") or {}
    source = sources.get(claim.source)
    return Toll(
        id=claim.subject,
        bounds=Bounds(value.get("low"), value.get("high"), value.get("hedge") or "exact", value.get("word")),
        scope=Scope(
            category=str(value.get("status") or "other-human"),
            place=scope.get("place") or None,
            period=_when(scope.get("period")),
            who=_who(scope.get("who")),
            part=str(scope.get("part") or ""),
            excludes=_words(scope.get("excludes")),
            event=str(scope.get("event") or ""),
        ),
        source=claim.source or "",
        root=sources.root(claim.source) or "",
        chain=tuple(value.get("said_by") or ()),
        kind=str(value.get("speaker_kind") or ""),
        as_of=_when(value.get("as_of")),
        published=_when(value.get("published") or (source.published if source else None)),
        reading=_READINGS.get(str(value.get("extent"))),
        polarity=str(value.get("polarity") or "asserted"),
        words=str(scope.get("note") or ""),
        marks=tuple(value.get("marks") or ()),
        is_subset=bool(value.get("is_subset")),
    )


def _when(text: Any) -> When | None:
    try:
        return When.parse(text) if isinstance(text, str) and text else None
    except BadDate:
        return None


def _who(who: Any) -> tuple[str, ...]:
    return tuple(word for word in _words(who) if word.casefold() not in _EVERYBODY)


def _words(told: Any) -> tuple[str, ...]:
    """One text or several, as several: a hand-made claim may hold either."""
    return (told,) if isinstance(told, str) else tuple(map(str, told or ()))
