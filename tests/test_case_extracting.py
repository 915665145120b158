"""Texts to proposals, proposals to claims with passage, rule and decider."""

import json
from datetime import UTC, datetime

import pytest

from esep.case import create_case, extract_file
from esep.case.decisions import Decision
from esep.errors import BadInput, EsepError
from esep.ledger.acts import seeded_entropy

NOW = datetime(2031, 3, 5, tzinfo=UTC)
TEXT = (
    "Primersk Gazette, 4 March 2031.\n\nAt least 12 people were killed and more than 40 wounded in Aktau on 3 March "
    "2031, the union said. Marat Testov, a driver, was killed.\n"
)


@pytest.fixture
def case(tmp_path):
    (tmp_path / "gazette.txt").write_text(TEXT, encoding="utf-8")
    with create_case(
        tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None, entropy=seeded_entropy("x")
    ) as made:
        made.add(tmp_path / "gazette.txt", actor="A", now=NOW, name="GAZETTE")
        yield made


def answer(proposal, decide="accept", **more):
    return Decision(decide, "reads so", "Reviewer", "2031-03-05", proposal=proposal.id, **more)


def first(case, kind, words):
    for proposal in case.pending(kind=kind):
        (span, *_) = proposal.payload["spans"]
        if words in case.texts.passage(span["doc"], span["start"], span["end"]):
            return proposal
    raise AssertionError(f"no {kind} {words}")


def test_a_second_extraction_adds_nothing(case):
    first_run = json.loads(case.extract(now=NOW).json())
    second_run = json.loads(case.extract(now=NOW).json())
    assert first_run[0]["new"] == first_run[0]["proposals"] > 0
    assert second_run[0]["new"] == 0


def test_nothing_counts_before_somebody_decides(case):
    case.extract(now=NOW)
    assert case.count().total.low == 0
    assert len(case.people()) == 0


def test_an_accepted_person_stands_at_the_words_and_names_rule_and_decider(case):
    case.extract(now=NOW)
    proposal = first(case, "person", "Marat Testov")
    case.record([answer(proposal)], actor="Reviewer", now=NOW)
    (row,) = json.loads(case.people().json())
    person = case.person(row["id"])
    assert (person.title, [line.status for line in person.statuses]) == ("Marat Testov", ["killed"])
    (place, *_) = person.stated("name")[0].locator
    assert case.texts.passage(place["doc"], place["start"], place["end"]) == "Marat Testov"
    (decision,) = case.ledger.claims(props=["decision"])
    assert (decision.target, decision.value["by"]) == (proposal.id, "Reviewer")
    assert decision.value["rule"] == proposal.rule
    assert decision.value["claims"] == [claim.cid for claim in person.claims]
    assert case.verify().is_whole


def test_an_accepted_figure_is_a_toll_with_open_bounds(case):
    case.extract(now=NOW)
    case.record([answer(first(case, "quantity", "12"))], actor="Reviewer", now=NOW)
    (toll,) = json.loads(case.tolls().json())
    assert (toll["low"], toll["high"], toll["category"], toll["source"]) == (12, None, "killed", "source:GAZETTE")


def test_a_correction_replaces_a_field_and_keeps_the_proposal(case):
    case.extract(now=NOW)
    proposal = first(case, "quantity", "12")
    case.record([answer(proposal, "correct", value={"low": 13})], actor="Reviewer", now=NOW)
    (toll,) = json.loads(case.tolls().json())
    assert toll["low"] == 13
    assert proposal in list(case.ledger.proposals())


def test_a_rejection_leaves_no_claim_and_no_open_proposal(case):
    case.extract(now=NOW)
    proposal = first(case, "person", "Marat Testov")
    case.record([answer(proposal, "reject")], actor="Reviewer", now=NOW)
    assert len(case.people()) == 0
    assert proposal.id not in {open_one.id for open_one in case.pending()}


def test_undoing_an_answer_takes_its_claims_back_and_opens_the_proposal_again(case):
    case.extract(now=NOW)
    proposal = first(case, "person", "Marat Testov")
    case.record([answer(proposal)], actor="Reviewer", now=NOW)
    (decision,) = case.ledger.claims(props=["decision"])
    case.record([Decision("undo", "wrong man", "Reviewer", "2031-03-06", of=decision.cid)], actor="R", now=NOW)
    assert len(case.people()) == 0
    assert proposal.id in {open_one.id for open_one in case.pending()}
    assert case.verify().is_whole


def test_an_unknown_proposal_refuses_the_whole_file(case):
    case.extract(now=NOW)
    good = answer(first(case, "person", "Marat Testov"))
    with pytest.raises(BadInput, match="no proposal feed"):
        case.record([good, Decision("accept", "", "R", "2031", proposal="feed")], actor="R", now=NOW)
    assert len(case.people()) == 0


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"   \n "])
def test_a_file_that_is_no_text_has_one_plain_reason(tmp_path, content):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(EsepError) as refusal:
        extract_file(tmp_path / "a.txt")
    assert str(refusal.value)
