"""Estimates of a case: the lists that a person decided on, the site's numbers, the doubt about who is who."""

import json
import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from esep.case import create_case, read_draws
from esep.cli.main import main
from esep.errors import BadInput
from esep.ledger.acts import seeded_entropy

NOW = datetime(2031, 3, 5, tzinfo=UTC)
PATTERNS = {"HOSPITAL": 30, "LAWYERS": 25, "RELATIVES": 20, "HOSPITAL LAWYERS": 14, "HOSPITAL RELATIVES": 9,
            "LAWYERS CALLS": 8, "HOSPITAL LAWYERS RELATIVES": 6}  # fmt: skip
LISTS = {"hospital": ["HOSPITAL"], "lawyers": ["LAWYERS"], "relatives": ["RELATIVES", "CALLS"]}
DECISION = {"title": "Killed in Primersk", "statuses": ["killed"], "note": "made apart", "lists": LISTS}
METHODS = ["chao-bound", "loglinear-bic", "loglinear-average"]


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


def decide(case, tmp_path, **changed):
    value = json.dumps({**DECISION, **changed}).replace('"', '""')
    table = tmp_path / f"decision-{len(changed)}.csv"
    table.write_text(f'subject,prop,value_json\ncase:this,estimate,"{value}"\n', "utf-8")
    case.add(table, actor="A", now=NOW)


def test_a_case_is_estimated_on_the_decided_lists_with_the_numbers_of_its_site(case, tmp_path):
    decide(case, tmp_path)
    rows = json.loads(case.estimate(methods=METHODS).json())
    case.publish(tmp_path / "site")
    page = re.sub(r"<[^>]*>", " ", (tmp_path / "site" / "estimate.html").read_text("utf-8"))
    words = " ".join(page.split())
    for row in rows:
        assert row["lists"] == ["hospital", "lawyers", "relatives"]
        assert row["title"] == "Killed in Primersk"
        assert f"{row['point']:,.0f} ({row['low']:,.0f} to {row['high']:,.0f}) {row['method']}" in words


def test_without_a_decision_it_says_what_it_uses_and_how_to_decide(case):
    text = case.estimate(methods=["chao-bound"]).text()
    assert "Nobody has decided on lists for this case. Each of its 4 sources" in text
    assert "claim `estimate` about `case:this`" in text


def test_named_lists_set_the_decision_aside_and_say_so(case, tmp_path):
    decide(case, tmp_path)
    text = case.estimate(lists={"h": ["HOSPITAL"], "l": ["LAWYERS"]}, methods=["chapman"]).text()
    assert "set aside by --lists or --status. Lists as named for this run: h, l." in text


def test_a_decision_with_faults_stands_beside_the_others_without_numbers(case, tmp_path):
    decide(case, tmp_path, statuses=[])
    decide(case, tmp_path, title="Second", note="x")
    found = case.estimate(methods=["chao-bound"])
    rows = json.loads(found.json())
    assert [(row["method"], row["status"]) for row in rows] == [(None, "no-lists"), ("chao-bound", "ok")]
    assert "No estimate was made on this decision: it does not say of whom" in found.text()


def test_draws_of_linkage_reach_the_interval_with_their_share(case, tmp_path):
    decide(case, tmp_path)
    draws = [
        {record: str(n) for n in range(same) for record in (f"person:P0-{n}", f"person:P1-{n}")}
        for same in (0, 2, 4, 6) * 6
    ]
    assert case.captures(lists=LISTS, draws=draws).counts.shape[0] == 24
    row = json.loads(case.estimate(methods=["loglinear-bic"], draws=draws).json())[0]
    assert row["diagnostics"]["linkage_draws"] == 24
    assert 0 < row["diagnostics"]["linkage_share"] < 1


def test_the_command_takes_draws_a_picture_and_a_coverage_check(case, tmp_path):
    decide(case, tmp_path)
    draws, picture = tmp_path / "draws.jsonl", tmp_path / "all.svg"
    draws.write_text('{"person:P0-0":"1","person:P1-0":"1"}\n{}\n', "utf-8")
    base = ["estimate", str(tmp_path / "case"), "--method", "loglinear-bic"]
    pooled = CliRunner().invoke(main, [*base, "--draws", str(draws), "--plot", str(picture)])
    assert (pooled.exit_code, picture.read_text("utf-8")[:5]) == (0, "<?xml")
    assert "2 draws of the linkage gave 2 different tables" in pooled.stdout
    checked = CliRunner().invoke(main, [*base, "--coverage", "4"])
    assert "Simulated: 4 tables of" in checked.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "holds no draw"), ('{"a":"1"}\n[1]\n', "line 2"), ('{"a":1.5}\n', "line 1"), ("not json\n", "line 1")],
)
def test_a_file_that_holds_no_draws_is_refused_by_line(tmp_path, text, message):
    path = tmp_path / "draws.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=message):
        read_draws(path)
