"""Decisions that would count somebody twice, or leave in the ledger what no view can read."""

import json
from datetime import UTC, datetime

import pytest

from esep.case import create_case
from esep.case.decisions import Decision, read_decisions, write_decisions
from esep.errors import BadInput, RefusedClaim
from esep.ledger.acts import Act
from esep.ledger.claims import Draft

NOW = datetime(2031, 3, 5, tzinfo=UTC)
TEXT = "Primersk Gazette, 4 March 2031.\n\nAt least 12 people were killed in Aktau. Marat Testov was killed.\n"
SAME = {"v": 1, "decide": "same", "left": "person:a", "right": "person:b", "by": "B", "at": "2031-03-05"}


@pytest.fixture
def case(tmp_path):
    (tmp_path / "gazette.txt").write_text(TEXT, encoding="utf-8")
    with create_case(tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None) as made:
        made.add(tmp_path / "gazette.txt", actor="A", now=NOW, name="GAZETTE")
        made.extract(now=NOW)
        yield made


@pytest.fixture
def decide(case):
    def decided(kind, *answers, **more):
        proposal = next(iter(case.pending(kind=kind)))
        lines = [Decision(answer, "", by, "2031-03-05", proposal=proposal.id, **more) for answer, by in answers]
        return case.record(lines, actor="A", now=NOW)

    return decided


@pytest.mark.parametrize("second", ["accept", "reject"])
def test_a_proposal_has_one_answer_until_that_is_undone(case, decide, second):
    with pytest.raises(BadInput, match="answered already"):
        decide("quantity", ("accept", "B"), (second, "C"))
    assert json.loads(case.tolls().json()) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("quantity", {"low": "many"}), ("quantity", {"low": 9, "high": 3}), ("quantity", {"hedge": "hardly"}),
        ("quantity", {"lwo": 3}), ("quantity", {"category": "x"}), ("quantity", {"attributed_to": {"a": 1}}),
        ("person", {"name": None}), ("person", {"status": "kiled"}), ("person", {"status": [["killed"]]}),
        ("person", {"date": "soon"}), ("person", {"place": {"a": 1}}),
    ],
)  # fmt: skip
def test_a_correction_that_no_view_could_read_is_refused(decide, kind, value):
    with pytest.raises(BadInput, match="nothing was decided"):
        decide(kind, ("correct", "B"), value=value)


@pytest.mark.parametrize("prop", ["settings", "file", "text", "proposals"])
def test_what_verification_rests_on_cannot_be_undone(case, prop):
    (claim,) = case.ledger.claims(props=[prop])
    with pytest.raises(BadInput, match="cannot be undone"):
        case.record([Decision("undo", "", "B", "2031", of=claim.cid)], actor="A", now=NOW)
    assert case.verify().is_whole


@pytest.mark.parametrize("prop", ["settings", "text", "proposals"])
def test_what_verification_rests_on_cannot_be_erased(case, prop):
    (claim,) = case.ledger.claims(props=[prop])
    with pytest.raises(RefusedClaim):
        case.erase([claim.cid], reason="", actor="A", now=NOW)
    assert case.verify().is_whole


def test_tolls_known_before_an_erasure_can_still_be_read(case):
    case.ledger.write([Draft(case.ledger.case, "begins", "2031")], Act("A", NOW, "test"))
    position = case.ledger.position()
    case.erase([next(case.ledger.claims(props=["begins"])).cid], reason="", actor="A", now=NOW)
    assert case.tolls(known_on=position).text()


@pytest.mark.parametrize("reason", ["two\u2028lines", "two\x85lines", "a\x0cpage"])
def test_a_decision_whose_reason_holds_a_line_separator_is_read_back(reason):
    decision = Decision("same", reason, "B", "2031", left="person:a", right="person:b")
    assert read_decisions("\n".join(write_decisions([decision])), name="d.jsonl") == [decision]


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000, json.dumps({**SAME, "reason": "\ud800"}), json.dumps({**SAME, "decide": ["same"]}),
        json.dumps({**SAME, "value": 0.5}), json.dumps({**SAME, "at": "a neighbour told me"}),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_recorded_is_named(line):
    with pytest.raises(BadInput, match="line 1"):
        read_decisions(line, name="d.jsonl")


@pytest.mark.parametrize(
    ("subject", "prop", "value"),
    [
        ("source:S", "text", "words"), ("person:A", "status", '{""status"": [1]}'), ("person:A", "name", "[1]"),
        ("toll:T", "toll", '{""low"": ""many""}'), ("toll:T", "toll", '{""hedge"": ""hardly""}'),
        ("toll:T", "toll", '{""scope"": {""who"": 7}}'), ("event:E", "when", '{""date"": 7}'),
        ("body:B", "body_event", '{""place"": 7}'),
    ],
)  # fmt: skip
def test_a_claim_by_hand_that_no_view_could_read_is_rejected(case, tmp_path, subject, prop, value):
    table = tmp_path / "claims.csv"
    column = "value_json" if value[0] in "[{" else "value"
    table.write_text(f'subject,prop,{column}\n{subject},{prop},"{value}"\n', encoding="utf-8")
    added = case.add(table, actor="A", now=NOW, form="claims")
    assert added.report.totals["rejected"] == 1
