"""Decisions become claims: one file is one batch, all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from esep.case.accepting import drafts_of
from esep.case.candidates import is_of_a_list, whose_body
from esep.case.decisions import Decision
from esep.errors import BadInput, EsepError, NotFound, RefusedClaim
from esep.intake.values import RECEIPTS
from esep.ledger.acts import Act, Receipt
from esep.ledger.claims import JUDGEMENTS, Claim, Draft
from esep.ledger.ledger import Ledger
from esep.ledger.proposals import AUDIT, Proposal
from esep.people.candidates import KIND as CANDIDATE
from esep.people.changes import Changes


@dataclass(frozen=True)
class Decided:
    """What a decision file changed: how many lines were new, how many had been decided before."""

    new: int
    known: int
    receipt: Receipt | None
    changes: Changes | None = None

    def text(self) -> str:
        """One sentence, then what became of ids."""
        new = "1 decision" if self.new == 1 else f"{self.new} decisions"
        known = "1 was" if self.known == 1 else f"{self.known} were"
        said = f"{new} recorded, {known} recorded before and changed nothing."
        return f"{said}\n{self.changes.text()}" if self.changes else said

    def table(self) -> str:
        """The same sentence."""
        return self.text()

    def json(self) -> str:
        """A JSON array with one object."""
        batch = self.receipt.batch if self.receipt else None
        return json.dumps([{"new": self.new, "known": self.known, "batch": batch}], indent=1)


def decide(
    ledger: Ledger, decisions: Sequence[Decision], act: Act, *, places: Sequence[str] | None = None
) -> Decided:
    """Record decisions. Raises `BadInput` naming every line that cannot be applied; then nothing is recorded.

    `places` say where each decision stands in its file; without them they are numbered.
    """
    with ledger.writing():
        known = _known(ledger)
        proposals = {proposal.id: proposal for proposal in ledger.proposals()}
        answers = _answers(ledger)
        drafts: list[Draft] = []
        faults: list[str] = []
        new = 0
        named = places or [f"decision {number}" for number in range(1, len(decisions) + 1)]
        for place, decision in zip(named, decisions, strict=True):
            if decision.id in known:
                continue
            known.add(decision.id)
            try:
                drafts += _drafts(ledger, decision, proposals, answers, made={draft.subject for draft in drafts})
                new += 1
            except EsepError as error:
                faults.append(f"{place}: {error}")
        if faults:
            raise BadInput("nothing was decided:\n  " + "\n  ".join(faults[:10]), hint="mend these lines and run again")
        receipt = ledger.write(drafts, act) if drafts else None
        return Decided(new, len(decisions) - new, receipt)


def pending(ledger: Ledger, *, kind: str | None = None) -> Iterator[Proposal]:
    """Proposals that nobody has decided: no live answer, and for a pair no live judgement.

    A pair that was proposed more than once counts as it was proposed last. A sample for an audit is no proposal.
    """
    judged = {judgement.pair for judgement in ledger.judgements()}
    answered = {claim.target for claim in ledger.claims(props=["decision"])}
    held = [one for one in ledger.proposals(kind=kind) if one.kind != AUDIT]
    pairs = [one for one in held if one.kind == "same"]
    last = {(one.subject, one.grounds): one.id for one in pairs}
    judged |= {(one.subject, one.grounds) for one in pairs if one.id in answered}
    for proposal in held:
        pair = (proposal.subject, proposal.grounds)
        if proposal.kind == "same" and (last[pair] != proposal.id or pair in judged):
            continue
        if proposal.id not in answered:
            yield proposal


def _known(ledger: Ledger) -> set[str]:
    """Hashes of all decisions ever recorded, withdrawn ones too: the same line twice changes nothing."""
    claims = ledger.claims(props=[*JUDGEMENTS, "decision"], withdrawn=True)
    return {
        claim.value["decision"]
        for found in (claims, ledger.withdrawals())
        for claim in found
        if isinstance(claim.value, dict) and "decision" in claim.value
    }


def _answers(ledger: Ledger) -> dict[str, str]:
    """Proposals that have a live answer, each with the claim that is the answer."""
    claims = ledger.claims(props=["same", "decision"])
    told = ((claim, claim.value if isinstance(claim.value, dict) else {}) for claim in claims)
    named = ((value.get("proposal") if claim.prop == "same" else claim.target, claim.cid) for claim, value in told)
    return {proposal: cid for proposal, cid in named if proposal}


def _drafts(
    ledger: Ledger,
    decision: Decision,
    proposals: dict[str, Proposal],
    answers: dict[str, str],
    *,
    made: Collection[str],
) -> list[Draft]:
    if decision.decide in JUDGEMENTS:
        left, right = sorted((record_of(ledger, decision.left or ""), record_of(ledger, decision.right or "")))
        for record in (left, right):
            if record not in made and not ledger.database.one("SELECT 1 FROM claim WHERE subject = ?", [record]):
                raise NotFound(f"no record {record}", hint="look records up with «esep claims»")
        return [_judgement(decision, left, right)]
    if decision.decide == "undo":
        drafts = _undo(ledger, decision)
        for undone in [proposal for proposal, cid in answers.items() if cid == decision.of]:
            del answers[undone]
        return drafts
    proposal = proposals.get(decision.proposal or "")
    if proposal is None:
        raise NotFound(f"no proposal {decision.proposal}", hint="list them with «esep decide CASE --pending»")
    if proposal.id in answers:
        raise RefusedClaim(
            f"proposal {proposal.id} is answered already by {answers[proposal.id]}: counted twice, or both yes and no",
            hint="undo that answer first",
        )
    answers[proposal.id] = "an earlier line"
    if proposal.kind == CANDIDATE and decision.decide == "correct":
        raise RefusedClaim(f"candidate {proposal.id} holds nothing to correct", hint="accept or reject it")
    if decision.decide == "accept" and (proposal.kind == "same" or is_of_a_list(proposal)):
        left, right = sorted((proposal.subject, proposal.grounds))
        return [_judgement(decision, left, right, proposal=proposal)]
    return _answer(ledger, decision, proposal)


def _judgement(decision: Decision, left: str, right: str, *, proposal: Proposal | None = None) -> Draft:
    verdict = "same" if proposal else decision.decide
    value = decision.note() | ({"proposal": proposal.id, "rule": proposal.rule} if proposal else {})
    return Draft(left, verdict, value, target=right)


def _answer(ledger: Ledger, decision: Decision, proposal: Proposal) -> list[Draft]:
    made: list[Draft] = []
    if decision.decide != "reject":
        value = decision.value if decision.decide == "correct" else None
        if proposal.kind == CANDIDATE:
            made = [whose_body(proposal, decision, cid=ledger.new_cid())]
        else:
            made = drafts_of(proposal, corrected=value, new_cid=ledger.new_cid)
    answer = {
        **decision.note(),
        "answer": decision.decide,
        "rule": proposal.rule,
        "claims": [draft.cid for draft in made],
    }
    if decision.value is not None:
        answer["value"] = decision.value
    return [*made, Draft(proposal.subject, "decision", answer, target=proposal.id)]


def _undo(ledger: Ledger, decision: Decision) -> list[Draft]:
    claim = ledger.claim(decision.of or "")
    if claim.prop in RECEIPTS:
        raise RefusedClaim(
            f"claim {claim.cid} says what was stored ({claim.prop}) and cannot be undone",
            hint="undo the statements that are wrong, one by one",
        )
    made = claim.value.get("claims", []) if claim.prop == "decision" and isinstance(claim.value, dict) else []
    return [_retraction(decision, found) for found in (claim, *(ledger.claim(cid) for cid in made))]


def _retraction(decision: Decision, claim: Claim) -> Draft:
    return Draft(claim.subject, claim.prop, decision.note(), op="retract", target=claim.cid)


def record_of(ledger: Ledger, name: str) -> str:
    """A record by its own id, or the first record of the person or event with this id. Raises `NotFound`."""
    if ":" in name:
        return name
    row = ledger.database.one("SELECT record FROM identity WHERE minted = ?", [name])
    if row is None:
        raise NotFound(f"no person or event {name}", hint="look ids up with «esep people» or «esep events»")
    return str(row[0])
