"""The review queue of a case: what is open for whom, samples for two readers, the audit, and recording of answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from esep.case import deciding
from esep.case.decisions import Decision
from esep.case.filled import FilledTable
from esep.case.questions import Questions
from esep.errors import LinkageError, WrongUse
from esep.ledger.acts import Act
from esep.ledger.sources import Sources
from esep.linkage.audit import audit_sample
from esep.linkage.records import Verdict
from esep.people.answers import answers, by_author, cid_at
from esep.people.auditing import audit_entry, audited_pairs, last_audit
from esep.people.bounds import lower_bounds
from esep.people.doubt import Doubt
from esep.people.persons import Person, persons
from esep.people.review import Question, open_questions, sampled
from esep.people.sides import sides

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger

TOO_FEW = "fewer than two records of persons have a name"


def queue(
    ledger: Ledger, sources: Sources, doubt: Doubt | None, *, by: str | None, most: int | None, blind: bool
) -> Questions:
    """The first open questions for a person, those first whose answer changes most."""
    found = _open(ledger, sources, doubt, by=by)
    return Questions(tuple(found[:most]), len(found), blind)


def samples(
    ledger: Ledger, sources: Sources, doubt: Doubt | None, *, readers: Sequence[str], number: int, seed: int
) -> dict[str, Questions]:
    """The same random pairs of those in doubt for each reader, blind, in another order for each.

    Raises `WrongUse` when there are not two different readers, or nothing is open.
    """
    names = list(dict.fromkeys(readers))
    if len(names) < 2:
        raise WrongUse("a double reading takes two different readers", hint="name them, as --readers anna,bolat")
    doubtful = [one for one in _open(ledger, sources, doubt, by=None) if one.standing != "sure"]
    found = sorted(doubtful, key=lambda one: one.pair)
    if not found:
        raise WrongUse("no pair is in doubt, so there is nothing to read twice", hint="add a list, or read the audit")
    rng = np.random.default_rng(seed)
    chosen = [found[place] for place in np.sort(rng.choice(len(found), size=min(number, len(found)), replace=False))]
    orders = {name: rng.permutation(len(chosen)) for name in names}
    return {
        name: Questions(tuple(chosen[place] for place in order), len(chosen), blind=True)
        for name, order in orders.items()
    }


def audit(
    ledger: Ledger, sources: Sources, run: Callable[[], Doubt | None], *, each: int, seed: int, act: Act
) -> Questions:
    """The open pairs of the newest audit; a new sample is drawn and kept when there is none.

    `run` is called only then. Raises `LinkageError` when nobody can be compared.
    """
    entry = last_audit(ledger)
    left = _unanswered(ledger, sources, audited_pairs(entry)) if entry else []
    if left:
        return Questions(tuple(left), len(left), blind=True, note="These are left of an audit begun before.")
    doubt = run()
    if doubt is None:
        raise LinkageError(TOO_FEW, hint="add a list of people with «esep add»")
    key = {record.key: record.record_id for record in doubt.linkage.records}
    drawn = audit_sample(doubt.linkage, each=each, rng=np.random.default_rng(seed))
    pairs = [(_pair(key[one.left], key[one.right]), one) for one in drawn]
    if not pairs:
        raise LinkageError("no pair was left apart, so no link can have been missed")
    links = len(doubt.linkage.records) - doubt.linkage.people
    made = audit_entry(ledger.case, pairs, links=links, position=doubt.position, seed=seed, rule=doubt.rule)
    ledger.propose([made], act)
    found = _unanswered(ledger, sources, audited_pairs(made))
    order = np.random.default_rng([seed, 1]).permutation(len(found))  # strata would tell what the machine thinks
    return Questions(tuple(found[place] for place in order), len(found), blind=True)


def _unanswered(ledger: Ledger, sources: Sources, pairs: Sequence[tuple[str, str]]) -> list[Question]:
    said = {answer.pair for answer in answers(ledger)}
    shown = sides(ledger, persons(ledger, kinds=("person",)), sources)
    return sampled([pair for pair in pairs if pair not in said], shown)


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left <= right else (right, left)


def _open(ledger: Ledger, sources: Sources, doubt: Doubt | None, *, by: str | None) -> list[Question]:
    everybody: list[Person] = persons(ledger)
    figures = lower_bounds(ledger, sources, doubt) if doubt else None
    groups = [person for person in everybody if person.kind == "group"]
    return open_questions(ledger, doubt, sides(ledger, everybody, sources), groups=groups, by=by, figures=figures)


class CaseRecorder:
    """Records answers of one person in a case, each as an act of its own."""

    def __init__(self, ledger: Ledger, actor: str, clock: Callable[[], datetime]) -> None:
        self._ledger, self._actor, self._clock = ledger, actor, clock

    def answer(self, one: Question, verdict: Verdict, reason: str) -> str:
        """Record an answer; returns the cid of its claim."""
        left, right = one.pair
        receipt = self._record(Decision(verdict, reason, self._actor, "", left=left, right=right))
        return cid_at(self._ledger, receipt)

    def take_back(self, cid: str) -> None:
        """Record that an answer is taken back."""
        self._record(Decision("undo", "taken back while reading", self._actor, "", of=cid))

    def _record(self, decision: Decision) -> int:
        return record_now(self._ledger, decision, actor=self._actor, now=self._clock())


def record_now(ledger: Ledger, decision: Decision, *, actor: str, now: datetime) -> int:
    """Record one decision as taken now; returns the position of its claim.

    The time goes in to the microsecond: the same answer given again after it was taken back is another decision.
    """
    dated = Decision(
        decision.decide, decision.reason, decision.by, now.isoformat(), decision.left, decision.right, of=decision.of
    )
    done = deciding.decide(ledger, [dated], Act(actor, now, "esep queue"))
    return done.receipt.first_seq if done.receipt else ledger.position()


def decide_filled(ledger: Ledger, table: FilledTable, act: Act) -> deciding.Decided:
    """Record a filled table. What its reader has said before, and not taken back, is not recorded again."""
    said = by_author(answers(ledger))
    fresh, places = [], []
    for row in table.rows:
        by = row.by or act.actor
        before = said.get(by, {}).get(row.pair)
        if not row.at and before is not None and (before.verdict, before.reason) == (row.verdict, row.reason):
            continue
        at = row.at or act.at.isoformat()
        fresh.append(Decision(row.verdict, row.reason, by, at, left=row.left, right=row.right))
        places.append(f"row {row.line}")
    done = deciding.decide(ledger, fresh, act, places=places)
    return deciding.Decided(done.new, done.known + len(table.rows) - len(fresh), done.receipt)
