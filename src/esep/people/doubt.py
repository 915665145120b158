"""One run of linkage over a case: who may be the same, how sure that is, and whole answers drawn from the doubt.

Nothing of a run is stored but its proposals: a run is a function of the ledger up to a position, of the settings and
of a seed, so any past figure that rests on draws can be drawn again, and no name is written anywhere a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from esep.errors import LinkageError
from esep.ledger.entities import entities
from esep.linkage import Decided, Linkage, Settings
from esep.linkage.draws import Missed
from esep.linkage.linkage import concluded
from esep.linkage.records import in_order
from esep.linkage.report import missed_told
from esep.linkage.running import MODEL_VERSION, Run, run
from esep.linkage.supervised import LEAST_DECISIONS, Stage, learn, taught
from esep.people.answers import Answer, answers, by_pair, is_disputed
from esep.people.auditing import last_audit, missed_in
from esep.people.mentions import records_of
from esep.people.persons import Person, persons

if TYPE_CHECKING:
    from esep.ledger.ledger import KnownOn, Ledger

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Doubt:
    """What a run over the named persons of a case found, as known at `position`.

    `linkage` speaks of records by their place in `records` (ids of the ledger); `standing` gives every record of a
    person, also of those without a name, the person it belongs to by judgements; `learnt` is the stage learnt from
    answers, None under 50 of them.
    """

    linkage: Linkage
    standing: Mapping[str, str]
    position: int
    learnt: Stage | None = None

    @property
    def records(self) -> tuple[str, ...]:
        """Record ids in the order to which positions of the linkage refer."""
        return tuple(record.record_id for record in self.linkage.records)

    @property
    def seed(self) -> int:
        """Seed of the draws."""
        return self.linkage.settings.seed

    @property
    def rule(self) -> str:
        """Name of the model behind a proposal, with the number of answers that it learnt from."""
        return f"{MODEL_VERSION}+{self.learnt.decisions}" if self.learnt and self.learnt.share else MODEL_VERSION

    def draws(self) -> list[dict[str, str]]:
        """Each draw as record id -> label, for every record of a person. Judgements hold in each of them."""
        ids = self.records
        return [
            {**self.standing, **{ids[place]: ids[label] for place, label in enumerate(row)}}
            for row in self.linkage.draws.labels.tolist()
        ]

    def text(self) -> str:
        """What was compared, how far the draws spread, and what was learnt; sources and numbers, never names."""
        found = self.linkage.summary()
        between = found["people_interval"]
        lines = [
            f"{found['records']} records of {len(found['lists'])} sources, {len(set(self.standing.values()))} persons"
            f" recorded; {found['people']} would be proposed. Nobody is joined until somebody decides.",
            f"distinct named persons, from {between['draws']} draws (seed {self.seed}): {between['low']} to"
            f" {between['high']} at level {between['level']:g};"
            f" {missed_told(found['missed_links'])}",
        ]
        return "\n".join([*lines, *(f"note: {note}" for note in found["notes"]), *self._learnt()])

    def _learnt(self) -> list[str]:
        if self.learnt is None:
            return []
        told = f"{self.learnt.decisions} answers taught the weights; {self.learnt.agreed:.0%} of them foretold"
        if self.learnt.share:
            return [f"{told}, {self.learnt.first_agreed:.0%} without them"]
        return [f"{told} without learning, so the weights stay as they were"]


def find_doubt(
    ledger: Ledger,
    *,
    known_on: KnownOn = None,
    settings: Settings | None = None,
    progress: Progress = lambda step: None,
) -> Doubt | None:
    """Run linkage over the named persons of a case as known on a moment, with what people answered until then.

    None when fewer than two records have a name: then nobody can be doubted.
    """
    chosen, upto = settings or Settings(), ledger.position(known_on)
    everybody = persons(ledger, kinds=("person",), known_on=upto)
    records = records_of([person for person in everybody if person.is_named])
    if len(records) < 2:
        return None
    key = {record.record_id: record.key for record in records}
    decisions = _decisions(ledger, everybody, key, upto=upto)
    found = run(in_order(records), decisions, chosen, progress=progress)
    stage = _stage(found, answers(ledger, known_on=upto), key)
    if stage is not None:
        progress("weighing anew by answers")
        found = taught(found, stage, chosen)
    progress("drawing who is who")
    missed = _audited(ledger, found, chosen, upto=upto)
    standing = {record: person.id for person in everybody for record in person.records}
    return Doubt(concluded(found, chosen, missed=missed), standing, upto, stage)


def _decisions(
    ledger: Ledger, everybody: Sequence[Person], key: Mapping[str, tuple[str, int]], *, upto: int
) -> list[Decided]:
    """Judgements as they stand: joins that a «different» forbids are left out, as everywhere."""
    found = []
    for person in everybody:
        held = [record for record in person.records if record in key]
        found += [Decided(key[held[0]], key[other], "same") for other in held[1:]]
    clusters = entities(ledger, known_on=upto)
    newest = {one.pair: one.verdict for one in ledger.judgements(known_on=upto)}
    for (left, right), verdict in newest.items():
        if verdict == "different" and left in key and right in key and clusters.of(left) != clusters.of(right):
            found.append(Decided(key[left], key[right], "different"))
    return found


def _stage(found: Run, given: Sequence[Answer], key: Mapping[str, tuple[str, int]]) -> Stage | None:
    """A stage learnt from the answers on which people agree; None when there are too few, or of one kind only."""
    said = {pair: answer[-1].verdict for pair, answer in by_pair(given).items() if not is_disputed(answer)}
    labels = [
        Decided(key[left], key[right], verdict)
        for (left, right), verdict in said.items()
        if left in key and right in key and verdict != "unsure"
    ]
    if len(labels) < LEAST_DECISIONS:
        return None
    try:
        return learn(found, labels)
    except LinkageError:
        return None


def _audited(ledger: Ledger, found: Run, settings: Settings, *, upto: int) -> Missed | None:
    entry = last_audit(ledger, known_on=upto)
    if entry is None:
        return None
    clusters = concluded(found, replace(settings, draws=1))
    cluster_of = {record.record_id: clusters.labels[place] for place, record in enumerate(clusters.records)}
    return missed_in(ledger, entry, cluster_of, known_on=upto)
