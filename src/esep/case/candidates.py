"""Candidates of missing people as a result to print, and as proposals that wait for a decision."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from esep.case.results import Listing
from esep.ledger.claims import Draft
from esep.ledger.proposals import Proposal
from esep.ledger.sources import Sources
from esep.people.bodies import IS_PERSON, bodies
from esep.people.body_candidates import body_candidates, is_nameless
from esep.people.candidates import KIND, RULE, Candidate, candidates
from esep.people.checks import checks
from esep.people.entries import body_entries, entries
from esep.people.missing import missing
from esep.people.persons import Person, persons

if TYPE_CHECKING:
    from esep.case.decisions import Decision
    from esep.ledger.ledger import Ledger

_NOTE = (
    "Nobody's status is changed. A candidate becomes a judgement when somebody accepts its proposal: esep decide CASE "
    "FILE; a rejected one is not asked again. Probabilities rest on parameters that were learnt on made lists and not "
    "on these: they put candidates in an order. That nobody is offered does not say that a person is dead or alive."
)
_SHOWN = 10
_COLUMNS = ("person", "rank", "kind", "record", "title", "probability", "reasons", "against", "proposal")


@dataclass(frozen=True)
class Candidates:
    """Candidates by missing person. `lists` are the sources that were searched, with their kinds."""

    people: tuple[Person, ...]
    found: tuple[Candidate, ...]
    lists: tuple[tuple[str, str], ...]
    bodies: int
    proposals: dict[tuple[str, str], str]

    def rows(self) -> list[dict[str, Any]]:
        """One row a candidate; a missing person without any has one row with nulls."""
        return [row for person in self.people for row in self._of(person)]

    def _of(self, person: Person) -> Iterator[dict[str, Any]]:
        its = [one for one in self.found if one.person == person.id]
        for rank, one in enumerate(its, start=1):
            yield {
                "person": person.id,
                "name": person.title,
                "rank": rank,
                "kind": one.kind,
                "record": one.record,
                "source": one.source,
                "title": one.title,
                "probability": one.probability,
                "reasons": list(one.reasons),
                "against": list(one.against),
                "unsure": one.unsure,
                "proposal": self.proposals.get((one.person_record, one.record)),
            }
        if not its:
            yield {"person": person.id, "name": person.title, **dict.fromkeys((*_COLUMNS[1:], "source", "unsure"))}

    def json(self) -> str:
        """A JSON array of the rows."""
        return json.dumps(self.rows(), ensure_ascii=False, indent=1)

    def table(self) -> str:
        """Aligned columns, long cells cut."""
        return Listing(_COLUMNS, self.rows()).table()

    def text(self) -> str:
        """Person by person, with reasons for and against under each candidate."""
        named = ", ".join(f"{source} ({kind})" for source, kind in self.lists)
        lists = named or "no list that says of itself that it is of a hospital, morgue or place of detention"
        bodies = "1 body" if self.bodies == 1 else f"{self.bodies} bodies"
        lines = [f"{len(self.people)} missing, searched for in {lists} and among {bodies} without a name."]
        for person in self.people:
            lines += self._lines(person)
        return "\n".join([*lines, _NOTE])

    def _lines(self, person: Person) -> Iterator[str]:
        rows = [row for row in self._of(person) if row["record"]]
        yield f"{person.id} {person.title}: " + (f"{len(rows)} to look at" if rows else "nobody found")
        for row in rows[:_SHOWN]:
            share = "no name compared" if row["probability"] is None else f"probability {_share(row['probability'])}"
            doubt = "; judged unsure" if row["unsure"] else ""
            yield f"  {row['rank']}. {row['kind']}: {row['title']} ({row['record']}, {row['source']}), {share}{doubt}"
            yield f"     for: {'; '.join(row['reasons']) or 'nothing'}"
            yield f"     against: {'; '.join(row['against']) or 'nothing'}"
            if row["proposal"]:
                yield f"     proposal {row['proposal']}"
        if len(rows) > _SHOWN:
            yield f"  and {len(rows) - _SHOWN} more: --json has all"


def _share(probability: float) -> str:
    """A probability that never reads as certain."""
    return "above 0.99" if probability > 0.99 else f"{probability:.2f}"


def search(ledger: Ledger, *, sources: Sources) -> tuple[list[Proposal], Candidates]:
    """Candidates of everybody who is missing, and the proposals that are not recorded yet."""
    everybody = persons(ledger)
    of = {record: one.id for one in everybody for record in one.records}
    refused, unsure = _decided(ledger, of)
    held, about = bodies(ledger), list(ledger.claims(kind="body"))
    lost, listed = missing(everybody), [*entries(everybody, sources), *body_entries(held, about)]
    named = candidates(
        lost, listed, sources=sources, checks=checks(ledger), refused=refused, unsure=unsure
    )
    nameless = body_candidates(lost, held, about, refused=refused)
    found = [*named, *nameless]
    fresh, known = _proposed(ledger, found)
    lists = tuple(dict.fromkeys((one.source, one.kind) for one in listed if not one.is_body))
    without = sum(is_nameless(body, [claim for claim in about if claim.subject == body.id]) for body in held)
    return fresh, Candidates(tuple(lost), tuple(found), lists, without, known)


def _decided(ledger: Ledger, of: dict[str, str]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs that people refused (judged different, or rejected as a proposal) and those they could not tell."""
    verdicts: dict[str, set[tuple[str, str]]] = {"different": set(), "unsure": set()}
    for one in ledger.judgements():
        verdicts.setdefault(one.verdict, set()).add((of.get(one.left, one.left), of.get(one.right, one.right)))
    asked = {one.id: one for one in ledger.proposals() if one.kind in (KIND, "same")}
    for claim in ledger.claims(props=["decision"]):
        is_no = isinstance(claim.value, dict) and claim.value.get("answer") == "reject"
        if is_no and claim.target in asked:
            pair = asked[claim.target]
            verdicts["different"].add((of.get(pair.subject, pair.subject), of.get(pair.grounds, pair.grounds)))
    return verdicts["different"], verdicts["unsure"]


def _proposed(ledger: Ledger, found: Sequence[Candidate]) -> tuple[list[Proposal], dict[tuple[str, str], str]]:
    """Proposals that are new, and the id of each pair's proposal; a pair that waits for an answer keeps its own."""
    answered = {claim.target for claim in ledger.claims(props=["decision", "same"])}
    waiting = {(one.subject, one.grounds): one.id for one in ledger.proposals(kind=KIND) if one.id not in answered}
    fresh = {one.pair: _proposal(one) for one in found if not one.unsure}
    known = {(one.subject, one.grounds): one.id for one in fresh.values()} | waiting
    return [one for one in fresh.values() if (one.subject, one.grounds) not in waiting], known


def _proposal(one: Candidate) -> Proposal:
    payload: dict[str, Any] = {"kind": one.kind, "reasons": list(one.reasons), "against": list(one.against)}
    if one.probability is not None:
        payload["probability_per_mille"] = round(1000 * one.probability)
    return Proposal(KIND, one.person_record, one.record, payload, RULE)


def is_of_a_list(proposal: Proposal) -> bool:
    """Is this a candidate from a list of people, and not a body?"""
    return proposal.kind == KIND and not proposal.grounds.startswith("body:")


def whose_body(proposal: Proposal, decision: Decision, *, cid: str) -> Draft:
    """The claim that a body is a missing person's. It changes no status: of that a source must speak."""
    value = {"person": proposal.subject, **decision.note(), "proposal": proposal.id, "rule": proposal.rule}
    return Draft(proposal.grounds, IS_PERSON, value, cid=cid)
