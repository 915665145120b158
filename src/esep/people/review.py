"""The review queue: pairs of records for people to decide, those first whose answer changes most.

A pair is shown until somebody answers it, or until other answers settle it; pairs without doubt come after those
in doubt, because nobody is joined before a person says so. Who was unsure is not asked again; others
are, after all pairs that nobody has seen. Pairs on which people differ come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Literal

from esep.linkage.queue import certain, questions
from esep.people.answers import Answer, Pair, answers, by_pair, disputed, rejected_pairs
from esep.people.doubt import Doubt
from esep.people.persons import Person
from esep.people.proposer import propose_groups
from esep.people.sides import Side

if TYPE_CHECKING:
    from esep.ledger.ledger import Ledger

Standing = Literal["open", "sure", "unsure", "disputed", "sample"]
_IN_A_ROW = 3
_EVEN = 0.5
"""Chance by which pairs of groups are placed in the queue: nothing tells how likely they are one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to decide.

    `probability` and `reasons` are the machine's, None and () where it has none; `people_change` is how many people
    fewer are counted when the answer is «same», `estimate_change` how much a lower bound of all people falls then (None
    with fewer than two lists); `gain` the fall of their variances; `said` what others answered.
    """

    left: Side
    right: Side
    standing: Standing = "open"
    probability: float | None = None
    people_change: float | None = None
    estimate_change: float | None = None
    gain: float = 0.0
    reasons: tuple[str, ...] = ()
    said: tuple[Answer, ...] = field(default=())

    @property
    def pair(self) -> Pair:
        """Both record ids, the smaller one first."""
        one, two = sorted((self.left.record, self.right.record))
        return one, two


Sides = Mapping[str, Side]


def open_questions(
    ledger: Ledger,
    doubt: Doubt | None,
    sides: Sides,
    *,
    groups: Iterable[Person] = (),
    by: str | None = None,
    figures: Sequence[float] | None = None,
) -> list[Question]:
    """Every open question in the order of the queue.

    `doubt` is None when too few persons have a name to be compared; `by` is who will answer; `figures` are one
    estimate for each draw, whose variance counts too.
    """
    given = answers(ledger)
    said = _by_persons(given, sides)
    found = [one for one in _settling(given, sides, doubt) if not _answered_last(one, by)]
    shown = {one.pair for one in found} | rejected_pairs(ledger)
    fresh: list[Question] = []
    unsure: list[Question] = []
    doubtful = _merged(_of_persons(doubt, sides, figures), _of_groups(ledger, groups, sides))
    for one in chain(doubtful, _sure(doubt, sides)):
        before = said.get(_persons(one.left, one.right), ())
        if one.pair in shown or any(answer.by == by for answer in before):
            continue
        (unsure if before else fresh).append(_with(one, before))
    return [*found, *fresh, *unsure]


def _settling(given: Sequence[Answer], sides: Sides, doubt: Doubt | None) -> Iterator[Question]:
    """Pairs on which people differ."""
    differing = disputed(given)
    links = _links(doubt, differing)
    for (left, right), said in differing.items():
        if left in sides and right in sides:
            probability, reasons = links.get((left, right), (None, ()))
            yield Question(sides[left], sides[right], "disputed", probability, reasons=reasons, said=said)


def _links(doubt: Doubt | None, given: Iterable[Pair]) -> dict[Pair, tuple[float, tuple[str, ...]]]:
    """What the machine says of these pairs, as far as it compared them."""
    place = {record: at for at, record in enumerate(doubt.records)} if doubt else {}
    wanted = {
        tuple(sorted((place[left], place[right]))): (left, right)
        for left, right in given
        if left in place and right in place
    }
    if doubt is None or not wanted:
        return {}
    scored = doubt.linkage.run.scored
    compared = zip(scored.left.tolist(), scored.right.tolist(), strict=True)
    at = {pair: number for number, pair in enumerate(compared) if pair in wanted}
    links = {wanted[pair]: doubt.linkage.link_at(number) for pair, number in at.items()}
    return {pair: (link.probability, link.reasons) for pair, link in links.items()}


def _answered_last(one: Question, by: str | None) -> bool:
    """Whether somebody has looked at a disputed pair again after the others: it waits for somebody else then."""
    return by is not None and one.said[-1].by == by


def _of_persons(doubt: Doubt | None, sides: Sides, figures: Sequence[float] | None) -> Iterator[Question]:
    if doubt is None:
        return
    known = {record.key: record.record_id for record in doubt.linkage.records}
    for one in questions(doubt.linkage, estimates=figures, most=len(doubt.linkage.run.scored) + 1):
        yield Question(
            sides[known[one.left]], sides[known[one.right]], "open", one.probability, one.people_change,
            one.estimate_change, one.gain, one.reasons,
        )  # fmt: skip


def _sure(doubt: Doubt | None, sides: Sides) -> Iterator[Question]:
    """Pairs that every draw joins, as many as it takes."""
    if doubt is None:
        return
    place = {record: at for at, record in enumerate(doubt.records)}
    joined = ((at, place[other]) for record, at in place.items() for other in sides[record].others if other in place)
    for number in certain(doubt.linkage, joined=joined):
        link = doubt.linkage.link_at(number)
        scored = doubt.linkage.run.scored
        left, right = (sides[doubt.records[int(side[number])]] for side in (scored.left, scored.right))
        yield Question(left, right, "sure", link.probability, 1.0, reasons=link.reasons)


def _of_groups(ledger: Ledger, groups: Iterable[Person], sides: Sides) -> Iterator[Question]:
    found = []
    for proposal in propose_groups(ledger, groups):
        people = float(sides[proposal.subject].people)
        gain = _EVEN * (1 - _EVEN) * people**2
        reasons = tuple(proposal.payload["reasons"])
        found.append(
            Question(sides[proposal.subject], sides[proposal.grounds], "open", None, people, None, gain, reasons)
        )
    yield from sorted(found, key=lambda one: (-one.gain, one.pair))


def _merged(persons: Iterator[Question], groups: Iterator[Question]) -> Iterator[Question]:
    """Both queues as one by what an answer changes, at most three pairs of groups in a row while persons are left."""
    waiting = next(groups, None)
    for one in persons:
        row = 0
        while waiting is not None and waiting.gain >= one.gain and row < _IN_A_ROW:
            yield waiting
            waiting, row = next(groups, None), row + 1
        yield one
    if waiting is not None:
        yield waiting
        yield from groups


def _persons(left: Side, right: Side) -> frozenset[str]:
    return frozenset((left.person, right.person))


def _by_persons(given: Sequence[Answer], sides: Sides) -> dict[frozenset[str], tuple[Answer, ...]]:
    """What was said about two persons, whichever of their records it was said about."""
    found: dict[frozenset[str], tuple[Answer, ...]] = {}
    for (left, right), said in by_pair(given).items():
        if left in sides and right in sides:
            persons = _persons(sides[left], sides[right])
            found[persons] = (*found.get(persons, ()), *said)
    return found


def _with(one: Question, before: Sequence[Answer]) -> Question:
    if not before:
        return one
    return Question(
        one.left, one.right, "unsure", one.probability, one.people_change, one.estimate_change, one.gain, one.reasons,
        tuple(before),
    )  # fmt: skip


def sampled(pairs: Iterable[Pair], sides: Sides) -> list[Question]:
    """Pairs of a sample as questions without anything that a machine or another person said."""
    return [Question(sides[left], sides[right], "sample") for left, right in pairs if left in sides and right in sides]
