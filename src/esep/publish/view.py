"""Everything a site needs, read once from the ledger at one position; pages are functions of it and of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esep import __version__
from esep.counts.tally import Cell, Tally, tally
from esep.estimate import CaptureDraws
from esep.events.incidents import events
from esep.events.statements import speakers, statements
from esep.ledger.claims import JUDGEMENTS, Claim
from esep.ledger.identity import mint
from esep.ledger.sources import Sources, sources
from esep.ledger.wanted import evidence
from esep.people.captures import captures
from esep.people.checks import Search, checks, searches
from esep.people.counting import counted, level_of
from esep.people.estimation import PROP as ESTIMATE
from esep.people.estimation import DecidedLists, decided_lists
from esep.people.floors import floors_in
from esep.people.levels import PROP as CORROBORATION
from esep.people.levels import Levels, levels
from esep.people.persons import Person, persons
from esep.publish.redaction import Redaction, redaction
from esep.publish.rules import PROTECTED, RULES, Rules
from esep.publish.shown_estimates import ShownEstimate, show_estimates
from esep.publish.shown_events import ShownEvent, show_events
from esep.publish.shown_people import Joined, ShownPerson, show_people
from esep.publish.shown_sources import ShownSource, show_sources
from esep.publish.shown_tolls import CASUALTIES, ShownTolls, show_tolls
from esep.publish.words import public_name

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger


@dataclass(frozen=True, slots=True)
class Settings:
    """What the site was made from: printed on the page about method and in the manifest.

    `position` and `root` name the state of the ledger; `known_on` is the time of its last batch; `as_of` is the day of
    the world (None: every report counts, whatever its date); `contact` is where to report an error, if one is recorded.
    """

    title: str
    position: int
    root: str
    known_on: str
    as_of: date | None
    version: str
    contact: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A statement that was withdrawn or erased: when, about what, why."""

    on: str
    kind: str
    subject: str
    act: str
    prop: str
    reason: str | None


@dataclass(frozen=True)
class View:
    """A site's whole content. Nobody who may not be shown is in it, except as a number."""

    settings: Settings
    rules: Rules
    people: tuple[ShownPerson, ...]
    old_ids: Mapping[str, str]
    not_shown: Mapping[str, int]
    tally: Tally
    tolls: ShownTolls
    estimates: tuple[ShownEstimate, ...]
    events: tuple[ShownEvent, ...]
    sources: Mapping[str, ShownSource]
    cited: Mapping[str, int]
    unsure: int
    corrections: tuple[Correction, ...]

    def disclaimers(self, cited: Iterable[str]) -> list[tuple[str, str]]:
        """What publishers say about their distance to what they print: label and words, for these sources."""
        found = [self.sources[source] for source in dict.fromkeys(cited) if source in self.sources]
        return [(source.label, source.disclaimer) for source in found if source.disclaimer]

    def shown_in(self, cell: Cell) -> tuple[ShownPerson, ...]:
        """Shown people among those that a number is made of."""
        ids = set(cell.ids)
        return tuple(person for person in self.people if person.id in ids)


def gather(
    ledger: Ledger, *, title: str, known_on: KnownOn = None, as_of: date | None = None, rules: Rules = RULES
) -> View:
    """Read a case for publishing, under decided identities only. Cost: reads every claim once or twice."""
    upto = ledger.position(known_on)
    everybody = persons(ledger, known_on=upto, identity="decided")
    guard = redaction(everybody, _protected(ledger, upto), rules=rules)
    all_sources = sources(ledger, known_on=upto)
    levels_held = _levels(ledger, all_sources, upto)
    people = show_people(
        everybody,
        rules=rules,
        redaction=guard,
        judgements=_judgements(ledger, upto, guard),
        searches=_searches(ledger, upto, everybody),
        levels=levels_held,
    )
    tolls = _tolls(ledger, all_sources, upto=upto, as_of=as_of, rules=rules, guard=guard)
    chronology = show_events(events(ledger, known_on=upto), rules=rules, redaction=guard)
    cited = _cited(people, tolls, chronology)
    reasons = (rules.why_not(person) for person in everybody)
    return View(
        settings=_settings(ledger, upto, title=title, as_of=as_of, guard=guard),
        rules=rules,
        people=people,
        old_ids=_old_ids(people),
        not_shown=dict(sorted(Counter(reason for reason in reasons if reason).items())),
        tally=tally(counted(everybody), by=("status",), as_of=as_of, level_of=level_of(everybody, levels_held)),
        tolls=tolls,
        estimates=_estimates(ledger, all_sources, upto=upto, guard=guard),
        events=chronology,
        sources=show_sources(all_sources, cited.keys(), rules=rules, redaction=guard),
        cited=cited,
        unsure=sum(1 for judgement in ledger.judgements(known_on=upto) if judgement.verdict == "unsure"),
        corrections=tuple(_corrections(ledger, upto, people, guard, rules)),
    )


def _levels(ledger: Ledger, found: Sources, upto: int) -> Levels:
    spoken, held = speakers(ledger, known_on=upto), evidence(ledger, known_on=upto)
    return levels(ledger, sources=found, speakers=spoken, evidence=held, known_on=upto)


def _protected(ledger: Ledger, upto: int) -> list[Claim]:
    sql = "SELECT DISTINCT prop FROM claim WHERE prop LIKE ? AND seq <= ?"
    rows = ledger.database.rows(sql, [f"{PROTECTED}%", upto])
    props = sorted(row[0] for row in rows)
    return list(ledger.claims(props=props, known_on=upto)) if props else []


def _settings(ledger: Ledger, upto: int, *, title: str, as_of: date | None, guard: Redaction) -> Settings:
    sql = "SELECT at, root FROM batch WHERE first_seq + n - 1 <= ? ORDER BY number DESC LIMIT 1"
    row = ledger.database.one(sql, [upto])
    contacts = [c.value for c in ledger.claims(subjects=[ledger.case], props=["public_contact"], known_on=upto)]
    contact = str(contacts[-1]) if contacts and guard.allows(str(contacts[-1])) else None
    known_on, root = (row[0], bytes(row[1]).hex()) if row else ("", "")
    return Settings(title, upto, root, known_on, as_of, __version__, contact)


def _judgements(ledger: Ledger, upto: int, guard: Redaction) -> list[Joined]:
    stamps: dict[str, str] = dict(ledger.database.rows("SELECT id, at FROM batch"))
    found = []
    for claim in ledger.claims(props=["same"], known_on=upto):
        value = claim.value if isinstance(claim.value, dict) else {}
        reason = guard.told(value.get("reason"))
        on = str(value.get("at") or stamps.get(claim.batch, ""))[:10]
        found.append(Joined(claim.subject, claim.target or "", on, reason))
    return found


def _searches(ledger: Ledger, upto: int, everybody: Iterable[Person]) -> dict[str, Search]:
    of = {record: person.id for person in everybody for record in person.records}
    return {search.person: search for search in searches(checks(ledger, known_on=upto), of=of)}


def _tolls(
    ledger: Ledger, found: Sources, *, upto: int, as_of: date | None, rules: Rules, guard: Redaction
) -> ShownTolls:
    said = statements(ledger, sources=found, as_of=as_of, known_on=upto)
    compared = said.reconciled(floors_in(ledger, said.worlds.world, known_on=upto), categories=CASUALTIES)
    return show_tolls(said, compared, rules=rules, redaction=guard, sources=found)


def _estimates(ledger: Ledger, found: Sources, *, upto: int, guard: Redaction) -> tuple[ShownEstimate, ...]:
    """Estimates on the lists that a person decided on, under decided identities, as known at this position."""

    def on_lists(one: DecidedLists) -> CaptureDraws:
        return captures(ledger, sources=found, lists=one.lists, statuses=one.statuses, known_on=upto)

    return show_estimates(decided_lists(ledger, sources=found, known_on=upto), captures=on_lists, redaction=guard)


def _cited(people: Iterable[ShownPerson], tolls: ShownTolls, chronology: Iterable[ShownEvent]) -> dict[str, int]:
    """How many published claims cite each source."""
    found: Counter[str] = Counter(fact.source for person in people for fact in person.facts if fact.source)
    found.update(source for person in people for source in person.evidence)
    found.update(toll.source for _, toll in tolls.statements if toll.source)
    found.update(source for group in tolls.groups for figure in group.figures for source in figure.evidence)
    found.update(source for entered in tolls.comparison.entered for source in entered.sources)
    found.update(ruled.source for ruled in tolls.comparison.ruled if ruled.source)
    found.update(source for event in chronology for source in event.sources)
    return dict(sorted(found.items()))


def _old_ids(people: Iterable[ShownPerson]) -> dict[str, str]:
    """Ids that records gave before they were joined, each with the id of the person they belong to now."""
    minted = ((mint(f"{person.kind}:{record}"), person.id) for person in people for record in person.records)
    return dict(sorted((old, new) for old, new in minted if old != new))


def _corrections(
    ledger: Ledger, upto: int, people: Collection[ShownPerson], guard: Redaction, rules: Rules
) -> Iterable[Correction]:
    """Withdrawn and erased statements that were shown: of people with a page, of figures, events and estimates."""
    listed = {*rules.person_props, *rules.event_props, *JUDGEMENTS, "toll", ESTIMATE, CORROBORATION}
    of = {f"{person.kind}:{record}": person.id for person in people for record in person.records}
    stamps: dict[str, str] = dict(ledger.database.rows("SELECT id, at FROM batch"))
    for claim in ledger.claims(known_on=upto, withdrawn=True):
        about = of.get(claim.subject) or _figure_or_event(claim, guard)
        if claim.op == "assert" or about is None or claim.prop not in listed:
            continue
        value = claim.value if isinstance(claim.value, dict) else {}
        what = "identity" if claim.prop in JUDGEMENTS else claim.prop.replace("_", " ")
        act = "erased" if claim.op == "erase" else "withdrawn"
        yield Correction(stamps[claim.batch][:10], claim.kind, about, act, what, guard.told(value.get("reason")))


def _figure_or_event(claim: Claim, guard: Redaction) -> str | None:
    if claim.kind == "event":
        return mint(claim.subject)
    if claim.kind == "case" and claim.prop == ESTIMATE:
        return claim.target
    return public_name(claim.subject, is_safe=guard.allows(claim.subject)) if claim.kind == "toll" else None
