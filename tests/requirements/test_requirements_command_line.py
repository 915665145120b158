"""R9, R10, R11, R12, R13, R18 at the command line, with the tables that people send and fill."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from esep.cli.main import main


@pytest.fixture
def esep(tmp_path, monkeypatch):
    """Run `esep` in a fresh folder with an empty case «case»; returns what it printed, as JSON when asked for."""
    monkeypatch.chdir(tmp_path)

    def run(*words, code=0):
        result = CliRunner().invoke(main, list(words))
        assert result.exit_code == code, result.output
        return json.loads(result.stdout) if "--json" in words else result.output

    run("init", "case", "--plain")
    return run


def table(name, text):
    Path(name).write_text(text, encoding="utf-8")
    return name


def add(esep, name, text, **options):
    words = [word for option, value in options.items() for word in (f"--{option}", value)]
    return esep("add", "case", table(name, text), *words)


def states(esep, *words):
    rows = [row for row in esep("count", "case", "--json", *words) if row["table"] == "state"]
    return {row["status"]: (row["low"], row["high"]) for row in rows}


def fill(name, **answers):
    """Answer every row of a table of the queue, as in a spreadsheet."""
    with Path(name).open(encoding="utf-8-sig", newline="") as held:
        rows = list(csv.DictReader(held))
    for row in rows:
        row.update(answers)
    with Path(name).open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return rows


def test_r9_twelve_wounded_in_shetpe_of_whom_one_died_later_stay_twelve(esep):
    add(esep, "first.csv", "mention_id,source_id,description,count,roles,date,place\n"
        "SH12,POLICE,wounded in Shetpe,12,injured,2011-12-17,Shetpe\n", kind="persons")  # fmt: skip
    assert states(esep) == {"injured": (12, 12)}
    position = str(max(row["seq"] for row in esep("claims", "case", "--json")))
    died = '"{""status"": ""killed"", ""count"": 1, ""place"": ""Shetpe""}"'
    add(esep, "later.csv", f"subject,prop,value_json,source_id\ngroup:SH12,status,{died},POLICE\n", kind="claims")
    assert states(esep) == {"injured": (11, 11), "killed": (1, 1)}
    assert states(esep, "--known-on", position) == {"injured": (12, 12)}


def test_r10_a_search_by_any_spelling_finds_the_mentions_of_both_lists(esep):
    add(esep, "a.csv", "mention_id,source_id,name,roles\nM1,A,Nazarbayev,other:official\n", kind="persons")
    add(esep, "b.csv", "mention_id,source_id,name,roles\nM2,B,Назарбаев,other:official\n", kind="persons")
    for spelling in ("Nazarbaev", "назарбаев", "Nazarbayev"):
        assert {row["records"][0] for row in esep("people", "case", spelling, "--json")} == {"person:M1", "person:M2"}


THREES = (
    "mention_id,source_id,description,count,roles,date,place\n"
    "LADS,SEED2,young lads,3,killed,2011-12-16,Zhanaozen\n"
    "WORKERS,SEED2,young workers,3,killed,2011-12-16,Zhanaozen\n"
)


def test_r11_two_groups_of_three_wait_in_the_queue_are_decided_in_a_table_and_undone_exactly(esep):
    add(esep, "groups.csv", THREES, kind="persons")
    before = esep("people", "case", "--json")
    assert "young lads" in esep("queue", "case")
    assert states(esep) == {"killed": (6, 6)}
    esep("queue", "case", "--to", "queue.csv", "--by", "anna")
    (row,) = fill("queue.csv", answer="одно лицо", reason="one table of the hospital")
    assert {row["left"], row["right"]} == {"group:LADS", "group:WORKERS"}
    assert "1 decision recorded" in esep("decide", "case", "queue.csv")
    assert states(esep) == {"killed": (3, 3)}
    assert "No pair is open" in esep("queue", "case")
    (judgement,) = esep("claims", "case", "same", "--json")
    assert (judgement["value"]["by"], judgement["value"]["reason"]) == ("anna", "one table of the hospital")
    esep("decide", "case", "--undo", judgement["cid"], "--reason", "two supermarkets", "--by", "bolat")
    assert esep("people", "case", "--json") == before
    assert states(esep) == {"killed": (6, 6)}


def test_r12_policemen_and_strikers_stand_in_one_table_with_their_source(esep):
    add(esep, "hurt.csv", "mention_id,source_id,description,count,roles,date,place,said_by\n"
        "P1,SEED2,policemen,2,injured:police,2011-12-16,Zhanaozen,official reports\n"
        "W1,SEED2,striker,,injured,2011-12-16,Zhanaozen,\n", kind="persons")  # fmt: skip
    rows = esep("people", "case", "--json")
    assert [(row["low"], row["statuses"]) for row in rows] == [(2, ["injured 2011-12-16"]), (1, ["injured 2011-12-16"])]
    assert set(rows[0]) == set(rows[1])
    (said,) = esep("claims", "case", "said_by", "--json")
    assert said["value"]["said_by"] == ["official reports"]


def test_r13_a_daughter_is_kin_and_no_activist_and_kin_can_be_asked_for(esep):
    add(esep, "people.csv", "mention_id,source_id,name,description,roles\n"
        "D1,S,Invented Daughter,daughter of a union leader,killed\n"
        "L1,S,Invented Leader,union leader,other:leader\n", kind="persons")  # fmt: skip
    kin = '"{""record"": ""person:L1"", ""relation"": ""daughter""}"'
    add(esep, "kin.csv", f"subject,prop,value_json,source_id\nperson:D1,relative_of,{kin},S\n", kind="claims")
    (relation,) = esep("claims", "case", "relative_of", "--json")
    assert (relation["subject"], relation["value"]) == ("person:D1", {"record": "person:L1", "relation": "daughter"})
    assert relation["source"] == "source:S"
    assert states(esep) == {"killed": (1, 1)}
    assert not [row for row in esep("claims", "case", "role", "--json") if row["subject"] == "person:D1"]


def test_r13_kin_are_shown_where_two_records_are_compared(esep):
    add(esep, "people.csv", "mention_id,source_id,name,age,roles\nD1,S,Айгуль Тестова,11,killed\n"
        "D2,T,Aigul Testova,11,killed\nL1,S,Invented Leader,50,other:leader\n", kind="persons")  # fmt: skip
    kin = '"{""record"": ""person:L1"", ""relation"": ""daughter""}"'
    add(esep, "kin.csv", f"subject,prop,value_json,source_id\nperson:D1,relative_of,{kin},S\n", kind="claims")
    assert "daughter of Invented Leader" in esep("queue", "case")


def test_r18_moving_one_person_from_missing_to_detained_changes_both_by_one_and_keeps_the_sum(esep):
    add(esep, "missing.csv", "mention_id,source_id,name,roles,date\nM1,S1,Айгуль Тестова,missing,2011-12-16\n"
        "M2,S1,Ерлан Тестов,missing,2011-12-16\n", kind="persons")  # fmt: skip
    found = "subject,prop,value,date,source_id\nperson:M1,status,detained,2011-12-20,LAWYER\n"
    add(esep, "found.csv", found, kind="claims")
    assert states(esep) == {"missing": (1, 1), "detained": (1, 1)}
    assert states(esep, "--as-of", "2011-12-18") == {"missing": (2, 2)}


def test_r18_a_person_listed_as_missing_and_as_dead_is_one_once_somebody_says_so(esep):
    head = "name,age,status,date\n"
    add(esep, "families.csv", f"{head}Айгуль Тестова,34,missing,2011-12-16\n", kind="list", id="families")
    add(esep, "morgue.csv", f"{head}Aigul Testova,34,killed,2011-12-17\n", kind="list", id="morgue")
    assert states(esep) == {"missing": (1, 1), "killed": (1, 1)}
    esep("queue", "case", "--to", "queue.csv", "--by", "anna")
    fill("queue.csv", answer="same", reason="closed: dead, shown by the morgue's list")
    esep("decide", "case", "queue.csv")
    assert states(esep) == {"killed": (1, 1)}
    assert states(esep, "--as-of", "2011-12-16") == {"missing": (1, 1)}
