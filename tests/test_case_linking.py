"""Lists and cases to proposals: every row is there, nobody is joined, the truth is not looked at."""

import csv
import json
import stat
from datetime import UTC, datetime

import pytest

from esep.case import create_case, link_files
from esep.case.listed import read_records
from esep.errors import BadInput, WrongUse
from esep.intake.mapping import NO_MAPPING

NOW = datetime(2026, 1, 1, tzinfo=UTC)

RELATIVES = (
    "Имя,Возраст,Дата,Место,Статус,who\nАйгуль Тестова,34,2031-03-02,Примерск,пропал,1\n,,,,,\n"
    "Ерлан Образцов,40,2031-03-02,Примерск,ранен,2\n"
)
UNION = (
    "name,age,date,place,status,who\nAigul Testova,34,2031-03-04,Primersk,detained,1\n"
    "Timur Invented,27,2031-03-02,Primersk,killed,3\n"
)


@pytest.fixture
def lists(tmp_path):
    paths = tmp_path / "relatives.csv", tmp_path / "union.csv"
    for path, text in zip(paths, (RELATIVES, UNION), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_every_data_row_is_in_the_output_and_a_single_record_has_no_probability(lists, tmp_path):
    linked = link_files(lists, to=tmp_path / "out.csv", truth="who")
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8").splitlines()))
    assert {(row["list"], row["row"]) for row in rows} >= {("relatives.csv", "1"), ("union.csv", "1")}
    people = {(row["list"], row["row"]): row["person"] for row in rows}
    assert people["relatives.csv", "1"] == people["union.csv", "1"]
    alone = [row for row in rows if list(people.values()).count(row["person"]) == 1]
    assert alone
    assert all(row["probability"] == "" for row in alone)
    assert json.loads(linked.json())[0]["evaluation"] is not None


def test_the_truth_column_reaches_no_field_that_is_compared(lists):
    (first, *_) = read_records(lists[1], truth="who", mapping=NO_MAPPING)
    assert first.truth == "1"
    assert "1" not in (first.name, first.age, first.place, first.occupation, *first.other_names)


def test_a_list_is_never_written_over(lists):
    before = lists[0].read_bytes()
    with pytest.raises(WrongUse, match="one of the lists"):
        link_files(lists, to=lists[0])
    assert lists[0].read_bytes() == before


def test_a_missing_truth_column_is_named_and_nothing_is_written(lists, tmp_path):
    with pytest.raises(BadInput, match="no column 'truth'"):
        link_files(lists, to=tmp_path / "out.csv", truth="truth")
    assert not (tmp_path / "out.csv").exists()


def test_a_case_gets_proposals_with_reasons_and_joins_nobody(lists, tmp_path):
    with create_case(tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None) as case:
        for path in lists:
            case.add(path, actor="A", now=NOW, name=path.stem, form="list")
        proposed = [(row["subject"], row["with"]) for row in case.link(now=NOW).rows]
        assert ("person:relatives/1", "person:union/1") in proposed
        assert case.count().total.low == 4
        assert [(row["subject"], row["with"]) for row in case.link(now=NOW).rows] == proposed


def test_a_report_of_a_case_in_which_nothing_was_compared_is_refused(tmp_path):
    with create_case(tmp_path / "case", title="t", actor="A", now=NOW, passphrase=None) as case:
        with pytest.raises(WrongUse, match="no report"):
            case.link(now=NOW, report=tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_a_report_of_a_case_is_for_its_owner_alone_and_bears_its_title(lists, tmp_path):
    with create_case(tmp_path / "case", title="Title of it", actor="A", now=NOW, passphrase=None) as case:
        for path in lists:
            case.add(path, actor="A", now=NOW, name=path.stem, form="list")
        assert case.link(now=NOW, report=tmp_path / "report.html").rows
    assert stat.S_IMODE((tmp_path / "report.html").stat().st_mode) == 0o600
    assert "Title of it" in (tmp_path / "report.html").read_text("utf-8")
