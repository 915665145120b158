"""From a table that says `case:this` to a verified site with an estimate."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from esep.case import create_case
from esep.ledger.acts import seeded_entropy

NOW = datetime(2031, 3, 5, tzinfo=UTC)
HOW_TO = Path(__file__).resolve().parents[1] / "docs" / "how-to" / "estimate.md"
PATTERNS = {"HOSPITAL": 20, "LAWYERS": 15, "RELATIVES": 10, "HOSPITAL LAWYERS": 12, "LAWYERS CALLS": 9}


@pytest.fixture
def decision(tmp_path):
    """The table that the how-to prints."""
    path = tmp_path / "estimate.csv"
    path.write_text(re.search(r"```csv\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)[1], "utf-8")
    return path


@pytest.fixture
def case(tmp_path):
    with create_case(
        tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None, entropy=seeded_entropy("x")
    ) as made:
        rows = [
            f'person:P{place}-{number},status,"{{""status"": ""killed""}}",{source}'
            for place, (sources, people) in enumerate(PATTERNS.items())
            for number in range(people)
            for source in sources.split()
        ]
        table = tmp_path / "people.csv"
        table.write_text("\n".join(["subject,prop,value_json,source_id", *rows, ""]), "utf-8")
        made.add(table, actor="A", now=NOW)
        yield made


def held(case):
    return list(case.ledger.claims(props=["estimate"]))


def test_case_this_is_the_case_that_the_table_is_added_to(case, decision):
    case.add(decision, actor="A", now=NOW)
    (claim,) = held(case)
    assert claim.subject == case.ledger.case
    assert claim.value["statuses"] == ["killed"]


def test_the_same_decision_again_says_nothing_new(case, decision):
    case.add(decision, actor="A", now=NOW)
    again = case.add(decision, actor="A", now=NOW)
    assert len(held(case)) == 1
    assert again.report.totals["unchanged"] == 1


def test_a_dry_run_maps_and_stores_nothing(case, decision):
    added = case.add(decision, actor="A", now=NOW, dry_run=True)
    assert added.report.totals["accepted"] == 1
    assert held(case) == []


def test_other_subjects_stay_what_they_are(case, tmp_path):
    table = tmp_path / "other.csv"
    table.write_text("subject,prop,value\ncase:other,public_contact,a desk\nperson:this,name,Aigul\n", "utf-8")
    case.add(table, actor="A", now=NOW)
    assert [claim.subject for claim in case.ledger.claims(props=["public_contact"])] == ["case:other"]
    assert [claim.subject for claim in case.ledger.claims(props=["name"])] == ["person:this"]


def test_the_site_of_a_decided_estimate_verifies(case, decision, tmp_path):
    case.add(decision, actor="A", now=NOW)
    case.publish(tmp_path / "site")
    page = (tmp_path / "site" / "estimate.html").read_text("utf-8")
    assert "Killed in Primersk" in page
    assert "66 documented people are on at least one of the lists" in page
    assert case.verify_site(tmp_path / "site").is_whole


def test_an_undone_decision_leaves_the_page(case, decision, tmp_path):
    case.add(decision, actor="A", now=NOW)
    (claim,) = held(case)
    undo = tmp_path / "undo.jsonl"
    undo.write_text(
        f'{{"v": 1, "decide": "undo", "of": "{claim.cid}", "reason": "copied", "by": "A", "at": "2031-03-06"}}\n',
        "utf-8",
    )
    case.decide(undo, actor="A", now=NOW)
    case.publish(tmp_path / "site")
    assert "No estimate was made for this case." in (tmp_path / "site" / "estimate.html").read_text("utf-8")
    assert claim.cid in (tmp_path / "site" / "corrections.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ('{"lists": ["HOSPITAL", "LAWYERS"]}', "lists is not an object from names of lists to lists of source ids"),
        ('{"lists": {"hospital": "HOSPITAL"}}', "lists is not an object from names of lists to lists of source ids"),
        ('{"statuses": "killed"}', "statuses is not a list of texts"),
        ('["killed"]', "estimate is not an object of fields"),
    ],
)
def test_a_decision_of_another_shape_is_rejected_with_its_reason(case, tmp_path, value, wrong):
    quoted = value.replace('"', '""')
    table = tmp_path / "wrong.csv"
    table.write_text(f'subject,prop,value_json\ncase:this,estimate,"{quoted}"\n', "utf-8")
    added = case.add(table, actor="A", now=NOW)
    assert wrong in added.report.rejected[0].reasons[0]
    assert held(case) == []
